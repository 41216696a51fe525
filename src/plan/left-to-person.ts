import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { ProblemCode } from '../model/problem-codes.ts';
import type { Address } from '../model/value.ts';
import { isDrift } from './three-way.ts';

/** What may be no drift at all, so that a repair leaves it to a person. */
export const doubts: ReadonlySet<ProblemCode> = new Set(['RENAME_SUSPECTED', 'VARIABLE_SINCE_BASE']);

/** What a repair leaves of drift and conflicts, each with why and what a person can do. `others` are the changes that are not in its plan. */
export function leftToPerson(others: readonly Change[]): readonly Problem[] {
  const unmade = new Set(others.map(({ address }) => address));
  return others.filter(isDrift).map((change) => {
    const { address, label, source } = change;
    const { hint, why } = reasonOf(change, unmade);
    return errorProblem('DRIFT_LEFT', `${label}: ${why}`, { origin: source, address, hint });
  });
}

function reasonOf(
  { depends_on, reason, warnings }: Change,
  unmade: ReadonlySet<Address>,
): { readonly why: string; readonly hint: string | null } {
  const doubt = warnings.find(
    ({ code }) => doubts.has(code) || (reason === 'conflict' && code === 'CONFLICT'),
  );
  if (doubt) return { why: doubt.message, hint: doubt.hint };
  const first = depends_on.find((address) => unmade.has(address));
  return {
    why: first ? `it waits for ${first}, which is not repaired.` : 'it is left for a person to decide.',
    hint: 'Decide about that first, or apply the whole plan.',
  };
}
