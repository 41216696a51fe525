import * as assert from 'uvu/assert';
import { exitCodeOf } from '../../src/apply/report.ts';
import { revise } from '../../src/apply/revise.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.ts';
import { type Problem, Stop } from '../../src/model/problem.ts';
import { needsOfPlan } from '../../src/observe/needs.ts';
import { observe } from '../../src/observe/observe.ts';
import { type Provider, ReadFailed } from '../../src/providers/contract.ts';

/*
 * Judges one run by what is stored, whatever the run itself believes. It knows nothing of the disturbance: a run that says
 * "done" must have done everything, one that says "nothing was written" must have left all as it was, and what the plan
 * does not change must be there in any case.
 */

/** What is stored at one moment: see `pictureOf...` and `twinsIn...` in world.ts. */
export interface Stored {
  readonly picture: readonly string[];
  readonly twins: readonly string[];
}

/** What a run said at its end: a report, or why it stopped before it had one. */
export type Said = { readonly report: ApplyReport } | { readonly stop: Stop };

/** Lets a run end by a report, by a Stop or by a read that fails before the first write; all else that is thrown is a bug and goes on. */
export async function saidBy(run: () => Promise<ApplyReport>): Promise<Said> {
  try {
    return { report: await run() };
  } catch (error) {
    if (error instanceof Stop) return { stop: error };
    if (error instanceof ReadFailed) return { stop: new Stop(1, [error.error.problem]) };
    throw error;
  }
}

export const exitCodeOfSaid = (said: Said): number =>
  'report' in said ? exitCodeOf(said.report) : said.stop.exitCode;

/** Everything that a run complained about. */
export const complaints = (said: Said): readonly Problem[] =>
  'stop' in said
    ? said.stop.problems
    : [...said.report.problems, ...said.report.outcomes.flatMap(({ error }) => error ?? [])];

/** One run and what was stored around it. `clean`: what a run without disturbance comes to. */
export interface Case {
  readonly plan: Plan;
  readonly before: Stored;
  readonly clean: Stored;
  readonly now: Stored;
  readonly said: Said;
  /** Each write was compared with the plan, so pictures need not tell what nobody may touch. */
  readonly watched?: true;
  /** The same organization, read without any disturbance. */
  readonly undisturbed: Provider;
}

/** Throws an AssertionError when what the run said is not true. */
export async function judge(each: Case): Promise<void> {
  const { before, clean, now, said } = each;
  const code = exitCodeOfSaid(said);
  const words = JSON.stringify(said, null, 1);
  if (code === 0) {
    assert.equal(now.picture, clean.picture, `exit 0, but not all is done\n${words}`);
    assert.equal(now.twins, clean.twins, `exit 0 with twins\n${words}`);
  }
  if (code === 1 || code === 3 || code === 4)
    assert.equal(now.picture, before.picture, `exit ${code}, but something was written\n${words}`);
  if (code === 5)
    assert.ok(
      complaints(said).some(({ severity }) => severity === 'error'),
      words,
    );
  const kept = each.watched ? [] : before.picture.filter((line) => clean.picture.includes(line));
  const lost = kept.filter((line) => !now.picture.includes(line));
  assert.equal(lost, [], `what the plan does not change was changed\n${words}`);
  if ('report' in said) await judgeReport(said.report, each, words);
}

async function judgeReport(report: ApplyReport, { plan, undisturbed }: Case, words: string): Promise<void> {
  const { converged, outcome, outcomes, summary } = report;
  assert.equal(
    outcomes.map(({ address }) => address),
    plan.changes.map(({ address }) => address),
    'one outcome for each change, in the order of the plan',
  );
  const total = Object.values(summary).reduce((sum, each) => sum + each, 0);
  assert.is(total, outcomes.length, 'the summary adds up');
  assert.is(converged && outcome === 'partial', false, words);
  const live = await observe(needsOfPlan(plan, undisturbed.kinds), undisturbed);
  const { verdicts } = revise(plan, live, undisturbed.kinds);
  // Done, and then done once more: nothing that points there can be told, and the run did not end well.
  const twice = new Set<unknown>(
    verdicts.flatMap(({ change, problem }) => (problem?.code === 'TWINS' ? [change.address] : [])),
  );
  assert.is(converged && twice.size > 0, false, words);
  outcomes.forEach(({ address, status, error }, at) => {
    const verdict = verdicts[at]?.status;
    const after = Object.values(plan.changes[at]?.after ?? {});
    const unclear = [address, ...after].some((each) => twice.has(each));
    if ((status === 'applied' || status === 'already_done') && !unclear)
      assert.is(verdict, 'already_done', `${address} is told as ${status}, and is ${verdict}\n${words}`);
    if (status === 'skipped')
      assert.is.not(verdict, 'already_done', `${address} is told as skipped, and is done\n${words}`);
    if (status === 'failed' || status === 'unknown' || status === 'skipped')
      assert.ok(error, `${address} is ${status} without a reason`);
  });
}

/** The address and both ids of each pair are named by one of these problems. */
export function assertNamed(problems: readonly Problem[], ids: readonly string[]): void {
  const named = problems.find(
    ({ code, message }) =>
      (code === 'TWINS' || code === 'IDENTITY_AMBIGUOUS') && ids.every((id) => message.includes(id)),
  );
  assert.ok(named, `nobody names ${ids.join(' and ')}: ${JSON.stringify(problems, null, 1)}`);
}
