import { followPushes } from '../../accounting/follow-pushes.ts';
import {
  isUnderWay,
  type PushOutcome,
  pushAgain,
  requestsEach,
  settled,
} from '../../accounting/push-again.ts';
import type { RemediesOf } from '../../accounting/remedies-for.ts';
import { Stop } from '../../model/problem.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { mostLines, pushGroups } from '../../render/push-groups.ts';
import { pushLine } from '../../render/push-text.ts';
import { numberText } from '../../render/summary-text.ts';
import type { ExitCode } from '../exit-code.ts';
import { startPace } from '../pace.ts';
import { isLively, showTitle } from '../progress.ts';
import type { Shell } from '../shell.ts';
import { concludePushes, shownOf } from './conclude-pushes.ts';
import { waitFor } from './wait-for.ts';

/** How pushes are followed and told. */
export interface Carrying {
  /** Null: their outcomes are not waited for. */
  readonly seconds: number | null;
  readonly remediesOf: RemediesOf;
  /** What pushes the same again. */
  readonly again: string;
}

/** Pushes records, with `seconds` follows them until each has an outcome, and tells what they came to. */
export async function carryPushes(
  records: readonly SyncedRecord[],
  { again, remediesOf, seconds }: Carrying,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<ExitCode> {
  const outcomes = new Map<string, PushOutcome>();
  const line = lineTeller(records.length, remediesOf, shell);
  // What is followed has its line once its outcome is known.
  const learned = (each: PushOutcome): void => {
    outcomes.set(each.record.id, each);
    if (seconds === null || !isUnderWay(each)) line(each);
  };
  shell.interrupt.writing();
  shell.say('\n');
  await pushAll(records, learned, provider, shell);
  const waiting = [...outcomes.values()].filter(isUnderWay).map(({ record }) => record);
  const followed =
    seconds === null || waiting.length === 0
      ? { waited: 0, broken: null }
      : await followAll(waiting, seconds, learned, provider, shell);
  if (seconds !== null) for (const each of outcomes.values()) if (isUnderWay(each)) line(each);
  const ordered = records.flatMap(({ id }) => outcomes.get(id) ?? []);
  const shown = ordered.map((each) => shownOf(each, remediesOf));
  if (isLively(shell) && records.length <= mostLines)
    for (const each of shown) shell.say(pushLine(each, shell.paint));
  if (records.length > mostLines) shell.say(pushGroups(shown, shell.paint));
  return concludePushes(ordered, shown, { seconds, again, ...followed }, provider, shell);
}

/** Tells each record as its outcome becomes known. Many are grouped at the end, as are those below a line that moves. */
function lineTeller(count: number, remediesOf: RemediesOf, shell: Shell): (outcome: PushOutcome) => void {
  if (count > mostLines || isLively(shell)) return () => {};
  return (each) => shell.say(pushLine(shownOf(each, remediesOf), shell.paint));
}

async function pushAll(
  records: readonly SyncedRecord[],
  learned: (outcome: PushOutcome) => void,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<void> {
  let done = 0;
  let looked = 0;
  const pace = startPace(shell.edge.now);
  const title = (): string => {
    const rest = shell.interrupt.stop.aborted
      ? ' · stopping'
      : pace(looked + done, records.length * requestsEach);
    return `Pushing again ${numberText(done)}/${numberText(records.length)}${rest}`;
  };
  await showTitle(shell, title, () =>
    pushAgain(records, {
      accounting: provider.accounting,
      now: () => shell.edge.now().getTime(),
      wait: (milliseconds) => provider.wait(milliseconds),
      stop: shell.interrupt.stop,
      looked: () => {
        looked += 1;
      },
      notify: (outcome) => {
        done += 1;
        learned(outcome);
      },
    }),
  );
}

/** Follows until all have an outcome or the time is over. What breaks it off is kept: what is known is told all the same. */
async function followAll(
  pushed: readonly SyncedRecord[],
  seconds: number,
  learned: (outcome: PushOutcome) => void,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<{ readonly waited: number; readonly broken: Stop | null }> {
  const begun = shell.edge.now().getTime();
  const waited = (): number => (shell.edge.now().getTime() - begun) / 1000;
  try {
    await follow(pushed, seconds, learned, provider, shell);
    return { waited: waited(), broken: null };
  } catch (thrown) {
    if (!(thrown instanceof Stop)) throw thrown;
    return { waited: waited(), broken: thrown };
  }
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
