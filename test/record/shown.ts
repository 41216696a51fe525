import { padEnd } from '../../src/render/width.ts';
import type { Cell } from '../../test/ui/screen.ts';

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };

const unescaped = (text: string): string => text.replace(/&(\w+);/g, (_, name: string) => named[name] ?? '');

/** The rows that a picture shows, read from it as a browser would: each text at its column. */
export function rowsIn(picture: string): readonly string[] {
  const drawn = new Map(
    [...picture.matchAll(/<g id="(\w+)">(.*)<\/g>/g)].map(([, id = '', texts = '']) => [id, rowOf(texts)]),
  );
  const rows: string[] = [];
  for (const [, id = '', y = ''] of picture.matchAll(/<use href="#(\w+)" y="(\d+)"\/>/g))
    rows[Number(y) / 20] = drawn.get(id) ?? '';
  return Array.from(rows, (row) => row ?? '');
}

function rowOf(texts: string): string {
  let row = '';
  for (const [, x = '', text = ''] of texts.matchAll(/<text x="([\d.]+)"[^>]*>([^<]*)<\/text>/g))
    row = padEnd(row, Math.round(Number(x) / 8.4)) + unescaped(text);
  return row;
}

/** The rows of a screen as text. Cells to which nothing was written are spaces; other blank signs were, and are drawn. */
export const rowsOf = (lines: readonly (readonly Cell[])[]): readonly string[] =>
  lines.map((line) =>
    line
      .map(({ sign }) => sign)
      .join('')
      .replace(/ +$/, ''),
  );
