import type { Traffic } from '../../model/account.ts';

/** What a request was, for the verbose log: never a header, a body or a query. */
export interface LogLine {
  readonly method: string;
  readonly path: string;
  /** Null: no answer. */
  readonly status: number | null;
  readonly ms: number;
  readonly requestId: string | null;
  /** Counts from 1. */
  readonly attempt: number;
}

/** Counts the requests of a run. */
export interface Counters {
  sent(operation: string, attempt: number): void;
  throttled(): void;
  read(limitPerSecond: number): Traffic;
}

/** Counters at zero. */
export function createCounters(): Counters {
  const byOperation = new Map<string, number>();
  let [requests, throttled, retried] = [0, 0, 0];
  return {
    sent(operation, attempt) {
      requests += 1;
      if (attempt > 1) retried += 1;
      byOperation.set(operation, (byOperation.get(operation) ?? 0) + 1);
    },
    throttled() {
      throttled += 1;
    },
    read: (limitPerSecond) => ({
      requests,
      byOperation: Object.fromEntries([...byOperation].sort(([a], [b]) => (a < b ? -1 : 1))),
      throttled,
      retried,
      limitPerSecond,
    }),
  };
}

/** Counts each request in both. */
export const countedTwice = (one: Counters, other: Counters): Counters => ({
  ...one,
  sent(operation, attempt) {
    one.sent(operation, attempt);
    other.sent(operation, attempt);
  },
  throttled() {
    one.throttled();
    other.throttled();
  },
});
