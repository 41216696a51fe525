import type { Cell } from '../../test/ui/screen.ts';

/** Where the next sign goes; rows are counted from the first one that was ever shown. */
export interface Position {
  readonly row: number;
  readonly column: number;
}

/** One line typed and what came of it. */
export interface Beat {
  /** Where typing began, and the column where it ended. */
  readonly from: Position;
  readonly to: number;
  /** Milliseconds from one row of the answer to the next. */
  readonly pace: number;
  /** Milliseconds to read it in. */
  readonly pause: number;
}

/** A session in a terminal: everything it showed, from the first row to the last, and how it came about. */
export interface Recording {
  readonly columns: number;
  readonly rows: number;
  /** The last one holds the prompt that nothing was typed at. */
  readonly lines: readonly (readonly Cell[])[];
  readonly beats: readonly Beat[];
}
