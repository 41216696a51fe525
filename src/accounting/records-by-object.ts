import { instantOf } from '../model/instant.ts';
import type { SyncedRecord } from '../model/synced-record.ts';

/** The records of each object, the newest first; each record once, though paging may deliver it twice. */
export function recordsByObject(
  records: readonly SyncedRecord[],
): ReadonlyMap<string, readonly SyncedRecord[]> {
  const found = new Map<string, SyncedRecord[]>();
  for (const record of new Map(records.map((each) => [each.id, each])).values()) {
    if (record.object_id === null) continue;
    const known = found.get(record.object_id);
    if (known) known.push(record);
    else found.set(record.object_id, [record]);
  }
  for (const list of found.values())
    list.sort((a, b) => timeOf(b) - timeOf(a) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return found;
}

/** When a record was touched last; one without a time is older than any other. */
function timeOf({ created_at, updated_at }: SyncedRecord): number {
  const time = instantOf(updated_at ?? created_at ?? '');
  return Number.isNaN(time) ? 0 : time;
}
