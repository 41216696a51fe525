import type { ApplyReport, Outcome, OutcomeStatus } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Provider } from '../providers/contract.ts';
import { outcomeOf } from './run.ts';
import type { Verified } from './verify.ts';

/** Sums up a run. */
export function report(
  outcomes: readonly Outcome[],
  { converged, problems }: Pick<Verified, 'converged' | 'problems'>,
  { run, writes }: Pick<ApplyReport, 'run' | 'writes'>,
  provider: Provider,
): ApplyReport {
  const count = (...statuses: readonly OutcomeStatus[]): number =>
    outcomes.filter(({ status }) => statuses.includes(status)).length;
  const summary = {
    applied: count('applied'),
    failed: count('failed', 'unknown'),
    skipped: count('skipped'),
    already_done: count('already_done'),
    overtaken: count('overtaken'),
  };
  const complete = converged && summary.failed + summary.skipped === 0;
  const outcome = !complete ? 'partial' : summary.applied > 0 ? 'applied' : 'nothing';
  const { requests } = provider.traffic();
  return { format_version: '1', outcome, summary, outcomes, problems, converged, requests, writes, run };
}

/** The report of a plan that is refused before its first write: no change of it is made. */
export function refusedReport(
  { changes }: Plan,
  problems: readonly Problem[],
  requests: number,
): ApplyReport {
  return {
    format_version: '1',
    outcome: 'refused',
    summary: { applied: 0, failed: 0, skipped: changes.length, already_done: 0, overtaken: 0 },
    outcomes: changes.map((change) => outcomeOf(change, 'skipped')),
    problems,
    converged: false,
    requests,
    writes: 0,
    run: null,
  };
}

/** The exit code of a run that came to a report: 0, 4 refused, 130 interrupted, 5 when something was sent, otherwise 1. */
export function exitCodeOf({ outcome, outcomes, problems, writes }: ApplyReport): 0 | 1 | 4 | 5 | 130 {
  if (outcome === 'refused') return 4;
  const errors = [...outcomes.map(({ error }) => error), ...problems].filter(
    (each): each is Problem => each?.severity === 'error',
  );
  if (errors.some(({ code }) => code === 'INTERRUPTED')) return 130;
  if (outcome !== 'partial' && errors.length === 0) return 0;
  return writes > 0 ? 5 : 1;
}
