import type { DesiredEntry, Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { ambiguousProblem, pinnedProblem, sharedProblem } from './identity-problems.ts';
import { findInternal, findLive, type LiveIndex } from './live-index.ts';
import { fieldText } from './words.ts';

/*
 * Which live object is which key? `id` decides alone. Otherwise a key keeps what its own code (or name) finds, unless
 * another key takes that object by a former identity; a key that keeps nothing asks its former identities.
 *
 * The rule refers to itself, so its meaning is the least fixpoint: start with own identities, and let a key give way only
 * when it must. With accounts 1 and 2 live, `b: 3 was 2` finds nothing of its own and takes 2; thereby `a: 2 was 1` gives
 * way and takes 1. After the apply 2 and 3 are live, both keys find their own, and nothing moves, however long the `was`
 * stay. A full swap (`a: 2 was 1`, `b: 1 was 2`) finds both by own identity and asks nothing. Asking `was` first was
 * rejected: the second run would undo the first.
 */

/** An entry together with its former identities, the one to ask first in front. */
export interface Wanted {
  readonly entry: DesiredEntry;
  readonly formers: readonly Identity[];
}

/** What a former identity still finds although the key has found its object elsewhere. */
export interface LeftAlone {
  readonly entry: DesiredEntry;
  readonly former: Identity;
  readonly object: LiveObject;
}

export interface Identified {
  /** The live object of each key that has one. A key that is absent here, and has no problem, is to be created. */
  readonly objectOf: ReadonlyMap<Address, LiveObject>;
  /** Live id to the address of the key that manages it. */
  readonly managed: ReadonlyMap<string, Address>;
  readonly leftAlone: readonly LeftAlone[];
  /** Keys whose identity is in error, so that nothing can be said of them. */
  readonly unclear: ReadonlySet<Address>;
  readonly problems: readonly Problem[];
}

/** Finds the live object of every key of one collection. */
export function identify(live: LiveIndex, wanted: readonly Wanted[]): Identified {
  const own = findOwn(live, wanted);
  const former = settle(live, wanted, own);
  const problems: Problem[] = [];
  const unclear = new Set<Address>();
  const objectOf = new Map<Address, LiveObject>();
  for (const { entry } of wanted) {
    const found = former.get(entry.address) ?? own.get(entry.address) ?? none;
    const [object] = found.objects;
    const problem =
      found.problem ??
      (found.objects.length > 1 ? ambiguousProblem(live.kind, entry, found.identity, found.objects) : null);
    if (problem) {
      problems.push(problem);
      unclear.add(entry.address);
    } else if (object) objectOf.set(entry.address, object);
  }
  const managed = manage(live.kind, wanted, objectOf, problems, unclear);
  return {
    objectOf,
    managed,
    leftAlone: leftAlone(live, wanted, own, former, managed),
    unclear,
    problems,
  };
}

/** The identity by which a key finds its object when it pins no id; null when the file states neither code nor name. */
export function ownIdentity(kind: CollectionKind, entry: DesiredEntry): Identity | null {
  const code = fieldText(kind, entry.fields, kind.identity);
  if (code !== null) return { code };
  const name = fieldText(kind, entry.fields, 'name');
  return name === null ? null : { name };
}

interface Found {
  readonly identity: Identity | null;
  readonly objects: readonly LiveObject[];
  readonly problem?: Problem;
}

const none: Found = { identity: null, objects: [] };

function findOwn(live: LiveIndex, wanted: readonly Wanted[]): Map<Address, Found> {
  const found = new Map<Address, Found>();
  for (const { entry } of wanted) {
    if (entry.id !== null) found.set(entry.address, findPinned(live, entry, entry.id));
    else {
      const identity = ownIdentity(live.kind, entry);
      found.set(entry.address, identity ? { identity, objects: findInternal(live, identity) } : none);
    }
  }
  return found;
}

function findPinned(live: LiveIndex, entry: DesiredEntry, id: string): Found {
  const object = findLive(live, { id })[0] ?? null;
  if (object && !object.external) return { identity: { id }, objects: [object] };
  return { identity: { id }, objects: [], problem: pinnedProblem(live.kind, entry, id, object) };
}

/** The least fixpoint: what each key that gives way, or finds nothing of its own, finds by a former identity. */
function settle(
  live: LiveIndex,
  wanted: readonly Wanted[],
  own: ReadonlyMap<Address, Found>,
): ReadonlyMap<Address, Found> {
  const ownersOf = new Map<string, Wanted[]>();
  const asking: Wanted[] = [];
  for (const each of wanted) {
    if (each.entry.id !== null) continue;
    const { objects } = own.get(each.entry.address) ?? none;
    const [object] = objects;
    if (!object) asking.push(each);
    else if (objects.length === 1) {
      const others = ownersOf.get(object.id);
      if (others) others.push(each);
      else ownersOf.set(object.id, [each]);
    }
  }
  const former = new Map<Address, Found>();
  for (let each = asking.pop(); each; each = asking.pop()) {
    if (former.has(each.entry.address)) continue;
    const found = findFormer(live, each);
    former.set(each.entry.address, found);
    const [object] = found.objects;
    if (!object || found.objects.length > 1) continue;
    for (const owner of ownersOf.get(object.id) ?? []) if (owner !== each) asking.push(owner);
  }
  return former;
}

function findFormer(live: LiveIndex, { formers }: Wanted): Found {
  for (const identity of formers) {
    const objects = findInternal(live, identity);
    if (objects.length > 0) return { identity, objects };
  }
  return none;
}

function manage(
  kind: CollectionKind,
  wanted: readonly Wanted[],
  objectOf: Map<Address, LiveObject>,
  problems: Problem[],
  unclear: Set<Address>,
): ReadonlyMap<string, Address> {
  const managed = new Map<string, Address>();
  for (const { entry } of wanted) {
    const object = objectOf.get(entry.address);
    if (!object) continue;
    const first = managed.get(object.id);
    if (first === undefined) managed.set(object.id, entry.address);
    else {
      problems.push(sharedProblem(kind, entry, first, object));
      unclear.add(entry.address);
      objectOf.delete(entry.address);
    }
  }
  return managed;
}

function leftAlone(
  live: LiveIndex,
  wanted: readonly Wanted[],
  own: ReadonlyMap<Address, Found>,
  former: ReadonlyMap<Address, Found>,
  managed: ReadonlyMap<string, Address>,
): readonly LeftAlone[] {
  const left: LeftAlone[] = [];
  for (const { entry, formers } of wanted) {
    if (entry.id !== null || former.has(entry.address) || own.get(entry.address)?.objects.length !== 1)
      continue;
    for (const identity of formers)
      for (const object of findInternal(live, identity))
        if (!managed.has(object.id)) left.push({ entry, former: identity, object });
  }
  return left;
}
