import { type Column, layOut } from './terminal/lay-out.ts';
import { padEnd, shorten, width } from './width.ts';

/** Words, or signs of a script without spaces; `1,200.00 EUR` is an amount. */
const hasWords = (cell: string): boolean => /[^!-~]/.test(cell) && !/^-?[\d.,]+ [A-Z]{3}\b/.test(cell);

/** What a cell that may be shortened has at most, however wide the terminal is. */
const widestCell = 60;
const gap = '  ';

/**
 * Columns under their titles, aligned by what a terminal shows. Cells must be printable; a cell over 60 columns is shortened,
 * but never in the columns named in `whole`. Where there is less room texts are shortened, and when that is not enough a row
 * takes several lines, what must be whole on the last of them.
 */
export const table = (
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  whole: readonly string[] = [],
  room: number = Number.POSITIVE_INFINITY,
): string => `${tableRows(titles, rows, whole, room).join('\n')}\n`;

/** The same row by row, the titles first; a row may have several lines. */
export function tableRows(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  whole: readonly string[] = [],
  room: number = Number.POSITIVE_INFINITY,
): readonly string[] {
  const columns = titles.map((title, at): Column => {
    const isWhole = whole.includes(title);
    const longest = rows.reduce((most, row) => Math.max(most, width(row[at] ?? '')), 0);
    const shown = isWhole ? longest : Math.min(longest, widestCell);
    const isText = rows.some((row) => hasWords(row[at] ?? ''));
    return { at, title: width(title), cells: shown, isWhole, isText };
  });
  const lines = layOut(columns, room, gap.length);
  const draw = (row: readonly string[]): string =>
    lines
      .map(({ columns: some, indent }) => {
        const cells = some.map(({ at, width: columnWidth, isWhole }) => {
          const cell = row[at] ?? '';
          return padEnd(isWhole ? cell : shorten(cell, columnWidth), columnWidth);
        });
        return `${' '.repeat(indent)}${cells.join(gap)}`.trimEnd();
      })
      .filter((line, at) => at === 0 || line !== '')
      .join('\n');
  return [titles, ...rows].map(draw);
}
