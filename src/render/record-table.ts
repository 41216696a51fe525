import type { SyncedRecord } from '../model/synced-record.ts';
import { printable } from './printable.ts';
import { recordCells } from './record-text.ts';
import { table } from './table.ts';
import { width, wrapped } from './width.ts';

/** The columns, as they stand. The first two and the last are always there. */
const columns = [
  'object_type',
  'sync_status',
  'object_id',
  'updated_at',
  'platform',
  'platform_object_id',
  'id',
] as const;
type Column = (typeof columns)[number];

/** What is added while there is room, in this order. */
const additions: readonly Column[] = ['object_id', 'updated_at', 'platform', 'platform_object_id'];

/** Records as a table that is as wide as the terminal at most; their ids whole, and why they failed whole below them. */
export function recordTable(records: readonly SyncedRecord[], room: number): string {
  const shown = columnsFor(records, room);
  const cells = records.map((record) => cellsOf(record, shown));
  const [title = '', ...lines] = table(shown, cells, shown).trimEnd().split('\n');
  const rows = records.map((record, at) => {
    const object = shown.includes('object_id') || record.object_id === null ? [] : [`of ${record.object_id}`];
    const below = [...object, ...reasons(record)].flatMap((text) =>
      wrapped(printable(text), room - indent).map(printable),
    );
    return [lines[at] ?? '', ...below.map((line) => `${' '.repeat(indent)}${line}`)].join('\n');
  });
  return `${[title, ...rows].join('\n')}\n`;
}

const indent = 2;

/** Why it failed, as the service says; or that it does not say. */
const reasons = ({ errors, sync_status }: SyncedRecord): readonly string[] =>
  errors.length === 0 && sync_status === 'error' ? ['the service does not say why'] : errors;

const cellsOf = (record: SyncedRecord, shown: readonly Column[]): readonly string[] =>
  recordCells(record, shown).map((cell) => printable(cell ?? ''));

function columnsFor(records: readonly SyncedRecord[], room: number): readonly Column[] {
  const widths = new Map(columns.map((column) => [column, widest(records, column)]));
  const chosen = new Set<Column>(['object_type', 'sync_status', 'id']);
  const used = (): number => [...chosen].reduce((sum, column) => sum + (widths.get(column) ?? 0) + 2, -2);
  for (const column of additions) {
    // An empty column says nothing.
    if (records.every((record) => (record[column] ?? '') === '')) continue;
    chosen.add(column);
    if (used() > room) chosen.delete(column);
  }
  return columns.filter((column) => chosen.has(column));
}

const widest = (records: readonly SyncedRecord[], column: Column): number =>
  records.reduce((most, record) => Math.max(most, ...cellsOf(record, [column]).map(width)), column.length);
