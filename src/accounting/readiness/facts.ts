import type { Desired } from '../../model/desired.ts';
import type { Kinds } from '../../model/kind.ts';
import type { Live, LiveConnection, LiveInvoice, LivePayable } from '../../model/live.ts';
import type { PushType } from '../../model/readiness.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';

/**
 * Everything that judging takes. What the types do not need was not read; of the payables only those are there that can
 * still be pushed, with their lines.
 */
export interface Facts {
  readonly kinds: Kinds;
  readonly desired: Desired;
  readonly types: readonly PushType[];
  readonly now: Date;
  readonly maxAgeMinutes: number;
  readonly connections: readonly LiveConnection[];
  readonly live: Live;
  /** Bills that are not read with their lines: how many are past, and those that were pushed. */
  readonly pastBills: number;
  readonly pushedBills: readonly LivePayable[];
  readonly invoices: readonly LiveInvoice[];
  /** Of the accounting systems that are connected. */
  readonly records: readonly SyncedRecord[];
}
