import { recordDefaults } from '../accounting/records.ts';
import { begun, underWayFor } from '../accounting/under-way.ts';
import { millisecondsOf } from '../accounting-switches.ts';
import type { Answer, Call, Handler, World } from '../call.ts';
import type { Json, Stored } from '../json.ts';
import { Refusal } from '../refusal.ts';
import { find, lister, type Resource, shown, writeOf } from './resource.ts';

const records: Resource = {
  collection: 'synced_records',
  noun: 'synchronization record',
  param: 'synced_record_id',
  limit: ({ default_limit_250 }) => Number(default_limit_250),
  resend: true,
  sort: () => 'created_at',
  meanings: () => ({}),
  complete: (value) => ({ ...recordDefaults(value), ...value }),
};

/** The operations of synchronization records. */
export const recordOperations: Readonly<Record<string, Handler>> = {
  listSyncedRecords: lister(records),
  getSyncedRecord: (call, world) => ({ status: 200, body: visible(find(records, call, world), world) }),
  pushSyncedRecord: push,
};

function push(call: Call, world: World): Answer {
  const { store, switches, now } = world;
  const record = find(records, call, world);
  const organization = store.organization(call.organization);
  if (record.sync_status !== 'error' && switches.push_not_in_error === '409')
    throw new Refusal(409, 'not_in_error', 'only what could not be pushed is pushed again');
  const value: Stored = {
    ...record,
    sync_status: 'pending',
    errors: {},
    updated_at: now().toISOString(),
  };
  const seq = organization.collections.synced_records.get(record.id)?.seq ?? 0;
  const isRunning = underWayFor(organization, 'push', record.id) !== null;
  const milliseconds = millisecondsOf(switches.push_time);
  store.commit([
    writeOf(organization, 'synced_records', record.id, seq, value),
    ...(isRunning
      ? []
      : [begun(call.organization, { kind: 'push', target: record.id }, now(), milliseconds, world)]),
  ]);
  return { status: 200, body: visible(value, world) };
}

const visible = (record: Stored, { switches }: World): Json =>
  shown({ ...recordDefaults(record), ...record }, switches);
