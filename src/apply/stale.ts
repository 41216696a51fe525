import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Value } from '../model/value.ts';

/** One value that is no longer what the plan saw. */
export interface Moved {
  readonly field: string;
  readonly planned: Value;
  readonly live: Value;
  readonly wanted: Value;
}

const hint = 'Plan again, look at the new plan, and apply that one.';

/** Says that live values are neither what the plan saw nor what it wants. */
export function staleValues(change: Change, moved: readonly Moved[]): Problem {
  const values = moved.map(
    ({ field, planned, live, wanted }) =>
      `${field} was ${show(planned)} when planned, is ${show(live)} now, and was to become ${show(wanted)}`,
  );
  return stale(change, values.join('; '));
}

/** Says that the object of a change, or what it refers to, is not as the plan needs it. */
export function stale(change: Change, what: string): Problem {
  return errorProblem('STALE', `${change.label}: ${what}`, {
    address: change.address,
    hint,
    origin: change.source,
  });
}

const show = (value: Value): string => (value === null ? 'empty' : JSON.stringify(value));
