import { randomBytes } from 'node:crypto';
import { lstat, open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';
import { plainReason } from './plain-reason.ts';

/**
 * Puts a text into a file at once or not at all. A new file is its owner's alone (0600); with `keep` the file's mode
 * stays. A path inside the repository that a symbolic link leads out of it is refused (exit 3).
 */
export async function replaceFile(
  path: string,
  text: string | Uint8Array,
  root: string,
  mode: 'private' | 'keep',
): Promise<void> {
  try {
    const target = await targetOf(path, root, mode);
    const bits = mode === 'keep' ? (await stat(target)).mode & 0o777 : 0o600;
    await writeBeside(target, text, bits);
  } catch (cause) {
    if (cause instanceof Stop) throw cause;
    throw refused(path, plainReason(cause), cause);
  }
}

/** The real place behind a path, where it may be written. */
async function targetOf(path: string, root: string, mode: 'private' | 'keep'): Promise<string> {
  const folder = dirname(path);
  const found = await lstat(path).catch(() => null);
  const followed = found?.isSymbolicLink() === true;
  if (found !== null && !followed && !found.isFile()) throw refused(path, 'it is no regular file');
  if (followed && mode === 'private') throw refused(path, 'it is a symbolic link');
  const target = followed ? await realpath(path) : join(await realpath(folder), basename(path));
  if (isInside(path, root) && !isInside(target, await realpath(root)))
    throw refused(path, 'a symbolic link leads out of the repository');
  return target;
}

function isInside(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below !== '..' && !below.startsWith('../') && !below.startsWith('..\\') && !isAbsolute(below);
}

async function writeBeside(target: string, text: string | Uint8Array, mode: number): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(6).toString('hex')}.tmp`);
  try {
    const file = await open(temporary, 'wx', mode);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw error;
  }
}

const refused = (path: string, reason: string, cause?: unknown): Stop =>
  new Stop(
    3,
    [errorProblem('OPTION_INVALID', `${path} cannot be written: ${reason}.`, { hint: 'Name another file.' })],
    {
      cause,
    },
  );
