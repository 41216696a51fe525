import type { LiveLineItem, LivePayable } from '../model/live.ts';
import type { Provider } from '../providers/contract.ts';

/** What reading tells while it goes on. The estimate comes before the first of the requests that it counts. */
export type ReadEvent =
  | { readonly type: 'estimate'; readonly requests: number; readonly seconds: number }
  /** A list: `what` names it, and at least so many requests are needed. */
  | { readonly type: 'pages'; readonly what: string; readonly requests: number }
  | { readonly type: 'progress'; readonly what: 'lines'; readonly done: number; readonly total: number };

export type Notify = (event: ReadEvent) => void;

/** Payables whose lines are read at the same time; the provider paces the requests, this bounds the memory. */
const atOnce = 64;

/**
 * Reads the lines of each payable and keeps what `take` makes of them, in the order of the payables. After a failure it
 * starts no more, and throws it when what was under way has ended.
 */
export async function eachPayable<T>(
  payables: readonly LivePayable[],
  provider: Provider,
  take: (payable: LivePayable, lines: readonly LiveLineItem[]) => T,
  notify: Notify,
): Promise<readonly T[]> {
  const total = payables.length;
  if (total === 0) return [];
  notify({ type: 'estimate', requests: total, seconds: total / provider.traffic().limitPerSecond });
  const taken: T[] = [];
  const failures: unknown[] = [];
  const waiting = payables.entries();
  let done = 0;
  const work = async (): Promise<void> => {
    for (const [place, payable] of waiting) {
      try {
        taken[place] = take(payable, await provider.lineItems(payable.id));
      } catch (error) {
        failures.push(error);
      }
      if (failures.length > 0) return;
      done += 1;
      notify({ type: 'progress', what: 'lines', done, total });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, total) }, work));
  if (failures.length > 0) throw failures[0];
  return taken;
}
