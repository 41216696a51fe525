import { instantOf } from '../model/instant.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { SyncedRecord } from '../model/synced-record.ts';
import type { AccountingSystem } from '../providers/accounting-contract.ts';
import { ReadFailed } from '../providers/contract.ts';
import { awaitChange } from './await-change.ts';

/*
 * A push is sent once: the service may have taken it although its answer was lost, and two pushes could make two documents.
 * So each record is read again right before its push: a list grows old while many are pushed, and another run may have been
 * faster. Between that look and the push a moment stays, which no request of this API can close. What became of a push is
 * told from a record that has changed since, never from one that is as it was: copies of it may lag behind.
 */

/**
 * What became of one record that was to be pushed again. `pushed`: it was taken, and its outcome is still to come.
 * `overtaken`: it was pushed by somebody else meanwhile, and not again.
 */
export interface PushOutcome {
  readonly outcome: 'done' | 'pushed' | 'overtaken' | 'failed' | 'refused' | 'unknown' | 'skipped';
  /** As it was seen last. */
  readonly record: SyncedRecord;
  /** Why it was refused or not tried, or why nobody knows. */
  readonly problem: Problem | null;
}

/** The world that pushes go through. */
export interface Pushing {
  readonly accounting: AccountingSystem;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From here on nothing more is pushed. */
  readonly stop: AbortSignal;
  /** A record was read again, and is about to be pushed. */
  readonly looked: () => void;
  readonly notify: (outcome: PushOutcome) => void;
}

/** Requests for each record: the look and the push. */
export const requestsEach = 2;

/** Pushes under way at the same time; the provider paces the requests. */
const atOnce = 30;
/** Seconds for which a record is looked at after an answer that proves nothing. */
const settleSeconds = 2;

/** Pushes each record once, and tells what became of it at once. After an end of the run nothing more is pushed. */
export async function pushAgain(
  records: readonly SyncedRecord[],
  pushing: Pushing,
): Promise<readonly PushOutcome[]> {
  const outcomes: PushOutcome[] = [];
  const left = records.entries();
  let ended = false;
  const work = async (): Promise<void> => {
    for (const [place, record] of left) {
      const over = ended || pushing.stop.aborted;
      const pushed = over ? null : await pushUnlessOvertaken(record, pushing);
      if (pushed?.endsRun) ended = true;
      const outcome = pushed?.outcome ?? { outcome: 'skipped', record, problem: null };
      outcomes[place] = outcome;
      pushing.notify(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, records.length) }, work));
  return outcomes;
}

interface Pushed {
  readonly outcome: PushOutcome;
  readonly endsRun: boolean;
}

async function pushUnlessOvertaken(chosen: SyncedRecord, pushing: Pushing): Promise<Pushed> {
  const { accounting, looked, stop } = pushing;
  try {
    const record = await accounting.record(chosen.id);
    looked();
    if (record.sync_status !== 'error' && record.sync_status !== chosen.sync_status)
      return { outcome: { outcome: 'overtaken', record, problem: null }, endsRun: false };
    if (stop.aborted) return { outcome: { outcome: 'skipped', record, problem: null }, endsRun: false };
    return await push(isLater(chosen, record) ? chosen : record, pushing);
  } catch (thrown) {
    if (!(thrown instanceof ReadFailed)) throw thrown;
    const { endsRun, problem } = thrown.error;
    const told = stop.aborted ? null : problem;
    return { outcome: { outcome: 'skipped', record: chosen, problem: told }, endsRun };
  }
}

async function push(record: SyncedRecord, pushing: Pushing): Promise<Pushed> {
  const written = await pushing.accounting.push(record.id);
  if (written.status === 'stored') {
    const { stored } = written;
    const seen = isProof(stored, record) ? stored : await changed(record, pushing);
    return { outcome: seen ? settled(seen) : unproven(record), endsRun: false };
  }
  const { endsRun, problem } = written.error;
  if (written.status === 'refused') return { outcome: { outcome: 'refused', record, problem }, endsRun };
  const seen = endsRun ? null : await changed(record, pushing);
  return { outcome: seen ? settled(seen) : { outcome: 'unknown', record, problem }, endsRun };
}

/** The record once it has changed; null where it has not, or nobody can see whether. */
async function changed(record: SyncedRecord, pushing: Pushing): Promise<SyncedRecord | null> {
  const { accounting, now, stop, wait } = pushing;
  try {
    const { seen, status } = await awaitChange({
      look: () => accounting.record(record.id),
      enough: (seen) => hasChanged(seen, record),
      seconds: settleSeconds,
      now,
      wait,
      stop,
    });
    return status === 'enough' ? seen : null;
  } catch (thrown) {
    if (thrown instanceof ReadFailed) return null;
    throw thrown;
  }
}

/** Whether the answer to a push is about the push, and not a copy from before it. */
const isProof = (answer: SyncedRecord, before: SyncedRecord): boolean =>
  answer.sync_status === 'pending' || hasChanged(answer, before);

const hasChanged = (seen: SyncedRecord, before: SyncedRecord): boolean =>
  seen.sync_status !== before.sync_status || isLater(seen, before);

/** Whether one of two looks at a record is from after the other. */
const isLater = (seen: SyncedRecord, before: SyncedRecord): boolean =>
  seen.updated_at !== null &&
  before.updated_at !== null &&
  instantOf(seen.updated_at) > instantOf(before.updated_at);

const unproven = (record: SyncedRecord): PushOutcome => ({
  outcome: 'unknown',
  record,
  problem: errorProblem(
    'LOST_ANSWER',
    `The service accepted the push of record ${record.id}, but the record has not changed since.`,
    { hint: `ledgerform records show ${record.id} shows what became of it.` },
  ),
});

/** What a record says of its push. */
export function settled(record: SyncedRecord): PushOutcome {
  const outcome =
    record.sync_status === 'done' ? 'done' : record.sync_status === 'error' ? 'failed' : 'pushed';
  return { outcome, record, problem: null };
}

/** Whether a push, one’s own or somebody else’s, goes on over there. */
export const isUnderWay = ({ outcome, record }: PushOutcome): boolean =>
  outcome === 'pushed' || (outcome === 'overtaken' && record.sync_status !== 'done');

/** Whether a list shows the outcome of a push, and not what was before it: lists may lag behind. */
export function isNews(seen: SyncedRecord, pushed: SyncedRecord): boolean {
  if (seen.sync_status !== 'done' && seen.sync_status !== 'error') return false;
  if (seen.updated_at === null || pushed.updated_at === null) return true;
  return !(instantOf(seen.updated_at) < instantOf(pushed.updated_at));
}
