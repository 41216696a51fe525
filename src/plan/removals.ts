import type { Desired, RemovedEntry } from '../model/desired.ts';
import type { LiveObject } from '../model/live.ts';
import { errorProblem, type Origin, type Problem } from '../model/problem.ts';
import type { Address, Fields } from '../model/value.ts';
import type { BaseEntries } from './base-keys.ts';
import { sameValue } from './canonical.ts';
import { comparePoints } from './compare-points.ts';
import type { Identified } from './identify.ts';
import { findLive, type LiveIndex } from './live-index.ts';
import { pruneRemoved } from './prune-removed.ts';
import { identityText, labelOf, listText, objectText } from './words.ts';

/** A live object that must go, and why. */
export interface Removal {
  readonly object: LiveObject;
  readonly reason: 'config' | 'prune';
  readonly origin: Origin | null;
}

export interface Removals {
  /** Sorted by code, name and id. */
  readonly removals: readonly Removal[];
  readonly problems: readonly Problem[];
  /** What forbids the plan. */
  readonly refusals: readonly Problem[];
}

/** The internal objects of one collection that `removed` names or that `prune` takes; never one that a key finds. */
export function findRemovals(
  live: LiveIndex,
  desired: Desired,
  identified: Identified,
  base: BaseEntries,
): Removals {
  const fieldsOf = new Map(desired.entries.map(({ address, fields }) => [address, fields]));
  const removals = new Map<string, Removal>();
  const problems: Problem[] = [];
  for (const entry of desired.removed) {
    if (entry.collection !== live.kind.collection) continue;
    const objects = stillMeant(live, entry, fieldsOf, identified);
    const [object] = objects;
    if (!object) continue;
    const problem = objection(live, entry, objects, identified);
    if (problem) problems.push(problem);
    else if (!removals.has(object.id))
      removals.set(object.id, { object, reason: 'config', origin: entry.origin });
  }
  const {
    objects: left,
    conflicts,
    warnings,
  } = pruneRemoved(live, desired, base, identified, new Set(removals.keys()));
  const all = desired.policy.prune === 'all' && desired.declared.has(live.kind.collection);
  for (const object of all ? findUndeclared(live, identified) : left)
    if (!removals.has(object.id)) removals.set(object.id, { object, reason: 'prune', origin: null });
  return {
    removals: byLabel(live, [...removals.values()]),
    problems: [...problems, ...warnings],
    refusals: conflicts,
  };
}

/** Sorts by code, then name, then id: the order of a chart of accounts, whatever order was read. */
export function byLabel<T extends { readonly object: LiveObject }>(
  live: LiveIndex,
  items: readonly T[],
): readonly T[] {
  return items
    .map((item) => ({ item, label: labelOf(live.kind, item.object.fields, '') }))
    .sort((a, b) => comparePoints(a.label, b.label) || comparePoints(a.item.object.id, b.item.object.id))
    .map(({ item }) => item);
}

/** An object whose key gives up the code or name that `removed` says is not meant: the rename does what `removed` wants. */
function stillMeant(
  live: LiveIndex,
  { identity }: RemovedEntry,
  fieldsOf: ReadonlyMap<Address, Fields>,
  { managed }: Identified,
): readonly LiveObject[] {
  const objects = findLive(live, identity);
  if ('id' in identity) return objects;
  const [fieldName, text] =
    'code' in identity ? [live.kind.identity, identity.code] : ['name', identity.name];
  const field = live.kind.fields[fieldName];
  return objects.filter((object) => {
    if (object.external) return false;
    const address = managed.get(object.id);
    if (address === undefined || !field) return true;
    const stated = fieldsOf.get(address)?.[fieldName];
    return stated === undefined || sameValue(field, stated, text);
  });
}

function objection(
  live: LiveIndex,
  { identity, origin, collection }: RemovedEntry,
  objects: readonly LiveObject[],
  { managed }: Identified,
): Problem | null {
  const { kind } = live;
  const what = identityText(kind, identity);
  const [object] = objects;
  if (object?.external) {
    const hint =
      'Ledgerform never changes what the accounting system holds: remove the line, and the object there.';
    return errorProblem('ID_EXTERNAL', `${objectText(kind, object)} is external and cannot be removed.`, {
      origin,
      hint,
    });
  }
  const kept = objects.find((each) => managed.has(each.id));
  if (kept) {
    const message = `\`removed.${collection}\` names ${objectText(kind, kept)}, which ${managed.get(kept.id)} declares.`;
    const hint = 'Remove one of the two.';
    return errorProblem('REMOVED_AND_DECLARED', message, {
      origin,
      address: managed.get(kept.id) ?? null,
      hint,
    });
  }
  if (objects.length < 2) return null;
  const which = listText(
    objects.map((each) => objectText(kind, each)),
    20,
  );
  const message = `${objects.length} ${kind.noun.many} have ${what}, and \`removed\` must name one: ${which}.`;
  const hint = `Name the one to delete by its id: \`{ id: ${object?.id} }\`.`;
  return errorProblem('IDENTITY_AMBIGUOUS', message, { origin, hint });
}

function* findUndeclared(live: LiveIndex, identified: Identified): Iterable<LiveObject> {
  const left = new Set(identified.leftAlone.map(({ object }) => object.id));
  for (const object of live.byId.values())
    if (!object.external && !identified.managed.has(object.id) && !left.has(object.id)) yield object;
}
