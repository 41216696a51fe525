import { foldCase } from '../model/fold-case.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Change, Unmanaged } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import { fieldText } from './words.ts';

/**
 * Pairs of a create and a delete that look like one rename, both ways: the only create and the only delete of one name.
 * Names that occur several times prove nothing.
 */
export function suspectedRenames(
  kind: CollectionKind,
  changes: readonly Change[],
): ReadonlyMap<Address, Change> {
  const deletes = byName(kind, changes, 'delete');
  const creates = byName(kind, changes, 'create');
  const pairs = new Map<Address, Change>();
  for (const [name, [created, ...others]] of creates) {
    const [deleted, ...more] = deletes.get(name) ?? [];
    if (!created || !deleted || others.length > 0 || more.length > 0) continue;
    pairs.set(created.address, deleted);
    pairs.set(deleted.address, created);
  }
  return pairs;
}

/**
 * Creates that have the name of an object that no key finds: where nothing is deleted, a changed code leaves the old object
 * behind and makes a second one.
 */
export function formersLeft(
  kind: CollectionKind,
  changes: readonly Change[],
  unmanaged: readonly Unmanaged[],
): ReadonlyMap<Address, Unmanaged> {
  const found = new Map<Address, Unmanaged>();
  for (const [name, [created, ...others]] of byName(kind, changes, 'create')) {
    const [left, ...more] = unmanaged.filter((each) => each.name !== null && foldCase(each.name) === name);
    if (created && left && others.length === 0 && more.length === 0) found.set(created.address, left);
  }
  return found;
}

function byName(
  kind: CollectionKind,
  changes: readonly Change[],
  action: Change['action'],
): ReadonlyMap<string, Change[]> {
  const named = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.action !== action || change.kind !== kind.name) continue;
    const name = fieldText(kind, change.before ?? change.after ?? {}, 'name');
    if (name === null) continue;
    const others = named.get(foldCase(name));
    if (others) others.push(change);
    else named.set(foldCase(name), [change]);
  }
  return named;
}
