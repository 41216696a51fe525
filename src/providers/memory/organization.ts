import type { CollectionKind, Kinds } from '../../model/kind.ts';
import type {
  LiveConnection,
  LiveInvoice,
  LiveLineItem,
  LiveObject,
  LivePayable,
  LiveProduct,
  LiveSettings,
} from '../../model/live.ts';
import type { Fields } from '../../model/value.ts';

/** A write that the service carries out when so many more lists of any collection were answered. */
export interface LateCommit {
  lists: number;
  readonly commit: () => void;
}

/**
 * What one organization stores. It outlives the providers that talk to it, so that a second run finds what the first
 * left. Everything that was ever stored in a collection is kept as versions, because a list may lag behind.
 */
export interface MemoryOrganization {
  readonly kinds: Kinds;
  readonly versions: Map<string, { readonly since: number; readonly objects: Map<string, LiveObject> }[]>;
  /** Lists answered so far, by collection. */
  readonly lists: Map<string, number>;
  settings: LiveSettings;
  products: readonly LiveProduct[];
  invoices: readonly LiveInvoice[];
  payables: readonly LivePayable[];
  lines: ReadonlyMap<string, readonly LiveLineItem[]>;
  connections: readonly LiveConnection[];
  late: readonly LateCommit[];
  nextId: number;
  /** A draft payable becomes new as soon as each of its lines has an account. */
  movesOn: boolean;
}

/** An organization without objects, whose settings are all empty. */
export function emptyOrganization(kinds: Kinds): MemoryOrganization {
  return {
    kinds,
    versions: new Map(),
    lists: new Map(),
    settings: Object.fromEntries(kinds.settings.map((slot) => [slot.address, null])),
    products: [],
    invoices: [],
    payables: [],
    lines: new Map(),
    connections: [],
    late: [],
    nextId: 1,
    movesOn: false,
  };
}

/** The kind of a collection; asking for one that does not exist is a bug. */
export function kindOf(organization: MemoryOrganization, collection: string): CollectionKind {
  const kind = organization.kinds.collections.find((each) => each.collection === collection);
  if (!kind) throw new Error(`no collection ${collection}`);
  return kind;
}

/** What is stored now, whatever lists say. */
export function storedObjects(
  organization: MemoryOrganization,
  collection: string,
): ReadonlyMap<string, LiveObject> {
  return organization.versions.get(collection)?.at(-1)?.objects ?? new Map();
}

/** Stores an object; fields that are not given get the value that the service gives: no text, `0%`. Answers with the object. */
export function addObject(
  organization: MemoryOrganization,
  collection: string,
  fields: Fields,
  details: { readonly external?: boolean; readonly status?: string | null; readonly id?: string } = {},
): LiveObject {
  const kind = kindOf(organization, collection);
  const empty = Object.entries(kind.fields).map(([name, field]) => [
    name,
    field.type === 'percent' ? '0%' : null,
  ]);
  const object: LiveObject = {
    id: details.id ?? nextId(organization),
    external: details.external ?? false,
    status: details.status === undefined ? 'Active' : details.status,
    fields: { ...Object.fromEntries(empty), ...fields },
  };
  storeVersion(organization, collection, (objects) => objects.set(object.id, object));
  return object;
}

/** Changes the given fields of a stored object; null where there is none with this id. */
export function changeObject(
  organization: MemoryOrganization,
  collection: string,
  id: string,
  fields: Fields,
): LiveObject | null {
  const before = storedObjects(organization, collection).get(id);
  if (!before) return null;
  const object: LiveObject = { ...before, fields: { ...before.fields, ...fields } };
  storeVersion(organization, collection, (objects) => objects.set(id, object));
  return object;
}

/** Deletes a stored object, if it is there. */
export function removeObject(organization: MemoryOrganization, collection: string, id: string): void {
  storeVersion(organization, collection, (objects) => objects.delete(id));
}

/** Carries out at once every write that was to come later. */
export function commitLate(organization: MemoryOrganization): void {
  const due = organization.late;
  organization.late = [];
  for (const each of due) each.commit();
}

/** Brings late commits nearer: those that are due are carried out. */
export function answerList(organization: MemoryOrganization): void {
  for (const each of organization.late) each.lists -= 1;
  const due = organization.late.filter((each) => each.lists < 0);
  organization.late = organization.late.filter((each) => each.lists >= 0);
  for (const each of due) each.commit();
}

/** One answer to a list, `lag` lists behind the writes. It also brings late commits nearer. */
export function listObjects(
  organization: MemoryOrganization,
  collection: string,
  lag: number,
): readonly LiveObject[] {
  answerList(organization);
  const answered = organization.lists.get(collection) ?? 0;
  organization.lists.set(collection, answered + 1);
  const visible = organization.versions
    .get(collection)
    ?.findLast((version) => version.since + lag <= answered);
  return [...(visible?.objects.values() ?? [])];
}

function storeVersion(
  organization: MemoryOrganization,
  collection: string,
  change: (objects: Map<string, LiveObject>) => void,
): void {
  const versions = organization.versions.get(collection) ?? [];
  // What is stored before the first list has been there for ever.
  const since = organization.lists.get(collection) ?? Number.NEGATIVE_INFINITY;
  const latest = versions.at(-1);
  if (latest?.since === since) {
    change(latest.objects);
    return;
  }
  const objects = new Map(latest?.objects);
  change(objects);
  organization.versions.set(collection, [...versions, { since, objects }]);
}

function nextId(organization: MemoryOrganization): string {
  const id = organization.nextId;
  organization.nextId += 1;
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
