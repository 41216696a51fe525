import type { Change, Plan } from '../model/plan.ts';
import { isDrift } from './three-way.ts';

/** What differs between the file and what is live, by what it means to somebody who asks for drift. */
export interface Differences {
  /** Somebody has changed what the file declares; without a base every difference that is no gap. */
  readonly drifted: readonly Change[];
  /** The file has moved on since the base, and was not yet applied. */
  readonly pending: readonly Change[];
  /** What a rule would fill, where nothing is. */
  readonly gaps: readonly Change[];
}

/** Tells drift from configuration that waits and from gaps that only rules would fill. */
export function differencesOf(plan: Pick<Plan, 'changes' | 'config' | 'observed'>): Differences {
  const gaps = plan.changes.filter((change) => onlyFillsGaps(change, plan));
  const others = plan.changes.filter((change) => !onlyFillsGaps(change, plan));
  if (plan.config.base === null) return { drifted: others, pending: [], gaps };
  return { drifted: others.filter(isDrift), pending: others.filter((each) => !isDrift(each)), gaps };
}

/** Nothing that was assigned is replaced: every field that a rule changes is empty, or points to nothing. */
const onlyFillsGaps = ({ after, before, reason }: Change, { observed }: Pick<Plan, 'observed'>): boolean =>
  reason === 'rule' &&
  Object.entries(before ?? {}).every(
    ([name, address]) =>
      address === null || address === after?.[name] || observed.references[address]?.external === null,
  );
