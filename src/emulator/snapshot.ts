import { closeSync, fsyncSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isObject } from './json.ts';
import { writesOf } from './lag.ts';
import type { State, Write } from './state.ts';

/** What a snapshot or a journal holds. */
export interface Kept {
  readonly generation: number;
  readonly transactions: readonly (readonly Write[])[];
}

/** The snapshot, or null when there is none; throws an Error when the file is something else. */
export function readSnapshot(path: string): Kept | null {
  const text = textOf(path);
  if (text === null) return null;
  const value = parsed(text);
  if (!isObject(value) || value.ledgerform_local !== 1 || typeof value.generation !== 'number') {
    throw new Error(
      `${path} does not hold the data of a local environment; \`ledgerform local reset\` empties it`,
    );
  }
  // The mark says who wrote it.
  return { generation: value.generation, transactions: [value.writes as unknown as readonly Write[]] };
}

/** Puts a whole state in place at once: whoever reads finds the old file or the new one. */
export function writeSnapshot(path: string, generation: number, state: State): void {
  const lines = [...writesOf(state)].map((write) => JSON.stringify(write));
  const text = `{"ledgerform_local":1,"generation":${generation},"writes":[\n${lines.join(',\n')}\n]}\n`;
  const temporary = `${path}.new`;
  // Made anew: what a crash, or anybody else, left there may be a link.
  rmSync(temporary, { force: true });
  const file = openSync(temporary, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporary, path);
}

/** The first line of a journal. */
export const journalHeader = (generation: number): string => `{"ledgerform_journal":${generation}}\n`;

/** The journal, or null when there is none of this generation. A last line without its end was never answered. */
export function readJournal(path: string, generation: number): Kept | null {
  const [header, ...lines] = (textOf(path) ?? '').split('\n').slice(0, -1);
  if (header === undefined || `${header}\n` !== journalHeader(generation)) return null;
  const transactions = lines.map((line, at) => {
    const value = parsed(line);
    if (!Array.isArray(value))
      throw new Error(`${path} is damaged in line ${at + 2}; \`ledgerform local reset\` empties it`);
    // The header says who wrote it.
    return value as readonly Write[];
  });
  return { generation, transactions };
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
