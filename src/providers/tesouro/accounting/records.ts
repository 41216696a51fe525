import { instantOf } from '../../../model/instant.ts';
import { objectTypes, type RecordFilter, type SyncedRecord } from '../../../model/synced-record.ts';
import type { Written } from '../../contract.ts';
import { type Api, reply, type Unchecked } from '../api.ts';
import { foreignIdOf, requiredText, textOf } from '../decode.ts';
import { Incomplete } from '../incomplete.ts';
import type { components } from '../openapi.gen.ts';
import { pages } from '../pages.ts';
import { proving, written } from '../written.ts';
import { errorTexts } from './error-texts.ts';

type Wire = Unchecked<components['schemas']['SyncedRecord']>;

/** Every record that the filter lets through. */
export async function* readRecords(
  { client, headers }: Api,
  filter: RecordFilter,
): AsyncGenerator<SyncedRecord> {
  if (filter.object_ids?.length === 0) return;
  const query = queryOf(filter);
  const list = pages((page) =>
    reply(
      client.GET('/accounting-synced-records', {
        params: { header: headers, query: { ...query, ...page, limit: 250 } },
      }),
    ),
  );
  const keeps = keepsRecord(filter);
  for await (const records of list) yield* records.map(recordOf).filter(keeps);
}

function queryOf(filter: RecordFilter) {
  const { created_from, created_to, object_ids, object_type, order, sort, updated_from, updated_to } = filter;
  return {
    object_type,
    ...(object_ids && { object_id__in: [...object_ids] }),
    ...(sort && { sort }),
    ...(order && { order }),
    ...(created_from !== undefined && { created_at__gte: created_from }),
    ...(created_to !== undefined && { created_at__lte: created_to }),
    ...(updated_from !== undefined && { updated_at__gte: updated_from }),
    ...(updated_to !== undefined && { updated_at__lte: updated_to }),
  };
}

const known: ReadonlySet<string> = new Set(objectTypes);

/** Whether a record is one that was asked for: the service may ignore a filter, and may call a type otherwise. */
function keepsRecord(filter: RecordFilter): (record: SyncedRecord) => boolean {
  const ids = filter.object_ids && new Set(filter.object_ids);
  const created = within(filter.created_from, filter.created_to);
  const updated = within(filter.updated_from, filter.updated_to);
  return ({ created_at, object_id, object_type, updated_at }) =>
    (object_type === filter.object_type || !known.has(object_type)) &&
    (!ids || (object_id !== null && ids.has(object_id))) &&
    created(created_at) &&
    updated(updated_at);
}

function within(from: string | undefined, to: string | undefined): (time: string | null) => boolean {
  if (from === undefined && to === undefined) return () => true;
  const [first, last] = [from, to].map((each) => (each === undefined ? null : instantOf(each)));
  return (time) => {
    const at = time === null ? Number.NaN : instantOf(time);
    return !(at < (first ?? at)) && !(at > (last ?? at)) && !Number.isNaN(at);
  };
}

/** One record in full. */
export async function readRecord({ client, headers }: Api, id: string): Promise<SyncedRecord> {
  const path = { synced_record_id: id };
  const { body } = await reply(
    client.GET('/accounting-synced-records/{synced_record_id}', { params: { header: headers, path } }),
  );
  return recordOf(body ?? {});
}

/** Pushes once more; from the answer, or, where that cannot be understood, from a read of the record. */
export function pushRecord(api: Api, id: string): Promise<Written<SyncedRecord>> {
  return written(async () => {
    const path = { synced_record_id: id };
    const { body, requestId } = await reply(
      api.client.POST('/accounting-synced-records/{synced_record_id}/push', {
        params: { header: api.headers, path },
      }),
    );
    const told = understood(body, id);
    const stored = told ?? (await proving('lost', 'The pushed record', () => readRecord(api, id)));
    return { stored, requestId };
  });
}

function understood(body: Wire | null, id: string): SyncedRecord | null {
  if (body?.id !== id) return null;
  try {
    return recordOf(body);
  } catch (error) {
    if (error instanceof Incomplete) return null;
    throw error;
  }
}

const recordOf = (wire: Wire): SyncedRecord => ({
  id: requiredText(wire.id, 'a record’s id'),
  object_type: requiredText(wire.object_type, 'object_type'),
  object_id: textOf(wire.object_id, 'object_id'),
  sync_status: requiredText(wire.sync_status, 'sync_status'),
  errors: errorTexts(wire.errors),
  created_at: textOf(wire.created_at, 'created_at'),
  updated_at: textOf(wire.updated_at, 'updated_at'),
  last_pulled_at: textOf(wire.last_pulled_at, 'last_pulled_at'),
  object_updated_at: textOf(wire.object_updated_at, 'object_updated_at'),
  platform: textOf(wire.platform, 'platform'),
  platform_object_id: foreignIdOf(wire.platform_object_id, 'platform_object_id'),
  platform_updated_at: textOf(wire.platform_updated_at, 'platform_updated_at'),
  provider: textOf(wire.provider, 'provider'),
  provider_object_id: foreignIdOf(wire.provider_object_id, 'provider_object_id'),
  provider_updated_at: textOf(wire.provider_updated_at, 'provider_updated_at'),
});
