import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { runGit, type Variables } from './run-git.ts';

/** The folder of the Git repository around a folder, found without Git; null outside of one. */
export function repositoryAround(folder: string): string | null {
  for (let at = resolve(folder); ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return null;
  }
}

/** The commit that HEAD is; null without Git, outside of a repository and before the first commit. */
export async function headCommit(root: string, variables: Variables): Promise<string | null> {
  if (!existsSync(join(root, '.git'))) return null;
  const head = await runGit(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], root, variables);
  return head !== null && /^[0-9a-f]{40,64}$/.test(head.trim()) ? head.trim() : null;
}

/**
 * Whether any of the files (absolute paths) is other than at HEAD: changed, staged, untracked or ignored. Outside of a
 * repository there is no HEAD to differ from; inside of one, what Git cannot tell counts as different. What lies in a
 * submodule is as at HEAD when its repository is at the commit that HEAD names, and the file is as at that one.
 */
export async function differsFromHead(
  root: string,
  files: readonly string[],
  variables: Variables,
): Promise<boolean> {
  if (!existsSync(join(root, '.git'))) return false;
  const own: string[] = [];
  const modules = new Map<string, string[]>();
  for (const file of files) {
    const repository = repositoryAround(dirname(file));
    if (repository === root || repository === null || !isBelow(root, repository)) own.push(file);
    else modules.set(repository, [...(modules.get(repository) ?? []), file]);
  }
  if (own.length > 0 && (await hasChanged(root, own, ['--ignored=matching'], variables))) return true;
  for (const [repository, inside] of modules) {
    // What else is changed in there does not matter.
    if (await hasChanged(root, [repository], ['--ignore-submodules=dirty'], variables)) return true;
    if (await differsFromHead(repository, inside, variables)) return true;
  }
  return false;
}

async function hasChanged(
  root: string,
  files: readonly string[],
  options: readonly string[],
  variables: Variables,
): Promise<boolean> {
  if (files.some((file) => !isBelow(root, file))) return true;
  const paths = files.map((file) => relative(root, file));
  const status = ['status', '--porcelain=v1', '--untracked-files=all', '-z', ...options, '--', ...paths];
  const answer = await runGit(status, root, variables);
  return answer === null || answer !== '';
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}
