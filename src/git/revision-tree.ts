import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { FileTree, TreeEntry } from '../model/file-tree.ts';
import { askGit, type Variables } from './run-git.ts';

/** An entry of a folder as Git lists it. */
interface Listed {
  readonly mode: string;
  readonly object: string;
}

const gone: TreeEntry = { type: 'none' };

/**
 * The files of a commit. Folders are listed when they are first looked into, and files read when asked for. What lies in a
 * submodule is looked up in its own repository, at the commit that this one names.
 */
export function revisionTree(root: string, commit: string, variables: Variables): FileTree {
  const folders = new Map<string, Promise<ReadonlyMap<string, Listed>>>();
  const modules = new Map<string, Promise<FileTree | TreeEntry>>();
  const list = (folder: string): Promise<ReadonlyMap<string, Listed>> => {
    const known = folders.get(folder) ?? listFolder(root, commit, folder, variables);
    folders.set(folder, known);
    return known;
  };
  const moduleAt = (path: string, object: string): Promise<FileTree | TreeEntry> => {
    const known = modules.get(path) ?? openModule(root, path, object, variables);
    modules.set(path, known);
    return known;
  };
  return {
    async look(path) {
      if (path === '') return { type: 'folder' };
      const steps = path.split('/');
      for (let depth = 1; depth < steps.length; depth += 1) {
        const above = steps.slice(0, depth);
        const entry = (await list(above.slice(0, -1).join('/'))).get(above.at(-1) ?? '');
        if (!entry) return gone;
        if (entry.mode === '160000') {
          const inner = await moduleAt(above.join('/'), entry.object);
          return 'type' in inner ? inner : inner.look(steps.slice(depth).join('/'));
        }
        if (entry.mode !== '040000') return gone;
      }
      const entry = (await list(steps.slice(0, -1).join('/'))).get(steps.at(-1) ?? '');
      return entry ? entryOf(entry, root, variables) : gone;
    },
  };
}

async function listFolder(
  root: string,
  commit: string,
  folder: string,
  variables: Variables,
): Promise<ReadonlyMap<string, Listed>> {
  const below = folder === '' ? [] : ['--', `${folder}/`];
  const args = ['ls-tree', '-z', '--full-tree', commit, ...below];
  const { ok, stdout, words } = await askGit(args, root, variables);
  if (!ok) throw new Error(`Git cannot list ${folder === '' ? 'the commit' : folder}: ${words}`);
  const entries = new Map<string, Listed>();
  for (const line of stdout.toString('utf8').split('\0')) {
    // <mode> <type> <object>\t<path>
    const [, mode = '', object = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
    if (path !== '') entries.set(path.slice(folder === '' ? 0 : folder.length + 1), { mode, object });
  }
  return entries;
}

async function entryOf({ mode, object }: Listed, root: string, variables: Variables): Promise<TreeEntry> {
  if (mode === '040000' || mode === '160000') return { type: 'folder' };
  const sized = await askGit(['cat-file', '-s', object], root, variables);
  if (!sized.ok)
    return {
      type: 'unreachable',
      message: `its content is not in this clone (${sized.words})`,
      hint: 'A clone made with --filter lacks contents: git fetch --refetch --no-filter',
    };
  const read = async (): Promise<Buffer> => {
    const { ok, stdout, words } = await askGit(['cat-file', 'blob', object], root, variables);
    if (!ok) throw new Error(words);
    return stdout;
  };
  if (mode === '120000') return { type: 'link', target: (await read()).toString('utf8') };
  return { type: 'file', size: Number(sized.stdout.toString('utf8')), read };
}

async function openModule(
  root: string,
  path: string,
  commit: string,
  variables: Variables,
): Promise<FileTree | TreeEntry> {
  const folder = join(root, path);
  const short = commit.slice(0, 12);
  const unreachable = (message: string, hint: string): TreeEntry => ({ type: 'unreachable', message, hint });
  if (!existsSync(join(folder, '.git')))
    return unreachable(
      `it lies in the submodule ${path}, which is not checked out`,
      `Run: git submodule update --init -- ${path}`,
    );
  const there = await askGit(['cat-file', '-e', `${commit}^{commit}`], folder, variables);
  if (there.ok) return revisionTree(folder, commit, variables);
  return unreachable(
    `it lies in the submodule ${path}, which does not have the commit ${short}`,
    `Run: git -C ${path} fetch origin ${commit}`,
  );
}
