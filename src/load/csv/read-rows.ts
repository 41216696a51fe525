import { CsvError, parse } from 'csv-parse/sync';
import { type Delimiter, delimiters } from './delimiters.ts';

/** A row of a table: its cells, and the line of the file on which it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** A quote that keeps a table from being read: its line, and whether it is one that nothing closes. */
export interface Fault {
  readonly line: number;
  readonly open: boolean;
}

/** The rows of a table, up to the one that cannot be read. */
export interface Rows {
  readonly rows: readonly Row[];
  readonly fault: Fault | null;
}

/** At most so many rows of a text whose lines end with `\n`. White space around cells is left out, and a quote inside of a cell is a letter. */
export function readRows(text: string, delimiter: Delimiter, most: number): Rows {
  try {
    return { rows: rowsOf(text, delimiter, most), fault: null };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const before = Number(error.records);
    const rows = before === 0 ? [] : rowsOf(text, delimiter, before);
    const end = rows.at(-1)?.end ?? 0;
    const open = error.code === 'CSV_QUOTE_NOT_CLOSED';
    return { rows, fault: { line: open ? end + 1 : Number(error.lines), open } };
  }
}

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function rowsOf(
  text: string,
  delimiter: Delimiter,
  most: number,
): readonly (Row & { readonly end: number })[] {
  const rows: (Row & { readonly end: number })[] = [];
  let end = 0;
  for (const { info, record } of recordsOf(text, delimiter, most)) {
    rows.push({ line: end + 1, end: info.lines, cells: record });
    end = info.lines;
  }
  return rows;
}

function recordsOf(text: string, delimiter: Delimiter, most: number): readonly Read[] {
  const options = { info: true, relax_column_count: true, relax_quotes: true, trim: true } as const;
  const found: unknown = parse(text, {
    ...options,
    delimiter: delimiters[delimiter],
    record_delimiter: '\n',
    to: most,
  });
  // With `info` the library says each record in this form, which its types leave open.
  return found as readonly Read[];
}
