import { type ChangedSince, changedSince, type Untold } from '../../git/changed-since.ts';
import { errorProblem, Stop } from '../../model/problem.ts';
import { printable } from '../../render/printable.ts';
import type { Shell } from '../shell.ts';

/** Answers for a repository what differs there from the revision of `--changed-since`; Stop (exit 3) where nobody can tell. */
export function touchedSince(revision: string, shell: Shell): (root: string) => Promise<ChangedSince> {
  const known = new Map<string, Promise<ChangedSince>>();
  return (root) => {
    const found = known.get(root) ?? askGit(root, revision, shell);
    known.set(root, found);
    return found;
  };
}

async function askGit(root: string, revision: string, shell: Shell): Promise<ChangedSince> {
  const found = await changedSince(root, revision, shell.edge.variables);
  if (typeof found === 'string') throw untold(found, revision);
  for (const path of found.deleted)
    shell.note(`${printable(path)} is no longer there: nothing is done about its organization.\n`);
  return found;
}

function untold(why: Untold, revision: string): Stop {
  const [reason, hint] = reasons[why];
  return new Stop(3, [
    errorProblem('OPTION_INVALID', `--changed-since ${revision} cannot be answered: ${reason}.`, { hint }),
  ]);
}

const reasons: Readonly<Record<Untold, readonly [reason: string, hint: string]>> = {
  'no repository': [
    'the configurations are not in a Git repository',
    'Leave it out, and every organization is taken.',
  ],
  'no such revision': [
    'there is no such revision here',
    'In a shallow clone fetch it first: git fetch --depth=1 origin <revision>, or fetch everything with fetch-depth: 0.',
  ],
  'not readable': ['Git could not compare it with the work tree', 'Run git status here to see why.'],
};
