import { createSawtoothFit, type Sample, since } from './sawtooth.ts';

/**
 * What all who share the budget use together, as far as own answers show it. There are three ways to count, and each shows
 * something else. In a *window* the count grows until it starts again, so its slope is the total. A *log* of the last second
 * shows the total itself; what matters is its peak. A *bucket* shows nothing while it is full, and the difference to its
 * refill as soon as it is not. Nobody tells which it is. A window is assumed, which is what the API seems to have, until
 * a steady count explains the answers better than a sawtooth, or a count fell without starting again.
 */
export interface Usage {
  /** `sure`: at least how many requests of our own were counted within a second, the sampled one included. */
  learn(sample: Sample, sure: number, limit: number): void;
  /** Requests a second of all; `own`: what we send ourselves, which is never more than all. Null: not known yet. */
  measure(now: number, limit: number, own: number): number | null;
  /** The total to aim at: a little less than the limit, by how well the total can be known. */
  aim(now: number, limit: number): number;
  last(): Sample | null;
  /** Whether requests are counted in windows; their latest start is null until it is known. */
  windows(): boolean;
  windowStart(at: number): number | null;
}

const second = 1000;
const memory = 6000;
const fading = 1500;
const early = 1800;
const peak = 2500;
const bucketMemory = 8000;
const reserve = { window: 1.25, log: 2 };
/** A bucket shall be used to a third, and be led there within three seconds. */
const bucketAim = { used: 1 / 3, seconds: 3 };
const mostVotes = 4;

/** Knows nothing yet. */
export function createUsage(began: number): Usage {
  const fit = createSawtoothFit();
  let samples: readonly Sample[] = [];
  let last: Sample | null = null;
  let compared: Sample | null = null;
  let start: number | null = null;
  let votes = 1;
  let bucketAt = Number.NEGATIVE_INFINITY;

  const windows = (): boolean => votes >= 0;
  const vote = (count: number): void => {
    votes = Math.max(-mostVotes, Math.min(mostVotes, votes + count));
  };
  const isBucket = (now: number): boolean => now - bucketAt <= bucketMemory;

  /** A count that did not grow although ours was added, and is too high to have started again in between. */
  function compare(sample: Sample, limit: number): void {
    const gap = compared ? sample.at - compared.at : Number.POSITIVE_INFINITY;
    if (compared && gap < 100) return;
    const anew = 2 + (1.5 * limit * gap) / second;
    if (compared && gap < 900 && sample.used <= compared.used && sample.used > anew) vote(-2);
    compared = sample;
  }

  function totalOf(now: number, limit: number, own: number): number | null {
    const line = samples.filter(({ at }) => now - at < memory).sort((a, b) => a.at - b.at);
    const [first, latest] = [line[0], line.at(-1)];
    if (!first || !latest || line.length < 3 || latest.at - first.at < 300) return null;
    const weights = line.map(({ at }) => Math.exp((at - now) / fading));
    const tooth = fit(line, weights);
    if (latest.at - first.at > 700 && line.length > 3) vote(tooth.misfit < spread(line, weights) ? 1 : -1);
    if (windows() && now - began < early) return climb(line);
    if (windows()) {
      start = tooth.start;
      return Math.min(1.1 * limit, tooth.rate);
    }
    if (!isBucket(now)) return highest(line.filter(({ at }) => latest.at - at <= peak));
    const slope = slopeOf(line.filter(({ at }) => latest.at - at <= 1200));
    // A full bucket does not show how much less than its refill is used.
    return limit + (latest.used <= 2 ? Math.min(slope, own - limit) : slope);
  }

  return {
    learn(sample, sure, limit) {
      samples = [...samples.slice(-59), sample];
      if (!last || sample.at > last.at) last = sample;
      if (sample.used < limit) compare(sample, limit);
      if (sample.used < sure) bucketAt = sample.at;
    },
    measure(now, limit, own) {
      const total = totalOf(now, limit, own);
      return total === null ? null : Math.max(total, own);
    },
    aim(now, limit) {
      if (windows()) return limit - reserve.window;
      if (!isBucket(now)) return limit - reserve.log;
      return limit + (limit * bucketAim.used - (last?.used ?? 0)) / bucketAim.seconds;
    },
    last: () => last,
    windows,
    windowStart: (at) => (start === null ? null : at - since(start, at)),
  };
}

/** How far weighted samples are from their mean: the mean square. */
function spread(samples: readonly Sample[], weights: readonly number[]): number {
  let [weight, sum, squares] = [0, 0, 0];
  for (const [index, { used }] of samples.entries()) {
    const share = weights[index] ?? 0;
    weight += share;
    sum += share * used;
    squares += share * used * used;
  }
  return (squares - (sum * sum) / weight) / weight;
}

/** Requests a second by how counts grew from one sample to the next, wherever they grew. */
function climb(samples: readonly Sample[]): number | null {
  let [grown, time] = [0, 0];
  let from = samples[0];
  for (const to of samples) {
    if (!from || to.at - from.at < 100) continue;
    if (to.used > from.used && to.at - from.at < 900) {
      grown += to.used - from.used;
      time += to.at - from.at;
    }
    from = to;
  }
  return time < 300 ? null : (grown * second) / time;
}

const highest = (samples: readonly Sample[]): number => Math.max(...samples.map(({ used }) => used));

/** By how much counts grow in a second. */
function slopeOf(samples: readonly Sample[]): number {
  const mean = (of: (sample: Sample) => number): number =>
    samples.reduce((sum, each) => sum + of(each), 0) / samples.length;
  const [at, used] = [mean((each) => each.at), mean((each) => each.used)];
  const across = mean((each) => (each.at - at) ** 2);
  return across === 0 ? 0 : (mean((each) => (each.at - at) * (each.used - used)) / across) * second;
}
