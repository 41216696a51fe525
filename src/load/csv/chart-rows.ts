import { foldCase } from '../../model/fold-case.ts';
import { originalCell } from '../../model/harmless-cell.ts';
import type { CollectionKind, Field } from '../../model/kind.ts';
import { canonicalText } from '../canonical-text.ts';
import { isForbidden } from '../scalar-value.ts';
import type { Role } from './layouts.ts';
import { isNoPosting, isTotal } from './no-posting.ts';
import { rateOf } from './rate-of.ts';
import type { Row } from './read-rows.ts';
import type { Table } from './read-table.ts';

/** A row of a chart or of a list of rates: what it states, in canonical form. */
export interface ChartRow {
  readonly line: number;
  /** By the kind's names; what is empty is left out. */
  readonly fields: Readonly<Record<string, string>>;
  /** What the file has no place for. */
  readonly type: string | null;
}

/** A row that is not taken, and why, in words that follow a colon. */
export interface SkippedRow {
  readonly line: number;
  readonly label: string;
  readonly why: string;
}

/** What a table holds of a kind, in its order. */
export interface ChartRows {
  readonly rows: readonly ChartRow[];
  readonly skipped: readonly SkippedRow[];
}

/** The rows of a table that can be entries, and the others with the reason. */
export function chartRows(table: Table, kind: CollectionKind): ChartRows {
  const facts = {
    ...{ ...table, kind, width: widthOf(table) },
    ...{ coded: has(table, 'code'), named: has(table, 'name'), typed: has(table, 'type') },
  };
  const rows: ChartRow[] = [];
  const skipped: SkippedRow[] = [];
  const first = new Map<string, number>();
  for (const row of table.rows) {
    const read = readRow(row, facts);
    const twin = 'why' in read ? undefined : first.get(wordOf(read, kind));
    if ('why' in read) skipped.push(read);
    else if (twin === undefined) {
      first.set(wordOf(read, kind), row.line);
      rows.push(read);
    } else
      skipped.push(
        skip(
          row,
          labelOf(read, kind),
          `line ${twin} has this ${kind.identity in read.fields ? 'code' : 'name'} already`,
        ),
      );
  }
  return { rows, skipped };
}

interface Facts extends Table {
  readonly kind: CollectionKind;
  /** As many cells as a row has. */
  readonly width: number;
  /** Some row has a code, a name, or a type: one without is then perhaps no entry. */
  readonly coded: boolean;
  readonly named: boolean;
  readonly typed: boolean;
}

const has = ({ columns, rows }: Table, role: Role): boolean =>
  rows.some(({ cells }) => cellOf(cells, columns.index[role]) !== '');

/** As many cells as the headers are, or as most rows have, with nothing in the last ones: a delimiter may stand behind every row. */
function widthOf({ columns, rows }: Table): number {
  const { length } = columns.header.cells;
  const counts = new Map<number, number>();
  for (const { cells } of rows)
    if (cells.slice(length).every((cell) => cell === ''))
      counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const usual = [...counts].find(([, count]) => count * 2 > rows.length)?.[0] ?? 0;
  return Math.max(length, usual);
}

/** A text that holds a delimiter and no quotes comes apart, and what stands behind it in the wrong column. */
function comesApart({ cells }: Row, { columns, width }: Facts): boolean {
  const { length } = columns.header.cells;
  return cells.length > width || cells.slice(length).some((cell) => cell !== '');
}

/** The text of a cell as it was before a spreadsheet program or an export made it harmless. */
function cellOf(cells: readonly string[], index: number | undefined): string {
  const cell = canonicalText(cells[index ?? -1] ?? '');
  // So spreadsheets are told to keep the zeros of a code.
  const told = /^="([^"]*)"$/.exec(cell)?.[1];
  return canonicalText(told ?? originalCell(cell));
}

function readRow(row: Row, facts: Facts): ChartRow | SkippedRow {
  const { coded, columns, kind, named, typed } = facts;
  const cell = (role: Role): string => cellOf(row.cells, columns.index[role]);
  const [code, name, type] = [oneLine(cell('code')), oneLine(cell('name')), oneLine(cell('type'))];
  const label = [code, name].filter((part) => part !== '').join(' ');
  if (label === '') return skip(row, '', 'it has neither a code nor a name');
  if (repeats(row, columns.header)) return skip(row, label, 'it repeats the headers');
  if (comesApart(row, facts))
    return skip(
      row,
      label,
      `it has ${row.cells.length} cells, and there are ${columns.header.cells.length} headers: a text that holds a ${facts.delimiter} stands in quotes`,
    );
  if (isNoPosting(type)) return skip(row, label, `nothing is posted to a ${type}`);
  if (name === '' ? isTotal(code) : code === '' && isTotal(name)) return skip(row, label, 'it is a total');
  if (code === '' && type === '' && (coded || typed))
    return skip(
      row,
      label,
      `it has no ${coded ? 'code' : 'type'}, and others have one: a heading, a total or a note`,
    );
  if (named && stray(row, code))
    return skip(row, label, 'it stands alone, and other rows have a name: a heading or a note');
  if (isRounded(code))
    return skip(row, label, `its code ${code} is a number that a spreadsheet program has rounded`);
  const rate = kind.rate && columns.index.rate !== undefined ? rateOf(cell('rate')) : null;
  if (rate && 'why' in rate) return skip(row, label, rate.why);
  const stated = {
    name,
    [kind.identity]: code,
    ...(rate && kind.rate ? { [kind.rate.field]: rate.percent } : {}),
    description: cell('description'),
  };
  const fields = Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== ''));
  const obstacle = Object.entries(fields)
    .map(([field, value]) => obstacleTo(field, value, kind.fields[field]))
    .find((each) => each !== null);
  return obstacle ? skip(row, label, obstacle) : { line: row.line, fields, type: type === '' ? null : type };
}

const skip = ({ line }: Row, label: string, why: string): SkippedRow => ({ line, label, why });

/** Words in the first cell of a row that has no other, or a time with nothing beside it, as below what QuickBooks prints. */
function stray({ cells }: Row, code: string): boolean {
  const isTime = /\b\d{4}\b/.test(code) && /\b\d{1,2}[:.]\d{2}\b/.test(code);
  return cells.length === 1 ? /\s/.test(code) : isTime && cells.filter((cell) => cell !== '').length === 1;
}

/** A long number as spreadsheet programs save it: its last digits are lost. */
const isRounded = (code: string): boolean => /^\d+(?:[.,]\d+)?E\+\d+$/iu.test(code);

/** A text without line breaks: between quotes a spreadsheet may have put some into a name. */
export const oneLine = (text: string): string => text.replace(/\s*\n\s*/g, ' ');

const repeats = ({ cells }: Row, header: Row): boolean =>
  cells.every((cell, at) => cell === (header.cells[at] ?? ''));

function obstacleTo(name: string, value: string, field: Field | undefined): string | null {
  if (isForbidden(value)) return `its ${name} holds an invisible character, which no file may hold`;
  if (field?.type !== 'text') return null;
  // Only what may be too long is counted in characters.
  const length = value.length > field.maxLength ? [...value].length : 0;
  return length > field.maxLength
    ? `its ${name} has ${length} characters, and the API takes ${field.maxLength}`
    : null;
}

/** By what a row is found: its code, else its name. */
export function wordOf({ fields }: Pick<ChartRow, 'fields'>, kind: CollectionKind): string {
  const code = fields[kind.identity];
  if (code === undefined) return `name ${fields.name}`;
  const field = kind.fields[kind.identity];
  return `code ${field?.type === 'text' && field.foldCase ? foldCase(code) : code}`;
}

/** What a person calls a row. */
export const labelOf = ({ fields }: Pick<ChartRow, 'fields'>, kind: CollectionKind): string =>
  [fields[kind.identity], fields.name].filter((part) => part !== undefined).join(' ');
