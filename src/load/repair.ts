import type { Edit } from './splice.ts';

/** The one safe way to mend a problem: an edit of one file. */
export interface Repair extends Edit {
  /** Relative to the repository's root. */
  readonly file: string;
}
