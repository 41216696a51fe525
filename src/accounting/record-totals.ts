import { objectTypes, type RecordTotal, type SyncedRecord } from '../model/synced-record.ts';

type Count = { -readonly [Name in keyof RecordTotal]: RecordTotal[Name] };

/** The totals of each type that occurs, in the order in which types are shown. */
export function recordTotals(records: readonly SyncedRecord[]): readonly RecordTotal[] {
  const counts = new Map<string, Count>();
  for (const { object_type, sync_status } of records) {
    const count = counts.get(object_type) ?? {
      object_type,
      pending: 0,
      error: 0,
      done: 0,
      other: 0,
      total: 0,
    };
    counts.set(object_type, count);
    count[statusOf(sync_status)] += 1;
    count.total += 1;
  }
  const known: readonly string[] = objectTypes;
  return [...counts.values()].sort((a, b) => known.indexOf(a.object_type) - known.indexOf(b.object_type));
}

const statusOf = (status: string): 'pending' | 'error' | 'done' | 'other' =>
  status === 'pending' || status === 'error' || status === 'done' ? status : 'other';
