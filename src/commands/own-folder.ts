import { lstat, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, resolve, sep } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';

/** What is written beside a configuration without being named: records of runs, and the data of the local environment. */
const own = [
  ['.ledgerform'],
  ['.ledgerform', 'runs'],
  ['.ledgerform', 'local.json'],
  ['.ledgerform', 'local.json.new'],
  ['.ledgerform', 'local.json.journal'],
  ['.ledgerform', 'local.json.lock'],
];

/**
 * Refuses (Stop, exit 3) to write into `.ledgerform` where a symbolic link leads out of the folder that it stands in: a
 * repository can bring such a link along, and nobody has named that place.
 */
export async function refuseLinkedFolder(root: string): Promise<void> {
  const inside = await realpath(root);
  for (const steps of own) {
    const path = join(root, ...steps);
    const found = await lstat(path).catch(() => null);
    if (!found?.isSymbolicLink()) continue;
    // A link to nothing would be followed as well.
    const target = await realpath(path).catch(() => null);
    if (target === null || leaves(inside, target)) throw linked(steps.join('/'));
  }
}

function leaves(folder: string, target: string): boolean {
  const way = relative(resolve(folder), target);
  return way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way);
}

const linked = (path: string): Stop =>
  new Stop(3, [
    errorProblem(
      'FOLDER_LINKED',
      `${path} is a symbolic link that leads out of the folder that it stands in.`,
      {
        hint: 'Nothing was written. Remove the link.',
      },
    ),
  ]);
