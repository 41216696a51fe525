/** How somebody waits: what a look brings, when that is enough, and for how long. */
export interface Awaited<T> {
  readonly look: () => Promise<T>;
  readonly enough: (seen: T) => boolean;
  readonly seconds: number;
  /** Milliseconds since any moment. */
  readonly now: () => number;
  /** Waits, and no longer than the run may last. */
  readonly wait: (milliseconds: number) => Promise<void>;
  /** The user wants no more of it. */
  readonly stop: AbortSignal;
  /** The longest pause between two looks, in milliseconds, where a look is dear. */
  readonly longestPause?: number;
}

/** What the last look brought. `over`: the time ran out before it was enough. */
export type Waited<T> =
  | { readonly status: 'enough' | 'over'; readonly seen: T }
  | { readonly status: 'stopped'; readonly seen: T | null };

const firstPause = 200;
const longestPause = 5000;

/**
 * Looks until what it sees is enough: at once, then with pauses that double up to five seconds, and a last time when the
 * time is over. A look that fails is thrown.
 */
export async function awaitChange<T>(awaited: Awaited<T>): Promise<Waited<T>> {
  const { enough, look, now, stop } = awaited;
  const end = now() + awaited.seconds * 1000;
  const longest = awaited.longestPause ?? longestPause;
  let pause = firstPause;
  let last: T | null = null;
  while (!stop.aborted) {
    const seen = await look();
    last = seen;
    if (enough(seen)) return { status: 'enough', seen };
    const left = end - now();
    if (left <= 0) return { status: 'over', seen };
    await unlessStopped(awaited.wait(Math.min(pause, left)), stop);
    pause = Math.min(longest, pause * 2);
  }
  return { status: 'stopped', seen: last };
}

/** Ends with the promise, or as soon as nobody waits any more. */
async function unlessStopped(waiting: Promise<void>, stop: AbortSignal): Promise<void> {
  let end = (): void => {};
  const stopped = new Promise<void>((resolve) => {
    end = resolve;
    stop.addEventListener('abort', end);
  });
  try {
    if (!stop.aborted) await Promise.race([waiting, stopped]);
  } finally {
    stop.removeEventListener('abort', end);
  }
}
