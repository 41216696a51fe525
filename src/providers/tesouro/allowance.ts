/**
 * How many requests may be counted in one second, by what the answers say. `Remaining` is what all processes of a client id
 * have left; what is missing and not ours is theirs. We take no more than they leave, and where they are few and we are
 * many we give way until both have half: each side moves half-way towards it, so they meet without shaking. A 429 that no
 * header foretold takes a quarter away, which comes back by one request a second.
 */
export interface Allowance {
  perSecond(now: number): number;
  /** What service and user allow, whoever uses it. */
  limit(): number;
  /** `own`: at most how many of our own requests are in what is missing. */
  learn(limit: number | null, remaining: number | null, own: number, now: number): void;
  throttled(now: number): void;
  /** Whether others were seen using the budget lately. */
  shared(now: number): boolean;
}

const assumed = 30;
const memory = 2000;

/** Starts with 30 requests a second, or what the user allows. */
export function createAllowance(rateLimit: number | null): Allowance {
  let served = assumed;
  let ceiling = { requests: Number.POSITIVE_INFINITY, at: 0 };
  let seen: readonly { readonly foreign: number; readonly at: number }[] = [];

  const limit = (): number =>
    Math.max(1, Math.floor(Math.min(rateLimit ?? Number.POSITIVE_INFINITY, served)));
  const foreignUse = (now: number): number =>
    seen.reduce((most, each) => (now - each.at < memory ? Math.max(most, each.foreign) : most), 0);
  const perSecond = (now: number): number => {
    const foreign = foreignUse(now);
    const fair =
      foreign === 0 ? served : Math.min(served - foreign, Math.floor((1.5 * served - foreign) / 2));
    const recovered = ceiling.requests + Math.floor((now - ceiling.at) / 1000);
    return Math.max(1, Math.min(limit(), fair, recovered));
  };
  return {
    perSecond,
    limit,
    shared: (now) => foreignUse(now) > 0,
    learn(limitSeen, remaining, own, now) {
      if (limitSeen !== null) served = limitSeen;
      const foreign = remaining === null ? 0 : served - remaining - own;
      seen = seen.filter((each) => now - each.at < memory);
      if (foreign > 0) seen = [...seen, { foreign, at: now }];
    },
    throttled(now) {
      ceiling = { requests: Math.max(1, Math.floor(perSecond(now) * 0.75)), at: now };
    },
  };
}
