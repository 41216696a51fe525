import type { ScalarPlace } from '../edit/place.ts';

/** A text of several lines: what stands on its first line, and the lines that follow. */
export interface TextLines {
  readonly first: string;
  readonly more: readonly string[];
  /** Empty lines behind it would be its own. */
  readonly keeps: boolean;
}

/** A text of several lines as it is written, moved to another column. */
export const textLines = (place: ScalarPlace, text: string, indent: string): TextLines =>
  place.header === '' ? flowing(place, indent) : block(place, text, indent);

/** In quotes, or without them, space at the beginning of a line means nothing. */
function flowing({ source, style }: ScalarPlace, indent: string): TextLines {
  const [first = '', ...more] = source.split(/\r?\n/).map((line, index) => {
    const bare = index === 0 ? line : line.replace(/^[ \t]+/, '');
    // An escaped space would lose what it escapes.
    return style === 'double' && /\\[ \t]+$/.test(bare) ? bare : bare.replace(/[ \t]+$/, '');
  });
  return { first, more: more.map((line) => (line === '' ? '' : `${indent}${line}`)), keeps: false };
}

function block({ body, end, header, outer }: ScalarPlace, text: string, indent: string): TextLines {
  const lines = linesOf(text.slice(body, end));
  const given = /[1-9]/.exec(header);
  const column = given ? outer + Number(given[0]) : firstColumn(lines);
  const keeps = header.includes('+');
  const moved = lines.map((line) => {
    const rest = line.slice(column);
    return rest === '' ? '' : `${indent}${rest}`;
  });
  return { first: header.replace(/[1-9]/, '2'), more: keeps ? moved : withoutBlanks(moved), keeps };
}

function linesOf(body: string): readonly string[] {
  const lines = body.split(/\r?\n/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

/** How far the first line stands in that has more than spaces; where there is none, all of them are empty. */
function firstColumn(lines: readonly string[]): number {
  const first = lines.find((line) => !/^ *$/.test(line));
  return first === undefined ? Number.POSITIVE_INFINITY : (/^ */.exec(first)?.[0].length ?? 0);
}

function withoutBlanks(lines: readonly string[]): readonly string[] {
  const last = lines.findLastIndex((line) => line !== '');
  return lines.slice(0, last + 1);
}
