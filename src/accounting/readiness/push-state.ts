import type { BookList } from '../../model/book-document.ts';
import { instantOf } from '../../model/instant.ts';
import type { LiveConnection } from '../../model/live.ts';
import type { PushType } from '../../model/readiness.ts';
import type { ObjectType, SyncedRecord } from '../../model/synced-record.ts';
import { recordsByObject } from '../records-by-object.ts';
import { connectedSince, expectationOf, isPast } from '../to-push.ts';

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

/** Where a document stands on its way to the accounting system. */
export type Stage = 'not_expected' | 'past' | 'open' | 'pushed';

interface Document {
  readonly id: string;
  readonly status: string;
  readonly created_at?: string | null;
}

/** Tells of each document of a list where it stands. */
export function stagesIn(
  list: BookList,
  records: readonly SyncedRecord[],
  connections: readonly LiveConnection[],
): (document: Document) => Stage {
  const known = latestRecords(records, list === 'payables' ? 'bill' : 'receivable');
  const since = connectedSince(connections);
  return (document) => {
    const record = known.get(document.id) ?? null;
    if (record?.sync_status === 'done') return 'pushed';
    if (expectationOf(list, document.status) === 'not_expected') return 'not_expected';
    return isPast(list, document, record, since) ? 'past' : 'open';
  };
}

/** How many of these were changed after the state that their records have pushed. */
export function changedSincePush(
  objects: readonly { readonly id: string; readonly updated_at?: string }[],
  records: readonly SyncedRecord[],
  type: ObjectType,
): number {
  const known = latestRecords(records, type);
  return objects.filter(({ id, updated_at }) => {
    const record = known.get(id);
    if (record?.sync_status !== 'done') return false;
    return instantOf(updated_at ?? '') > instantOf(record.object_updated_at ?? '');
  }).length;
}
