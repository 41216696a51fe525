import { harmlessCell } from '../model/harmless-cell.ts';
import { escaped } from './printable.ts';

/** An account or a rate as a row of a spreadsheet. */
export interface ChartLine {
  readonly code: string | null;
  readonly name: string | null;
  readonly rate: string | null;
  readonly type: string | null;
  readonly description: string | null;
}

/** Whose columns are written. */
export const chartLayouts = ['plain', 'xero', 'quickbooks', 'datev'] as const;

export type ChartLayout = (typeof chartLayouts)[number];

type Column = readonly [title: string, holds: keyof ChartLine | null];

/** The columns as each program asks for them; those that hold nothing of ours have to be there. */
const accountColumns: Readonly<Record<ChartLayout, readonly Column[]>> = {
  plain: [
    ['code', 'code'],
    ['name', 'name'],
    ['type', 'type'],
    ['description', 'description'],
  ],
  xero: [
    ['*Code', 'code'],
    ['*Name', 'name'],
    ['*Type', 'type'],
    ['*Tax Code', null],
    ['Description', 'description'],
  ],
  quickbooks: [
    ['Account Number', 'code'],
    ['Account Name', 'name'],
    ['Type', 'type'],
    ['Detail Type', null],
    ['Description', 'description'],
  ],
  datev: [
    ['Konto', 'code'],
    ['Kontenbeschriftung', 'name'],
  ],
};

const rateColumns: readonly Column[] = [
  ['code', 'code'],
  ['name', 'name'],
  ['rate', 'rate'],
  ['type', 'type'],
  ['description', 'description'],
];

/**
 * A chart of accounts or a list of rates as comma-separated values (RFC 4180) in the columns of a program; rates have plain columns
 * only. No cell of it is a formula to a spreadsheet, and importing it gives every text back as it was.
 */
export function chartCsv(lines: readonly ChartLine[], of: 'accounts' | 'rates', layout: ChartLayout): string {
  const columns = of === 'rates' ? rateColumns : accountColumns[layout];
  const delimiter = layout === 'datev' && of === 'accounts' ? ';' : ',';
  const row = (cells: readonly string[]): string => `${cells.join(delimiter)}\r\n`;
  const titles = row(columns.map(([title]) => title));
  return titles + lines.map((line) => row(columns.map(([, holds]) => cellOf(holds && line[holds])))).join('');
}

/** What no configuration can hold, and a terminal could obey. */
const unseen = /[^\P{Cc}\t\n]|[\p{Bidi_Control}\p{Cs}]/gu;

function cellOf(value: string | null): string {
  const text = harmlessCell((value ?? '').replace(/\r\n?/g, '\n').replace(unseen, escaped));
  return /[",;|\t\n]/.test(text) || text !== text.trim() ? `"${text.replaceAll('"', '""')}"` : text;
}
