import type { Assignments, Targets } from '../model/assignment.ts';
import type { Desired } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import type { Address, Value } from '../model/value.ts';
import { targetKinds } from './assign.ts';
import { nearest } from './near.ts';
import { payableWarnings } from './payable-warnings.ts';
import { overwritingRules, placeOf } from './places.ts';
import type { Proposal } from './propose.ts';
import { mentioned } from './references.ts';

/** Limits a proposal to the targets and what they depend on; no target means everything. Stops at an unknown address. */
export function limit(
  proposal: Proposal,
  targets: readonly Address[],
  desired: Desired,
  live: Live,
  kinds: Kinds,
): Proposal {
  if (targets.length === 0) return proposal;
  const unknown = findUnknown(proposal, targets, desired);
  if (unknown.length > 0) throw new Stop(3, unknown);
  const kept = withDependencies(proposal.changes, targets);
  const changes = withoutGaps(
    proposal.changes.filter(({ address }) => kept.has(address)),
    proposal.changes.filter(({ action, address }) => action === 'delete' && !kept.has(address)),
    desired,
  );
  const deletes = changes.some(({ action }) => action === 'delete');
  return {
    ...proposal,
    changes,
    unchanged: proposal.unchanged.filter((address) => kept.has(address)),
    refusals: proposal.refusals.filter(({ address }) => address !== null && kept.has(address)),
    warnings: [
      ...proposal.warnings.filter(
        ({ address, code }) =>
          (address === null || kept.has(address)) &&
          (deletes || code !== 'IN_USE_NOT_READ') &&
          !code.startsWith('PAYABLE_'),
      ),
      ...payableWarnings(changes, live, kinds),
    ],
    references: mentioned(changes, kinds, (address) => proposal.references[address]),
  };
}

/** The part of a file that the targets are about, so that nothing else needs to be read. No target means everything. */
export function narrow(desired: Desired, targets: readonly Address[], kinds: Kinds): Desired {
  if (targets.length === 0) return desired;
  const meant = new Set(targets);
  const slots = kinds.settings.filter(({ address }) => meant.has(address));
  const collections = new Set(slots.map(({ collection }) => collection));
  for (const { collection } of kinds.collections)
    if (targets.some((target) => isIn(target, collection))) collections.add(collection);
  // What is deleted may have to wait for a setting or an assignment that leaves it.
  const deleting = targets.some((target) => target.endsWith(']'));
  if (deleting)
    for (const { address, collection } of kinds.settings) if (collections.has(collection)) meant.add(address);
  const leaving = kinds.collections.filter(({ collection }) => deleting && collections.has(collection));
  const assignments = narrowAssignments(desired.assignments, targets, leaving);
  for (const { targets: stated } of [...assignments.products, ...assignments.lineItems])
    for (const { collection } of targetKinds(stated, kinds)) collections.add(collection);
  const within = ({ collection }: { readonly collection: string }): boolean => collections.has(collection);
  return {
    ...desired,
    declared: new Set([...desired.declared].filter((collection) => collections.has(collection))),
    entries: desired.entries.filter(within),
    removed: desired.removed.filter(within),
    externals: desired.externals.filter(within),
    settings: desired.settings.filter(({ address }) => meant.has(address)),
    assignments,
  };
}

/** A list is kept whole or not at all: which item has the say is decided among all of them. */
function narrowAssignments(
  { products, lineItems }: Assignments,
  targets: readonly Address[],
  leaving: readonly CollectionKind[],
): Assignments {
  const isMeant = (start: string, items: readonly { readonly targets: Targets }[]): boolean =>
    targets.some((target) => target.startsWith(start)) ||
    items.some((item) => targetKinds(item.targets, { collections: leaving, settings: [] }).length > 0);
  return {
    products: isMeant('assignments.products.', products) ? products : [],
    lineItems: isMeant('assignments.line_items.', lineItems) ? lineItems : [],
  };
}

/**
 * What a rule fills only because a delete would leave it empty is no gap where that delete is not kept: a rule that does
 * not overwrite has no say there.
 */
function withoutGaps(
  changes: readonly Change[],
  staying: readonly Change[],
  desired: Desired,
): readonly Change[] {
  if (staying.length === 0) return changes;
  const there = new Set(staying.map(({ address }) => address));
  const enforced = overwritingRules(desired);
  return changes.flatMap((change) => {
    const { reason, source, before, after } = change;
    if (reason !== 'rule' || !source || enforced.has(placeOf(source))) return [change];
    const isGap = ([, value]: readonly [string, Value]): boolean => value === null || !there.has(value);
    const gaps = Object.fromEntries(Object.entries(before ?? {}).filter(isGap));
    const filled = Object.entries(after ?? {}).filter(([field]) => Object.hasOwn(gaps, field));
    const assigned = filled.some(([field, value]) => value !== null && value !== gaps[field]);
    if (filled.length === 0) return [];
    return [
      {
        ...change,
        action: assigned ? 'assign' : 'unassign',
        before: gaps,
        after: Object.fromEntries(filled),
      },
    ];
  });
}

function isIn(target: Address, collection: string): boolean {
  return [`${collection}.`, `${collection}[`, `external.${collection}.`].some((start) =>
    target.startsWith(start),
  );
}

function findUnknown(proposal: Proposal, targets: readonly Address[], desired: Desired): readonly Problem[] {
  const known = new Set([
    ...proposal.changes.map(({ address }) => address),
    ...proposal.unchanged,
    ...proposal.unmanaged.map(({ address }) => address),
    ...desired.externals.map(({ address }) => address),
  ]);
  const addresses = [...desired.entries, ...desired.settings].map(({ address }) => address);
  const candidates = new Set([...known, ...addresses]);
  return targets
    .filter((target) => !known.has(target))
    .map((target) => {
      const near = nearest(target, candidates);
      const hint =
        near.length > 0
          ? `Did you mean ${near.slice(0, 3).join(' or ')}?`
          : 'Addresses are those that the plan prints.';
      return errorProblem('TARGET_UNKNOWN', `There is nothing at ${target}.`, { address: target, hint });
    });
}

function withDependencies(changes: readonly Change[], targets: readonly Address[]): Set<Address> {
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const kept = new Set(targets);
  for (const address of kept) for (const first of byAddress.get(address)?.depends_on ?? []) kept.add(first);
  return kept;
}
