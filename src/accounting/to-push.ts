import type { BookList } from '../model/book-document.ts';
import { instantOf } from '../model/instant.ts';
import type { LiveConnection } from '../model/live.ts';
import type { SyncedRecord } from '../model/synced-record.ts';
import { isActive } from './connection-state.ts';

/*
 * Which of our documents are to be pushed. Their status says whether they are expected in the accounting system; only what
 * becomes ready after it was connected is pushed by itself, so what is older and left no record is past.
 */

/** `unfinished`: a bill that stays a draft while something of it is missing, and moves on by itself when nothing is. */
export type Expectation = 'expected' | 'unfinished' | 'not_expected';

/**
 * What is not expected: what is not finished, or was called off. An invoice is pushed when a person issues it, and a recurring one
 * is a template. Which status of a payable triggers its push is not documented, so every later one is expected.
 */
const statuses: Readonly<Record<BookList, Readonly<Record<string, Expectation>>>> = {
  payables: {
    draft: 'unfinished',
    new: 'expected',
    approve_in_progress: 'expected',
    waiting_to_be_paid: 'expected',
    partially_paid: 'expected',
    paid: 'expected',
    canceled: 'not_expected',
    rejected: 'not_expected',
    deleted: 'not_expected',
  },
  receivables: {
    draft: 'not_expected',
    issuing: 'not_expected',
    failed: 'not_expected',
    recurring: 'not_expected',
    expired: 'not_expected',
    declined: 'not_expected',
    canceled: 'not_expected',
    deleted: 'not_expected',
  },
};

/** Whether a document with this status is expected in the accounting system; one that nobody knows is. */
export const expectationOf = (list: BookList, status: string): Expectation =>
  (Object.hasOwn(statuses[list], status) ? statuses[list][status] : null) ?? 'expected';

/** Statuses of payables that are pushed, or will be once they are finished. */
export const billStatuses: readonly string[] = Object.entries(statuses.payables).flatMap(([status, what]) =>
  what === 'not_expected' ? [] : [status],
);

/** Whether a document was called off: over there it should be void, if it is there at all. */
export const isCalledOff = ({ status }: { readonly status: string }): boolean =>
  status === 'canceled' || status === 'deleted';

/** Since when an accounting system is connected: the active connection that was pulled last; null where none is active, or none says it. */
export function connectedSince(connections: readonly LiveConnection[]): string | null {
  const active = connections.filter(isActive);
  const [last] = [...active].sort((a, b) => ((a.last_pull ?? '') < (b.last_pull ?? '') ? 1 : -1));
  return last?.created_at ?? null;
}

/**
 * Whether a document is past: made before the accounting system was connected, and without a record in it. What is still a
 * draft becomes ready later, so it is not. A time that nobody knows is not past.
 */
export function isPast(
  list: BookList,
  { created_at, status }: { readonly created_at?: string | null; readonly status: string },
  record: SyncedRecord | null,
  since: string | null,
): boolean {
  if (record !== null || expectationOf(list, status) !== 'expected') return false;
  return instantOf(created_at ?? '') < instantOf(since ?? '');
}

/** The records that tell of the accounting systems that are connected now; what says no system may be of these. */
export function recordsOfSystems(
  records: readonly SyncedRecord[],
  connections: readonly Pick<LiveConnection, 'platform' | 'status'>[],
): readonly SyncedRecord[] {
  const active = connections.filter(isActive).map(({ platform }) => systemOf(platform));
  if (active.length === 0 || active.includes(null)) return records;
  return records.filter(({ platform }) => platform === null || active.includes(systemOf(platform)));
}

/** `quickbooks`, `quickbooks_online` and its sandbox are one: connections and records may call it differently. */
function systemOf(platform: string | null): string | null {
  const text = (platform ?? '').toLowerCase().replace(/[^a-z0-9]/g, '');
  if (text === '') return null;
  return text.startsWith('quickbooks') ? 'quickbooks' : text;
}
