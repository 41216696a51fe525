import { join } from 'node:path';
import { type Loaded, load } from '../load/load.ts';
import { treeFiles } from '../load/tree-files.ts';
import type { Environment } from '../model/desired.ts';
import type { FileTree } from '../model/file-tree.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import type { CommonOptions } from './common-options.ts';
import { namedEnvironment } from './named-environment.ts';
import type { Shell } from './shell.ts';

/** Everything that loading says of a configuration as a tree has it, or without one the disk. */
export function loadAt(
  path: string,
  tree: FileTree | null,
  root: string,
  options: CommonOptions,
  shell: Shell,
  environment: Environment | null = namedEnvironment(options, shell),
): Promise<Loaded> {
  const { variables } = shell.edge;
  const allowOutside = options.allowOutside === true;
  const from = { path: join(root, path), environment, variables, allowOutside, root, cwd: root };
  return load(tree ? { ...from, source: treeFiles(tree, root) } : from, kinds);
}
