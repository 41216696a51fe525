import { width } from '../width.ts';

const numbered = /^( *(?:> )? *\d+ \|)( ?.*)$/;
const marked = /^( +\|)( *\^)$/;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Whether this is one of the lines that show a position in a file. */
export const isFrameLine = (line: string): boolean => numbered.test(line) || marked.test(line);

/** The lines around a position, cut to so many columns at the side where the position is not. */
export function fitFrame(lines: readonly string[], columns: number): readonly string[] {
  const mark = lines.flatMap((line) => marked.exec(line)?.[2] ?? []).at(0) ?? '';
  const split = lines.map((line) => (numbered.exec(line) ?? marked.exec(line))?.slice(1) ?? ['', line]);
  const room = columns - Math.max(...split.map(([lead = '']) => width(lead)));
  if (room < 8 || split.every(([, shown = '']) => width(shown) <= room)) return lines;
  const from = Math.max(0, mark.length - Math.floor((room * 2) / 3));
  const hidden = mark.length <= room - 1 ? 0 : from;
  return split.map(([lead = '', shown = '']) => `${lead}${cut(shown, hidden, room)}`.trimEnd());
}

/** So many columns of a text from one of them on; `…` stands where something is missing. */
function cut(text: string, from: number, columns: number): string {
  const isWhole = from === 0 && width(text) <= columns;
  if (isWhole) return text;
  let kept = '';
  let at = 0;
  const to = from + columns;
  const start = from === 0 ? 0 : from + 2;
  const end = width(text) > to ? to - 1 : to;
  for (const { segment } of graphemes.segment(text)) {
    const own = width(segment);
    if (at >= start && at + own <= end) kept += segment;
    at += own;
  }
  if (text.trim() === '' || text.trimEnd().endsWith('^')) return `${from === 0 ? '' : '  '}${kept}`;
  return `${from === 0 ? '' : ' …'}${kept}${width(text) > to ? '…' : ''}`;
}
