import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Live, LiveLine, LiveObject } from '../model/live.ts';
import type { Change, Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Address, Fields } from '../model/value.ts';
import { sameValue } from '../plan/canonical.ts';
import { isAssignment, linesByAddress } from './assignables.ts';
import { assignmentReviser } from './revise-assignment.ts';
import { reviseSetting } from './revise-setting.ts';
import { type FindSame, indexSame } from './same-identity.ts';
import { type Moved, stale, staleValues } from './stale.ts';
import { ownIdentity, twins } from './twins.ts';

/** What an approved change comes to now. `overtaken`: the rule behind it has no say any more; told, no error. */
export type VerdictStatus = 'run' | 'already_done' | 'stale' | 'overtaken';

export interface Verdict {
  readonly change: Change;
  readonly status: VerdictStatus;
  /** The live object's id; null for a create that runs. */
  readonly id: string | null;
  /** Why it is stale or overtaken; null otherwise. */
  readonly problem: Problem | null;
  /** Of an assignment that runs: what is still to be written. */
  readonly fields?: readonly string[];
}

/** The plan against what is live now. */
export interface Revised {
  /** In the plan's order. */
  readonly verdicts: readonly Verdict[];
  /** The live object behind every address that has one. */
  readonly ids: ReadonlyMap<Address, string>;
  /** Ids seen in each collection: an object with another id came later. */
  readonly known: ReadonlyMap<string, ReadonlySet<string>>;
  /** The lines of payables, by the address of their assignment. */
  readonly lines: ReadonlyMap<Address, LiveLine>;
}

/**
 * Compares each change of an approved plan with fresh live state. What is still as the plan saw it runs; what is already
 * as it should be is done; all else is stale. It adds nothing: differences that the plan does not have are not looked for.
 */
export function revise(plan: Plan, live: Live, kinds: Kinds): Revised {
  const known = new Map<string, Set<string>>();
  for (const [name, { objects }] of live.collections) known.set(name, new Set(objects.map(({ id }) => id)));
  const ids = new Map<Address, string>();
  for (const [address, target] of Object.entries(plan.observed.references)) ids.set(address, target.id);

  const ofObjects = new Map<Change, Verdict>();
  for (const kind of kinds.collections) {
    const changes = plan.changes.filter((change) => change.kind === kind.name);
    if (changes.length === 0) continue;
    for (const verdict of reviseObjects(kind, changes, objectsOf(live, kind.collection))) {
      ofObjects.set(verdict.change, verdict);
      if (verdict.id !== null && verdict.change.action !== 'delete')
        ids.set(verdict.change.address, verdict.id);
    }
  }
  const view = { live, kinds, ids, known };
  const reviseAssignment = assignmentReviser(plan, view);
  const verdicts = plan.changes.map(
    (change) =>
      ofObjects.get(change) ??
      (isAssignment(change) ? reviseAssignment(change) : reviseSetting(change, view)),
  );
  return { verdicts, ids, known, lines: linesByAddress(live) };
}

function objectsOf(live: Live, collection: string): readonly LiveObject[] {
  const read = live.collections.get(collection);
  if (read?.scope !== 'all')
    throw new Error(`${collection} must be read before a plan is compared with them`);
  return read.objects;
}

function reviseObjects(
  kind: CollectionKind,
  changes: readonly Change[],
  objects: readonly LiveObject[],
): readonly Verdict[] {
  const byId = new Map(objects.map((object) => [object.id, object]));
  const targets = new Set(changes.map(({ id }) => id));
  // An object that this plan updates or deletes is not what a create stands for, though it may still hold the code.
  const find = indexSame(kind, objects, (object) => targets.has(object.id));
  return changes.map((change) => {
    if (change.action === 'create') return reviseCreate(kind, change, find);
    const object = change.id === null ? undefined : byId.get(change.id);
    if (!object) return change.action === 'delete' ? done(change, change.id) : gone(kind, change);
    if (object.external)
      return verdictOf(
        change,
        object.id,
        stale(change, `this ${kind.noun.one} is now one of the accounting system`),
      );
    return change.action === 'delete'
      ? reviseDelete(kind, change, object)
      : reviseUpdate(kind, change, object);
  });
}

function reviseCreate(kind: CollectionKind, change: Change, find: FindSame): Verdict {
  const after = change.after ?? {};
  const identity = ownIdentity(kind, after);
  const [found, ...others] = identity ? find(identity) : [];
  if (!found || !identity) return { change, status: 'run', id: null, problem: null };
  if (others.length > 0) {
    const ids = [found, ...others].map(({ id }) => id);
    return verdictOf(change, null, twins(change.address, identity, ids));
  }
  const differing = differences(kind, after, {}, after, found);
  if (differing.length === 0) return done(change, found.id);
  return verdictOf(change, found.id, staleValues(change, differing));
}

function reviseUpdate(kind: CollectionKind, change: Change, object: LiveObject): Verdict {
  const before = change.before ?? {};
  const after = change.after ?? {};
  if (differences(kind, after, before, after, object).length === 0) return done(change, object.id);
  const moved = differences(kind, before, before, after, object);
  if (moved.length === 0) return { change, status: 'run', id: object.id, problem: null };
  return verdictOf(change, object.id, staleValues(change, moved));
}

function reviseDelete(kind: CollectionKind, change: Change, object: LiveObject): Verdict {
  const before = change.before ?? {};
  const moved = differences(kind, before, before, {}, object);
  if (moved.length === 0) return { change, status: 'run', id: object.id, problem: null };
  return verdictOf(change, object.id, staleValues(change, moved));
}

/** The fields of `expected` that the object does not have. */
function differences(
  kind: CollectionKind,
  expected: Fields,
  before: Fields,
  after: Fields,
  object: LiveObject,
): readonly Moved[] {
  const moved: Moved[] = [];
  for (const [name, value] of Object.entries(expected)) {
    const field = kind.fields[name];
    const live = object.fields[name] ?? null;
    if (field && sameValue(field, value, live)) continue;
    moved.push({ field: name, planned: before[name] ?? null, live, wanted: after[name] ?? null });
  }
  return moved;
}

const done = (change: Change, id: string | null): Verdict => ({
  change,
  status: 'already_done',
  id,
  problem: null,
});

const verdictOf = (change: Change, id: string | null, problem: Problem): Verdict => ({
  change,
  status: 'stale',
  id,
  problem,
});

const gone = (kind: CollectionKind, change: Change): Verdict =>
  verdictOf(change, null, stale(change, `the ${kind.noun.one} ${change.id ?? ''} that it changes is gone`));
