import type { Loaded } from './load.ts';
import { splice } from './splice.ts';

export interface Fixed {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  /** How many problems of the file are mended. */
  readonly fixed: number;
}

/** The new text of every file that has problems with one safe repair; every other byte stays as it is. */
export function fix({ files, repairs }: Pick<Loaded, 'files' | 'repairs'>): readonly Fixed[] {
  return files.flatMap(({ path, text }) => {
    const edits = repairs.filter((repair) => repair.file === path);
    return edits.length === 0 ? [] : [{ path, text: splice(text, edits), fixed: edits.length }];
  });
}
