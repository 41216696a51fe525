import { exitCodeOf } from '../apply/report.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { OrganizationResult } from '../model/result.ts';

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

/** The worst first, where nothing was changed. */
const order: readonly ExitCode[] = [130, 1, 4, 3, 2, 0];

/** Over many organizations: 5 when some were changed and not all succeeded, otherwise the first of the order that occurred. */
export function exitCodeOverMany(
  results: readonly Pick<OrganizationResult, 'exit_code' | 'apply'>[],
): ExitCode {
  const codes = new Set(results.map(({ exit_code }) => exit_code));
  const changed = results.some(
    ({ apply, exit_code }) =>
      exit_code === 5 || (apply !== null && (apply.writes > 0 || apply.summary.applied > 0)),
  );
  // What drifted and is left for a person is no failure.
  if (changed && [...codes].some((code) => code !== 0 && code !== 2)) return 5;
  return order.find((code) => codes.has(code)) ?? 0;
}
