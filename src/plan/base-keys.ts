import type { Desired, DesiredEntry, Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Address } from '../model/value.ts';
import { ownIdentity } from './identify.ts';
import { comparableText, findInternal, type LiveIndex } from './live-index.ts';

/*
 * The base is the same file as it was when it was last applied. Of the objects that it made it knows the key, and by the
 * key what they were called then. So a key whose code has changed since still finds its object, and a key that has left
 * the file still says which object was its own.
 */

/** The entries of the base, by address. */
export type BaseEntries = ReadonlyMap<Address, DesiredEntry>;

/** Indexes the entries of a base; without a base there are none. */
export const baseEntries = (base: Desired | null): BaseEntries =>
  new Map((base?.entries ?? []).map((entry) => [entry.address, entry]));

/** By what else a key may find its object, the first to ask in front: what identified it at the base, then `was`. */
export function formersOf(kind: CollectionKind, entry: DesiredEntry, base: BaseEntries): readonly Identity[] {
  const before = base.get(entry.address);
  const own = ownIdentity(kind, entry);
  const formers = before ? identitiesOf(kind, before) : [];
  return [...formers.filter((identity) => !isSame(kind, identity, own)), ...(entry.was ? [entry.was] : [])];
}

/** The internal objects that an entry of the base found, were it asked now: by its id alone where it pins one. */
export function objectsOfBase(live: LiveIndex, entry: DesiredEntry): readonly LiveObject[] {
  const [identity] = identitiesOf(live.kind, entry);
  return identity ? findInternal(live, identity) : [];
}

/** The entries of the base whose keys have left the file. */
export function keysThatLeft(
  base: BaseEntries,
  desired: Desired,
  collection: string,
): readonly DesiredEntry[] {
  const still = new Set(desired.entries.map(({ address }) => address));
  return [...base.values()].filter((entry) => entry.collection === collection && !still.has(entry.address));
}

function identitiesOf(kind: CollectionKind, entry: DesiredEntry): readonly Identity[] {
  const own = ownIdentity(kind, entry);
  return [...(entry.id === null ? [] : [{ id: entry.id }]), ...(own ? [own] : [])];
}

function isSame(kind: CollectionKind, a: Identity, b: Identity | null): boolean {
  if (b === null || 'id' in a || 'id' in b) return false;
  if ('code' in a)
    return (
      'code' in b &&
      comparableText(kind, kind.identity, a.code) === comparableText(kind, kind.identity, b.code)
    );
  return 'name' in b && comparableText(kind, 'name', a.name) === comparableText(kind, 'name', b.name);
}
