import { instantOf } from '../../model/instant.ts';
import type { PushType } from '../../model/readiness.ts';
import type { ObjectType, SyncedRecord } from '../../model/synced-record.ts';

/** The records that tell of each type: of its own objects, and of those that must be there before them. */
export const recordTypes: Readonly<
  Record<PushType, { readonly own: ObjectType; readonly before: readonly ObjectType[] }>
> = {
  bills: { own: 'bill', before: ['vendor'] },
  invoices: { own: 'receivable', before: ['customer'] },
  payments: { own: 'payment_record', before: [] },
  products: { own: 'product', before: [] },
};

/** The latest record of each object of one type; records that name no object stand for themselves. */
export function latestRecords(
  records: readonly SyncedRecord[],
  type: ObjectType,
): ReadonlyMap<string, SyncedRecord> {
  const latest = new Map<string, SyncedRecord>();
  for (const record of records) {
    if (record.object_type !== type) continue;
    const object = record.object_id ?? record.id;
    const known = latest.get(object);
    if (!known || timeOf(record) >= timeOf(known)) latest.set(object, record);
  }
  return latest;
}

/** The ids of the objects of one type that are in the accounting system. */
export function pushedIds(records: readonly SyncedRecord[], type: ObjectType): ReadonlySet<string> {
  const done = [...latestRecords(records, type)].filter(([, record]) => record.sync_status === 'done');
  return new Set(done.map(([id]) => id));
}

const timeOf = ({ created_at, updated_at }: SyncedRecord): number => {
  const time = instantOf(updated_at ?? created_at ?? '');
  return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
};
