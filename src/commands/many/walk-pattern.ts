import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { errorProblem, Stop } from '../../model/problem.ts';
import { plainReason } from '../plain-reason.ts';
import { matchesName } from './name-pattern.ts';

/** What a walk may follow, and what it has met. */
interface Walk {
  readonly may: (real: string) => boolean;
  readonly found: Set<string>;
  /** Links that lead where the walk may not go. */
  readonly refused: Set<string>;
  /** Real folders and how much of the pattern was left there: links may lead round in circles. */
  readonly seen: Set<string>;
}

/** What a pattern matches. */
export interface Walked {
  /** Files and folders, in no order. */
  readonly found: ReadonlySet<string>;
  /** Symbolic links that lead out of what may be read; they were not followed. */
  readonly refused: ReadonlySet<string>;
}

/**
 * Every file and folder below `folder` whose way matches the segments, `**` being any number of folders. Hidden ones and
 * node_modules are met only where a segment names them. A folder that cannot be read is Stop (exit 3), never an empty one.
 */
export async function walkPattern(
  folder: string,
  segments: readonly string[],
  may: (real: string) => boolean,
): Promise<Walked> {
  const walk = { may, found: new Set<string>(), refused: new Set<string>(), seen: new Set<string>() };
  await step(folder, segments, walk);
  return walk;
}

async function step(at: string, [segment, ...rest]: readonly string[], walk: Walk): Promise<void> {
  if (segment === undefined) {
    walk.found.add(at);
    return;
  }
  const real = await realpath(at).catch(() => at);
  const mark = `${real}\0${rest.length}\0${segment === '**'}`;
  if (walk.seen.has(mark)) return;
  walk.seen.add(mark);
  if (segment === '**') await step(at, rest, walk);
  for (const entry of await entriesOf(at)) {
    if (!matches(entry.name, segment)) continue;
    const path = join(at, entry.name);
    const goesOn = segment === '**' || rest.length > 0;
    if (!(await isOpen(entry, path, goesOn, walk))) continue;
    await step(path, segment === '**' ? ['**', ...rest] : rest, walk);
  }
}

const matches = (name: string, segment: string): boolean => {
  if (segment !== '**') return matchesName(name, segment);
  return !name.startsWith('.') && name !== 'node_modules';
};

/** Whether the walk may go to an entry, and where more of the way follows, whether that is a folder. */
async function isOpen(entry: Dirent, path: string, goesOn: boolean, walk: Walk): Promise<boolean> {
  if (!entry.isSymbolicLink()) return !goesOn || entry.isDirectory();
  const real = await realpath(path).catch(() => null);
  // A link to nothing is no folder; as a file it is found, and whoever reads it says what is wrong with it.
  if (real === null) return !goesOn;
  const folder = await stat(real).then(
    (each) => each.isDirectory(),
    () => false,
  );
  if (goesOn && !folder) return false;
  if (walk.may(real)) return true;
  walk.refused.add(path);
  return false;
}

/** In the order of their names, so that the first way to a folder is always the same. */
async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (cause) {
    throw new Stop(3, [
      errorProblem('FILE_UNREADABLE', `The folder ${folder} cannot be read: ${plainReason(cause)}.`, {
        hint: 'Check who may read it, or name the configurations more narrowly.',
      }),
    ]);
  }
}
