import { existsSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';
import { runGit, type Variables } from './run-git.ts';

/** What differs between a revision and the work tree. */
export interface ChangedSince {
  /** Whether a file (relative to the root, with `/`) is another one now: changed, staged, untracked, ignored, behind a changed link, or where Git does not look. */
  readonly touches: (file: string) => boolean;
  /** YAML files with an organization that the revision has and the work tree has not. */
  readonly deleted: readonly string[];
}

/** Why that cannot be told. */
export type Untold = 'no repository' | 'no such revision' | 'not readable';

/** Compares the work tree with a revision, untracked files included. */
export async function changedSince(
  root: string,
  revision: string,
  variables: Variables,
): Promise<ChangedSince | Untold> {
  if (!existsSync(join(root, '.git'))) return 'no repository';
  const asked = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`];
  const commit = (await runGit(asked, root, variables))?.trim() ?? '';
  if (!/^[0-9a-f]{40,64}$/.test(commit)) return 'no such revision';
  const differing = [
    'diff',
    '--name-status',
    '--no-renames',
    '--no-ext-diff',
    '--ignore-submodules=none',
    '-z',
  ];
  const [status, tracked] = await Promise.all([
    runGit([...differing, commit, '--'], root, variables),
    runGit(['ls-files', '--cached', '-z'], root, variables),
  ]);
  if (status === null || tracked === null) return 'not readable';
  const changes = changesIn(status);
  const known = new Set(tracked.split('\0'));
  const real = realpathSync(root);
  const touched = (steps: readonly string[]): boolean =>
    steps.some((step) => changes.has(step)) || !steps.some((step) => known.has(step));
  return {
    touches: (file) => {
      const way = stepsTo(file);
      // A link on the way counts, and so does what it leads to.
      const behind = relative(real, realOf(join(root, file)))
        .split(sep)
        .join('/');
      const inside = behind !== '..' && !behind.startsWith('../') && !isAbsolute(behind);
      return way.some((step) => changes.has(step)) || !inside || touched(stepsTo(behind));
    },
    deleted: await organizationsIn(commit, goneFrom(changes), root, variables),
  };
}

/** `M\0a\0D\0b\0`: which files differ, and how. */
function changesIn(status: string): ReadonlyMap<string, string> {
  const words = status.split('\0');
  const changes = new Map<string, string>();
  for (let at = 0; at + 1 < words.length; at += 2) changes.set(words[at + 1] ?? '', words[at] ?? '');
  return changes;
}

/** A path and every folder on its way: one of them may be a link or a repository of its own. */
const stepsTo = (path: string): readonly string[] => {
  const parts = path.split('/');
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'));
};

function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** Told by name; more than so many are not looked into. */
const mostGone = 1000;

const goneFrom = (changes: ReadonlyMap<string, string>): readonly string[] =>
  [...changes]
    .filter(([path, status]) => status === 'D' && /\.ya?ml$/i.test(path))
    .map(([path]) => path)
    .slice(0, mostGone);

async function organizationsIn(
  commit: string,
  paths: readonly string[],
  root: string,
  variables: Variables,
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const search = [
    'grep',
    '--name-only',
    '-z',
    '-E',
    '-e',
    '^organization[[:space:]]*:',
    commit,
    '--',
    ...paths,
  ];
  const found = await runGit(search, root, variables);
  const names = (found ?? '').split('\0').filter((name) => name !== '');
  return names.map((name) => name.slice(commit.length + 1)).sort();
}
