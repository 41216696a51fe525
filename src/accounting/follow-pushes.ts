import { objectTypes, type SyncedRecord } from '../model/synced-record.ts';
import type { AccountingSystem } from '../providers/accounting-contract.ts';
import { isNews } from './push-again.ts';
import { readRecords, recordFilters } from './read-records.ts';

/** Pushed records whose outcome is still to come. */
export interface Followed {
  /** Looks at all of them with as few lists as there can be, and answers how many are left. */
  readonly look: () => Promise<number>;
  /** Lists that one look reads. */
  readonly lists: () => number;
}

/** Follows pushed records by the lists of their objects until they have an outcome; each is told once. */
export function followPushes(
  pushed: readonly SyncedRecord[],
  accounting: AccountingSystem,
  outcome: (record: SyncedRecord) => void,
): Followed {
  const waiting = new Map(pushed.map((record) => [record.id, record]));
  const filters = () => {
    const all = [...waiting.values()];
    return objectTypes.flatMap((type) => {
      const objects = all.flatMap((each) => (each.object_type === type ? (each.object_id ?? []) : []));
      return objects.length === 0 ? [] : recordFilters({ types: [type], objects });
    });
  };
  /** Records that no list of objects can show. */
  const alone = () =>
    [...waiting.values()].filter(
      ({ object_id, object_type }) => object_id === null || !objectTypes.some((type) => type === object_type),
    );
  return {
    look: async () => {
      const [listed, single] = await Promise.all([
        readRecords(filters(), accounting),
        Promise.all(alone().map(({ id }) => accounting.record(id))),
      ]);
      for (const seen of [...listed, ...single]) {
        const before = waiting.get(seen.id);
        if (!before || !isNews(seen, before)) continue;
        waiting.delete(seen.id);
        outcome(seen);
      }
      return waiting.size;
    },
    lists: () => filters().length + alone().length,
  };
}
