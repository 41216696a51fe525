import { lstat, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { inside } from '../../load/inside.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { plainReason } from '../plain-reason.ts';
import { replaceFile } from '../replace-file.ts';
import type { NewFile } from './new-files.ts';

/** What became of a file. */
export interface Outcome {
  readonly path: string;
  readonly outcome: 'written' | 'extended' | 'kept';
}

/** Writes the files that are not there. Where a folder on the way is a link out of the repository, nothing is written at all (Stop, exit 3). */
export async function putAll(files: readonly NewFile[], root: string): Promise<readonly Outcome[]> {
  for (const { path } of files) await refuseOutside(path, root);
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push({ path: file.path, outcome: await put(file, root) });
  return outcomes;
}

async function refuseOutside(path: string, root: string): Promise<void> {
  let folder = dirname(join(root, path));
  while ((await lstat(folder).catch(() => null)) === null) folder = dirname(folder);
  const real = await realpath(folder).catch(() => null);
  if (real !== null && (await inside(root, real))) return;
  const message = `${path} would not be in this repository: a folder on its way is a symbolic link that leads out of it.`;
  throw new Stop(3, [
    errorProblem('FOLDER_LINKED', message, { hint: 'Nothing was written. Remove the link.' }),
  ]);
}

async function put({ lines, path, text }: NewFile, root: string): Promise<Outcome['outcome']> {
  const target = join(root, path);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, text, { flag: 'wx' });
    return 'written';
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'))
      throw unwritable(path, cause);
  }
  return lines ? extend(path, text, root) : 'kept';
}

/** Adds the lines that are missing, with the line ends that the file has. */
async function extend(path: string, wanted: string, root: string): Promise<Outcome['outcome']> {
  const target = join(root, path);
  const before = await readFile(target, 'utf8').catch((cause: unknown) => {
    throw unwritable(path, cause);
  });
  const end = before.includes('\r\n') ? '\r\n' : '\n';
  const there = new Set(before.split(/\r?\n/).map(plain));
  const missing = wanted.split('\n').filter((line) => line !== '' && !there.has(plain(line)));
  if (missing.length === 0) return 'kept';
  const gap = before === '' || before.endsWith('\n') ? '' : end;
  await replaceFile(target, before + gap + missing.map((line) => line + end).join(''), root, 'keep');
  return 'extended';
}

/** `/.ledgerform` and `.ledgerform/` ignore the same folder. */
const plain = (line: string): string => line.trim().replace(/^\/|\/$/g, '');

const unwritable = (path: string, cause: unknown): Stop =>
  new Stop(
    3,
    [
      errorProblem('OPTION_INVALID', `${path} cannot be written: ${plainReason(cause)}.`, {
        hint: 'Run it again where it can: what is there already is kept.',
      }),
    ],
    { cause },
  );
