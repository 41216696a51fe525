import type { PushType } from '../../model/readiness.ts';
import type { ObjectType, SyncedRecord } from '../../model/synced-record.ts';
import { recordsByObject } from '../records-by-object.ts';

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
  const own = records.filter(({ object_type }) => object_type === type);
  const alone = own.filter(({ object_id }) => object_id === null).map((each) => [each.id, each] as const);
  const latest = [...recordsByObject(own)].flatMap(([object, [first]]) =>
    first ? [[object, first] as const] : [],
  );
  return new Map([...alone, ...latest]);
}

/** The ids of the objects of one type that are in the accounting system. */
export function pushedIds(records: readonly SyncedRecord[], type: ObjectType): ReadonlySet<string> {
  const done = [...latestRecords(records, type)].filter(([, record]) => record.sync_status === 'done');
  return new Set(done.map(([id]) => id));
}
