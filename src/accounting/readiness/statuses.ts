import { instantOf } from '../../model/instant.ts';
import type { LiveConnection, LiveInvoice } from '../../model/live.ts';
import type { ObjectType, SyncedRecord } from '../../model/synced-record.ts';
import { mainConnection } from './connection-gaps.ts';
import { latestRecords } from './push-state.ts';

/*
 * What counts as still to be pushed: what is not there yet and may get there one day. A draft may. What was called off does
 * not. Only what becomes ready after the first pull is pushed; so what was paid for, is older than the connection and left
 * no record is past, and stays where it is.
 */

/** Statuses of payables that can still reach the accounting system. */
export const billStatuses: readonly string[] = [
  'draft',
  'new',
  'approve_in_progress',
  'waiting_to_be_paid',
  'partially_paid',
  'paid',
];

const lostInvoices = new Set(['canceled', 'deleted', 'declined', 'expired']);

interface Document {
  readonly id: string;
  readonly status: string;
  readonly created_at?: string | null;
}

/** Whether a document is not in the accounting system yet, and may get there one day. */
export function stillToPush(
  records: readonly SyncedRecord[],
  type: ObjectType,
  connections: readonly LiveConnection[],
): (document: Document) => boolean {
  const known = latestRecords(records, type);
  const connected = instantOf(mainConnection(connections)?.created_at ?? '');
  return ({ created_at, id, status }) => {
    const record = known.get(id);
    if (record) return record.sync_status !== 'done';
    return status !== 'paid' || !(instantOf(created_at ?? '') < connected);
  };
}

/** Whether an invoice was not called off. */
export const isAlive = ({ status }: Pick<LiveInvoice, 'status'>): boolean => !lostInvoices.has(status);
