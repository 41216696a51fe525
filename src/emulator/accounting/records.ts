import { millisecondsOf } from '../accounting-switches.ts';
import type { World } from '../call.ts';
import type { JsonObject, Stored } from '../json.ts';
import type { Organization, Write } from '../state.ts';
import type { SyncedObject } from './synced-object.ts';
import { begun } from './under-way.ts';

/** What a synchronization record has where nothing else is said. */
export const recordDefaults = ({ created_at }: JsonObject): JsonObject => ({
  last_pulled_at: created_at ?? null,
  object_type: 'bill',
  sync_status: 'done',
  errors: {},
  object_id: null,
  object_updated_at: null,
  platform: null,
  platform_object_id: null,
  platform_updated_at: null,
  provider: null,
  provider_object_id: null,
  provider_updated_at: null,
});

/** The writes that make a record for each object without one, and begin to push it. */
export function recordsFor(
  objects: readonly SyncedObject[],
  organization: Organization,
  time: Date,
  { store, switches }: Pick<World, 'store' | 'switches'>,
): readonly Write[] {
  const known = new Set(
    [...organization.collections.synced_records.entries()].map(
      ({ value }) => `${value.object_type}/${value.object_id}`,
    ),
  );
  const stamp = time.toISOString();
  return objects.flatMap(({ type, id: object_id, updated_at }) => {
    if (known.has(`${type}/${object_id}`)) return [];
    known.add(`${type}/${object_id}`);
    const { seq, id } = store.fresh(organization.id, 'synced_records');
    const own = { object_type: type, object_id, object_updated_at: updated_at, sync_status: 'pending' };
    const stamps = { id, created_at: stamp, updated_at: stamp };
    const value: Stored = { ...recordDefaults(stamps), ...own, ...stamps };
    const milliseconds = millisecondsOf(switches.push_time);
    return [
      { organization: organization.id, collection: 'synced_records', id, seq, value } as const,
      begun(organization.id, { kind: 'push', target: id }, time, milliseconds, { store }),
    ];
  });
}
