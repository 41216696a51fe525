import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type ApplyInput, apply as applyPlan } from '../apply/apply.ts';
import { fileRecord, type OpenRecord, runsFolder } from '../apply/record.ts';
import { unsettledFor } from '../apply/unsettled.ts';
import { codeFrame } from '../load/code-frame.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Provider } from '../providers/contract.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { printable } from '../render/printable.ts';
import { reportText } from '../render/report-text.ts';
import { actorOf } from './actor.ts';
import type { CommonOptions } from './common-options.ts';
import { type ExitCode, exitCodeOfReport } from './exit-code.ts';
import { refuseLinkedFolder } from './own-folder.ts';
import { showWriting } from './progress.ts';
import type { Recorder } from './record-applied.ts';
import type { Shell } from './shell.ts';

/** The options of a command that writes. */
export interface WritingOptions extends CommonOptions {
  readonly settle: number;
}

/** An approved plan and where it is recorded. */
export interface Approved {
  readonly input: ApplyInput;
  readonly root: string;
  readonly gitCommit: string | null;
  /** With `--record`. */
  readonly recorder: Recorder | null;
}

/** Waits after a run that could not prove what it wrote. The local environment's own lists never lag. */
export async function letSettle(
  root: string,
  options: WritingOptions,
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

/** What is asked before the changes of a plan are made. */
export const questionOf = ({ account }: Provider, changes: number): string =>
  `Make ${changes === 1 ? 'this change' : `these ${changes} changes`} in ${printable(account.organization.name ?? account.organization.id)} (${account.environment})?`;

/** How many requests a provider has sent so far. */
export const requestsOf = (provider: Provider) => (): number => provider.traffic().requests;

/** Makes the changes of an approved plan, keeps what was applied where that is asked for, and tells the report. */
export async function carryOut(
  approved: Approved,
  options: WritingOptions,
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
  const exitCode = exitCodeOfReport(report, interrupt.stop.aborted);
  const unrecorded = exitCode === 0 && approved.recorder ? await approved.recorder.record() : null;
  tell(unrecorded ? { ...report, problems: [...report.problems, unrecorded] } : report, plan, shell);
  if (exitCode === 0 && approved.recorder && !unrecorded) shell.note(approved.recorder.told);
  return unrecorded ? 5 : exitCode;
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
