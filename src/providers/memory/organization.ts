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

/** What is stored at one moment. A write puts something new in its place and never changes what is there. */
export interface Stored {
  /** The objects of each collection by id. */
  objects: ReadonlyMap<string, ReadonlyMap<string, LiveObject>>;
  settings: LiveSettings;
  products: readonly LiveProduct[];
  invoices: readonly LiveInvoice[];
  payables: readonly LivePayable[];
  lines: ReadonlyMap<string, readonly LiveLineItem[]>;
  connections: readonly LiveConnection[];
}

/** A write that the service carries out when so many more reads of anything were answered. */
export interface LateCommit {
  readonly reads: number;
  readonly commit: (organization: MemoryOrganization) => void;
}

/** What one organization stores. It outlives the providers that talk to it, so that a second run finds what the first left. */
export interface MemoryOrganization extends Stored {
  readonly kinds: Kinds;
  /** What was stored at each read, by what was read: a read may show what an earlier one did. */
  readonly seen: Map<string, Readonly<Stored>[]>;
  late: readonly LateCommit[];
  nextId: number;
  /** A draft payable becomes new as soon as each of its lines has an account. */
  movesOn: boolean;
}

/** An organization without objects, whose settings are all empty. */
export function emptyOrganization(kinds: Kinds): MemoryOrganization {
  return {
    kinds,
    objects: new Map(),
    settings: Object.fromEntries(kinds.settings.map((slot) => [slot.address, null])),
    products: [],
    invoices: [],
    payables: [],
    lines: new Map(),
    connections: [],
    seen: new Map(),
    late: [],
    nextId: 1,
    movesOn: false,
  };
}

/** A second organization that holds the same, has the same writes still to come, and goes its own way. */
export const copyOfOrganization = (organization: MemoryOrganization): MemoryOrganization => ({
  ...organization,
  seen: new Map([...organization.seen].map(([what, seen]) => [what, [...seen]])),
});

/** What is stored now, and stays as it is whatever is written later. */
export function storedNow(organization: MemoryOrganization): Readonly<Stored> {
  const { connections, invoices, lines, objects, payables, products, settings } = organization;
  return { connections, invoices, lines, objects, payables, products, settings };
}

/** The kind of a collection; asking for one that does not exist is a bug. */
export function kindOf(organization: MemoryOrganization, collection: string): CollectionKind {
  const kind = organization.kinds.collections.find((each) => each.collection === collection);
  if (!kind) throw new Error(`no collection ${collection}`);
  return kind;
}

/** The objects of one collection by id. */
export const storedObjects = (
  { objects }: Readonly<Stored>,
  collection: string,
): ReadonlyMap<string, LiveObject> => objects.get(collection) ?? new Map();

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
  change(organization, collection, (objects) => objects.set(object.id, object));
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
  change(organization, collection, (objects) => objects.set(id, object));
  return object;
}

/** Deletes a stored object, if it is there. */
export function removeObject(organization: MemoryOrganization, collection: string, id: string): void {
  change(organization, collection, (objects) => objects.delete(id));
}

/** Carries out at once every write that was to come later. */
export function commitLate(organization: MemoryOrganization): void {
  const due = organization.late;
  organization.late = [];
  for (const { commit } of due) commit(organization);
}

/**
 * What one read of `what` sees: with a lag, what was stored so many reads of the same ago, and what was there before the
 * first one has been there for ever. Each read brings late writes nearer; those that are due are carried out before it.
 */
export function seenBy(
  organization: MemoryOrganization,
  what: string,
  lag: number,
): { readonly now: Readonly<Stored>; readonly shown: Readonly<Stored> } {
  const nearer = organization.late.map((each) => ({ ...each, reads: each.reads - 1 }));
  organization.late = nearer.filter(({ reads }) => reads >= 0);
  for (const { commit, reads } of nearer) if (reads < 0) commit(organization);
  const now = storedNow(organization);
  const seen = organization.seen.get(what) ?? [];
  organization.seen.set(what, seen);
  seen.push(now);
  return { now, shown: seen[Math.max(0, seen.length - 1 - lag)] ?? now };
}

function change(
  organization: MemoryOrganization,
  collection: string,
  act: (objects: Map<string, LiveObject>) => void,
): void {
  const objects = new Map(storedObjects(organization, collection));
  act(objects);
  organization.objects = new Map(organization.objects).set(collection, objects);
}

function nextId(organization: MemoryOrganization): string {
  const id = organization.nextId;
  organization.nextId += 1;
  return `00000000-0000-4000-8000-${String(id).padStart(12, '0')}`;
}
