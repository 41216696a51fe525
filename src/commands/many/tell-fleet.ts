import type { Plan } from '../../model/plan.ts';
import type { OrganizationResult, Result } from '../../model/result.ts';
import { fleetDocument } from '../../render/many/fleet-document.ts';
import { fleetPlans, type PlanShown } from '../../render/many/fleet-plans.ts';
import { fleetProblems } from '../../render/many/fleet-problems.ts';
import { fleetSummary } from '../../render/many/fleet-summary.ts';
import { fleetHeader, fleetTable } from '../../render/many/fleet-table.ts';
import { isFragment, resultWords } from '../../render/many/result-words.ts';
import type { Paint } from '../../render/paint.ts';
import type { Apart } from '../../render/plan-text.ts';
import { costTextOf, counted } from '../../render/summary-text.ts';
import { type ExitCode, exitCodeOverMany } from '../exit-code.ts';
import { planView } from '../plan-view.ts';
import type { Shell } from '../shell.ts';

/** What of a plan is shown: all of it, or with `drift` only that. */
export interface Part {
  readonly plan: Plan;
  readonly apart: Apart;
}

/** How results are told: in full or not, and which part of a plan counts. */
export interface Telling {
  readonly showAll?: true | undefined;
  readonly partOf?: (plan: Plan) => Part;
  /** Requests a second that are allowed, where an apply can follow: what it costs is told. */
  readonly limitPerSecond?: number;
}

const whole = (plan: Plan): Part => ({ plan, apart: { gaps: [], pending: [] } });

/** The result of a run over many organizations. */
export const fleetResult = (
  command: Result['command'],
  organizations: readonly OrganizationResult[],
): Result => ({ command, organizations, many: true, exit_code: exitCodeOverMany(organizations) });

/** Tells what a run over many organizations came to, in the form that is asked for, and answers its exit code. */
export async function tellFleet(result: Result, telling: Telling, shell: Shell): Promise<ExitCode> {
  if (shell.keepsText)
    await shell.show(
      ({ columns }) =>
        `${planTexts(result, telling, shell, shell.paint, columns)}${summaryText(result, telling)}`,
    );
  shell.sayJson(fleetDocument(result));
  await shell.tell(result);
  return result.exit_code;
}

/** Everything about plans: who is asked for, the table, what changes, and what there is to know. */
export function planTexts(
  result: Result,
  telling: Telling,
  shell: Shell,
  paint: Paint,
  columns: number,
): string {
  const { organizations } = result;
  const shown = planShown(result, telling);
  const byResult = new Map(shown.map((each) => [each.result, each]));
  const drifted = driftCounter(result, telling);
  const lines = organizations.map((each) => ({
    result: each,
    plan: byResult.get(each)?.plan ?? null,
    words: result.command === 'validate' ? validWords(each) : resultWords(each, drifted(each)),
  }));
  const view = planView(
    shell,
    { limitPerSecond: null, ...(telling.showAll ? { showAll: true } : {}) },
    paint,
  );
  const plans = organizations.flatMap(({ plan }) => plan ?? []);
  const parts = [
    fleetHeader(organizations, paint),
    lines.length === 0 ? '' : `\n${fleetTable(lines, 'configuration', columns)}`,
    fleetPlans(shown, view),
    fleetProblems(organizations.map(partly(telling)), view),
    telling.limitPerSecond === undefined ? '' : `\n${costTextOf(plans, telling.limitPerSecond)}`,
  ];
  return parts.join('');
}

/** With no more of its plan than is shown, and the warnings of that. */
const partly =
  ({ partOf = whole }: Telling) =>
  (result: OrganizationResult): OrganizationResult =>
    result.plan === null ? result : { ...result, plan: partOf(result.plan).plan };

const validWords = (result: OrganizationResult): string => {
  const { exit_code, problems } = result;
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  return exit_code === 0 ? (isFragment(result) ? 'valid fragment' : 'valid') : counted(errors, 'error');
};

/** The line that stands last. */
export const summaryText = (result: Result, telling: Telling): string =>
  fleetSummary(result, planShown(result, telling), driftCounter(result, telling));

/** What was applied has no plan to show any more. */
function planShown({ organizations }: Result, { partOf = whole }: Telling): readonly PlanShown[] {
  return organizations.flatMap((each) => {
    if (each.plan === null || each.apply !== null) return [];
    return [{ result: each, ...partOf(each.plan) }];
  });
}

const driftCounter =
  ({ command }: Result, { partOf = whole }: Telling) =>
  ({ plan }: OrganizationResult): number | null =>
    command === 'drift' && plan ? partOf(plan).plan.changes.length : null;
