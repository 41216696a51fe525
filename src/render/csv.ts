import { printable } from './printable.ts';

/** Comma-separated values (RFC 4180, one line per row) that no spreadsheet takes for formulas: each gets a `'` where one would begin. */
export const csv = (titles: readonly string[], rows: readonly (readonly (string | null)[])[]): string =>
  [titles, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

/** Also the full-width signs, which some spreadsheets turn into the narrow ones. */
const sign = String.raw`[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]`;

/** With what a tab or a line break before a sign was. */
const formula = new RegExp(String.raw`^(?:\s|[\u200c\u200d]|\\[trn])*${sign}|^\\[tr]`, 'u');

/** Behind what a program of another country takes for the end of a cell, quotes being letters to it there. */
const within = new RegExp(String.raw`(?<=[,;|])(?=["\u200c\u200d]*${sign})`, 'gu');

function cell(value: string | null): string {
  const text = printable(value ?? '').replace(within, "'");
  const harmless = formula.test(text) ? `'${text}` : text;
  return /[",;\n]/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
