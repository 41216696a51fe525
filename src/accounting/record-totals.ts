import { objectTypes, type SyncedRecord } from '../model/synced-record.ts';

/** How many records of one type there are, and in which status. */
export interface RecordTotal {
  readonly object_type: string;
  readonly pending: number;
  readonly error: number;
  readonly done: number;
  /** In a status that nobody documents. */
  readonly other: number;
  readonly total: number;
}

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
