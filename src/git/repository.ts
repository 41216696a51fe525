import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { runGit } from './run-git.ts';

/** The folder of the Git repository around a folder, found without Git; null outside of one. */
export function repositoryAround(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

/** The commit that HEAD is; null without Git, outside of a repository and before the first commit. */
export async function headCommit(
  root: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string | null> {
  if (!existsSync(join(root, '.git'))) return null;
  const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], root, variables);
  return head !== null && /^[0-9a-f]{40,64}$/.test(head.trim()) ? head.trim() : null;
}

/**
 * Whether any of the files (absolute paths) is other than at HEAD: changed, staged, untracked or ignored. Outside of a
 * repository there is no HEAD to differ from; inside of one, what Git cannot tell counts as different.
 */
export async function differsFromHead(
  root: string,
  files: readonly string[],
  variables: Readonly<Record<string, string | undefined>>,
): Promise<boolean> {
  if (!existsSync(join(root, '.git'))) return false;
  const paths = files.map((file) => relative(root, file));
  if (paths.some((path) => path === '..' || path.startsWith(`..${sep}`))) return true;
  const status = [
    'status',
    '--porcelain=v1',
    '--untracked-files=all',
    '--ignored=matching',
    '-z',
    '--',
    ...paths,
  ];
  const answer = await runGit(status, root, variables);
  return answer === null || answer !== '';
}
