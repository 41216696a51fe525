import { stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { inside, realOf, shownPath } from './inside.ts';
import { type ReadFile, readFile } from './read-file.ts';

/** Where the files of a configuration come from. Paths are absolute. */
export interface FileSource {
  /** The path with every symbolic link followed; the path itself where nothing is there. */
  real(path: string): Promise<string>;
  /** Whether a file lies in a folder, wherever symbolic links lead. */
  inside(root: string, path: string): Promise<boolean>;
  /** A path as problems and plans show it: relative to the root, with `/`. */
  shown(root: string, path: string): Promise<string>;
  isFolder(path: string): Promise<boolean>;
  /** Reads what is at a real path. */
  read(real: string, shown: string): Promise<ReadFile>;
}

/** The files as they are now. */
export const diskFiles: FileSource = {
  real: realOf,
  inside,
  shown: shownPath,
  isFolder: (path) =>
    stat(path).then(
      (found) => found.isDirectory(),
      () => false,
    ),
  read: readFile,
};

/** A path below a folder, with `/`; null where it is not below. */
export function pathBelow(folder: string, path: string): string | null {
  const way = relative(folder, path);
  if (way === '..' || way.startsWith(`..${sep}`) || isAbsolute(way)) return null;
  return way.split(sep).join('/');
}
