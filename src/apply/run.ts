import type { Kinds } from '../model/kind.ts';
import type { LiveLine } from '../model/live.ts';
import type { Outcome, OutcomeStatus } from '../model/outcome.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address, Fields } from '../model/value.ts';
import type { ApiError, Provider, Written } from '../providers/contract.ts';
import type { Journal } from './journal.ts';
import type { Settle } from './settle.ts';

/** What all writes of one run share. */
export interface Run {
  readonly provider: Provider;
  readonly kinds: Kinds;
  /** The live object behind an address; creates add theirs. */
  readonly ids: Map<Address, string>;
  /** Of an assignment: what is still to be written. */
  readonly fieldsOf: (change: Change) => readonly string[];
  /** The lines of payables as they were before the first write, by the address of their assignment. */
  readonly lines: ReadonlyMap<Address, LiveLine>;
  readonly journal: Journal;
  readonly settle: Settle;
  /** Why nothing more may be sent; null while it may. */
  readonly halt: () => Problem | null;
  /** Told what became of each write: a failure that ends the run halts it, and what was sent is counted. */
  readonly heard: (written: Written<unknown>) => void;
  /** Told of each look that failed, so that a failure that ends the run halts it. */
  readonly failed: (error: ApiError) => void;
}

/** The outcome of a change. */
export const outcomeOf = (
  change: Change,
  status: OutcomeStatus,
  id: string | null = change.id,
  error: Problem | null = null,
): Outcome => ({ address: change.address, action: change.action, status, id, error });

/** The outcome of a change that is not sent: its write cannot be recorded, or the run has ended while that was kept. */
export const unsent = (change: Change, run: Run): Outcome =>
  outcomeOf(change, 'skipped', change.id, run.halt());

/** Puts down that changes are about to be written, as one write; answers with its number, or with null when it must not be sent. */
export function intend(changes: readonly Change[], run: Run): number | null | Promise<number | null> {
  const kept = run.journal.intend(changes);
  return kept instanceof Promise ? kept.then((write) => sendable(write, changes, run)) : kept;
}

/** Keeping it may have taken long: what has stopped the run meanwhile stops this write too. */
async function sendable(write: number | null, changes: readonly Change[], run: Run): Promise<number | null> {
  const reason = run.halt();
  if (write === null || reason === null) return write;
  for (const change of changes)
    await run.journal.conclude(write, change, {
      status: 'failed',
      id: change.id,
      requestId: null,
      stored: null,
      error: reason,
    });
  return null;
}

/** Puts the outcome of a write that was sent into the record, and answers with it. */
export async function conclude(
  change: Change,
  run: Run,
  write: number,
  outcome: Outcome,
  stored: Fields | null,
  { requestId }: { readonly requestId: string | null },
): Promise<Outcome> {
  const { id, error } = outcome;
  const status = outcome.status === 'skipped' || outcome.status === 'overtaken' ? 'failed' : outcome.status;
  await run.journal.conclude(write, change, { status, id, requestId, stored, error });
  return outcome;
}

/** A failure in the API's words, at the address of the change. */
export const refusal = (change: Change, { problem, status }: ApiError): Problem => ({
  ...problem,
  message: `${change.label}: ${status === null ? 'not sent, because this failed: ' : ''}${problem.message}`,
  address: change.address,
});

/** Says that nobody knows whether a change was carried out. */
export const lostAnswer = (change: Change, { endsRun, problem, status }: ApiError): Problem =>
  errorProblem(
    'LOST_ANSWER',
    `${change.label}: the ${change.action} was sent, ${status === null ? 'no answer came' : 'its answer does not tell whether it was carried out'}, and ${endsRun ? 'nobody could look again' : 'reading again did not show it'}: ${problem.message}`,
    { address: change.address, hint: change.action === 'create' ? `${again} ${late}` : again },
  );

/** Says that a create made an object of which nobody knows what it stores. */
export const unread = (change: Change, id: string, { problem }: ApiError): Problem =>
  errorProblem(
    'LOST_ANSWER',
    `${change.label}: the create made ${id}, but what is stored could not be read: ${problem.message}`,
    { address: change.address, hint: again },
  );

const again = 'Run again: what was carried out is found and not done twice.';
const late = 'Should it be carried out only later, there may be two objects: the next plan names both.';
