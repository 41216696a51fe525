import { refusedReport } from '../apply/report.ts';
import type { Plan } from '../model/plan.ts';
import { Stop } from '../model/problem.ts';
import type { ExitCode } from './exit-code.ts';
import type { Shell } from './shell.ts';

/** Ends an apply whose plan is refused. With `--json` that is a report too: none of its changes is made, and why. */
export function refuse(plan: Plan, refusal: Stop, requests: number, shell: Shell): ExitCode {
  if (!shell.json) throw refusal;
  shell.sayJson(refusedReport(plan, refusal.problems, requests));
  return 4;
}

/** Does the work of an apply; a refusal of its plan on the way is told as `refuse` does. */
export async function orRefused(
  plan: Plan,
  requests: () => number,
  shell: Shell,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Stop && thrown.exitCode === 4) return refuse(plan, thrown, requests(), shell);
    throw thrown;
  }
}
