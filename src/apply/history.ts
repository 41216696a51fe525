import { lstatSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { errorProblem, type Problem, Stop, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import type { RecordEnd, RecordHeader, RecordIntent, RecordLine, RecordOutcome } from './record.ts';
import { recordLine } from './record-line.ts';

/** One change as a record knows it. `in_doubt`: it was sent, and the record does not say how it ended. */
export interface RecordedChange extends Omit<RecordIntent, 'type'> {
  readonly status: 'applied' | 'already_done' | 'failed' | 'in_doubt';
  /** How often it was sent. */
  readonly tries: number;
  readonly outcome: RecordOutcome | null;
}

/** One run as far as its record goes. */
export interface RecordedRun {
  readonly run: string;
  readonly path: string;
  /** Null when the first line cannot be read. */
  readonly header: RecordHeader | null;
  /** One for each address, in the order of the first try. */
  readonly changes: readonly RecordedChange[];
  /** Null when the run did not come to its end. */
  readonly end: RecordEnd | null;
  /** The last line was cut off, as when the process was killed while writing it. */
  readonly torn: boolean;
  /** Lines that cannot be read; they are left out. */
  readonly problems: readonly Problem[];
}

const name = /^(\d{8}T\d{6}Z-[0-9a-f]+)\.jsonl$/;

/** All runs recorded in a folder, newest first. No folder means no runs. */
export function listRuns(folder: string): readonly RecordedRun[] {
  return namesIn(folder)
    .flatMap((file) => name.exec(file)?.[1] ?? [])
    .map((run) => read(folder, run))
    .sort((a, b) => (startOf(a) < startOf(b) ? 1 : -1));
}

/** The name has the second, which needs no file that can be read; the header has the rest of it. */
const startOf = ({ header, run }: RecordedRun): string =>
  `${run.slice(0, run.indexOf('-'))} ${header?.at ?? ''} ${run}`;

/** Runs that were written to since a moment in milliseconds, and when that was last; older records are not read. */
export function runsSince(
  folder: string,
  since: number,
): readonly (RecordedRun & { readonly writtenAt: number })[] {
  return namesIn(folder).flatMap((file) => {
    const run = name.exec(file)?.[1];
    const writtenAt = statSync(join(folder, file), { throwIfNoEntry: false })?.mtimeMs ?? since;
    return run === undefined || writtenAt <= since ? [] : [{ ...read(folder, run), writtenAt }];
  });
}

/** One recorded run; null when there is none of this id. */
export function readRun(folder: string, run: string): RecordedRun | null {
  return namesIn(folder).includes(`${run}.jsonl`) && name.test(`${run}.jsonl`) ? read(folder, run) : null;
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    const { code } = Object(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return [];
    const message = `The run records in ${folder} cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    const hint = 'Make the folder readable, or move it away.';
    throw new Stop(1, [errorProblem('RECORD_UNREADABLE', message, { hint })], { cause: error });
  }
}

function read(folder: string, run: string): RecordedRun {
  const path = join(folder, `${run}.jsonl`);
  const empty = { run, path, header: null, changes: [], end: null, torn: false };
  let text: string;
  try {
    text = textOf(path);
  } catch (error) {
    return {
      ...empty,
      problems: [unreadable(path, null, error instanceof Error ? error.message : String(error))],
    };
  }
  const rows = text.split('\n');
  const rest = rows.pop() ?? '';
  const problems: Problem[] = [];
  const lines = rows.flatMap((row, index): readonly RecordLine[] => {
    // After a write that failed, the next line starts anew and may leave an empty one.
    if (row === '') return [];
    const line = recordLine(row);
    if (!line) problems.push(unreadable(path, index + 1, 'this line is no line of a record'));
    return line ? [line] : [];
  });
  const [header = null] = lines.filter((line) => line.type === 'run');
  if (!header && problems.length === 0)
    problems.push(unreadable(path, 1, 'the first line, which says whose run it is, is missing'));
  const end = lines.findLast((line) => line.type === 'end') ?? null;
  return { run, path, header, changes: changesIn(lines), end, torn: rest !== '', problems };
}

/** A record that is larger was not written by any run. */
const maxBytes = 64 * 1024 * 1024;

/** Opening a pipe would wait for ever, and what a link leads to is no record of this folder. */
function textOf(path: string): string {
  const facts = lstatSync(path);
  if (!facts.isFile()) throw new Error('it is no file');
  if (facts.size > maxBytes) throw new Error('it is larger than any record');
  return readFileSync(path, 'utf8');
}

function changesIn(lines: readonly RecordLine[]): readonly RecordedChange[] {
  const changes = new Map<Address, RecordedChange>();
  for (const line of lines) {
    const known = 'address' in line ? changes.get(line.address) : undefined;
    if (line.type === 'write') {
      const { type: _, ...intent } = line;
      changes.set(line.address, {
        ...intent,
        status: 'in_doubt',
        tries: (known?.tries ?? 0) + 1,
        outcome: null,
      });
    } else if (line.type === 'outcome' && known?.write === line.write) {
      const status = line.status === 'lost' || line.status === 'unknown' ? 'in_doubt' : line.status;
      changes.set(line.address, { ...known, status, outcome: line });
    }
  }
  return [...changes.values()];
}

const unreadable = (path: string, line: number | null, why: string): Problem => ({
  ...warningProblem(
    'RECORD_UNREADABLE',
    `The run record ${path} cannot be read${line === null ? '' : ` in line ${line}`}: ${why}`,
    {
      hint: 'The run itself is not touched by this; the live state shows what it did.',
    },
  ),
  line,
});
