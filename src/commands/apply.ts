import { Stop } from '../model/problem.ts';
import { approvalText } from '../render/approval-text.ts';
import { header } from '../render/header.ts';
import { limitTexts, planText } from '../render/plan-text.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
import { type AllowOptions, allowedBy } from './allowances.ts';
import { noteRecorded } from './applied.ts';
import { demandTerminal } from './approval.ts';
import type { BaseOptions } from './base.ts';
import { carryOutApproved, letSettle, requestsOf, sayOrShow, tellCarried } from './carry-out.ts';
import { carrySurveyed } from './carry-surveyed.ts';
import { readConfiguration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import type { ManyOptions } from './many/fleet.ts';
import { isMany, refuseChoosing } from './many/is-many.ts';
import type { Wave } from './many/waves.ts';
import { oneResult } from './one-result.ts';
import { planView } from './plan-view.ts';
import { recorderOf, recorderOfPlan } from './recorder-for.ts';
import { orRefused, refuse } from './refused.ts';
import { openSavedPlan } from './saved-plan.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

export interface ApplyOptions extends ManyOptions, AllowOptions, BaseOptions {
  readonly waves?: readonly Wave[];
  readonly record?: true;
  readonly autoApprove?: true;
  readonly target?: readonly string[];
  readonly impact?: true;
  readonly settle: number;
  readonly showAll?: true;
}

/** Applies a saved plan or a folder of them, or plans, asks and applies. */
export async function apply(
  file: string | undefined,
  options: ApplyOptions,
  shell: Shell,
): Promise<ExitCode> {
  if (file === undefined) {
    if (!isMany(options, shell.edge.cwd)) return applyConfiguration(options, shell);
    return (await import('./many/apply-fleet.ts')).applyFleet(options, shell);
  }
  const { plansIn } = await import('./many/plan-folder.ts');
  const files = await plansIn(file, shell);
  if (files !== null) return (await import('./many/apply-plans.ts')).applyPlans(files, options, shell);
  refuseChoosing(options);
  return applySaved(file, options, shell);
}

async function applyConfiguration(options: ApplyOptions, shell: Shell): Promise<ExitCode> {
  if (options.autoApprove !== true) demandTerminal(shell.edge);
  // What has left the file since it was last recorded must not be lost.
  const base = options.record ? { impliedBase: 'if known' as const } : {};
  const configuration = await readConfiguration(options, shell, base);
  const { desired, dirty, git_commit: gitCommit, root, warnings } = configuration;
  shell.concerning(subjectOf(configuration));
  const recorder = options.record ? await recorderOf(configuration, options, shell) : null;
  if (!recorder && desired.environment !== 'local')
    await noteRecorded(
      { organization: desired.organization.id, root },
      'This apply is not: --record keeps it, and holds the file against it first.',
      shell,
    );
  return withProvider(desired, root, options, shell, async (provider) => {
    const subject = subjectOf(configuration, provider.account.apiUrl);
    shell.concerning(subject);
    const asks = options.autoApprove !== true;
    const show = sayOrShow(asks, shell);
    await show(header(provider.account, shell.paint));
    await letSettle(root, options, provider, shell);
    const production = desired.environment === 'production' ? { dirty } : null;
    const impact = options.impact === true;
    const look = { target: options.target ?? [], allowed: allowedBy(options), production, impact };
    const { plan, refused } = await surveyOrganization(configuration, look, provider, shell);
    const shown = {
      limitPerSecond: provider.traffic().limitPerSecond,
      ...(options.showAll ? { showAll: true as const } : {}),
    };
    const isRead = await show(planText(plan, planView(shell, shown, shell.paint)));
    const again = isRead ? approvalText(plan, planView(shell, shown, shell.notePaint)) : null;
    const approved = { input: { plan, desired, production }, root, gitCommit, recorder };
    const toCarry = { command: 'apply', subject, approved, refused, asks, again, warnings } as const;
    return carrySurveyed(toCarry, options, provider, shell);
  });
}

async function applySaved(file: string, options: ApplyOptions, shell: Shell): Promise<ExitCode> {
  const { files, gitCommit, outdated, plan, production, root } = await openSavedPlan(file, options, shell);
  const { api_url, environment, organization } = plan;
  const subject = { path: file, organization, environment, api_url };
  shell.concerning(subject);
  if (outdated) return refuse(plan, new Stop(4, [outdated]), 0, 'apply', subject, shell);
  const recorder = options.record ? await recorderOfPlan(plan, root, files, options, shell) : null;
  return withProvider(plan, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    shell.say(
      `\n${counted(plan.changes.length, 'change')} of the plan ${printable(file)}, made ${printable(plan.created_at)}.\n`,
    );
    shell.say(limitTexts(plan, shell.paint).join(''));
    await letSettle(root, options, provider, shell);
    const approved = { input: { plan, desired: null, production }, root, gitCommit, recorder };
    return orRefused(plan, requestsOf(provider), 'apply', subject, shell, async () => {
      const carried = await carryOutApproved(approved, options, provider, shell);
      const exitCode = tellCarried(plan, carried, shell);
      await shell.tell(oneResult('apply', subject, exitCode, { plan, apply: carried.report }));
      return exitCode;
    });
  });
}
