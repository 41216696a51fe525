import { type ApiError, ReadFailed } from '../providers/contract.ts';

/** What a look came to. `absent`: the last look was complete and did not show it. */
export type Seen<R> =
  | { readonly status: 'seen'; readonly result: R }
  | { readonly status: 'absent' }
  | { readonly status: 'uncertain'; readonly error: ApiError };

/** Waits until `probe` finds in what is read what it looks for (not null), or until the time to settle is over. */
export type Look<T> = <R>(probe: (read: T) => R | null) => Promise<Seen<R>>;

export type Sleep = (milliseconds: number) => Promise<void>;

interface Waiter<T> {
  waited: number;
  asked: boolean;
  /** True when the waiter has its answer. */
  readonly ask: (read: Seen<T>, last: boolean) => boolean;
  readonly fail: (error: unknown) => void;
}

const firstPause = 100;
const growth = 1.5;

/**
 * Reads at once and again with growing pauses. All who wait share each read: however many answers are lost, there is
 * never more than one read under way. A waiter counts only reads that began after it came.
 */
export function lookout<T>(read: () => Promise<T>, settleMilliseconds: number, sleep: Sleep): Look<T> {
  const waiters = new Set<Waiter<T>>();
  let watching = false;

  const watch = async (): Promise<void> => {
    while (waiters.size > 0) {
      const asked = [...waiters];
      const answer = await attempt(read);
      for (const waiter of asked) {
        waiter.asked = true;
        if (waiter.ask(answer, waiter.waited >= settleMilliseconds)) waiters.delete(waiter);
      }
      const waiting = [...waiters];
      const pause = Math.min(...waiting.map((waiter) => nextPause(waiter, settleMilliseconds)));
      if (waiting.length === 0 || pause === 0) continue;
      await sleep(pause);
      for (const waiter of waiting) waiter.waited += pause;
    }
    watching = false;
  };

  return <R>(probe: (read: T) => R | null) =>
    new Promise<Seen<R>>((resolve, reject) => {
      const ask = (answer: Seen<T>, last: boolean): boolean => {
        const seen = judge(answer, probe, last);
        if (seen) resolve(seen);
        return seen !== null;
      };
      waiters.add({ waited: 0, asked: false, ask, fail: reject });
      if (watching) return;
      watching = true;
      watch().catch((error: unknown) => {
        watching = false;
        for (const waiter of waiters) waiter.fail(error);
        waiters.clear();
      });
    });
}

function judge<T, R>(answer: Seen<T>, probe: (read: T) => R | null, last: boolean): Seen<R> | null {
  if (answer.status === 'uncertain') return last || answer.error.endsRun ? answer : null;
  if (answer.status === 'absent') return answer;
  const result = probe(answer.result);
  if (result !== null) return { status: 'seen', result };
  return last ? { status: 'absent' } : null;
}

const nextPause = <T>({ asked, waited }: Waiter<T>, settle: number): number =>
  asked ? Math.min(Math.max(firstPause, waited * growth), settle - waited) : 0;

async function attempt<T>(read: () => Promise<T>): Promise<Seen<T>> {
  try {
    return { status: 'seen', result: await read() };
  } catch (error) {
    if (error instanceof ReadFailed) return { status: 'uncertain', error: error.error };
    throw error;
  }
}
