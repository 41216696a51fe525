import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Value } from '../model/value.ts';
import { comparable } from '../plan/canonical.ts';
import type { OwnIdentity } from './twins.ts';

/** Finds the internal objects of one collection that a create of a plan stands for. */
export type FindSame = (identity: OwnIdentity) => readonly LiveObject[];

/** An index by code and by name of the internal objects that are not skipped. */
export function indexSame(
  kind: CollectionKind,
  objects: readonly LiveObject[],
  skip: (object: LiveObject) => boolean,
): FindSame {
  const byCode = new Map<Value, LiveObject[]>();
  const byName = new Map<Value, LiveObject[]>();
  for (const object of objects) {
    if (object.external || skip(object)) continue;
    add(byCode, keyOf(kind, kind.identity, object), object);
    add(byName, keyOf(kind, 'name', object), object);
  }
  return (identity) => (identity.field === kind.identity ? byCode : byName).get(identity.key) ?? [];
}

function keyOf(kind: CollectionKind, name: string, object: LiveObject): Value {
  const field = kind.fields[name];
  return field ? comparable(field, object.fields[name] ?? null) : null;
}

function add(index: Map<Value, LiveObject[]>, key: Value, object: LiveObject): void {
  if (key === null) return;
  const found = index.get(key);
  if (found) found.push(object);
  else index.set(key, [object]);
}
