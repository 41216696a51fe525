/*
 * A cell of a spreadsheet is a text only as long as it does not begin like a formula, and what a command prints is a text
 * only as long as no CI runner takes a line of it for an order. What we write of others' texts into a table is therefore
 * changed by one sign, and always so that reading can take that sign away again: what stood there before is never lost.
 */

/** Also the full-width signs, which some spreadsheets turn into the narrow ones. */
const formula = /^(?='*[\s\u200c\u200d]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212])/gmu;
const guarded = /^'(?='*[\s\u200c\u200d]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212])/gmu;

/** A text that no spreadsheet takes for a formula and no runner for an order, in no line of it. */
export const harmlessCell = (text: string): string =>
  text
    .replace(/^([^\S\n]*\\*)::/gmu, '$1\\::')
    .replace(/##(\w*\\*)\[/g, '##$1\\[')
    .replace(formula, "'");

/** What a harmless cell was before. */
export const originalCell = (cell: string): string =>
  cell
    .replace(guarded, '')
    .replace(/##(\w*\\*)\\\[/g, '##$1[')
    .replace(/^([^\S\n]*\\*)\\::/gmu, '$1::');
