import { join } from 'node:path';
import { realOf } from '../load/inside.ts';
import { readFile } from '../load/read-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';

/** Stops (exit 1) when a file, named from the root, does not say any more what it said: somebody else has changed it meanwhile. */
export async function demandUnchanged(path: string, before: string, root: string): Promise<void> {
  // Reading follows no link, and a file may well be one.
  const now = await readFile(await realOf(join(root, path)), path);
  if ('text' in now && now.text === before) return;
  throw new Stop(1, [
    errorProblem('FILE_CHANGED', `${path} was changed meanwhile; nothing is written.`, {
      hint: 'Run it again.',
    }),
  ]);
}
