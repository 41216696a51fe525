import type { Identity } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import type { Address, Value } from '../model/value.ts';
import { comparableText } from './live-index.ts';

/*
 * The order is a walk: take the changes in their natural order (creates and updates, then settings, then deletes, each as
 * the file has them) and put before each what it needs. What is needed comes from two facts. A reference to something not
 * yet created, and a delete of something still pointed to, must wait. A code, or the name of what has no code, should be
 * given up before another takes it; that is a courtesy to a service that may refuse duplicates, so where two codes are swapped the walk drops the wish that
 * closes the circle. So it is with a key that is to be created and has a former identity: what another key comes to have
 * of it waits, because an apply that ends between the two would leave it to the next plan to take one for the other; but
 * never where that key must come first itself.
 * Sorting by levels was rejected: it moves changes that nothing forces to move.
 */

/** Former identities, by the address of their key. */
export type Formers = ReadonlyMap<Address, readonly Identity[]>;

/** Puts changes into execution order and says of each what must be done first. The same changes give the same order. */
export function order(
  changes: readonly Change[],
  kinds: Kinds,
  formers: Formers = new Map(),
): readonly Change[] {
  const natural = phases.flatMap((actions) => changes.filter(({ action }) => actions.includes(action)));
  const firsts = new Map<Address, Set<Address>>(natural.map(({ address }) => [address, new Set()]));
  addReferences(natural, firsts, kinds);
  addCodes(natural, firsts, kinds);
  addFormers(natural, firsts, kinds, formers);
  return walk(natural, firsts);
}

const phases: readonly (readonly Change['action'][])[] = [
  ['create', 'update'],
  ['set', 'assign', 'unassign'],
  ['delete'],
];

type Firsts = ReadonlyMap<Address, Set<Address>>;

function addReferences(changes: readonly Change[], firsts: Firsts, kinds: Kinds): void {
  const collections = new Set(kinds.collections.map(({ name }) => name));
  const actionOf = new Map(changes.map(({ address, action }) => [address, action]));
  for (const { address, kind, before, after } of changes) {
    if (collections.has(kind)) continue;
    for (const target of Object.values(after ?? {}))
      if (target !== null && actionOf.get(target) === 'create') firsts.get(address)?.add(target);
    for (const target of Object.values(before ?? {}))
      if (target !== null && actionOf.get(target) === 'delete') firsts.get(target)?.add(address);
  }
}

function addCodes(changes: readonly Change[], firsts: Firsts, kinds: Kinds): void {
  for (const kind of kinds.collections) {
    const ours = changes.filter((change) => change.kind === kind.name);
    const textIn = (fields: Change['before'], field: string) =>
      comparableText(kind, field, fields?.[field] ?? null);
    const givers = new Map<string, Address[]>();
    for (const { address, action, before, after } of ours)
      for (const field of [kind.identity, 'name']) {
        const text = textIn(before, field);
        if (text === null || text === textIn(after, field)) continue;
        // A delete that waits for a setting cannot come first.
        if (action === 'delete' && firsts.get(address)?.size) continue;
        const word = `${field} ${text}`;
        const others = givers.get(word);
        if (others) others.push(address);
        else givers.set(word, [address]);
      }
    for (const { address, before, after } of ours) {
      // A name identifies only where there is no code.
      const field = textIn(after, kind.identity) === null ? 'name' : kind.identity;
      const text = textIn(after, field);
      if (text === null || text === textIn(before, field)) continue;
      for (const giver of givers.get(`${field} ${text}`) ?? [])
        if (giver !== address) firsts.get(address)?.add(giver);
    }
  }
}

function addFormers(changes: readonly Change[], firsts: Firsts, kinds: Kinds, formers: Formers): void {
  for (const kind of kinds.collections) {
    const ours = changes.filter((change) => change.kind === kind.name);
    const wordOf = (field: string, text: Value): string => `${field} ${comparableText(kind, field, text)}`;
    const askers = new Map<string, Address[]>();
    for (const { action, address } of ours) {
      for (const former of action === 'create' ? (formers.get(address) ?? []) : []) {
        if ('id' in former) continue;
        const word = 'code' in former ? wordOf(kind.identity, former.code) : wordOf('name', former.name);
        askers.set(word, [...(askers.get(word) ?? []), address]);
      }
    }
    if (askers.size === 0) continue;
    for (const { address, after } of ours)
      for (const field of [kind.identity, 'name'])
        for (const asker of askers.get(wordOf(field, after?.[field] ?? null)) ?? [])
          if (!waitsFor(asker, address, firsts)) firsts.get(address)?.add(asker);
  }
}

/** Whether one change has to wait for another, itself included: a wish is none that closes a circle with what must be. */
function waitsFor(address: Address, other: Address, firsts: Firsts): boolean {
  const seen = new Set([address]);
  for (const each of seen) for (const first of firsts.get(each) ?? []) seen.add(first);
  return seen.has(other);
}

/** Depth first without recursion: a renumbered chart is one chain of thousands. */
function walk(changes: readonly Change[], firsts: Firsts): readonly Change[] {
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const ordered: Change[] = [];
  const open = new Set<Address>();
  const done = new Set<Address>();
  for (const { address: start } of changes) {
    const path = [start];
    for (let address = path.at(-1); address !== undefined; address = path.at(-1)) {
      const waits = firsts.get(address) ?? new Set<Address>();
      const next = done.has(address) ? undefined : advance(address, waits);
      if (next !== undefined) path.push(next);
      else {
        path.pop();
        const change = byAddress.get(address);
        if (change && !done.has(address)) ordered.push({ ...change, depends_on: [...waits] });
        done.add(address);
      }
    }
  }
  return ordered;

  function advance(address: Address, waits: Set<Address>): Address | undefined {
    open.add(address);
    for (const first of waits) {
      if (done.has(first)) continue;
      if (!open.has(first)) return first;
      waits.delete(first);
    }
    return undefined;
  }
}
