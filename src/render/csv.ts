import { printable } from './printable.ts';

/** Comma-separated values (RFC 4180, one line per row) that no spreadsheet takes for formulas: such a text gets a leading `'`. */
export const csv = (titles: readonly string[], rows: readonly (readonly (string | null)[])[]): string =>
  [titles, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');

function cell(value: string | null): string {
  const text = printable(value ?? '');
  const harmless = /^\s*[=+\-@|%]/.test(text) || /^\\[tr]/.test(text) ? `'${text}` : text;
  return /[",;\n]/.test(harmless) || harmless !== harmless.trim()
    ? `"${harmless.replaceAll('"', '""')}"`
    : harmless;
}
