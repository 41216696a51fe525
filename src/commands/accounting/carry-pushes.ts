import { followPushes } from '../../accounting/follow-pushes.ts';
import { type PushOutcome, pushAgain, settled } from '../../accounting/push-again.ts';
import { remedyOf } from '../../accounting/remedy.ts';
import { errorProblem, type Problem, Stop } from '../../model/problem.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { countsText, pushLine, pushSummary, type ShownPush } from '../../render/push-text.ts';
import { numberText } from '../../render/summary-text.ts';
import type { ExitCode } from '../exit-code.ts';
import { isLively, showTitle } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { tellProblems } from './not-done.ts';
import { documentOf } from './told-document.ts';
import { waitFor } from './wait-for.ts';

/** Pushes records, with `seconds` follows them until each has an outcome, and tells what they came to. */
export async function carryPushes(
  records: readonly SyncedRecord[],
  seconds: number | null,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<ExitCode> {
  const outcomes = new Map<string, PushOutcome>();
  const reporter = reporterOf(shell);
  // What is followed has its line once its outcome is known.
  const learned = (each: PushOutcome): void => {
    outcomes.set(each.record.id, each);
    if (seconds === null || each.outcome !== 'pushed') reporter.line(each);
  };
  shell.interrupt.writing();
  shell.say('\n');
  await pushAll(records, learned, provider, shell);
  let waited = 0;
  let broken: Stop | null = null;
  const pending = [...outcomes.values()].filter(({ outcome }) => outcome === 'pushed');
  if (seconds !== null && pending.length > 0) {
    const begun = shell.edge.now().getTime();
    try {
      await follow(
        pending.map(({ record }) => record),
        seconds,
        learned,
        provider,
        shell,
      );
    } catch (thrown) {
      // What is known is told all the same.
      if (!(thrown instanceof Stop)) throw thrown;
      broken = thrown;
    }
    waited = (shell.edge.now().getTime() - begun) / 1000;
    for (const each of outcomes.values()) if (each.outcome === 'pushed') reporter.line(each);
  }
  const ordered = records.flatMap(({ id }) => outcomes.get(id) ?? []);
  reporter.end();
  return conclude(ordered, { seconds, waited, broken }, provider, shell);
}

/** Lines as they become known; where a line moves on the terminal, all of them after it. */
function reporterOf(shell: Shell) {
  const lively = isLively(shell);
  const kept: string[] = [];
  return {
    line: (each: PushOutcome): void => {
      const text = pushLine(shownOf(each), shell.paint);
      if (lively) kept.push(text);
      else shell.say(text);
    },
    end: (): void => {
      for (const text of kept) shell.say(text);
    },
  };
}

async function pushAll(
  records: readonly SyncedRecord[],
  learned: (outcome: PushOutcome) => void,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<void> {
  let done = 0;
  const title = (): string =>
    `Pushing again ${numberText(done)}/${numberText(records.length)}${shell.interrupt.stop.aborted ? ' · stopping' : ''}`;
  await showTitle(shell, title, () =>
    pushAgain(records, {
      accounting: provider.accounting,
      now: () => shell.edge.now().getTime(),
      wait: (milliseconds) => provider.wait(milliseconds),
      stop: shell.interrupt.stop,
      notify: (outcome) => {
        done += 1;
        learned(outcome);
      },
    }),
  );
}

/** Milliseconds between two looks for each list that a look reads. */
const perList = 250;

async function follow(
  pushed: readonly SyncedRecord[],
  seconds: number,
  learned: (outcome: PushOutcome) => void,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<void> {
  const followed = followPushes(pushed, provider.accounting, (record) => learned(settled(record)));
  await waitFor(
    {
      title: 'Waiting for the outcomes',
      told: (left) => `${numberText(left)} of ${numberText(pushed.length)} pending`,
      look: followed.look,
      enough: (left) => left === 0,
      seconds,
      longestPause: Math.max(5000, followed.lists() * perList),
      goesOn: 'What was pushed goes on over there: ledgerform records list shows what became of it.',
    },
    provider,
    shell,
  );
}

const shownOf = ({ outcome, problem, record }: PushOutcome): ShownPush => ({
  outcome,
  record,
  why: problem?.message ?? null,
  remedy: outcome === 'failed' ? remedyOf(record) : null,
});

interface Ending {
  readonly seconds: number | null;
  readonly waited: number;
  readonly broken: Stop | null;
}

function conclude(
  outcomes: readonly PushOutcome[],
  { broken, seconds, waited }: Ending,
  provider: ConnectedProvider,
  shell: Shell,
): ExitCode {
  const stopped = shell.interrupt.stop.aborted;
  const problems = [...(stopped ? [] : (broken?.problems ?? [])), ...problemsOf(outcomes, seconds, shell)];
  const shown = outcomes.map(shownOf);
  shell.sayJson(
    documentOf(provider, {
      outcomes: outcomes.map(({ outcome, problem, record }, at) => ({
        id: record.id,
        object_type: record.object_type,
        object_id: record.object_id,
        outcome: outcome === 'pushed' ? 'pending' : outcome,
        errors: outcome === 'failed' ? record.errors : [],
        remedy: shown[at]?.remedy ?? null,
        problem,
      })),
      summary: summaryOf(outcomes),
      waited_seconds: Math.round(waited * 10) / 10,
      problems,
    }),
  );
  shell.say(pushSummary(shown));
  if (problems.length > 0) tellProblems(problems, shell);
  if (problems.length === 0) return 0;
  if (stopped) return 130;
  return outcomes.every(({ outcome }) => outcome === 'refused' || outcome === 'skipped') ? 1 : 5;
}

function summaryOf(outcomes: readonly PushOutcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {
    done: 0,
    pending: 0,
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
  seconds: number | null,
  shell: Shell,
): readonly Problem[] {
  const bad = outcomes.filter(({ outcome }) => outcome !== 'done' && outcome !== 'pushed');
  const pending = outcomes.filter(({ outcome }) => outcome === 'pushed');
  const looked = 'ledgerform records list shows what became of them.';
  if (shell.interrupt.stop.aborted && (bad.length > 0 || (seconds !== null && pending.length > 0)))
    return [errorProblem('INTERRUPTED', `Interrupted; ${countsText(outcomes)}.`, { hint: looked })];
  if (bad.length > 0)
    return [
      errorProblem('PUSH_FAILED', `Not all is pushed; ${countsText(outcomes)}.`, {
        hint: bad.some(({ outcome }) => outcome === 'unknown')
          ? `What is unknown may have been pushed: ${looked}`
          : 'Mend the cause, then push them again: ledgerform records retry --failed --wait.',
      }),
    ];
  if (seconds === null || pending.length === 0) return [];
  return [
    errorProblem('WAIT_OVER', `After ${seconds} s not all has an outcome; ${countsText(outcomes)}.`, {
      hint: `They go on over there. Wait longer with --wait SECONDS; ${looked}`,
    }),
  ];
}
