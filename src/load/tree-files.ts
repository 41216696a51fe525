import { posix, resolve, sep } from 'node:path';
import type { FileTree } from '../model/file-tree.ts';
import { type FileSource, pathBelow } from './file-source.ts';
import { decode, maxBytes, type ReadFile, tooLarge, unreadable } from './read-file.ts';

/** Links that lead to links, before they count as going round in circles. */
const maxLinks = 40;

/** The files of a tree as if its top were the folder `root`. What lies outside of that folder was not kept with it. */
export function treeFiles(tree: FileTree, root: string): FileSource {
  const real = async (path: string): Promise<string> => {
    const below = pathBelow(root, path);
    return below === null ? resolve(path) : follow(tree, root, below, maxLinks);
  };
  return {
    real,
    inside: async (_root, path) => pathBelow(root, await real(path)) !== null,
    shown: async (_root, path) => {
      const below = pathBelow(root, path);
      return below === '' ? '.' : (below ?? resolve(path).split(sep).join('/'));
    },
    isFolder: async (path) => {
      const below = pathBelow(root, await real(path));
      return below !== null && (await tree.look(below)).type === 'folder';
    },
    read: async (path, shown) => {
      const below = pathBelow(root, path);
      if (below === null) return outside(shown);
      return readEntry(tree, below, shown);
    },
  };
}

/** Follows the links on the way to a path, step by step, as the system does. */
async function follow(tree: FileTree, root: string, below: string, links: number): Promise<string> {
  const steps = below === '' ? [] : below.split('/');
  for (let depth = 1; depth <= steps.length; depth += 1) {
    const at = steps.slice(0, depth).join('/');
    const entry = await tree.look(at);
    if (entry.type !== 'link') continue;
    const rest = steps.slice(depth).join('/');
    const target = posix.join(posix.dirname(at), entry.target, rest);
    if (links === 0 || posix.isAbsolute(entry.target) || target === '..' || target.startsWith('../'))
      return resolve(root, '..', target);
    return follow(tree, root, posix.normalize(target), links - 1);
  }
  return resolve(root, ...steps);
}

async function readEntry(tree: FileTree, below: string, shown: string): Promise<ReadFile> {
  const entry = await tree.look(below);
  if (entry.type === 'unreachable')
    return {
      code: 'FILE_UNREADABLE',
      message: `\`${shown}\` cannot be read: ${entry.message}.`,
      hint: entry.hint,
    };
  if (entry.type === 'none')
    return {
      code: 'FILE_NOT_FOUND',
      message: `There is no file \`${shown}\`.`,
      hint: 'Check the revision, and whether the file was committed there.',
    };
  if (entry.type !== 'file')
    return unreadable(shown, entry.type === 'folder' ? 'it is a folder' : 'it is a link');
  if (entry.size > maxBytes) return tooLarge(shown, entry.size);
  try {
    return decode(await entry.read(), shown);
  } catch (cause) {
    return unreadable(shown, cause instanceof Error ? cause.message : String(cause));
  }
}

const outside = (shown: string): ReadFile => ({
  code: 'FILE_UNREADABLE',
  message: `\`${shown}\` lies outside the repository, so no revision has it.`,
  hint: 'Move it into the repository.',
});
