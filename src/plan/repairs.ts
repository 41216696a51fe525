import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import { doubts } from './left-to-person.ts';
import { payableWarnings } from './payable-warnings.ts';
import type { Proposal } from './propose.ts';
import { mentioned } from './references.ts';

/**
 * The part of a proposal that undoes drift and nothing else. What hangs on a change that is not in it, and what may be a
 * rename or another value of a variable, is left to a person.
 */
export function onlyRepairs(proposal: Proposal, live: Live, kinds: Kinds): Proposal {
  const kept = new Map<Address, Change>();
  for (const change of proposal.changes) if (isRepair(change)) kept.set(change.address, change);
  // In execution order what is waited for comes first, so one walk is enough.
  for (const change of proposal.changes)
    if (change.depends_on.some((address) => !kept.has(address))) kept.delete(change.address);
  const changes = [...kept.values()];
  const deletes = changes.some(({ action }) => action === 'delete');
  return {
    ...proposal,
    changes,
    // Conflicts of what is pruned are no matter of a repair.
    refusals: [],
    warnings: [
      ...proposal.warnings.filter(
        ({ code }) => (deletes || code !== 'IN_USE_NOT_READ') && !code.startsWith('PAYABLE_'),
      ),
      ...payableWarnings(changes, live, kinds),
    ],
    references: mentioned(changes, kinds, (address) => proposal.references[address]),
  };
}

const isRepair = ({ reason, warnings }: Change): boolean =>
  reason === 'drift' && !warnings.some(({ code }) => doubts.has(code));
