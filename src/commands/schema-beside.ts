import { readFile } from 'node:fs/promises';
import { dirname, join, posix, relative, sep } from 'node:path';
import { shellWord } from '../accounting/command-for.ts';
import { pathBelow } from '../load/file-source.ts';
import { modelineTo } from '../load/modeline.ts';
import { type Problem, Stop, warningProblem } from '../model/problem.ts';
import { printable } from '../render/printable.ts';
import { putAll } from './init/put-all.ts';
import { plainReason } from './plain-reason.ts';
import type { ProcessEdge } from './process-edge.ts';
import { schemaFiles } from './schema-files.ts';
import type { Shell } from './shell.ts';
import { statsAt } from './stats-at.ts';

/** The schema that editors of a file are led to. */
export interface SchemaBeside {
  /** The folder that it is below: the root, or the folder of a file that lies elsewhere. */
  readonly top: string;
  /** Below the top, with `/`. */
  readonly path: string;
  /** From the file to it, with `/`. */
  readonly way: string;
  /** Otherwise it is where one is to be. */
  readonly there: boolean;
}

const place = `schemas/${schemaFiles.config}`;

/** The nearest schema at or above the folder of a file (absolute), up to the root; where there is none, the place for it is at the root. */
export function schemaBeside(file: string, root: string): SchemaBeside {
  const below = pathBelow(root, dirname(file));
  const top = below === null ? dirname(file) : root;
  const folder = below ?? '';
  for (let at = folder; ; at = posix.dirname(at)) {
    const isTop = at === '' || at === '.';
    const path = isTop ? place : `${at}/${place}`;
    const isThere = statsAt(join(top, path))?.isFile() === true;
    // It is never below the file, so that the way has no other names than these.
    if (isThere || isTop) return { top, path, way: wayFrom(folder, path), there: isThere };
  }
}

function wayFrom(folder: string, path: string): string {
  const way = posix.relative(folder === '' ? '.' : folder, path);
  return way.startsWith('.') ? way : `./${way}`;
}

/** The first line for a file (absolute), without its line end; null where no schema is there to lead to. */
export function modelineFor(file: string, root: string): string | null {
  const { there, way } = schemaBeside(file, root);
  return there ? modelineTo(way) : null;
}

/** The command that writes the schema anew, seen from where somebody is. */
export function schemaCommand({ path, top }: Pick<SchemaBeside, 'path' | 'top'>, cwd: string): string {
  const way = relative(cwd, join(top, path)).split(sep).join('/');
  return `ledgerform schema > ${shellWord(way)}`;
}

/** What became of the schema. */
export interface PutSchema {
  readonly path: string;
  /** `differs`: another one is there, and stays. */
  readonly outcome: 'written' | 'kept' | 'differs' | 'not_written';
  /** Nothing that a command fails for. */
  readonly problems: readonly Problem[];
}

/** Sees to it that the schema that a file's first line leads to is there. One that is there stays as it is. */
export async function putSchema(
  { path, top }: SchemaBeside,
  { cwd, home }: Pick<ProcessEdge, 'cwd' | 'home'>,
): Promise<PutSchema> {
  const text = await readFile(new URL(place, home), 'utf8');
  const command = schemaCommand({ path, top }, cwd);
  try {
    const [put] = await putAll([{ path, text, lines: false }], top);
    if (put?.outcome === 'written') return { path, outcome: 'written', problems: [] };
    const found = await readFile(join(top, path), 'utf8');
    if (found.replaceAll('\r\n', '\n') === text) return { path, outcome: 'kept', problems: [] };
    return { path, outcome: 'differs', problems: [differs(path, command)] };
  } catch (cause) {
    const why =
      cause instanceof Stop
        ? cause.problems.map(({ message }) => message).join(' ')
        : `${path} cannot be read: ${plainReason(cause)}.`;
    return { path, outcome: 'not_written', problems: [notWritten(why, command)] };
  }
}

const differs = (path: string, command: string): Problem =>
  warningProblem(
    'SCHEMA_DIFFERS',
    `${path} is the schema of another version; it stays as it is, and editors go by it.`,
    {
      hint: `To renew it: ${command}`,
    },
  );

const notWritten = (why: string, command: string): Problem =>
  warningProblem(
    'SCHEMA_NOT_WRITTEN',
    `${why} Until the schema is there, editors say that they cannot load it.`,
    {
      hint: `Where it can be written: ${command}`,
    },
  );

/** Says what became of the schema where somebody wants to know. */
export function tellSchema({ outcome, path, problems }: PutSchema, shell: Pick<Shell, 'say' | 'warn'>): void {
  if (outcome === 'written') shell.say(`Written: ${printable(path)}, by which editors complete and check.\n`);
  shell.warn(problems);
}
