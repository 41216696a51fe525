import { instantOf } from '../model/instant.ts';
import type { Problem } from '../model/problem.ts';
import type { SyncedRecord } from '../model/synced-record.ts';
import type { AccountingSystem } from '../providers/accounting-contract.ts';
import { ReadFailed } from '../providers/contract.ts';
import { awaitChange } from './await-change.ts';

/*
 * A push is sent once: the service may have taken it although its answer was lost, and two pushes could make two documents.
 * After a lost answer the record is looked at; only a record that has changed since proves that the push arrived.
 */

/** What became of one record that was to be pushed again. `pushed`: it was taken, and its outcome is still to come. */
export interface PushOutcome {
  readonly outcome: 'done' | 'pushed' | 'failed' | 'refused' | 'unknown' | 'skipped';
  /** As it was seen last. */
  readonly record: SyncedRecord;
  /** Why it was refused, or why nobody knows. */
  readonly problem: Problem | null;
}

/** The world that pushes go through. */
export interface Pushing {
  readonly accounting: AccountingSystem;
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** From here on nothing more is pushed. */
  readonly stop: AbortSignal;
  readonly notify: (outcome: PushOutcome) => void;
}

/** Pushes under way at the same time; the provider paces the requests. */
const atOnce = 30;
/** Seconds for which a record is looked at after a lost answer. */
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
      const pushed = over ? null : await push(record, pushing);
      if (pushed?.endsRun) ended = true;
      const outcome = pushed?.outcome ?? { outcome: 'skipped', record, problem: null };
      outcomes[place] = outcome;
      pushing.notify(outcome);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, records.length) }, work));
  return outcomes;
}

async function push(
  record: SyncedRecord,
  pushing: Pushing,
): Promise<{ readonly outcome: PushOutcome; readonly endsRun: boolean }> {
  const written = await pushing.accounting.push(record.id);
  if (written.status === 'stored') return { outcome: settled(written.stored), endsRun: false };
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
      enough: (seen) => seen.sync_status !== record.sync_status || seen.updated_at !== record.updated_at,
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

/** What a record says of its push. */
export function settled(record: SyncedRecord): PushOutcome {
  const outcome =
    record.sync_status === 'done' ? 'done' : record.sync_status === 'error' ? 'failed' : 'pushed';
  return { outcome, record, problem: null };
}

/** Whether a list shows the outcome of a push, and not what was before it: lists may lag behind. */
export function isNews(seen: SyncedRecord, pushed: SyncedRecord): boolean {
  if (seen.sync_status !== 'done' && seen.sync_status !== 'error') return false;
  if (seen.updated_at === null || pushed.updated_at === null) return true;
  return !(instantOf(seen.updated_at) < instantOf(pushed.updated_at));
}
