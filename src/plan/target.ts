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

function findUnknown(proposal: Proposal, targets: readonly Address[], desired: Desired): readonly Problem[] {
  const known = new Set([
    ...proposal.changes.map(({ address }) => address),
    ...proposal.unchanged,
    ...proposal.unmanaged.map(({ address }) => address),
    ...desired.externals.map(({ address }) => address),
  ]);
  return targets
    .filter((target) => !known.has(target))
    .map((target) => {
      const near = nearest(target, known);
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
