import { yamlFilesGone, yamlFilesWith } from '../git/revisions.ts';
import type { Loaded } from '../load/load.ts';
import type { Desired } from '../model/desired.ts';
import type { FileTree } from '../model/file-tree.ts';
import type { Current } from './base.ts';
import type { CommonOptions } from './common-options.ts';
import { loadAt } from './load-at.ts';
import type { Shell } from './shell.ts';

/** Whose books a configuration is about. */
type Whose = Pick<Desired, 'organization' | 'environment'>;

/** Whether two configurations are about the same books. */
export const isSame = (a: Whose, b: Whose): boolean =>
  a.organization.id.toLowerCase() === b.organization.id.toLowerCase() && a.environment === b.environment;

/** A configuration as it was, at the path that it had then. */
export interface Moved {
  readonly path: string;
  /** Maybe with errors: what is about these books and does not validate is no empty base. */
  readonly loaded: Loaded;
}

/** So many files are asked whether they are the one that was moved. */
const mostCandidates = 500;

/**
 * Where the configuration was at a commit, when it is not where it is now: files that were about the same books and are not
 * any more. Files that say the organization's id are asked, and those that are gone since, whose id may come from elsewhere.
 */
export async function findMoved(
  commit: string,
  tree: FileTree,
  { desired, path: own, root }: Current,
  options: CommonOptions,
  shell: Shell,
): Promise<readonly Moved[]> {
  const { variables } = shell.edge;
  const [saying, gone] = await Promise.all([
    yamlFilesWith(root, commit, desired.organization.id, variables),
    yamlFilesGone(root, commit, variables),
  ]);
  const found: Moved[] = [];
  const candidates = [...new Set([...saying, ...gone])].filter((path) => path !== own);
  for (const path of candidates.slice(0, mostCandidates)) {
    const loaded = await loadAt(path, tree, root, options, shell);
    if (loaded.about === null || !isSame(loaded.about, desired)) continue;
    const { about } = await loadAt(path, null, root, options, shell);
    // A copy that is still there is no move.
    if (about === null || !isSame(about, desired)) found.push({ path, loaded });
  }
  return found;
}
