import { errorProblem, Stop } from '../model/problem.ts';
import { header, type OpenRecord, type RecordLine, type RecordSubject, runId } from './record.ts';

/** Keeps lines of a record: they are kept when it returns, or when its promise is fulfilled. What it throws or rejects with stops the writes. */
export type RecordSink = (lines: readonly RecordLine[]) => void | Promise<void>;

/** How long lines are waited for: as long as the call may last. */
export interface Patience {
  readonly signal: AbortSignal | undefined;
  /** In milliseconds since 1970; null for no end. */
  readonly deadline: number | null;
}

/**
 * Records runs wherever the sink keeps them, one call after the other, so that a record reads as the run went. The header comes with the
 * first lines. After a failure no write is begun any more; what became of those under way is still told.
 */
export function sinkRecord(sink: RecordSink, subject: RecordSubject, patience: Patience): OpenRecord {
  const keep = async (lines: readonly RecordLine[]): Promise<void> => {
    try {
      const kept: unknown = sink(lines);
      if (isPromise(kept)) await within(patience, kept);
    } catch (cause) {
      throw unkept(cause instanceof Error ? cause.message : String(cause), cause);
    }
  };
  return (plan) => {
    const at = subject.now().toISOString();
    const id = runId(at, subject);
    let last: Promise<void> = Promise.resolve();
    let isBegun = false;
    let failure: unknown = null;
    const next = async (lines: readonly RecordLine[]): Promise<void> => {
      if (failure && (!isBegun || lines.some(({ type }) => type === 'write'))) throw failure;
      await keep(isBegun ? lines : [header(plan, subject, id, at), ...lines]);
      isBegun = true;
    };
    const write = (lines: readonly RecordLine[]): Promise<void> => {
      const turn = last.then(() => next(lines));
      last = turn.catch((thrown: unknown) => {
        failure ??= thrown;
      });
      return turn;
    };
    return { id, write, close: () => {} };
  };
}

/** Waits, and leaves neither a timer nor a listener behind. */
async function within({ deadline, signal }: Patience, kept: PromiseLike<unknown>): Promise<void> {
  const { promise, reject } = promised();
  const end = (): void => reject(new Error('the call was over before the lines were kept'));
  const left = deadline === null ? longest : Math.min(Math.max(0, deadline - Date.now()), longest);
  const timer = deadline === null ? undefined : setTimeout(end, left);
  signal?.addEventListener('abort', end);
  if (signal?.aborted) end();
  try {
    await Promise.race([kept, promise]);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', end);
  }
}

/** What a timer can wait. */
const longest = 2 ** 31 - 1;

function promised(): { readonly promise: Promise<never>; readonly reject: (reason: Error) => void } {
  let reject: (reason: Error) => void = () => {};
  const promise = new Promise<never>((_, refuse) => {
    reject = refuse;
  });
  return { promise, reject };
}

const isPromise = (value: unknown): value is PromiseLike<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const unkept = (reason: string, cause: unknown): Stop =>
  new Stop(
    1,
    [
      errorProblem('RECORD_UNWRITABLE', `the run record cannot be written: ${reason}`, {
        hint: 'What cannot be recorded is not written. Mend what keeps the record, then run again.',
      }),
    ],
    { cause },
  );
