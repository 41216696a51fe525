import { instantOf } from '../model/instant.ts';
import {
  type ObjectType,
  objectTypes,
  type RecordFilter,
  type SyncedRecord,
} from '../model/synced-record.ts';
import type { AccountingSystem } from '../providers/accounting-contract.ts';

/** Which records are wanted: those of any of these types and objects, where these are given. */
export interface RecordsWanted extends Omit<RecordFilter, 'object_type' | 'object_ids'> {
  readonly types?: readonly ObjectType[];
  readonly objects?: readonly string[];
}

/** Ids in one request: an address stays short enough for every proxy. */
const idsAtOnce = 100;

/** The lists that have to be read: one for each type, and for each batch of objects. */
export function recordFilters({ objects, types, ...rest }: RecordsWanted): readonly RecordFilter[] {
  const wanted = objectTypes.filter(
    (type) => types === undefined || types.length === 0 || types.includes(type),
  );
  const batches = objects && objects.length > 0 ? batchesOf([...new Set(objects)]) : [undefined];
  return wanted.flatMap((object_type) =>
    batches.map((ids) => ({ object_type, ...(ids && { object_ids: ids }), ...rest })),
  );
}

/** Reads several lists at the same time, each record once. `seen` is told how many there are so far. */
export async function readRecords(
  filters: readonly RecordFilter[],
  { records }: Pick<AccountingSystem, 'records'>,
  seen: (count: number) => void = () => {},
): Promise<readonly SyncedRecord[]> {
  let count = 0;
  const lists = await Promise.all(
    filters.map(async (filter) => {
      const found: SyncedRecord[] = [];
      for await (const record of records(filter)) {
        found.push(record);
        count += 1;
        seen(count);
      }
      return found;
    }),
  );
  return [...new Map(lists.flat().map((record) => [record.id, record])).values()];
}

/** In the order of one of their times; what has no such time comes last. */
export function sortRecords(
  records: readonly SyncedRecord[],
  by: 'created_at' | 'updated_at',
  order: 'asc' | 'desc',
): readonly SyncedRecord[] {
  const sign = order === 'asc' ? 1 : -1;
  const timed = records.map((record) => ({ record, time: timeOf(record[by]) }));
  return timed
    .sort((a, b) => {
      if (a.time === null || b.time === null) return Number(a.time === null) - Number(b.time === null);
      return sign * (a.time - b.time);
    })
    .map(({ record }) => record);
}

function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : instantOf(text);
  return Number.isNaN(time) ? null : time;
}

const batchesOf = (ids: readonly string[]): readonly (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, at) =>
    ids.slice(at * idsAtOnce, (at + 1) * idsAtOnce),
  );
