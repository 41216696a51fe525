import type { Sample } from './sawtooth.ts';
import { createUsage, type Usage } from './usage.ts';

/** What an answer tells: `own` and `sure` bound how many of ours are in `used`. */
export interface Told extends Sample {
  readonly now: number;
  readonly passed: boolean;
  readonly limit: number;
  readonly own: number;
  readonly sure: number;
}

/** Whether more is used than we can have sent; a refusal shows it too, as who is alone meets none. */
export const showsOthers = ({ passed, used, own }: Told): boolean => !passed || used > own;

/** What is kept while the budget is shared. */
export interface Sharing {
  readonly since: number;
  readonly usage: Usage;
  rate: number;
  /** The rate that the total was measured at. */
  measuredRate: number;
  measuredAt: number;
  changedAt: number;
  total: number | null;
  nextAt: number;
  heldUntil: number;
  /** Whether a request had to wait since the last change: a rate that is not used up does not grow. */
  waited: boolean;
  /** When requests were sent lately. */
  sends: readonly number[];
  refusedAt: number | null;
  /** Since when, and in how many answers, nobody else was to be seen. */
  aloneAt: number;
  aloneCount: number;
}

const second = 1000;
const step = 500;
const fading = 1500;
const recently = 2500;
const processes = 8;
const drawn = 0.045;
const leastRate = 1 / 30;
/** Of the limit, to begin with: eight that begin together leave room. */
export const firstRate = 1 / 10;
const newcomer = { milliseconds: 5000, leastRate: 1 / 16 };

/** Begins to share with a rate of so many requests a second. */
export const startSharing = (now: number, rate: number, passed: boolean): Sharing => ({
  since: now,
  usage: createUsage(now),
  rate,
  measuredRate: rate,
  measuredAt: now,
  changedAt: now,
  total: null,
  nextAt: now,
  heldUntil: now,
  waited: false,
  sends: [],
  refusedAt: passed ? null : now,
  aloneAt: now,
  aloneCount: 0,
});

/** Whether nobody else was to be seen for a while. */
export const isAlone = (sharing: Sharing, now: number): boolean =>
  sharing.aloneCount >= 5 && now - sharing.aloneAt > 1500 && othersUse(sharing) < 4;

/** What an answer says about others; every half a second the rate follows. */
export function follow(sharing: Sharing, told: Told): void {
  const { now, limit, passed } = told;
  const seen = showsOthers(told);
  sharing.aloneAt = seen || sharing.aloneCount === 0 ? now : sharing.aloneAt;
  sharing.aloneCount = seen ? 0 : sharing.aloneCount + 1;
  sharing.usage.learn(told, passed ? told.sure : 0, limit);
  if (!passed && now - (sharing.refusedAt ?? Number.NEGATIVE_INFINITY) > second) {
    sharing.rate *= 0.85;
    sharing.refusedAt = now;
  }
  const kept = Math.exp((sharing.measuredAt - now) / fading);
  sharing.measuredRate = sharing.measuredRate * kept + sharing.rate * (1 - kept);
  sharing.measuredAt = now;
  if (now - sharing.changedAt >= step) change(sharing, now, limit);
}

const othersUse = ({ total, measuredRate }: Sharing): number =>
  total === null ? Number.POSITIVE_INFINITY : total - measuredRate;

/** Moves the rate towards its part of what the total should be. */
function change(sharing: Sharing, now: number, limit: number): void {
  const { usage, since, refusedAt } = sharing;
  sharing.changedAt = now;
  sharing.total = usage.measure(now, limit, Math.min(sharing.measuredRate, sharing.rate));
  const { total, waited } = sharing;
  sharing.waited = false;
  if (total === null) return;
  const aim = usage.aim(now, limit);
  const lag = Math.min(1.3, Math.max(0.7, sharing.measuredRate / sharing.rate));
  const error = Math.log((aim / total) * lag);
  // A small error may be chance, a large one is not.
  const factor = Math.exp(error * Math.min(0.8, 0.2 + 4 * Math.abs(error)));
  if (factor < 1 || waited) sharing.rate *= Math.min(mostGrowth(sharing, now, aim), Math.max(0.6, factor));
  if (othersUse(sharing) > 1.5 && !isAlone(sharing, now)) {
    sharing.rate += drawn * (limit / processes - sharing.rate) * Math.max(0, 1 - sharing.rate / limit);
    if (sharing.rate > 0.55 * limit) sharing.rate -= 0.3 * (sharing.rate - limit / 2);
  }
  sharing.rate = Math.min(sharing.rate, mostUnused(sharing, now, limit));
  const isNew = refusedAt === null && now - since < newcomer.milliseconds;
  const least = limit * (isNew ? newcomer.leastRate : leastRate);
  sharing.rate = Math.min(limit, Math.max(least, sharing.rate));
}

/** A rate that was not needed lately is no claim: what others see is what was sent. */
function mostUnused(sharing: Sharing, now: number, limit: number): number {
  sharing.sends = sharing.sends.filter((at) => now - at < recently);
  return Math.max(limit * firstRate, 1 + (1.5 * sharing.sends.length * second) / recently);
}

/** Little where totals are hard to know, much where they are far away. */
function mostGrowth(sharing: Sharing, now: number, aim: number): number {
  if (!sharing.usage.windows()) return isAlone(sharing, now) ? 1.6 : 1.12;
  if (sharing.total !== null && sharing.total < aim / 2) return 1.6;
  return now - sharing.since < 3 * second ? 1.25 : 1.4;
}
