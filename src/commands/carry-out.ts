import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type ApplyInput, apply as applyPlan } from '../apply/apply.ts';
import { letSettle as untilSettled } from '../apply/let-settle.ts';
import { fileRecord, type OpenRecord, runsFolder } from '../apply/record.ts';
import { codeFrame } from '../load/code-frame.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import type { Provider } from '../providers/contract.ts';
import { kinds } from '../providers/tesouro/kinds/index.gen.ts';
import { printable } from '../render/printable.ts';
import { reportText } from '../render/report-text.ts';
import { numberText } from '../render/summary-text.ts';
import { actorOf } from './actor.ts';
import type { CommonOptions } from './common-options.ts';
import { type ExitCode, exitCodeOfReport } from './exit-code.ts';
import { refuseLinkedFolder } from './own-folder.ts';
import { showWriting } from './progress.ts';
import type { Recorder } from './record-applied.ts';
import { roomIn, type Said, saidIn, writeFitted } from './room.ts';
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

/** Waits after a run that could not prove what it wrote, and says so. */
export const letSettle = (
  root: string,
  options: WritingOptions,
  provider: Provider,
  shell: Shell,
): Promise<void> =>
  untilSettled(runsFolder(root), options.settle, shell.edge.now(), provider, (milliseconds) =>
    shell.note(
      `An earlier run here was stopped, or could not prove what it wrote, less than a minute ago: waiting ${Math.ceil(milliseconds / 100) / 10} s for the lists.\n`,
    ),
  );

/**
 * Says a text, and where stdout is for something else but people are asked, shows it on stderr: they approve what they see.
 * Answers whether it was read in a pager, and so may have left the screen.
 */
export const sayOrShow =
  (asks: boolean, shell: Shell) =>
  async (said: Said): Promise<boolean> => {
    // Where nobody is asked, nobody has to sit there.
    const isRead = asks ? await shell.show(said) : false;
    if (!asks) shell.say(said);
    const { stderr, variables } = shell.edge;
    if (asks && shell.format !== 'human')
      writeFitted(stderr, variables, saidIn(said, roomIn(stderr, variables)));
    return isRead;
  };

/** What is asked before the changes of a plan are made. */
export const questionOf = ({ account }: Provider, changes: number): string =>
  `Make ${changes === 1 ? 'this change' : `these ${numberText(changes)} changes`} in ${printable(account.organization.name ?? account.organization.id)} (${account.environment})?`;

/** How many requests a provider has sent so far. */
export const requestsOf = (provider: Provider) => (): number => provider.traffic().requests;

/** What an apply came to. */
export interface Carried {
  readonly report: ApplyReport;
  readonly exitCode: ExitCode;
  /** What was recorded as applied; null where nothing was. */
  readonly recorded: string | null;
}

/**
 * Carries out an approved plan, while progress is shown, and keeps what was applied where that is asked for. Every write is
 * in the run record first.
 */
export async function carryOutApproved(
  approved: Approved,
  options: WritingOptions,
  provider: Provider,
  shell: Shell,
): Promise<Carried> {
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
  return recorded(report, exitCodeOfReport(report, interrupt.stop.aborted), approved.recorder);
}

/** Only what is proven is recorded; what cannot be is a failure of the run. */
async function recorded(
  report: ApplyReport,
  exitCode: ExitCode,
  recorder: Recorder | null,
): Promise<Carried> {
  if (exitCode !== 0 || !recorder) return { report, exitCode, recorded: null };
  const problem = await recorder.record();
  if (!problem) return { report, exitCode, recorded: recorder.told };
  return { report: { ...report, problems: [...report.problems, problem] }, exitCode: 5, recorded: null };
}

/** Tells what an apply came to. */
export function tellCarried(
  { changes }: Plan,
  { exitCode, recorded, report }: Carried,
  shell: Shell,
): ExitCode {
  shell.sayJson(report);
  shell.say(
    reportText(report, { changes, kinds, paint: shell.paint, linesOf: shell.linesOf, frame: codeFrame }),
  );
  if (recorded !== null) shell.note(recorded);
  return exitCode;
}

/** A write is under way once it is in the record: what cannot be recorded is not sent. */
function noticing(open: OpenRecord, writing: () => void): OpenRecord {
  return (plan) => {
    const record = open(plan);
    return {
      ...record,
      write: (lines) => {
        const kept = record.write(lines);
        if (lines.some(({ type }) => type === 'write')) writing();
        return kept;
      },
    };
  };
}
