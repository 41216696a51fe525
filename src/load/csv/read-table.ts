import { type Decoded, decodeTable, type Encoding } from './decode-table.ts';
import { type Delimiter, delimiters } from './delimiters.ts';
import { type Columns, findColumns, type NamedColumns } from './find-columns.ts';
import type { Layout } from './layouts.ts';
import { type Fault, type Row, readRows } from './read-rows.ts';

/** What a user may say of a spreadsheet; null is found out. */
export interface TableOptions {
  readonly encoding: Encoding | null;
  readonly delimiter: Delimiter | null;
  readonly of: Layout['of'] | null;
  readonly columns: NamedColumns | null;
}

/** A spreadsheet that is understood. */
export interface Table {
  readonly encoding: Encoding;
  readonly delimiter: Delimiter;
  readonly columns: Columns;
  /** All rows below the header that are not blank. */
  readonly rows: readonly Row[];
}

/** Why a spreadsheet is not understood. */
export type NoTable =
  | { readonly why: 'no text' }
  | { readonly why: 'empty' }
  | { readonly why: 'quote'; readonly line: number; readonly open: boolean }
  /** No row among the first ones has headers that are known; these are the cells of the first that has any. */
  | { readonly why: 'columns'; readonly line: number; readonly cells: readonly string[] }
  | { readonly why: 'rows'; readonly most: number };

/** As many entries as a configuration may have. */
export const mostRows = 50_000;

/** Enough for every row above the headers. */
const sampleSize = 64 * 1024;

/** Reads a spreadsheet: its encoding, what stands between its cells, and which column holds what. */
export function readTable(bytes: Uint8Array, options: TableOptions): Table | NoTable {
  const decoded = decodeTable(bytes, options.encoding);
  if (!decoded) return { why: 'no text' };
  const text = decoded.text.replace(/\r\n?/g, '\n');
  if (text.trim() === '') return { why: 'empty' };
  const known =
    options.delimiter === null ? Object.keys(delimiters).filter(isDelimiter) : [options.delimiter];
  const looks = known.map((delimiter) => look(text, delimiter, options));
  const [best] = looks.filter(({ columns }) => columns !== null).sort((a, b) => scoreOf(b) - scoreOf(a));
  if (best) return wholeTable(text, best.delimiter, decoded, options);
  const [likely] = looks.sort((a, b) => b.width - a.width);
  const broken = looks.find(({ fault }) => fault !== null)?.fault;
  if (broken && (likely?.width ?? 0) < 2) return { why: 'quote', ...broken };
  const first = likely?.rows.find(({ cells }) => !isBlank(cells));
  return { why: 'columns', line: first?.line ?? 1, cells: first?.cells ?? [] };
}

const isDelimiter = (name: string): name is Delimiter => Object.hasOwn(delimiters, name);

interface Look {
  readonly delimiter: Delimiter;
  readonly rows: readonly Row[];
  readonly columns: Columns | null;
  /** Cells of the widest row. */
  readonly width: number;
  readonly fault: Fault | null;
}

function look(text: string, delimiter: Delimiter, { columns: named, of }: TableOptions): Look {
  const sample = readRows(text.slice(0, sampleSize), delimiter, 25);
  // A part of a text may end within quotes; of a whole one that is its fault.
  const { fault, rows } = sample.fault ? readRows(text, delimiter, 25) : sample;
  const width = rows.reduce((most, { cells }) => Math.max(most, cells.length), 0);
  return { delimiter, rows, columns: findColumns(rows, of, named), width, fault };
}

/** The delimiter that gives more known columns is the right one. */
const scoreOf = ({ columns }: Look): number => Object.keys(columns?.index ?? {}).length;

function wholeTable(
  text: string,
  delimiter: Delimiter,
  { encoding }: Decoded,
  { columns: named, of }: TableOptions,
): Table | NoTable {
  const read = readRows(text, delimiter, mostRows + headerRows);
  if (read.fault) return { why: 'quote', ...read.fault };
  const columns = findColumns(read.rows, of, named);
  if (!columns) return { why: 'empty' };
  const rows = read.rows.filter(({ cells, line }) => line > columns.header.line && !isBlank(cells));
  if (rows.length > mostRows || read.rows.length === mostRows + headerRows)
    return { why: 'rows', most: mostRows };
  return { encoding, delimiter, columns, rows };
}

/** More blank lines and titles than any table has. */
const headerRows = 10_000;

const isBlank = (cells: readonly string[]): boolean => cells.every((cell) => cell === '');
