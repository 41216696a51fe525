import { realpath } from 'node:fs/promises';
import { isAbsolute, relative, resolve, sep } from 'node:path';

const contains = (folder: string, path: string): boolean => {
  const way = relative(folder, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
};

/** The path with every symbolic link followed; the path itself where nothing is there. */
export async function realOf(path: string): Promise<string> {
  return realpath(path).catch(() => resolve(path));
}

/** Whether a file lies in a folder, wherever symbolic links lead. */
export async function inside(root: string, path: string): Promise<boolean> {
  const [realRoot, real] = await Promise.all([realOf(root), realOf(path)]);
  return contains(realRoot, real) || (real === resolve(path) && contains(resolve(root), real));
}

/** A path as problems and plans show it: relative to the root, with `/`. */
export async function shownPath(root: string, path: string): Promise<string> {
  const lexical = contains(resolve(root), path);
  const way = lexical ? relative(resolve(root), path) : relative(await realOf(root), await realOf(path));
  return way === '' ? '.' : way.split(sep).join('/');
}
