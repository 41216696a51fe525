/** What a limiter says of one request. */
export interface Verdict {
  readonly allowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Whole seconds, rounded up, until there is room again. */
  readonly reset: number;
}

/** Counts one request at a time, in milliseconds of the given clock. */
export type Limiter = (time: number) => Verdict;

/** A limiter for so many requests a second; without a number, one that allows everything and says so. */
export function createLimiter(model: string, perSecond: number | null): Limiter {
  if (perSecond === null) return () => ({ allowed: true, limit: unlimited, remaining: unlimited, reset: 1 });
  if (model === 'sliding_log') return slidingLog(perSecond);
  return model === 'token_bucket' ? tokenBucket(perSecond) : fixedWindow(perSecond);
}

/** What the headers say where there is no limit: nobody is held back by it. */
const unlimited = 100_000;

function fixedWindow(limit: number): Limiter {
  let [second, used] = [-1, 0];
  return (time) => {
    const now = Math.floor(time / 1000);
    if (now !== second) [second, used] = [now, 0];
    const allowed = used < limit;
    if (allowed) used += 1;
    return { allowed, limit, remaining: limit - used, reset: 1 };
  };
}

function slidingLog(limit: number): Limiter {
  let log: number[] = [];
  return (time) => {
    log = log.filter((each) => each > time - 1000);
    const allowed = log.length < limit;
    if (allowed) log.push(time);
    const [oldest = time] = log;
    return {
      allowed,
      limit,
      remaining: limit - log.length,
      reset: Math.max(1, Math.ceil((oldest + 1000 - time) / 1000)),
    };
  };
}

function tokenBucket(limit: number): Limiter {
  let [filled, last] = [limit, Number.NEGATIVE_INFINITY];
  return (time) => {
    filled = Math.min(
      limit,
      last === Number.NEGATIVE_INFINITY ? limit : filled + ((time - last) * limit) / 1000,
    );
    last = time;
    const allowed = filled >= 1;
    if (allowed) filled -= 1;
    return { allowed, limit, remaining: Math.floor(filled), reset: 1 };
  };
}
