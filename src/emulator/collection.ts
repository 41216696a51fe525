import type { Json, Stored } from './json.ts';

/** An object with its place in the order of creation. */
export interface Entry {
  readonly seq: number;
  readonly value: Stored;
}

/** What a list is sorted by; nothing comes last. */
export type SortKey = string | number | null;

/** Objects by id, with every order that was ever asked for kept up to date: no page sorts anything. */
export interface Collection {
  readonly size: number;
  /** What a sort member means for an object. */
  readonly keyOf: (value: Stored, member: string) => SortKey;
  get(id: string): Entry | undefined;
  entries(): IterableIterator<Entry>;
  put(entry: Entry): void;
  remove(id: string): void;
  /** Everything, ascending by a member, then by creation. */
  sorted(member: string): readonly Entry[];
}

/** An empty collection; `keyOf` says what a sort member means for an object. */
export function createCollection(keyOf: (value: Stored, member: string) => SortKey = plainKey): Collection {
  const byId = new Map<string, Entry>();
  const orders = new Map<string, Entry[]>();
  const forget = (entry: Entry): void => {
    for (const [member, order] of orders)
      order.splice(placeOf(order, keyOf(entry.value, member), entry.seq, member, keyOf), 1);
  };
  return {
    keyOf,
    get size() {
      return byId.size;
    },
    get: (id) => byId.get(id),
    entries: () => byId.values(),
    put: (entry) => {
      const before = byId.get(entry.value.id);
      if (before) forget(before);
      byId.set(entry.value.id, entry);
      for (const [member, order] of orders) {
        order.splice(placeOf(order, keyOf(entry.value, member), entry.seq, member, keyOf), 0, entry);
      }
    },
    remove: (id) => {
      const before = byId.get(id);
      if (!before) return;
      byId.delete(id);
      forget(before);
    },
    sorted: (member) => {
      const kept = orders.get(member);
      if (kept) return kept;
      const made = [...byId.values()].sort(
        (a, b) => compareKeys(keyOf(a.value, member), keyOf(b.value, member)) || a.seq - b.seq,
      );
      orders.set(member, made);
      return made;
    },
  };
}

/** The first place whose (key, seq) is not below the given one. */
export function placeOf(
  order: readonly Entry[],
  key: SortKey,
  seq: number,
  member: string,
  keyOf: (value: Stored, member: string) => SortKey,
): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const entry = order[middle];
    if (!entry) break;
    const difference = compareKeys(keyOf(entry.value, member), key) || entry.seq - seq;
    if (difference < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Sorts by value; null is last. */
function compareKeys(a: SortKey, b: SortKey): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** The member itself, where it is a text or a number. */
export function plainKey(value: Stored, member: string): SortKey {
  const key: Json | undefined = value[member];
  return typeof key === 'string' || typeof key === 'number' ? key : null;
}
