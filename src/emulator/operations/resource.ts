import { type Answer, type Call, type Handler, param, type World } from '../call.ts';
import { filterTest, type Meanings } from '../filters.ts';
import type { Json, JsonObject, Stored } from '../json.ts';
import { pageOf } from '../page.ts';
import { invalid, notFound, Refusal } from '../refusal.ts';
import type { CollectionName, Organization, Write } from '../state.ts';
import type { Switches } from '../switches.ts';

/** A collection that can be read: what its list takes and how its objects are called. */
export interface Resource {
  readonly collection: CollectionName;
  readonly noun: string;
  /** The path parameter that holds an object's id. */
  readonly param: string;
  readonly limit: (switches: Switches) => number;
  /** Its page tokens do not carry the limit. */
  readonly resend: boolean;
  readonly sort: (switches: Switches) => string;
  readonly meanings: (organization: Organization) => Meanings;
  /** What its answers add to what is stored; absent: nothing. */
  readonly complete?: (value: Stored) => Stored;
}

/** Answers a page of a collection. */
export const lister =
  (resource: Resource): Handler =>
  (call, { store, switches }) => {
    const collection = store.listed(call.organization).collections[resource.collection];
    const { complete = (value: Stored) => value } = resource;
    const query = { ...call.query };
    if (switches.is_external_filter !== 'honoured') delete query.is_external;
    const page = pageOf(
      {
        list: `${call.organization}${call.path}`,
        collection,
        query,
        limit: resource.limit(switches),
        resend: resource.resend,
        sort: resource.sort(switches),
        matches: (filters) => filterTest(filters, resource.meanings(store.organization(call.organization))),
        show: (value) => shown(complete(value), switches),
      },
      switches,
    );
    return { status: 200, body: page };
  };

/** Answers one object. */
export const getter =
  (resource: Resource): Handler =>
  (call, world) => ({ status: 200, body: shown(find(resource, call, world), world.switches) });

/** The object that the path names; an id of another organization is refused as the switch says. */
export function find(resource: Resource, call: Call, { store, switches }: World): Stored {
  const id = param(call, resource.param);
  const found = store.organization(call.organization).collections[resource.collection].get(id);
  if (found) return found.value;
  const foreign = [...store.state.organizations.values()].some((each) =>
    each.collections[resource.collection].get(id),
  );
  if (foreign && switches.foreign_status === '403')
    throw new Refusal(403, 'forbidden', `this ${resource.noun} belongs to another organization`);
  throw notFound(resource.noun);
}

/** A write that puts or takes away one object of a collection. */
export function writeOf(
  organization: Organization,
  collection: CollectionName,
  id: string,
  seq: number,
  value: Stored | null,
): Write {
  return { organization: organization.id, collection, id, seq, value };
}

/** An object as answers show it. */
export const shown = (value: Stored, switches: Switches): Json =>
  switches.empty_members === 'null'
    ? value
    : Object.fromEntries(Object.entries(value).filter(([, each]) => each !== null));

/** The members of a PATCH body over what is stored; a null clears, is ignored, or was refused before. */
export function merged(stored: Stored, body: JsonObject, world: World): Stored {
  if (Object.keys(body).length === 0 && world.switches.empty_patch === '422') {
    throw invalid(['body'], 'At least one member is required', 'value_error.missing');
  }
  return {
    ...stored,
    ...body,
    id: stored.id,
    created_at: stored.created_at,
    updated_at: world.now().toISOString(),
  };
}

/** The answer to a PATCH. */
export const patched = (value: Stored, switches: Switches): Answer =>
  switches.patch_answer === '204'
    ? { status: 204, body: null }
    : { status: 200, body: shown(value, switches) };

/** The answer to a DELETE. */
export const deleted = (value: Stored, switches: Switches): Answer =>
  switches.delete_answer === '204'
    ? { status: 204, body: null }
    : { status: 200, body: shown(value, switches) };
