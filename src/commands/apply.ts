import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type ApplyInput, apply as applyPlan } from '../apply/apply.ts';
import { fileRecord, type OpenRecord, runsFolder } from '../apply/record.ts';
import { refusedReport } from '../apply/report.ts';
import { unsettledFor } from '../apply/unsettled.ts';
import { codeFrame } from '../load/code-frame.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { Stop } from '../model/problem.ts';
import type { Provider } from '../providers/contract.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { header } from '../render/header.ts';
import { limitTexts, planText } from '../render/plan-text.ts';
import { printable } from '../render/printable.ts';
import { reportText } from '../render/report-text.ts';
import { counted } from '../render/summary-text.ts';
import { actorOf } from './actor.ts';
import { type AllowOptions, allowedBy } from './allowances.ts';
import { askApproval, demandTerminal } from './approval.ts';
import type { CommonOptions } from './common-options.ts';
import { readConfiguration } from './configuration.ts';
import { withProvider } from './connect.ts';
import { type ExitCode, exitCodeOfReport } from './exit-code.ts';
import { refuseLinkedFolder } from './own-folder.ts';
import { planView } from './plan-view.ts';
import { showWriting } from './progress.ts';
import { orRefused, refuse } from './refused.ts';
import { openSavedPlan } from './saved-plan.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

export interface ApplyOptions extends CommonOptions, AllowOptions {
  readonly autoApprove?: true;
  readonly target?: readonly string[];
  readonly settle: number;
  readonly showAll?: true;
}

/** An approved plan and where it is recorded. */
interface Approved {
  readonly input: ApplyInput;
  readonly root: string;
  readonly gitCommit: string | null;
}

/** Applies a saved plan, or plans, asks and applies. */
export function apply(file: string | undefined, options: ApplyOptions, shell: Shell): Promise<ExitCode> {
  return file === undefined ? applyConfiguration(options, shell) : applySaved(file, options, shell);
}

async function applyConfiguration(options: ApplyOptions, shell: Shell): Promise<ExitCode> {
  if (options.autoApprove !== true) demandTerminal(shell.edge);
  const configuration = await readConfiguration(options, shell);
  const { desired, dirty, git_commit: gitCommit, root } = configuration;
  return withProvider(desired, root, options, shell, async (provider) => {
    const asks = options.autoApprove !== true;
    // With --json the plan that is to be approved can only stand on stderr.
    const show = (text: string): unknown =>
      shell.json && asks ? shell.edge.stderr.write(text) : shell.say(text);
    show(header(provider.account, shell.paint));
    await letSettle(root, options, provider, shell);
    const production = desired.environment === 'production' ? { dirty } : null;
    const look = { target: options.target ?? [], allowed: allowedBy(options), production };
    const { plan, refused } = await surveyOrganization(configuration, look, provider, shell);
    const shown = {
      limitPerSecond: provider.traffic().limitPerSecond,
      ...(options.showAll ? { showAll: true as const } : {}),
    };
    show(planText(plan, planView(shell, shown, shell.paint)));
    if (refused) {
      const reasons = plan.warnings.filter(({ severity }) => severity === 'error');
      shell.sayJson(refusedReport(plan, reasons, provider.traffic().requests));
      return 4;
    }
    return orRefused(plan, requestsOf(provider), shell, async () => {
      if (asks && plan.changes.length > 0)
        await askApproval(shell.edge, questionOf(provider, plan.changes.length), shell.interrupt.stop);
      return carryOut({ input: { plan, desired, production }, root, gitCommit }, options, provider, shell);
    });
  });
}

async function applySaved(file: string, options: ApplyOptions, shell: Shell): Promise<ExitCode> {
  const { gitCommit, outdated, plan, production, root } = await openSavedPlan(file, options, shell);
  if (outdated) return refuse(plan, new Stop(4, [outdated]), 0, shell);
  return withProvider(plan, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    shell.say(
      `\n${counted(plan.changes.length, 'change')} of the plan ${printable(file)}, made ${printable(plan.created_at)}.\n`,
    );
    shell.say(limitTexts(plan, shell.paint).join(''));
    await letSettle(root, options, provider, shell);
    const approved = { input: { plan, desired: null, production }, root, gitCommit };
    return orRefused(plan, requestsOf(provider), shell, () => carryOut(approved, options, provider, shell));
  });
}

/** The local environment's own lists never lag. */
async function letSettle(
  root: string,
  options: ApplyOptions,
  provider: Provider,
  shell: Shell,
): Promise<void> {
  const { apiUrl, organization } = provider.account;
  if (apiUrl === 'local') return;
  const whose = { organization, api_url: apiUrl };
  const milliseconds = unsettledFor(runsFolder(root), whose, options.settle, shell.edge.now());
  if (milliseconds === 0) return;
  shell.note(
    `An earlier run here was stopped, or could not prove what it wrote, less than a minute ago: waiting ${Math.ceil(milliseconds / 100) / 10} s for the lists.\n`,
  );
  await provider.wait(milliseconds);
}

const questionOf = ({ account }: Provider, changes: number): string =>
  `Make ${changes === 1 ? 'this change' : `these ${changes} changes`} in ${printable(account.organization.name ?? account.organization.id)} (${account.environment})?`;

const requestsOf = (provider: Provider) => (): number => provider.traffic().requests;

async function carryOut(
  approved: Approved,
  options: ApplyOptions,
  provider: Provider,
  shell: Shell,
): Promise<ExitCode> {
  const { edge, interrupt } = shell;
  const { plan } = approved.input;
  await refuseLinkedFolder(approved.root);
  const open = fileRecord({
    folder: runsFolder(approved.root),
    actor: actorOf(edge.variables),
    host: hostname(),
    gitCommit: approved.gitCommit,
    version: edge.version,
    now: edge.now,
    suffix: randomBytes(3).toString('hex'),
  });
  const report = await showWriting(shell, plan, (notify) =>
    applyPlan(approved.input, {
      provider,
      now: edge.now,
      sleep: (milliseconds) => provider.wait(milliseconds),
      settleSeconds: options.settle,
      concurrency: options.concurrency ?? 30,
      stop: interrupt.stop,
      record: noticing(open, interrupt.writing),
      notify,
    }),
  );
  tell(report, plan, shell);
  return exitCodeOfReport(report, interrupt.stop.aborted);
}

/** A write is under way once it is in the record: what cannot be recorded is not sent. */
function noticing(open: OpenRecord, writing: () => void): OpenRecord {
  return (plan) => {
    const record = open(plan);
    return {
      ...record,
      write: (lines) => {
        record.write(lines);
        if (lines.some(({ type }) => type === 'write')) writing();
      },
    };
  };
}

function tell(report: ApplyReport, { changes }: Plan, shell: Shell): void {
  shell.sayJson(report);
  shell.say(
    reportText(report, { changes, kinds, paint: shell.paint, linesOf: shell.linesOf, frame: codeFrame }),
  );
}
