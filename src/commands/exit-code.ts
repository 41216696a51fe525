import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';

/**
 * 0 done or nothing to change, 1 failed and nothing written, 2 changes or drift, 3 bad input, 4 refused, 5 a write was
 * sent and not all is done and proven, 130 interrupted.
 */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 5 | 130;

/** A plan's: refused by a guard, or with `--detailed-exitcode` whether there are changes. */
export function exitCodeOfPlan(
  plan: Pick<Plan, 'changes' | 'warnings'>,
  refused: boolean,
  detailed: boolean,
): ExitCode {
  if (refused) return 4;
  return detailed && plan.changes.length > 0 ? 2 : 0;
}

/** An apply's, by what became of each change and by the end check. */
export function exitCodeOfReport(
  report: Pick<ApplyReport, 'outcome' | 'converged'>,
  interrupted: boolean,
): ExitCode {
  if (report.outcome === 'refused') return 4;
  if (report.outcome !== 'partial' && report.converged) return 0;
  return interrupted ? 130 : 5;
}
