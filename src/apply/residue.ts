import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change, Plan } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { propose } from '../plan/propose.ts';
import { revise, type Verdict } from './revise.ts';

const hint = 'Plan again: the next plan shows what is left to do.';

/** What a look after an apply came to. */
export interface Residue {
  /** What is not as planned, each with its own problem. */
  readonly problems: readonly Problem[];
  /** Changes of the plan that are proven to be done, with the id of the live object. */
  readonly done: ReadonlyMap<Address, string | null>;
}

/**
 * What is not as planned after an apply: every change of the plan must be done and, where the file is at hand, every
 * declared object must be as declared. What nobody declared and the plan does not touch is not asked.
 */
export function residue(plan: Plan, desired: Desired | null, live: Live, kinds: Kinds): Residue {
  const { verdicts } = revise(plan, live, kinds);
  const undone = verdicts.flatMap((verdict) => notDone(verdict));
  const done = new Map(
    verdicts.flatMap(({ change, status, id }) => (status === 'already_done' ? [[change.address, id]] : [])),
  );
  if (!desired || plan.config.targets) return { problems: undone, done };
  const planned = new Set(plan.changes.map(({ address }) => address));
  const proposal = propose(desired, live, kinds);
  const unclear = proposal.problems
    .filter(({ address }) => address === null || !planned.has(address))
    .map((problem): Problem => ({ ...problem, code: 'NOT_CONVERGED' }));
  const different = proposal.changes
    .filter(({ address, action }) => action !== 'delete' && !planned.has(address))
    .map((change) => notAsDeclared(change));
  return { problems: [...undone, ...unclear, ...different], done };
}

function notDone({ change, status, problem }: Verdict): readonly Problem[] {
  if (status === 'already_done' || status === 'overtaken') return [];
  if (problem?.code === 'TWINS') return [problem];
  if (problem) return [{ ...problem, code: 'NOT_CONVERGED', hint }];
  const what = change.action === 'create' ? 'it is not there' : 'it is as it was before';
  const message = `${change.label}: the ${change.action} did not last: ${what}`;
  return [errorProblem('NOT_CONVERGED', message, { address: change.address, hint, origin: change.source })];
}

function notAsDeclared({ label, address, source, before, after }: Change): Problem {
  const fields = Object.keys(after ?? {}).filter((name) => before?.[name] !== after?.[name]);
  const message = before
    ? `${label}: ${fields.join(', ')} changed during the apply and differs from the file`
    : `${label}: it went away during the apply`;
  return errorProblem('NOT_CONVERGED', message, { address, hint, origin: source });
}
