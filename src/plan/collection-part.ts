import type { Desired, DesiredEntry, ExternalEntry } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Live, LiveObject } from '../model/live.ts';
import type { Change, Unmanaged } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { type Address, unkeyedAddress } from '../model/value.ts';
import { afterPlan, futureProblems } from './after-plan.ts';
import { type BaseEntries, formersOf } from './base-keys.ts';
import { diffEntry, diffRemoval } from './diff-entry.ts';
import { type Identified, identify } from './identify.ts';
import { formerIdentityWarnings, movedKeys, nearIdentities } from './identity-warnings.ts';
import { indexLive, type LiveIndex } from './live-index.ts';
import { lookUpExternal } from './look-up.ts';
import { byLabel, findRemovals } from './removals.ts';
import { fieldText } from './words.ts';

/** All that can be said of one collection without the others. */
export interface CollectionPart {
  readonly live: LiveIndex;
  /** The same as it will be after the plan. */
  readonly after: LiveIndex;
  readonly identified: Identified;
  /** What each entry of `external` found. */
  readonly externals: ReadonlyMap<Address, LiveObject>;
  /** Live id to the one address that plans use for it. */
  readonly addressOf: (id: string) => Address;
  readonly changes: readonly Change[];
  readonly unchanged: readonly Address[];
  readonly unmanaged: readonly Unmanaged[];
  /** Errors and warnings. */
  readonly problems: readonly Problem[];
  /** What forbids the plan: it is printed whole all the same. */
  readonly refusals: readonly Problem[];
}

const noBase: BaseEntries = new Map();

/** Compares one collection of the file with what is live, and where there is a base with what it declared. */
export function compareCollection(
  kind: CollectionKind,
  desired: Desired,
  state: Live,
  base: BaseEntries = noBase,
): CollectionPart {
  const entries = desired.entries.filter(({ collection }) => collection === kind.collection);
  const live = indexLive(kind, readObjects(kind, desired, state));
  const identified = identify(
    live,
    entries.map((entry) => ({ entry, formers: formersOf(kind, entry, base) })),
  );
  const { externals, problems: lookUpProblems } = lookUpAll(
    live,
    desired.externals.filter(({ collection }) => collection === kind.collection),
  );
  const { removals, problems: removalProblems, refusals } = findRemovals(live, desired, identified, base);
  const removed = new Set(removals.map(({ object }) => object.id));
  const { changes: kept, unchanged } = diffEntries(kind, entries, identified);
  const changes = [...kept, ...removals.map((removal) => diffRemoval(kind, removal))];
  const now = [
    ...identified.problems,
    ...nearIdentities(live, entries, identified, declaredGone(desired, removals)),
    ...lookUpProblems,
    ...removalProblems,
    ...formerIdentityWarnings(kind, identified, removed),
    ...movedKeys(live, entries, identified, base),
  ];
  const after = afterPlan(live, changes);
  const wrong = now.some(({ severity }) => severity === 'error');
  return {
    live,
    after,
    identified,
    externals,
    addressOf: addressing(kind, identified, externals),
    changes,
    unchanged,
    unmanaged: desired.declared.has(kind.collection) ? listUnmanaged(live, identified, removed) : [],
    // What is wrong already needs no forecast.
    problems: wrong ? now : [...now, ...futureProblems(after, entries, removedHere(kind, desired))],
    refusals,
  };
}

function removedHere(kind: CollectionKind, { removed }: Desired): Desired['removed'] {
  return removed.filter(({ collection }) => collection === kind.collection);
}

/** What was not read is not empty: a caller that asks about it has a bug. */
function readObjects(kind: CollectionKind, desired: Desired, state: Live): readonly LiveObject[] {
  const ours = ({ collection }: { readonly collection: string }): boolean => collection === kind.collection;
  const internal =
    desired.declared.has(kind.collection) || desired.entries.some(ours) || desired.removed.some(ours);
  const read = state.collections.get(kind.collection);
  if (internal ? read?.scope !== 'all' : !read && desired.externals.some(ours))
    throw new Error(`${kind.collection} was not read`);
  return read?.objects ?? [];
}

/** Near codes are looked for among all objects, so only for so many look-ups. */
const suggestions = 20;

function lookUpAll(live: LiveIndex, entries: readonly ExternalEntry[]) {
  const externals = new Map<Address, LiveObject>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    const found = lookUpExternal(live, entry, problems.length < suggestions);
    if (found.object) externals.set(entry.address, found.object);
    problems.push(...found.problems);
  }
  return { externals, problems };
}

function diffEntries(kind: CollectionKind, entries: readonly DesiredEntry[], identified: Identified) {
  const changes: Change[] = [];
  const unchanged: Address[] = [];
  for (const entry of entries) {
    if (identified.unclear.has(entry.address)) continue;
    const change = diffEntry(kind, entry, identified.objectOf.get(entry.address) ?? null);
    if (change) changes.push(change);
    else unchanged.push(entry.address);
  }
  return { changes, unchanged };
}

function addressing(
  kind: CollectionKind,
  { managed }: Identified,
  externals: ReadonlyMap<Address, LiveObject>,
): (id: string) => Address {
  const external = new Map<string, Address>();
  for (const [address, { id }] of externals) if (!external.has(id)) external.set(id, address);
  return (id) => managed.get(id) ?? external.get(id) ?? unkeyedAddress(kind.collection, id);
}

function declaredGone(
  desired: Desired,
  removals: ReturnType<typeof findRemovals>['removals'],
): ReadonlySet<string> {
  if (desired.removed.length === 0) return new Set();
  return new Set(removals.filter(({ reason }) => reason === 'config').map(({ object }) => object.id));
}

function listUnmanaged(
  live: LiveIndex,
  { managed }: Identified,
  removed: ReadonlySet<string>,
): readonly Unmanaged[] {
  const objects = [...live.byId.values()].filter(
    ({ id, external }) => !external && !managed.has(id) && !removed.has(id),
  );
  return byLabel(
    live,
    objects.map((object) => ({ object })),
  ).map(({ object: { id, fields } }) => ({
    address: unkeyedAddress(live.kind.collection, id),
    id,
    code: fieldText(live.kind, fields, live.kind.identity),
    name: fieldText(live.kind, fields, 'name'),
  }));
}
