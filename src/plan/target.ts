import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { nearest } from './near.ts';
import type { Proposal } from './propose.ts';
import { mentioned } from './references.ts';
import { listText } from './words.ts';

/** Limits a proposal to the targets and what they depend on; no target means everything. Stops at an unknown address. */
export function limit(
  proposal: Proposal,
  targets: readonly Address[],
  desired: Desired,
  kinds: Kinds,
): Proposal {
  if (targets.length === 0) return proposal;
  const unknown = findUnknown(proposal, targets, desired);
  if (unknown.length > 0) throw new Stop(3, unknown);
  const kept = withDependencies(proposal.changes, targets);
  const changes = proposal.changes.filter(({ address }) => kept.has(address));
  const deletes = changes.some(({ action }) => action === 'delete');
  return {
    ...proposal,
    changes,
    unchanged: proposal.unchanged.filter((address) => kept.has(address)),
    warnings: proposal.warnings.filter(
      ({ address, code }) =>
        (address === null || kept.has(address)) && (deletes || code !== 'IN_USE_NOT_READ'),
    ),
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
  // What is deleted may have to wait for a setting that leaves it.
  if (targets.some((target) => target.endsWith(']')))
    for (const { address, collection } of kinds.settings) if (collections.has(collection)) meant.add(address);
  const within = ({ collection }: { readonly collection: string }): boolean => collections.has(collection);
  return {
    ...desired,
    declared: new Set([...desired.declared].filter((collection) => collections.has(collection))),
    entries: desired.entries.filter(within),
    removed: desired.removed.filter(within),
    externals: desired.externals.filter(within),
    settings: desired.settings.filter(({ address }) => meant.has(address)),
  };
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
        near.length > 0 ? `Did you mean ${listText(near, 3)}?` : 'Addresses are those that the plan prints.';
      return errorProblem('TARGET_UNKNOWN', `There is nothing at ${target}.`, { address: target, hint });
    });
}

function withDependencies(changes: readonly Change[], targets: readonly Address[]): ReadonlySet<Address> {
  const byAddress = new Map(changes.map((change) => [change.address, change]));
  const kept = new Set(targets);
  for (const address of kept) for (const first of byAddress.get(address)?.depends_on ?? []) kept.add(first);
  return kept;
}
