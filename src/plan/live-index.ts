import type { Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { comparable } from './canonical.ts';
import { comparePoints } from './compare-points.ts';

type ByText = ReadonlyMap<string, readonly LiveObject[]>;

/** The objects of one collection, by what can identify them. Every list is sorted by id, whatever order was read. */
export interface LiveIndex {
  readonly kind: CollectionKind;
  readonly byId: ReadonlyMap<string, LiveObject>;
  readonly byCode: ByText;
  readonly byName: ByText;
}

/** Indexes the objects of one collection. An object that paging delivered twice is one object. */
export function indexLive(kind: CollectionKind, objects: readonly LiveObject[]): LiveIndex {
  const byId = new Map<string, LiveObject>();
  for (const object of [...objects].sort((a, b) => comparePoints(a.id, b.id))) byId.set(object.id, object);
  return { kind, byId, byCode: byField(kind, kind.identity, byId), byName: byField(kind, 'name', byId) };
}

/** The objects that have this identity: none, one, or the several that the API allows. */
export function findLive(index: LiveIndex, identity: Identity): readonly LiveObject[] {
  if ('id' in identity) {
    const object = index.byId.get(identity.id) ?? index.byId.get(identity.id.toLowerCase());
    return object ? [object] : [];
  }
  const [field, texts, text] =
    'code' in identity
      ? [index.kind.identity, index.byCode, identity.code]
      : ['name', index.byName, identity.name];
  const wanted = comparableText(index.kind, field, text);
  return (wanted !== null && texts.get(wanted)) || [];
}

/** The internal objects that have this identity. */
export function findInternal(index: LiveIndex, identity: Identity): readonly LiveObject[] {
  const found = findLive(index, identity);
  return found.some(isExternal) ? found.filter((object) => !object.external) : found;
}

const isExternal = ({ external }: LiveObject): boolean => external;

/** A field's value as a key of a map; null where it is empty or the kind has no such field. */
export function comparableText(kind: CollectionKind, field: string, value: string | null): string | null {
  const known = kind.fields[field];
  return known ? comparable(known, value) : null;
}

function byField(kind: CollectionKind, field: string, objects: ReadonlyMap<string, LiveObject>): ByText {
  const found = new Map<string, LiveObject[]>();
  for (const object of objects.values()) {
    const text = comparableText(kind, field, object.fields[field] ?? null);
    if (text === null) continue;
    const others = found.get(text);
    if (others) others.push(object);
    else found.set(text, [object]);
  }
  return found;
}
