/*
 * A cell of a spreadsheet is a text only as long as it does not begin like a formula, and what a command prints is a text
 * only as long as no CI runner takes a line of it for an order. What we write of others' texts into a table is therefore
 * changed by one sign, and always so that reading can take that sign away again: what stood there before is never lost.
 */

/** Also the full-width signs, which some spreadsheets turn into the narrow ones. */
const sign = String.raw`[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]`;

/*
 * Where a formula would begin: with the line, and behind what a program of another country takes for the end of a cell, because to
 * it the quotes around ours are letters. Quotes before the sign are those of a text that was harmless before.
 */
const begins = String.raw`(?:^(?=['\s\u200c\u200d]*${sign})|(?<=[,;\t|])(?=['"\u200c\u200d]*${sign}))`;
const formula = new RegExp(begins, 'gu');
const quoted = new RegExp(begins.replaceAll('(?=[', "'(?=["), 'gu');

/** A text that no spreadsheet takes for a formula and no runner for an order, in no line of it. */
export const harmlessCell = (text: string): string =>
  eachLine(text, (line) =>
    line
      .replace(/^(\s*\\*)::/u, '$1\\::')
      .replace(/##(\w*\\*)\[/g, '##$1\\[')
      .replace(formula, "'"),
  );

/** What a harmless cell was before. */
export const originalCell = (cell: string): string =>
  eachLine(cell, (line) =>
    line
      .replace(quoted, '')
      .replace(/##(\w*\\*)\\\[/g, '##$1[')
      .replace(/^(\s*\\*)\\::/u, '$1::'),
  );

const eachLine = (text: string, change: (line: string) => string): string =>
  text.split('\n').map(change).join('\n');
