import type { Desired } from '../model/desired.ts';
import type { ApplyReport, Outcome } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { needsOfPlan } from '../observe/needs.ts';
import { observe } from '../observe/observe.ts';
import { unsoundness } from '../plan/unsound.ts';
import type { Provider } from '../providers/contract.ts';
import { type ApplyEvent, execute } from './execute.ts';
import { type Journal, journal } from './journal.ts';
import type { Sleep } from './lookout.ts';
import type { OpenRecord } from './record.ts';
import { refuse, refuseRefused } from './refuse.ts';
import { report } from './report.ts';
import { revise } from './revise.ts';
import { type Verified, verify } from './verify.ts';

export type { ApplyEvent } from './execute.ts';

/** An approved plan. One from a file and one just made take the same way. */
export interface ApplyInput {
  readonly plan: Plan;
  /** For the end check of an apply from a configuration; null for a saved plan. */
  readonly desired: Desired | null;
  /** Not null when this is an apply to production. */
  readonly production: { readonly dirty: boolean } | null;
}

export interface ApplyContext {
  readonly provider: Provider;
  readonly now: () => Date;
  readonly sleep: Sleep;
  /** How long a lost write is looked for, and how long lists may lag. */
  readonly settleSeconds: number;
  readonly concurrency: number;
  /** Aborted by the first Ctrl-C: what is in flight is finished, nothing more is started. */
  readonly stop: AbortSignal;
  /** Opens the run record; called right before the first write. */
  readonly record: OpenRecord;
  readonly notify: (event: ApplyEvent) => void;
}

/**
 * Applies exactly the approved plan: refuses what is no plan (Stop 3), looks again, refuses when anything the plan approves has moved (Stop 4, nothing is
 * written), writes what is still to do, and proves by a last look that everything is as planned, or says what is not.
 */
export async function apply(input: ApplyInput, context: ApplyContext): Promise<ApplyReport> {
  const { plan } = input;
  const { provider } = context;
  const unsound = unsoundness(plan, provider.kinds);
  if (unsound !== null) throw unreadable(unsound);
  refuseRefused(plan);
  if (plan.changes.length === 0) return report([], nothingLeft, { run: null, writes: 0 }, provider);

  const live = await observe(needsOfPlan(plan, provider.kinds), provider);
  const revised = revise(plan, live, provider.kinds);
  const stale = revised.verdicts.flatMap(({ status, problem }) => (status === 'stale' && problem) || []);
  if (stale.length > 0) throw new Stop(4, stale);
  const toWrite = revised.verdicts.some(({ status }) => status === 'run');
  if (toWrite) await refuse(input, revised, live, provider);

  const book = journal(plan, context.record, context.now);
  const { outcomes, halt, writes } = await execute(plan, revised, { ...context, journal: book });
  const checked = await check(input, outcomes, { toWrite, halt }, context);
  const sent = { run: book.run(), writes };
  const done = report(await proven(outcomes, checked, book), checked, sent, provider);
  await book.end(done);
  const broken = book.broken();
  return broken && broken !== halt ? { ...done, problems: [broken, ...done.problems] } : done;
}

const unreadable = (unsound: string): Stop =>
  new Stop(3, [
    errorProblem('PLAN_UNREADABLE', `This plan cannot be carried out: ${unsound}.`, {
      hint: 'Make it again with `ledgerform plan --out`.',
    }),
  ]);

async function check(
  { plan, desired }: ApplyInput,
  outcomes: readonly Outcome[],
  { toWrite, halt }: { readonly toWrite: boolean; readonly halt: Problem | null },
  context: ApplyContext,
): Promise<Verified> {
  if (halt) return { converged: false, problems: [halt], done: new Map() };
  // Without a file, the read that found everything done is the proof.
  if (!toWrite && !desired) return nothingLeft;
  return verify(plan, desired, outcomes, context);
}

const nothingLeft: Verified = { converged: true, problems: [], done: new Map() };

/** A change of which nobody knew is done when the end check finds it so. */
function proven(
  outcomes: readonly Outcome[],
  { done }: Verified,
  book: Journal,
): Promise<readonly Outcome[]> {
  const told = outcomes.map(async (outcome): Promise<Outcome> => {
    const id = outcome.status === 'unknown' ? done.get(outcome.address) : undefined;
    if (id === undefined) return outcome;
    await book.prove(outcome.address, id);
    return { ...outcome, status: 'applied', id, error: null };
  });
  return Promise.all(told);
}
