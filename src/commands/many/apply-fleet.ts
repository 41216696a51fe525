import { refusedReport } from '../../apply/report.ts';
import type { OrganizationResult } from '../../model/result.ts';
import { leftToPerson } from '../../plan/left-to-person.ts';
import { approvalText } from '../../render/approval-text.ts';
import { printable } from '../../render/printable.ts';
import { counted } from '../../render/summary-text.ts';
import { allowedBy } from '../allowances.ts';
import type { ApplyOptions } from '../apply.ts';
import { askApproval, demandTerminal } from '../approval.ts';
import { letSettle, sayOrShow } from '../carry-out.ts';
import { type ExitCode, exitCodeOfPlan } from '../exit-code.ts';
import { planView } from '../plan-view.ts';
import type { Recorder } from '../record-applied.ts';
import { recorderOf } from '../recorder-for.ts';
import type { Shell } from '../shell.ts';
import type { Look } from '../survey-organization.ts';
import { applyInTurn, isTurn, type Ready, type Turn } from './apply-ready.ts';
import { type BaseWanted, configurations, isMember, loadFleet, type Member } from './fleet.ts';
import { resultOf } from './outcome.ts';
import { type Reached, withPool } from './pool.ts';
import { noRecordings } from './recorded-lines.ts';
import { type Surveyed, surveyFleet, wasSurveyed } from './survey-fleet.ts';
import { tellApplied } from './tell-applied.ts';
import { fleetResult, planTexts } from './tell-fleet.ts';

/** Everything that is planned, or only what undoes drift. */
export type Undertaking = 'apply' | 'repair';

/** Plans many organizations, shows it, asks once, and applies them, each with a run record of its own. */
export async function applyFleet(
  options: ApplyOptions,
  shell: Shell,
  what: Undertaking = 'apply',
): Promise<ExitCode> {
  const asks = options.autoApprove !== true;
  if (asks) demandTerminal(shell.edge);
  const base = baseOf(options, what);
  const fleet = await loadFleet(options, shell, configurations(shell, base));
  const recorders = new Map<Member, Recorder>();
  const recordings = noRecordings();
  const before = async (member: Member, { provider }: Reached, own: Shell): Promise<void> => {
    const noting = { ...own, note: (text: string) => recordings.notes.push(text) };
    if (options.record) recorders.set(member, await recorderOf(member.configuration, options, noting));
    await letSettle(member.configuration.root, options, provider, own);
  };
  return withPool(options, shell, async (pool) => {
    const surveyed = await surveyFleet(fleet, lookAt(options, what), pool, shell, before);
    const telling = { ...options, limitPerSecond: pool.traffic().limitPerSecond };
    const plans = fleetResult('plan', surveyed.map(planned));
    const isRead = await sayOrShow(
      asks,
      shell,
    )(({ columns }) => planTexts(plans, telling, shell, shell.paint, columns));
    const open = surveyed.filter(wasSurveyed).filter(({ found }) => !found.refused);
    if (asks) await ask(open, isRead, shell);
    // What could not even be loaded takes no part.
    const unloaded = new Set(fleet.filter((each) => !isMember(each)));
    const turns = surveyed.map((each): Turn | OrganizationResult => {
      if (!wasSurveyed(each)) return unloaded.has(each) ? each : { settled: each };
      if (each.found.refused) return { settled: refused(each) };
      return approve(each, what, recorders.get(each.member) ?? null);
    });
    const results = await applyInTurn(turns, options, pool, shell, recordings);
    const organizations = results.map((result, at) => {
      const each = surveyed[at];
      return what === 'repair' && each && wasSurveyed(each) ? andLeft(result, each) : result;
    });
    const command = what === 'repair' ? 'drift' : 'apply';
    // Of these the plans have said everything.
    const told = new Set(
      turns.flatMap((each) => (!isTurn(each) ? each : 'settled' in each ? each.settled : [])),
    );
    const applying = { ...options, of: 'configuration', told } as const;
    return tellApplied(fleetResult(command, organizations), recordings, applying, shell);
  });
}

/** What is to be recorded is held against what was recorded before: what has left the files since must not be lost. */
function baseOf({ record }: ApplyOptions, what: Undertaking): BaseWanted {
  if (what === 'repair') return { impliedBase: 'if recorded', demandedBy: '--repair' };
  return record ? { impliedBase: 'if known' } : {};
}

const lookAt =
  (options: ApplyOptions, what: Undertaking) =>
  ({ configuration }: Member): Look => ({
    ...(what === 'repair' ? { only: 'drift' as const } : {}),
    target: options.target ?? [],
    allowed: allowedBy(options),
    impact: options.impact === true,
    production: productionOf(configuration),
  });

const productionOf = ({ desired, dirty }: Member['configuration']) =>
  desired.environment === 'production' ? { dirty } : null;

function planned(each: Surveyed | OrganizationResult): OrganizationResult {
  if (!wasSurveyed(each)) return each;
  const { plan, refused } = each.found;
  const { member } = each;
  return resultOf(member, exitCodeOfPlan(plan, refused, false), {
    api_url: plan.api_url,
    plan,
    problems: member.warnings,
  });
}

function approve(
  { found, member, reached, shell }: Surveyed,
  what: Undertaking,
  recorder: Recorder | null,
): Ready {
  const { configuration, environment, organization, path, show, warnings } = member;
  const { git_commit: gitCommit, root } = configuration;
  // Proven is what was repaired: configuration that is not applied yet is none of it.
  const desired = what === 'repair' ? null : configuration.desired;
  const input = { plan: found.plan, desired, production: productionOf(configuration) };
  const approved = { input, root, gitCommit, recorder };
  const whose = { path, organization, environment, ...(show ? { show } : {}) };
  return { ...whose, approved, reached, shell, warnings };
}

function refused({ found: { plan }, member, reached }: Surveyed): OrganizationResult {
  const reasons = plan.warnings.filter(({ severity }) => severity === 'error');
  const report = refusedReport(plan, reasons, reached.provider.traffic().requests);
  return resultOf(member, 4, { api_url: plan.api_url, plan, apply: report, problems: member.warnings });
}

/** A repair that is done leaves to a person what it may not decide. */
function andLeft(result: OrganizationResult, { found }: Surveyed): OrganizationResult {
  const left = leftToPerson(found.others);
  if (left.length === 0 || result.apply === null) return result;
  const apply = { ...result.apply, problems: [...result.apply.problems, ...left] };
  return { ...result, apply, exit_code: result.exit_code === 0 ? 2 : result.exit_code };
}

/** Asks once for all of them, where anything is to be changed. */
async function ask(ready: readonly Surveyed[], isRead: boolean, shell: Shell): Promise<void> {
  const changing = ready.filter(({ found }) => found.plan.changes.length > 0);
  const changes = changing.reduce((sum, { found }) => sum + found.plan.changes.length, 0);
  // Who has interrupted the run is asked nothing more.
  if (changes === 0 || shell.interrupt.stop.aborted) return;
  const environments = [...new Set(changing.map(({ member }) => member.environment))].join(', ');
  const question = `Make ${changes === 1 ? 'this change' : `these ${counted(changes, 'change')}`} in ${counted(changing.length, 'organization')} (${environments})?`;
  await askApproval(shell, question, isRead ? againText(changing, shell) : null);
}

/** What of each plan must stand above the question. */
function againText(changing: readonly Surveyed[], shell: Shell): string {
  const view = planView(shell, { limitPerSecond: null }, shell.notePaint);
  return changing
    .map(({ found, member }) => `\n${printable(member.path)}\n${approvalText(found.plan, view)}`)
    .join('');
}
