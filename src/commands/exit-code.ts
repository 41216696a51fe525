import { exitCodeOf } from '../apply/report.ts';
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

/** An apply's; interrupted counts only when something is left to do or to prove. */
export function exitCodeOfReport(report: ApplyReport, interrupted: boolean): ExitCode {
  const code = exitCodeOf(report);
  return interrupted && (code === 1 || code === 5) ? 130 : code;
}
