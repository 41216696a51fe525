import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { joinNeeds, type Needs, needsOfDesired, needsOfPlan } from '../observe/needs.ts';
import { observe } from '../observe/observe.ts';
import type { Provider } from '../providers/contract.ts';
import { lookout, type Sleep } from './lookout.ts';
import { type Residue, residue } from './residue.ts';

export interface VerifyContext {
  readonly provider: Provider;
  readonly settleSeconds: number;
  readonly sleep: Sleep;
}

/** What the end check came to. `problems` leaves out what the outcomes say already. */
export interface Verified {
  readonly converged: boolean;
  readonly problems: readonly Problem[];
  /** Changes that are proven to be done, with the id of the live object. */
  readonly done: ReadonlyMap<Address, string | null>;
}

/**
 * Reads again and proves that everything is as planned, or says what is not. Lists may lag behind writes, so what is not
 * yet as planned is read again until the time to settle is over; twins do not go away by waiting.
 */
export async function verify(
  plan: Plan,
  desired: Desired | null,
  outcomes: readonly Outcome[],
  { provider, settleSeconds, sleep }: VerifyContext,
): Promise<Verified> {
  const { kinds } = provider;
  const needs = needsOfCheck(plan, desired, kinds);
  const overtaken = new Set(
    outcomes.flatMap(({ address, status }) => (status === 'overtaken' ? [address] : [])),
  );
  let left: Residue = { problems: [], notes: [], done: new Map() };
  const look = lookout(() => observe(needs, provider), settleSeconds * 1000, sleep);
  const seen = await look((live) => {
    left = residue(plan, desired, live, kinds, overtaken);
    return newIn(left.problems, outcomes).every(({ code }) => code === 'TWINS') ? 'settled' : null;
  });
  if (seen.status !== 'uncertain')
    return {
      converged: left.problems.length === 0,
      problems: [...doubtful(newIn(left.problems, outcomes), outcomes), ...left.notes],
      done: left.done,
    };
  const message = `The end check could not be made: ${seen.error.problem.message}`;
  const hint = 'Plan again: an empty plan proves that everything is as planned.';
  return { converged: false, problems: [errorProblem('NOT_CONVERGED', message, { hint })], done: new Map() };
}

/** Problems that no outcome tells: a change that failed is known not to be done, and twins are named once. */
function newIn(problems: readonly Problem[], outcomes: readonly Outcome[]): readonly Problem[] {
  const told = new Map(outcomes.flatMap(({ address, error }) => (error ? [[address, error.code]] : [])));
  return problems.filter(({ address, code }) => {
    const known = address === null ? undefined : told.get(address);
    return known === undefined || (code === 'TWINS' && known !== 'TWINS');
  });
}

/** A change that was answered as done and is not seen: planning again at once might do it twice. */
function doubtful(problems: readonly Problem[], outcomes: readonly Outcome[]): readonly Problem[] {
  const applied = new Set(outcomes.flatMap(({ address, status }) => (status === 'applied' ? [address] : [])));
  const hint =
    'The API answered that it was done. Its lists may lag behind: wait a while before you plan again, or look longer with --settle.';
  return problems.map((problem) =>
    problem.code === 'NOT_CONVERGED' && problem.address !== null && applied.has(problem.address)
      ? { ...problem, hint }
      : problem,
  );
}

function needsOfCheck(plan: Plan, desired: Desired | null, kinds: Kinds): Needs {
  const settings = plan.changes.some(({ address }) =>
    kinds.settings.some((slot) => slot.address === address),
  );
  const planned = { ...needsOfPlan(plan, kinds), settings };
  return !desired || plan.config.targets ? planned : joinNeeds(planned, needsOfDesired(desired, kinds));
}
