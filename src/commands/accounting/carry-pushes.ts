import { followPushes } from '../../accounting/follow-pushes.ts';
import { type PushOutcome, pushAgain, settled } from '../../accounting/push-again.ts';
import { Stop } from '../../model/problem.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { pushLine } from '../../render/push-text.ts';
import { numberText } from '../../render/summary-text.ts';
import type { ExitCode } from '../exit-code.ts';
import { isLively, showTitle } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { concludePushes, shownOf } from './conclude-pushes.ts';
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
  return concludePushes(ordered, { seconds, waited, broken }, provider, shell);
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
