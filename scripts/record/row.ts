import { width } from '../../src/render/width.ts';
import type { Cell } from '../../test/ui/screen.ts';
import { classesOf } from './palette.ts';

/** Neighbours in a row that are drawn as one text. */
export interface Run {
  readonly column: number;
  readonly columns: number;
  readonly text: string;
  readonly classes: string;
}

/**
 * The texts of a row. Columns must align in whatever font is there, so each text begins at its column and is told how wide it is. Signs
 * that may come from another font than letters (wide ones, arrows, ticks) stand alone, and so does what two spaces part: SVG makes one of them.
 */
export function runsOf(cells: readonly Cell[]): readonly Run[] {
  const runs: Run[] = [];
  for (const [column, { sign, style }] of cells.entries()) {
    if (sign === ' ' || sign === '') continue;
    const classes = classesOf(style);
    const before = runs.at(-1);
    const gap = before === undefined ? 0 : column - before.column - before.columns;
    if (before?.classes === classes && gap < 2 && isPlain(before.text) && isPlain(sign))
      runs.splice(-1, 1, {
        ...before,
        columns: before.columns + gap + 1,
        text: `${before.text}${' '.repeat(gap)}${sign}`,
      });
    else runs.push({ column, columns: width(sign), text: sign, classes });
  }
  return runs;
}

const isPlain = (text: string): boolean => /^[\x20-\x7e]*$/.test(text);
