import { width } from '../../src/render/width.ts';
import { plain, restyled, type Style } from './style.ts';

/** One place of a terminal; behind a wide sign stands an empty one. */
export interface Cell {
  readonly sign: string;
  readonly style: Style;
}

/** What a terminal shows: as much as prompts use of one. */
export interface Screen {
  readonly feed: (text: string) => void;
  /** The rows, without spaces at their ends and without empty ones at the end. */
  readonly text: () => string;
  /** Every row from the first on, those that have scrolled away included. */
  readonly lines: () => readonly (readonly Cell[])[];
  /** Where the next sign goes; rows are counted as in `lines`. */
  readonly cursor: () => { readonly row: number; readonly column: number };
  /** How often something was drawn beyond the last column, so that a row had to be broken. */
  readonly broken: () => number;
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told what to do by such signs
const order = /^\u001b\[([?\d;]*)([A-Za-z])/;

/** An empty terminal of a size. */
export function openScreen(columns: number, rows: number): Screen {
  const blank: Cell = { sign: ' ', style: plain };
  const empty = (): Cell[] => Array.from({ length: columns }, () => blank);
  const cells = Array.from({ length: rows }, empty);
  const gone: Cell[][] = [];
  let style = plain;
  let [row, column, broken] = [0, 0, 0];
  const down = (): void => {
    row += 1;
    if (row < rows) return;
    gone.push(...cells.splice(0, 1));
    cells.push(empty());
    row = rows - 1;
  };
  const clear = (from: number, to: number): void => {
    const line = cells[row] ?? [];
    for (let at = from; at < to; at += 1) line[at] = blank;
  };
  const obey = (count: number, what: string): void => {
    const steps = Math.max(1, count);
    if (what === 'A') row = Math.max(0, row - steps);
    else if (what === 'B') row = Math.min(rows - 1, row + steps);
    else if (what === 'C') column = Math.min(columns - 1, column + steps);
    else if (what === 'D') column = Math.max(0, column - steps);
    else if (what === 'G') column = steps - 1;
    else if (what === 'K') clear(count === 2 ? 0 : column, columns);
    else if (what === 'J') {
      clear(column, columns);
      for (let at = row + 1; at < rows; at += 1) cells[at] = empty();
    }
  };
  const put = (sign: string): void => {
    const wide = width(sign);
    if (column + wide > columns) {
      broken += 1;
      column = 0;
      down();
    }
    const line = cells[row] ?? [];
    line[column] = { sign, style };
    if (wide === 2) line[column + 1] = { sign: '', style };
    column += wide;
  };
  let rest = '';
  return {
    feed: (text) => {
      rest += text;
      while (rest !== '') {
        const [whole = '', count = '', what = ''] = order.exec(rest) ?? [];
        if (whole !== '') {
          if (what === 'm') style = restyled(style, count);
          else if (!count.startsWith('?')) obey(Number(count.split(';')[0] ?? 0), what);
          rest = rest.slice(whole.length);
          continue;
        }
        if (rest.startsWith('\u001b') && rest.length < 12) return;
        const [sign = ''] = [...graphemes.segment(rest.slice(0, 40))].map(({ segment }) => segment);
        rest = rest.slice(sign.length);
        if (sign.includes('\n')) {
          if (sign.includes('\r')) column = 0;
          down();
        } else if (sign === '\r') column = 0;
        else if (sign === '\b') column = Math.max(0, column - 1);
        else if (sign >= ' ') put(sign);
      }
    },
    text: () =>
      cells
        .map((line) =>
          line
            .map(({ sign }) => sign)
            .join('')
            .trimEnd(),
        )
        .join('\n')
        .trimEnd(),
    lines: () => [...gone, ...cells],
    cursor: () => ({ row: gone.length + row, column }),
    broken: () => broken,
  };
}
