import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Change, Plan } from '../model/plan.ts';
import { errorProblem, type Problem, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { placeOf } from '../plan/places.ts';
import { propose } from '../plan/propose.ts';
import { revise, type Verdict } from './revise.ts';

const hint = 'Plan again: the next plan shows what is left to do.';

/** What a look after an apply came to. */
export interface Residue {
  /** What is not as planned, each with its own problem. */
  readonly problems: readonly Problem[];
  /** What is for the next run, and no failure of this one. */
  readonly notes: readonly Problem[];
  /** Changes of the plan that are proven to be done, with the id of the live object. */
  readonly done: ReadonlyMap<Address, string | null>;
}

/**
 * What is not as planned after an apply: every change of the plan must be done, but for those that were overtaken when it
 * began, and, where the file is at hand, every declared object must be as declared, also one that a change of the plan was
 * about: a create does not say what the file wants empty, and what it made may have got a twin. What rules match anew is for the next
 * run. What nobody declared and the plan does not touch is not asked.
 */
export function residue(
  plan: Plan,
  desired: Desired | null,
  live: Live,
  kinds: Kinds,
  overtaken: ReadonlySet<Address> = new Set(),
): Residue {
  const { verdicts } = revise(plan, live, kinds);
  const undone = verdicts.flatMap((verdict) =>
    overtaken.has(verdict.change.address) ? [] : notDone(verdict),
  );
  const done = new Map(
    verdicts.flatMap(({ change, status, id }) => (status === 'already_done' ? [[change.address, id]] : [])),
  );
  if (!desired || plan.config.targets) return { problems: undone, notes: [], done };
  const told = new Set(undone.map(({ address }) => address));
  const proposal = propose(desired, live, kinds);
  const unclear = proposal.problems
    .filter(({ address }) => address === null || !told.has(address))
    .map((problem): Problem => ({ ...problem, code: 'NOT_CONVERGED' }));
  const left = proposal.changes.filter(({ address, action }) => action !== 'delete' && !told.has(address));
  const different = left.filter(({ reason }) => reason !== 'rule').map((change) => notAsDeclared(change));
  return { problems: [...undone, ...unclear, ...different], notes: matchedAnew(left), done };
}

function notDone({ change, status, problem }: Verdict): readonly Problem[] {
  if (status === 'already_done') return [];
  if (problem?.code === 'TWINS') return [problem];
  if (problem) return [{ ...problem, code: 'NOT_CONVERGED', severity: 'error', hint }];
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

/** How many objects a rule's note names. */
const named = 3;

/** One note for each rule that has something to assign which the plan did not have. */
function matchedAnew(changes: readonly Change[]): readonly Problem[] {
  const byRule = new Map<string, Change[]>();
  for (const change of changes) {
    if (change.reason !== 'rule' || !change.source) continue;
    const place = placeOf(change.source);
    const found = byRule.get(place);
    if (found) found.push(change);
    else byRule.set(place, [change]);
  }
  return [...byRule.values()].flatMap((found) => {
    const source = found[0]?.source ?? null;
    const rule = source?.rule ? `The rule ${source.rule}` : 'A rule';
    const labels = found.slice(0, named).map(({ label }) => label);
    const more = found.length > named ? ` and ${found.length - named} more` : '';
    const message = `${rule} now has ${found.length} more to assign: ${labels.join(', ')}${more}`;
    const next = 'This is no failure: the next plan has it.';
    return [warningProblem('RULES_MATCH_ANEW', message, { origin: source, hint: next })];
  });
}
