import type { DesiredEntry, RemovedEntry } from '../model/desired.ts';
import type { LiveObject } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { ownIdentity } from './identify.ts';
import { findInternal, indexLive, type LiveIndex } from './live-index.ts';
import { countText, identityText } from './words.ts';

/** The collection as it will be when its changes are done. What is created has its address for an id. */
export function afterPlan(live: LiveIndex, changes: readonly Change[]): LiveIndex {
  if (changes.length === 0) return live;
  const objects = new Map(live.byId);
  for (const { action, address, id, after } of changes) {
    const object: LiveObject | undefined = id === null ? undefined : objects.get(id);
    if (action === 'delete' && id !== null) objects.delete(id);
    else if (object) objects.set(object.id, { ...object, fields: { ...object.fields, ...after } });
    else objects.set(address, { id: address, external: false, status: null, fields: after ?? {} });
  }
  return indexLive(live.kind, [...objects.values()]);
}

/**
 * Refuses a plan that would make the next one fail: one whose changes give a second object the code or name by which a
 * key finds its own, or that gives an object what `removed` says nothing may have.
 */
export function futureProblems(
  after: LiveIndex,
  entries: readonly DesiredEntry[],
  removed: readonly RemovedEntry[],
): readonly Problem[] {
  const { kind } = after;
  const twice = entries.flatMap((entry) => {
    const identity = entry.id === null ? ownIdentity(kind, entry) : null;
    const found = identity ? findInternal(after, identity) : [];
    if (!identity || found.length < 2) return [];
    const message = `After this plan ${countText(found.length, kind.noun)} would have ${identityText(kind, identity)}, and ${entry.address} could not be told from the others.`;
    const hint = 'Give it a code of its own, or pin it with `id`.';
    return [
      errorProblem('IDENTITY_AMBIGUOUS', message, { origin: entry.origin, address: entry.address, hint }),
    ];
  });
  const returning = removed.flatMap(({ identity, origin, collection }) => {
    if ('id' in identity || findInternal(after, identity).length === 0) return [];
    const message = `\`removed.${collection}\` names ${identityText(kind, identity)}, which this file gives to an object.`;
    return [errorProblem('REMOVED_AND_DECLARED', message, { origin, hint: 'Remove one of the two.' })];
  });
  return [...twice, ...returning];
}
