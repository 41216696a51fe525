import { isUnderWay, type PushOutcome } from '../../accounting/push-again.ts';
import type { RemediesOf } from '../../accounting/remedies-for.ts';
import { errorProblem, type Problem, type Stop } from '../../model/problem.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { countsText, pushSummary, type ShownPush } from '../../render/push-text.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { tellProblems } from './not-done.ts';
import { documentOf } from './told-document.ts';

/** An outcome as it is shown. */
export const shownOf = ({ outcome, problem, record }: PushOutcome, remediesOf: RemediesOf): ShownPush => ({
  outcome,
  record,
  why: problem?.message ?? null,
  remedies: outcome === 'failed' ? remediesOf(record) : [],
});

/** How the pushing and the waiting ended. */
export interface Ending {
  readonly seconds: number | null;
  readonly waited: number;
  /** What pushes the same again. */
  readonly again: string;
  readonly broken: Stop | null;
}

/** Tells what became of all, with the reason where that is no success, and answers the exit code. */
export function concludePushes(
  outcomes: readonly PushOutcome[],
  shown: readonly ShownPush[],
  { again, broken, seconds, waited }: Ending,
  provider: ConnectedProvider,
  shell: Shell,
): ExitCode {
  const stopped = shell.interrupt.stop.aborted;
  const problems = [
    ...(stopped ? [] : (broken?.problems ?? [])),
    ...problemsOf(outcomes, { again, seconds }, shell),
  ];
  shell.sayJson(
    documentOf(provider, {
      outcomes: outcomes.map(({ outcome, problem, record }, at) => ({
        id: record.id,
        object_type: record.object_type,
        object_id: record.object_id,
        outcome: outcome === 'pushed' ? 'pending' : outcome,
        errors: outcome === 'failed' ? record.errors : [],
        remedies: shown[at]?.remedies ?? [],
        problem,
      })),
      summary: summaryOf(outcomes),
      waited_seconds: Math.round(waited * 10) / 10,
      problems: problems.map(shell.aim),
    }),
  );
  shell.say(pushSummary(shown));
  if (seconds === null && outcomes.some(isUnderWay))
    shell.say(
      'They go on over there: ledgerform records list --status pending shows what is left, and --wait waits for it.\n',
    );
  if (problems.length > 0) tellProblems(problems, shell);
  if (problems.length === 0) return 0;
  if (stopped) return 130;
  return outcomes.every(({ outcome }) => notWritten.has(outcome)) ? 1 : 5;
}

const notWritten: ReadonlySet<string> = new Set(['refused', 'skipped', 'overtaken']);

function summaryOf(outcomes: readonly PushOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {
    done: 0,
    pending: 0,
    overtaken: 0,
    failed: 0,
    refused: 0,
    unknown: 0,
    skipped: 0,
  };
  for (const { outcome } of outcomes) {
    const name = outcome === 'pushed' ? 'pending' : outcome;
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Why this is no success, in one sentence. */
function problemsOf(
  outcomes: readonly PushOutcome[],
  { again, seconds }: Pick<Ending, 'again' | 'seconds'>,
  shell: Shell,
): readonly Problem[] {
  const good: ReadonlySet<string> = new Set(['done', 'pushed', 'overtaken']);
  const bad = outcomes.filter(({ outcome }) => !good.has(outcome));
  const pending = outcomes.filter(isUnderWay);
  const looked = 'ledgerform records list shows what became of them.';
  if (shell.interrupt.stop.aborted && (bad.length > 0 || (seconds !== null && pending.length > 0)))
    return [errorProblem('INTERRUPTED', `Interrupted; ${countsText(outcomes)}.`, { hint: looked })];
  if (bad.length > 0)
    return [
      errorProblem('PUSH_FAILED', `Not all is pushed; ${countsText(outcomes)}.`, {
        hint: bad.some(({ outcome }) => outcome === 'unknown')
          ? `What is unknown may have been pushed: ${looked}`
          : `Mend the cause, then push them again: ${again}.`,
      }),
    ];
  if (seconds === null || pending.length === 0) return [];
  return [
    errorProblem('WAIT_OVER', `After ${seconds} s not all has an outcome; ${countsText(outcomes)}.`, {
      hint: `They go on over there. Wait longer with --wait SECONDS; ${looked}`,
    }),
  ];
}
