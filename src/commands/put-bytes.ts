import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';
import { plainReason } from './plain-reason.ts';
import { replaceFile } from './replace-file.ts';

/** Writes bytes into a file. One that holds something else stays, unless it is to be replaced (Stop, exit 4). */
export async function putBytes(
  path: string,
  bytes: Uint8Array,
  shown: string,
  force: boolean,
): Promise<'written' | 'replaced' | 'unchanged'> {
  const found = await readFile(path).catch(() => null);
  if (found?.equals(bytes)) return 'unchanged';
  if (found && force) {
    await replaceFile(path, bytes, dirname(path), 'keep');
    return 'replaced';
  }
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes, { flag: 'wx' });
    return 'written';
  } catch (cause) {
    const isThere = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw isThere ? there(shown) : unwritable(shown, cause);
  }
}

const there = (shown: string): Stop =>
  new Stop(4, [
    errorProblem('FILE_EXISTS', `${shown} is there and says something else; it stays as it is.`, {
      hint: 'Name another file with --out, or replace it with --force.',
    }),
  ]);

const unwritable = (shown: string, cause: unknown): Stop =>
  new Stop(
    3,
    [
      errorProblem('OPTION_INVALID', `${shown} cannot be written: ${plainReason(cause)}.`, {
        hint: 'Name another file.',
      }),
    ],
    { cause },
  );
