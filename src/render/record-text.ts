import type { RecordTotal, SyncedRecord } from '../model/synced-record.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { remedyText, type ShownRemedy } from './remedy-text.ts';
import { table } from './table.ts';

/** Every member, as columns of CSV. */
export const recordMembers = [
  'id',
  'object_type',
  'object_id',
  'sync_status',
  'errors',
  'created_at',
  'updated_at',
  'last_pulled_at',
  'object_updated_at',
  'platform',
  'platform_object_id',
  'platform_updated_at',
  'provider',
  'provider_object_id',
  'provider_updated_at',
] as const;

/** The cells of a record in some columns; several errors stand in one. */
export const recordCells = (
  record: SyncedRecord,
  columns: readonly (keyof SyncedRecord)[],
): readonly (string | null)[] =>
  columns.map((column) => {
    const value = record[column];
    return typeof value === 'string' || value === null ? value : value.join('; ') || null;
  });

/** Totals as a table, with a sum below more than one. */
export function totalsTable(totals: readonly RecordTotal[]): string {
  const others = totals.some(({ other }) => other > 0);
  const columns = ['pending', 'error', 'done', ...(others ? ['other'] : []), 'total'] as const;
  const named = columns as readonly ('pending' | 'error' | 'done' | 'other' | 'total')[]; // these and no others
  const rows = totals.map((each) => [
    printable(each.object_type),
    ...named.map((name) => String(each[name])),
  ]);
  const sums = named.map((name) => String(totals.reduce((sum, each) => sum + each[name], 0)));
  return table(['', ...columns], totals.length > 1 ? [...rows, ['together', ...sums]] : rows);
}

/** One record in full: each member, each error in a line of its own, and what usually helps. */
export function recordText(record: SyncedRecord, remedies: readonly ShownRemedy[], paint: Paint): string {
  const columns = Math.max(...recordMembers.map((name) => name.length));
  const lines = recordMembers.flatMap((name) => {
    const value = record[name];
    const texts = typeof value === 'string' || value === null ? [value ?? ''] : value;
    return (texts.length === 0 ? [''] : texts).map((text, at) => {
      const shown = name === 'sync_status' ? statusText(text, paint) : printable(text);
      return `${(at === 0 ? name : '').padEnd(columns)}  ${shown}`.trimEnd();
    });
  });
  const texts = remedies.map((remedy) => remedyText(remedy, ''));
  const helps = texts.length === 0 ? '' : `\nWhat usually helps:\n${texts.join('')}`;
  return `\n${lines.join('\n')}\n${helps}`;
}

/** A status in its colour. */
export function statusText(status: string, paint: Paint): string {
  const text = printable(status);
  if (status === 'done') return paint.green(text);
  if (status === 'error') return paint.red(text);
  return status === 'pending' ? paint.yellow(text) : text;
}
