import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Command, OrganizationResult } from '../model/result.ts';
import { differencesOf } from '../plan/differences.ts';
import { paint } from './paint.ts';
import { problemCounts } from './problem-text.ts';
import { readinessVerdict } from './readiness/readiness-text.ts';
import { outcomeCounts } from './report-text.ts';
import { counted, countsText, numberText } from './summary-text.ts';

const plain = paint(false);

/** What a run that did not come to its end ended with. */
const endings: Readonly<Record<OrganizationResult['exit_code'], string>> = {
  0: 'nothing to do',
  1: 'failed, nothing was written',
  2: 'differs',
  3: 'not valid',
  4: 'refused, nothing was written',
  5: 'not all is done and proven',
  130: 'interrupted',
};

/** Whether something kept a command from what it was to do: a plan may be there, and no apply of it, or not to the end. */
export function endedEarly(
  command: Command,
  { apply, exit_code, plan, readiness }: OrganizationResult,
): boolean {
  if (apply !== null || readiness) return false;
  if (plan === null) return exit_code !== 0;
  return command === 'apply' || ![0, 2, 4].includes(exit_code);
}

/** What a command came to, in numbers and in our own words alone: `2 to create, 1 to delete`. */
export function verdictText(command: Command, one: OrganizationResult): string {
  const { apply, exit_code, plan, problems, skipped } = one;
  if (skipped !== null) return 'skipped';
  if (one.readiness) return readinessVerdict(one.readiness);
  if (apply !== null) return apply.outcome === 'refused' ? endings[4] : applied(apply, exit_code);
  if (problems.some(({ code }) => code === 'NOT_STARTED')) return 'not started, nothing was written';
  if (plan !== null && !endedEarly(command, one))
    return command === 'drift' ? driftText(plan) : planVerdict(plan);
  const counts = problemCounts(problems);
  const ending = command === 'validate' && exit_code === 0 ? 'valid' : endings[exit_code];
  return counts === '' ? ending : `${ending}, ${counts}`;
}

/** A repair that is done may leave what it must not decide. */
const applied = (apply: ApplyReport, exitCode: OrganizationResult['exit_code']): string =>
  exitCode === 2
    ? `${outcomeCounts(apply, plain)}, drift is left for a person to decide`
    : outcomeCounts(apply, plain);

function planVerdict(plan: Plan): string {
  const counts = countsText(plan.summary, plain);
  const refused = plan.warnings.some(({ severity }) => severity === 'error');
  return refused ? `refused; ${counts}` : counts;
}

function driftText(plan: Plan): string {
  const { drifted, gaps, pending } = differencesOf(plan);
  // Without a base nobody can tell what drifted.
  const what =
    plan.config.base === null
      ? counted(drifted.length, 'difference')
      : `${numberText(drifted.length)} drifted`;
  return [
    drifted.length === 0 ? 'no drift' : what,
    pending.length === 0 ? '' : `${counted(pending.length, 'change')} not yet applied`,
    gaps.length === 0 ? '' : `${counted(gaps.length, 'gap')} that rules would fill`,
  ]
    .filter((part) => part !== '')
    .join(', ');
}
