import type { LiveLine } from '../model/live.ts';
import { isEditable } from '../model/payable-status.ts';
import type { Change } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { type ApiError, type Provider, ReadFailed } from '../providers/contract.ts';

/** Answers by which a payable says that its state does not allow the write; most of them may mean something else. */
const perhapsLocked: ReadonlySet<number | null> = new Set([400, 403, 409, 422]);

const words: Readonly<Record<string, string>> = {
  approve_in_progress: 'was sent for approval',
  waiting_to_be_paid: 'is approved and waits to be paid',
  partially_paid: 'is partially paid',
  paid: 'is paid',
  canceled: 'is canceled',
  rejected: 'was rejected',
};

/** Says that a line was refused because its payable can no longer be changed, and what to do; null when it is not that. */
export async function payableLocked(
  change: Change,
  { payable }: LiveLine,
  { status: answered, problem }: ApiError,
  provider: Provider,
): Promise<Problem | null> {
  if (!perhapsLocked.has(answered)) return null;
  const status = isEditable(payable.status) ? await statusNow(payable.id, provider) : payable.status;
  if ((status === null || isEditable(status)) && answered !== 409) return null;
  const why = status === null || isEditable(status) ? '' : `, because it ${words[status] ?? `is ${status}`}`;
  return errorProblem(
    'PAYABLE_LOCKED',
    `${change.label}: this bill can no longer be changed${why}, so its line keeps what it has: ${problem.message}`,
    { address: change.address, hint: hint(change, status), origin: change.source },
  );
}

function hint({ reason }: Change, status: string | null): string {
  if (status === 'rejected') return 'Reopen the bill in Tesouro, then run again.';
  const leave =
    reason === 'rule'
      ? 'let the rule match only `status: [draft, new]`'
      : 'take the item for this line out of the file';
  return `Correct the line by hand in the accounting system where it must be corrected, and ${leave}.`;
}

/** What the payable has become since it was read; null when that cannot be told. */
async function statusNow(id: string, provider: Provider): Promise<string | null> {
  try {
    for await (const { status } of provider.payables({ ids: [id] })) return status;
  } catch (error) {
    if (!(error instanceof ReadFailed)) throw error;
  }
  return null;
}
