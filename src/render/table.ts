import { padEnd, shorten, width } from './width.ts';

/** Columns under their titles, aligned by what a terminal shows. Cells must be printable; a cell over 60 columns is shortened, but never in the columns named in `whole`. */
export function table(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  whole: readonly string[] = [],
): string {
  const kept = titles.map((title) => whole.includes(title));
  const cells = rows.map((row) => row.map((cell, at) => (kept[at] ? cell : shorten(cell, 60))));
  const widths = titles.map((title, at) => Math.max(width(title), ...widest(cells, at)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, at) => padEnd(cell, widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[titles, ...cells].map(line).join('\n')}\n`;
}

/** The widest cell of a column in a list of one, so that spreading it never meets the limit of arguments. */
const widest = (rows: readonly (readonly string[])[], at: number): readonly [number] => [
  rows.reduce((most, row) => Math.max(most, width(row[at] ?? '')), 0),
];
