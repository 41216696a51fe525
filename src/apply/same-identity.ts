import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Value } from '../model/value.ts';
import { comparable } from '../plan/canonical.ts';
import { type OwnIdentity, ownIdentity } from './twins.ts';

/** Finds the internal objects of one collection that a create of a plan stands for. */
export type FindSame = (identity: OwnIdentity) => readonly LiveObject[];

/** The codes that creates of this plan give to their own objects. */
export function codesCreated(kind: CollectionKind, changes: readonly Change[]): ReadonlySet<Value> {
  const codes = new Set<Value>();
  for (const change of changes) {
    if (change.kind !== kind.name || change.action !== 'create') continue;
    const identity = ownIdentity(kind, change.after ?? {});
    if (identity?.field === kind.identity) codes.add(identity.key);
  }
  return codes;
}

/**
 * An index by code and by name. A create without a code has the objects with its name, but not one whose code is that of
 * another create: two accounts of a chart may well be called the same.
 */
export function indexSame(
  kind: CollectionKind,
  objects: readonly LiveObject[],
  codes: ReadonlySet<Value>,
  skip: (object: LiveObject) => boolean,
): FindSame {
  const byCode = new Map<Value, LiveObject[]>();
  const byName = new Map<Value, LiveObject[]>();
  for (const object of objects) {
    if (object.external || skip(object)) continue;
    const code = keyOf(kind, kind.identity, object);
    add(byCode, code, object);
    if (code === null || !codes.has(code)) add(byName, keyOf(kind, 'name', object), object);
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
