import { refusedReport } from '../apply/report.ts';
import type { Problem } from '../model/problem.ts';
import type { Command } from '../model/result.ts';
import type { Provider } from '../providers/contract.ts';
import { askApproval } from './approval.ts';
import {
  type Approved,
  type Carried,
  carryOutApproved,
  questionOf,
  requestsOf,
  tellCarried,
  type WritingOptions,
} from './carry-out.ts';
import type { ExitCode } from './exit-code.ts';
import { oneResult } from './one-result.ts';
import { orRefused } from './refused.ts';
import type { Shell } from './shell.ts';
import type { Subject } from './tell.ts';

/** A plan that was made and shown, and what is to be done with it. */
export interface ToCarry {
  readonly command: Command;
  readonly subject: Subject;
  readonly approved: Approved;
  /** A guard refuses it. */
  readonly refused: boolean;
  /** Somebody must say yes first. */
  readonly asks: boolean;
  /** What of the plan is shown again with the question, because all of it was read in a pager. */
  readonly again: string | null;
  /** What loading the configuration warned of. */
  readonly warnings: readonly Problem[];
  /** What it leaves to a person: done, it ends with exit 2. */
  readonly left?: readonly Problem[];
}

/** Ends with the reasons where a plan is refused; otherwise asks, applies it and tells what it came to. */
export async function carrySurveyed(
  { again, approved, asks, command, left = [], refused, subject, warnings }: ToCarry,
  options: WritingOptions,
  provider: Provider,
  shell: Shell,
): Promise<ExitCode> {
  const { plan } = approved.input;
  if (refused) {
    const reasons = plan.warnings.filter(({ severity }) => severity === 'error');
    const report = refusedReport(plan, reasons, provider.traffic().requests);
    shell.sayJson(report);
    await shell.tell(oneResult(command, subject, 4, { plan, apply: report, problems: warnings }));
    return 4;
  }
  return orRefused(plan, requestsOf(provider), command, subject, shell, async () => {
    if (asks && plan.changes.length > 0)
      await askApproval(shell, questionOf(provider, plan.changes.length), again);
    const carried = withLeft(await carryOutApproved(approved, options, provider, shell), left);
    const exitCode = tellCarried(plan, carried, shell);
    const found = { plan, apply: carried.report, problems: warnings };
    await shell.tell(oneResult(command, subject, exitCode, found));
    return exitCode;
  });
}

/** What is left is in the report, and makes what went well an exit 2. */
function withLeft(carried: Carried, left: readonly Problem[]): Carried {
  if (left.length === 0) return carried;
  const { exitCode, report } = carried;
  return {
    ...carried,
    report: { ...report, problems: [...report.problems, ...left] },
    exitCode: exitCode === 0 ? 2 : exitCode,
  };
}
