import { join, relative, sep } from 'node:path';
import { shellWord } from '../accounting/command-for.ts';
import { readFile } from '../load/read-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { demandUnchanged } from './demand-unchanged.ts';
import { putAll } from './init/put-all.ts';
import { replaceFile } from './replace-file.ts';

/** What became of the file. */
export type ImportOutcome = 'written' | 'replaced' | 'extended' | 'unchanged' | 'printed';

/** Where files are named from: the root for what is told, the folder in which somebody is for what they type. */
export interface Place {
  readonly root: string;
  readonly cwd: string;
}

/** Writes a new file. One that says something else stays, unless it is to be replaced (Stop, exit 4). */
export async function putNew(
  path: string,
  text: string,
  place: Place,
  force: boolean,
): Promise<ImportOutcome> {
  const { root } = place;
  const found = await readFile(join(root, path), path);
  const isThere = 'text' in found || found.code !== 'FILE_NOT_FOUND';
  if ('text' in found && found.text === text) return 'unchanged';
  if (isThere && !force) throw exists(path, place);
  if (isThere) {
    await replaceFile(join(root, path), text, root, 'keep');
    return 'replaced';
  }
  const [put] = await putAll([{ path, text, lines: false }], root);
  if (put?.outcome !== 'written') throw exists(path, place);
  return 'written';
}

/** Writes a file anew that is as it was when it was read. */
export async function putAgain(
  path: string,
  before: string,
  text: string,
  root: string,
): Promise<ImportOutcome> {
  if (before === text) return 'unchanged';
  await demandUnchanged(path, before, root);
  await replaceFile(join(root, path), text, root, 'keep');
  return 'extended';
}

function exists(path: string, { cwd, root }: Place): Stop {
  const way = relative(cwd, join(root, path)).split(sep).join('/');
  return new Stop(4, [
    errorProblem('FILE_EXISTS', `${path} is there and says something else; it stays as it is.`, {
      hint: `Add what it lacks with --into ${shellWord(way)}, write another file with --out, look first with --out -, or replace it with --force.`,
    }),
  ]);
}
