import { isObject, type Json, type JsonObject } from './json.ts';
import { SeedInvalid } from './seed-references.ts';

/** Finds the one object that a look-up of a seed names; throws SeedInvalid for none or several. */
export type LookUp<T extends JsonObject> = (wanted: Json, place: string) => T;

/** A look-up among objects, each member indexed when it is first asked for. */
export function lookUpIn<T extends JsonObject>(objects: readonly T[]): LookUp<T> {
  const indexes = new Map<string, ReadonlyMap<Json, readonly T[]>>();
  const indexOf = (member: string): ReadonlyMap<Json, readonly T[]> => {
    const kept = indexes.get(member) ?? byMember(objects, member);
    indexes.set(member, kept);
    return kept;
  };
  return (wanted, place) => {
    const [[member, value] = ['id', null]] = Object.entries(isObject(wanted) ? wanted : {});
    const found = indexOf(member).get(value) ?? [];
    const [only] = found;
    if (found.length === 1 && only !== undefined) return only;
    const count = found.length === 0 ? 'no object' : `${found.length} objects, not one,`;
    throw new SeedInvalid([
      `${place}: ${count} of this organization with ${member} ${JSON.stringify(value)}`,
    ]);
  };
}

function byMember<T extends JsonObject>(
  objects: readonly T[],
  member: string,
): ReadonlyMap<Json, readonly T[]> {
  const index = new Map<Json, T[]>();
  for (const each of objects) {
    const value = each[member] ?? null;
    const same = index.get(value);
    if (same) same.push(each);
    else index.set(value, [each]);
  }
  return index;
}
