/**
 * How many requests may be counted in one second: what the service says and the user allows. A 429 takes a quarter away,
 * which comes back by one request a second: of services that do not say what is left, it is the only sign of others.
 */
export interface Allowance {
  perSecond(now: number): number;
  /** What service and user allow, whoever uses it. */
  limit(): number;
  /** What the service allows. */
  served(): number;
  learn(limit: number | null): void;
  throttled(now: number): void;
}

const assumed = 30;

/** Starts with 30 requests a second, or what the user allows. */
export function createAllowance(rateLimit: number | null): Allowance {
  let served = assumed;
  let ceiling = { requests: Number.POSITIVE_INFINITY, at: 0 };

  const limit = (): number =>
    Math.max(1, Math.floor(Math.min(rateLimit ?? Number.POSITIVE_INFINITY, served)));
  const perSecond = (now: number): number =>
    Math.max(1, Math.min(limit(), ceiling.requests + Math.floor((now - ceiling.at) / 1000)));
  return {
    perSecond,
    limit,
    served: () => served,
    learn(limitSeen) {
      if (limitSeen !== null) served = limitSeen;
    },
    throttled(now) {
      ceiling = { requests: Math.max(1, Math.floor(perSecond(now) * 0.75)), at: now };
    },
  };
}
