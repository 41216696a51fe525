import { CsvError, parse } from 'csv-parse/sync';

/** A row of a table: its cells, and the line of the file on which it begins. */
export interface Row {
  readonly line: number;
  readonly cells: readonly string[];
}

/** The signs that may stand between cells. */
export const delimiters = { comma: ',', semicolon: ';', tab: '\t', pipe: '|' } as const;

export type Delimiter = keyof typeof delimiters;

/** The rows of a table; or where a quote keeps it from being read: its line, and whether it is one that nothing closes. */
export type Rows = { readonly rows: readonly Row[] } | { readonly line: number; readonly open: boolean };

/** At most so many rows of a text whose lines end with `\n`. White space around cells is left out, and a quote inside of a cell is a letter. */
export function readRows(text: string, delimiter: Delimiter, most: number): Rows {
  try {
    return { rows: rowsOf(text, delimiter, most) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const before = Number(error.records);
    const last = before === 0 ? null : endOfRows(text, delimiter, before);
    return error.code === 'CSV_QUOTE_NOT_CLOSED'
      ? { line: (last ?? 0) + 1, open: true }
      : { line: Number(error.lines), open: false };
  }
}

interface Read {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function rowsOf(text: string, delimiter: Delimiter, most: number): readonly Row[] {
  const rows: Row[] = [];
  let end = 0;
  for (const { info, record } of recordsOf(text, delimiter, most)) {
    rows.push({ line: end + 1, cells: record });
    end = info.lines;
  }
  return rows;
}

/** The line on which the last of the first rows ends. */
const endOfRows = (text: string, delimiter: Delimiter, rows: number): number =>
  recordsOf(text, delimiter, rows).at(-1)?.info.lines ?? 0;

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
