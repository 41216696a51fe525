import { printable } from './printable.ts';

/** Comma-separated values (RFC 4180, one line per row) that no spreadsheet takes for formulas: such a text gets a leading `'`. */
export const csv = (titles: readonly string[], rows: readonly (readonly (string | null)[])[]): string =>
  [titles, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** Also the full-width signs, which some spreadsheets turn into the narrow ones, and what a tab or a line break before them was. */
const formula = /^(?:\s|[\u200c\u200d]|\\[trn])*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]|^\\[tr]/u;

function cell(value: string | null): string {
  const text = printable(value ?? '');
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",;\n]/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
