import type { DesiredEntry } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Change, Source } from '../model/plan.ts';
import type { Origin } from '../model/problem.ts';
import { type Fields, unkeyedAddress, type Value } from '../model/value.ts';
import { canonical, sameValue } from './canonical.ts';
import type { Removal } from './removals.ts';
import { labelOf } from './words.ts';

/** The change that makes a live object what its entry states, or creates it; null when nothing differs. */
export function diffEntry(
  kind: CollectionKind,
  entry: DesiredEntry,
  object: LiveObject | null,
): Change | null {
  return object ? update(kind, entry, object) : create(kind, entry);
}

/** The change that deletes a live object. */
export function diffRemoval(kind: CollectionKind, { object, reason, origin }: Removal): Change {
  const before = inForm(kind, object.fields, () => true);
  return {
    address: unkeyedAddress(kind.collection, object.id),
    kind: kind.name,
    action: 'delete',
    reason,
    label: labelOf(kind, before, object.id),
    id: object.id,
    before,
    after: null,
    source: origin && sourceOf(origin),
    depends_on: [],
    warnings: [],
  };
}

/** Where a change comes from, in the plan's words. */
export function sourceOf({ file, line, column }: Origin): Source {
  return { file, line, column, rule: null };
}

function create(kind: CollectionKind, entry: DesiredEntry): Change {
  const after = inForm(kind, entry.fields, (value) => value !== null);
  return {
    address: entry.address,
    kind: kind.name,
    action: 'create',
    reason: 'config',
    label: labelOf(kind, after, entry.key),
    id: null,
    before: null,
    after,
    source: sourceOf(entry.origin),
    depends_on: [],
    warnings: [],
  };
}

function update(kind: CollectionKind, entry: DesiredEntry, object: LiveObject): Change | null {
  const stated = (_value: Value, name: string): boolean => Object.hasOwn(entry.fields, name);
  const after = inForm(kind, entry.fields, stated);
  const before = inForm(kind, object.fields, stated);
  const differs = Object.entries(after).some(([name, value]) => {
    const field = kind.fields[name];
    return field !== undefined && !sameValue(field, value, before[name] ?? null);
  });
  if (!differs) return null;
  return {
    address: entry.address,
    kind: kind.name,
    action: 'update',
    reason: 'config',
    label: labelOf(kind, { ...object.fields, ...entry.fields }, entry.key),
    id: object.id,
    before,
    after,
    source: sourceOf(entry.origin),
    depends_on: [],
    warnings: [],
  };
}

/** The chosen fields in canonical form and in the kind's order, so that a plan does not depend on the order of a file. */
function inForm(
  kind: CollectionKind,
  fields: Fields,
  chosen: (value: Value, name: string) => boolean,
): Fields {
  const formed: Record<string, Value> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = canonical(field, fields[name] ?? null);
    if (chosen(value, name)) formed[name] = value;
  }
  return formed;
}
