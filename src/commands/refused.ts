import { refusedReport } from '../apply/report.ts';
import type { Plan } from '../model/plan.ts';
import { Stop } from '../model/problem.ts';
import type { Command } from '../model/result.ts';
import type { ExitCode } from './exit-code.ts';
import { oneResult } from './one-result.ts';
import type { Shell } from './shell.ts';
import type { Subject } from './tell.ts';

/** Ends an apply whose plan is refused. With `--json` that is a report too: none of its changes is made, and why. */
export async function refuse(
  plan: Plan,
  refusal: Stop,
  requests: number,
  command: Command,
  subject: Subject,
  shell: Shell,
): Promise<ExitCode> {
  const report = refusedReport(plan, refusal.problems, requests);
  shell.sayJson(report);
  await shell.tell(oneResult(command, subject, 4, { plan, apply: report }), refusal.problems);
  if (shell.json) return 4;
  throw refusal;
}

/** Does the work of an apply; a refusal of its plan on the way is told as `refuse` does. */
export async function orRefused(
  plan: Plan,
  requests: () => number,
  command: Command,
  subject: Subject,
  shell: Shell,
  work: () => Promise<ExitCode>,
): Promise<ExitCode> {
  try {
    return await work();
  } catch (thrown) {
    if (thrown instanceof Stop && thrown.exitCode === 4)
      return refuse(plan, thrown, requests(), command, subject, shell);
    throw thrown;
  }
}
