import type { Origin } from '../model/problem.ts';

/** A file's text and where its lines begin. */
export interface SourceFile {
  /** Relative to the repository's root, with `/`. */
  readonly path: string;
  /** Including a byte order mark, if there is one. */
  readonly text: string;
  /** Offset of each line's first character, ascending. */
  readonly lineStarts: ArrayLike<number>;
}

/** A text as a file of that name. */
export const sourceFile = (path: string, text: string): SourceFile => ({
  path,
  text,
  lineStarts: lineStartsOf(text),
});

/** Counted in the text: the reader's own count leaves out line ends inside of mistakes, and misplaces all that follows. */
function lineStartsOf(text: string): ArrayLike<number> {
  let lines = 1;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) lines += 1;
  // A file may have eight million lines.
  const starts = new Uint32Array(lines);
  let line = 0;
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts[++line] = end + 1;
  return starts;
}

/** A file and an offset in its text: made for every node, and turned into line and column only when somebody asks. */
export interface Spot {
  readonly file: SourceFile;
  readonly start: number;
}

/** Line and column of a spot, both from 1; a byte order mark is no column. */
export function originOf({ file, start }: Spot): Origin {
  let low = 0;
  let high = file.lineStarts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((file.lineStarts[middle] ?? 0) <= start) low = middle;
    else high = middle;
  }
  const mark = low === 0 && file.text.startsWith('\ufeff') ? 1 : 0;
  return {
    file: file.path,
    line: low + 1,
    column: Math.max(1, start - (file.lineStarts[low] ?? 0) - mark + 1),
  };
}
