import type { Desired } from '../model/desired.ts';
import type { Change } from '../model/plan.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { CollectionPart } from './collection-part.ts';
import { ownIdentity } from './identify.ts';
import { leftAlone } from './left-alone.ts';
import { findLive } from './live-index.ts';
import { countText, listText } from './words.ts';

/** What concerns the plan as a whole. */
export function planWarnings(
  desired: Desired,
  base: Desired | null,
  changes: readonly Change[],
  parts: readonly CollectionPart[],
): readonly Problem[] {
  return [
    ...(base ? [] : pruneWithoutBase(desired)),
    ...leftAlone(desired, base),
    ...inUseNotRead(changes),
    ...externalMissing(desired, parts),
  ];
}

function pruneWithoutBase({ policy, declared }: Desired): readonly Problem[] {
  if (policy.prune !== 'removed' || declared.size === 0) return [];
  const message =
    'Without a base revision `prune: removed` deletes nothing: what the file declared before is not known.';
  const hint = 'Name what must go under `removed`, or give the revision that was last applied: --base.';
  return [warningProblem('PRUNE_WITHOUT_BASE', message, { hint })];
}

function inUseNotRead(changes: readonly Change[]): readonly Problem[] {
  if (!changes.some(({ action }) => action === 'delete')) return [];
  const message =
    'Before a delete, products, invoices, payable lines and settings are searched for uses; receipts, credit notes, quotes and card transactions are not.';
  const hint = 'Make sure that none of those uses what this plan deletes.';
  return [warningProblem('IN_USE_NOT_READ', message, { hint })];
}

/** Told once with a count: a chart of a thousand internal accounts is one thing to know, not a thousand. */
function externalMissing(desired: Desired, parts: readonly CollectionPart[]): readonly Problem[] {
  const counts = parts.flatMap(({ live, identified }) => {
    const { kind } = live;
    if (![...live.byId.values()].some(({ external }) => external)) return [];
    const missing = desired.entries.filter((entry) => {
      if (entry.collection !== kind.collection) return false;
      const fields = { ...identified.objectOf.get(entry.address)?.fields, ...entry.fields };
      const identity = ownIdentity(kind, { ...entry, fields });
      return !identity || !findLive(live, identity).some(({ external }) => external);
    });
    return missing.length === 0 ? [] : [countText(missing.length, kind.noun)];
  });
  if (counts.length === 0) return [];
  const message = `The connected accounting system has no counterpart by code or name of ${listText(counts, 20)} that this file declares.`;
  const hint = 'What is to be pushed with them must be created there by hand.';
  return [warningProblem('EXTERNAL_MISSING', message, { hint })];
}
