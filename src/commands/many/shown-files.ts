import { posix, relative, sep } from 'node:path';
import type { Problem } from '../../model/problem.ts';

/** How the files of a repository are shown, whose own paths are relative to its root. */
export type ShowFile = (path: string) => string;

/** With files of one repository as everywhere; with files of several relative to where the run began, for each has its own `ledgerform.yaml`. */
export function showFiles(roots: readonly string[], cwd: string): (root: string) => ShowFile {
  if (new Set(roots).size < 2) return () => (path) => path;
  return (root) => {
    const way = relative(cwd, root).split(sep).join('/');
    return (path) => posix.join(way, path);
  };
}

/** The same problems, their files shown so. */
export const showIn = (problems: readonly Problem[], show: ShowFile): readonly Problem[] =>
  problems.map((each) => (each.file === null ? each : { ...each, file: show(each.file) }));
