import type { Change, Plan } from '../model/plan.ts';
import { type Problem, Stop } from '../model/problem.ts';
import type { Address, Fields } from '../model/value.ts';
import type { OpenRecord, RecordEnd, RecordIntent, RecordOutcome, RunRecord } from './record.ts';

/** What is to be said of a write after it: more than its outcome, because the first try of a create may be lost. */
export interface Told {
  readonly status: RecordOutcome['status'];
  readonly id: string | null;
  readonly requestId: string | null;
  readonly stored: Fields | null;
  readonly error: Problem | null;
}

/** The record of this run while it goes on. */
export interface Journal {
  /**
   * Puts down that a write is about to be sent; answers with its number when that is kept, or with null when it must not be sent. A
   * promise only where the record needs one: nothing may come between the last look at what stops a run and its write.
   */
  readonly intend: (changes: readonly Change[]) => number | null | Promise<number | null>;
  readonly conclude: (write: number, change: Change, told: Told) => Promise<void>;
  /** Puts down that the end check found done what nobody knew of. */
  readonly prove: (address: Address, id: string | null) => Promise<void>;
  readonly end: (end: Omit<RecordEnd, 'type' | 'at'>) => Promise<void>;
  /** Why the record cannot be written any more; null as long as it can. */
  readonly broken: () => Problem | null;
  /** The run's id; null before the first write. */
  readonly run: () => string | null;
}

/** Opens the record at the first write. A record that cannot be opened ends the run by Stop, one that breaks later is told. */
export function journal(plan: Plan, open: OpenRecord, now: () => Date): Journal {
  let record: RunRecord | null = null;
  let id: string | null = null;
  let writes = 0;
  let begun = false;
  let problem: Problem | null = null;
  const doubted = new Map<Address, RecordOutcome>();
  const at = (): string => now().toISOString();
  const kept = (): boolean => {
    begun = true;
    return true;
  };
  const failed = (error: unknown): boolean => {
    const [reason] = error instanceof Stop ? error.problems : [];
    if (reason) problem ??= reason;
    if (!reason || !begun) throw error;
    return false;
  };
  const attempt = (act: () => void | Promise<void>): boolean | Promise<boolean> => {
    try {
      const keeping = act();
      return keeping ? keeping.then(kept, failed) : kept();
    } catch (error) {
      return failed(error);
    }
  };
  return {
    intend(changes) {
      if (problem) return null;
      writes += 1;
      const write = writes;
      const written = attempt(() => {
        record ??= open(plan);
        id = record.id;
        return record.write(changes.map((change) => intentOf(change, write, at())));
      });
      const numbered = (is: boolean): number | null => (is ? write : null);
      return typeof written === 'boolean' ? numbered(written) : written.then(numbered);
    },
    async conclude(write, change, { status, id, requestId, stored, error }) {
      const { address, before } = change;
      const line = {
        write,
        at: at(),
        address,
        status,
        id,
        request_id: requestId,
        before,
        after: stored,
        error,
      };
      if (status === 'unknown') doubted.set(address, { type: 'outcome', ...line });
      await attempt(() => record?.write([{ type: 'outcome', ...line }]));
    },
    async prove(address, id) {
      const line = doubted.get(address);
      if (line)
        await attempt(() => record?.write([{ ...line, at: at(), status: 'applied', id, error: null }]));
    },
    async end(end) {
      await attempt(() => record?.write([{ type: 'end', at: at(), ...end }]));
      record?.close();
      record = null;
    },
    broken: () => problem,
    run: () => id,
  };
}

const intentOf = (
  { address, action, label, id, before, after }: Change,
  write: number,
  at: string,
): RecordIntent => ({ type: 'write', write, at, address, action, label, id, before, after });
