/**
 * One queue for every request of a run: it bounds how many are under way and how many the service counts in a second.
 *
 * The service counts a request at some moment between its sending and its answer; nobody tells when. It may count by clock
 * seconds, over the last 1000 ms, or with a bucket that refills. All three are content when there are as many slots as the
 * limit and no slot is counted twice within 1000 ms. So a slot that is free again 1000 ms after its *answer* is always
 * right: the next request cannot be counted before it is sent. But each slot then loses a round trip a second, at 100 ms a
 * tenth of the budget.
 *
 * Part of that can be won back. Let `out` be the time from sending to counting and `back` from counting to the answer. Two
 * requests i and j of one slot are counted (sent j + out j) - (answered i - back i) apart. With j sent 1000 ms - m after i's
 * answer that is at least 1000 ms while m <= back i + out j, which is never less than the smallest way back plus the
 * smallest way out: the smallest round trip there is. What is observed comes near it from above. So m is the smallest round
 * trip seen, less a tenth, a quarter of the spread, and the 2 ms by which timers are inexact; and only after 30 of them, of
 * requests that did not have to open their connection first, which is not part of the way. See round-trip.ts.
 *
 * Refused: pacing at limit/second (a burst that the network bunches together is over a sliding second), and waiting for
 * `RateLimit-Reset` (whole seconds, so half the budget is lost).
 *
 * All that is for a process that has the budget to itself. Headers tell when it has not; then a share takes its place
 * (share.ts), and the slots are only what never is exceeded. To find out takes answers, so that nobody starts with the whole
 * budget (first-steps.ts). A 429 stops the whole queue for `Retry-After`; then one request tries, and only its answer opens
 * the queue again.
 */
import { createAllowance } from './allowance.ts';
import type { Clock } from './clock.ts';
import { createFirstSteps } from './first-steps.ts';
import { createLine, type Urgency } from './line.ts';
import { type HeaderBag, rateHeaders, retryAfter } from './rate-headers.ts';
import { createRoundTrip } from './round-trip.ts';
import { createShare } from './share.ts';

export type { Urgency } from './line.ts';

/** Permission to send one request. */
export interface Lease {
  /** To be called as soon as an answer's headers are here. */
  answered(status: number, headers: HeaderBag): void;
  /** To be called when the request is over, answered or not; again does nothing. */
  release(): void;
}

/** The queue. */
export interface Limiter {
  acquire(signal: AbortSignal, urgency: Urgency): Promise<Lease>;
  /** Requests a second that service and user allow now. */
  limitPerSecond(): number;
}

export interface LimiterOptions {
  readonly concurrency: number;
  /** What the user allows at most; null: what the service says. */
  readonly rateLimit: number | null;
  readonly clock: Clock;
  /** From 0 to 1. */
  readonly random: () => number;
}

interface Sent {
  readonly at: number;
  readonly urgency: Urgency;
  readonly others: number;
  answeredAt: number | null;
}

const second = 1000;
const longestPause = 120_000;

/** A queue with a budget of 30 requests a second until the service says otherwise. */
export function createLimiter(options: LimiterOptions): Limiter {
  const { clock, concurrency } = options;
  const allowance = createAllowance(options.rateLimit);
  const roundTrip = createRoundTrip();
  const firstSteps = createFirstSteps();
  const share = createShare(options.random);
  const line = createLine<Sent>();
  let recent: Sent[] = [];
  let underWay = 0;
  let pausedUntil = Number.NEGATIVE_INFINITY;
  let probe: Sent | 'wanted' | null = null;
  let strikes = 0;
  let cancelWake = (): void => {};

  const freeAt = (sent: Sent): number =>
    sent.answeredAt === null ? Number.POSITIVE_INFINITY : sent.answeredAt + second - roundTrip.saved();

  /** When the next request may start; null: only an answer can tell. */
  function nextStart(now: number): number | null {
    if (now < pausedUntil) return pausedUntil;
    if (underWay >= concurrency || (probe !== null && probe !== 'wanted')) return null;
    const paced = share.shared()
      ? share.nextStart(now, allowance.served(), recent)
      : firstSteps.nextStart(now);
    if (paced > now) return paced;
    const taken = recent.map(freeAt).filter((at) => at > now);
    const over = taken.length - allowance.perSecond(now);
    if (over < 0) return now;
    const at = taken.sort((a, b) => a - b)[over] ?? Number.POSITIVE_INFINITY;
    return at === Number.POSITIVE_INFINITY ? null : at;
  }

  function pump(): void {
    cancelWake();
    const now = clock.now();
    const oldest = recent.reduce(
      (least, each) => (each.answeredAt === null ? Math.min(least, each.at) : least),
      now,
    );
    recent = recent.filter((each) => each.answeredAt === null || each.answeredAt >= oldest - second - 100);
    // Asked only for somebody: to wait is taken for a wish to send more.
    while (line.length() > 0) {
      const at = nextStart(now);
      if (at === null) return;
      if (at > now) {
        cancelWake = clock.after(at - now, pump);
        return;
      }
      start(now);
    }
  }

  function start(now: number): void {
    const next = line.next();
    if (!next) return;
    const sent: Sent = { at: now, urgency: next.urgency, others: underWay, answeredAt: null };
    underWay += 1;
    recent.push(sent);
    share.sent(now);
    if (sent.urgency !== 'token') firstSteps.sent(now);
    if (probe === 'wanted') probe = sent;
    next.start(sent);
  }

  function answered(sent: Sent, status: number, headers: HeaderBag): void {
    if (sent.answeredAt !== null) return;
    const now = clock.now();
    sent.answeredAt = now;
    const rate = rateHeaders(headers);
    allowance.learn(rate.limit);
    if (sent.urgency !== 'token') {
      roundTrip.learn(sent.at, now, sent.others);
      firstSteps.settled(now);
      share.learn(sent, status !== 429, rate, allowance.served(), recent, now);
    }
    if (status === 429) pause(sent, retryAfter(headers, clock.today()), now);
    else if (probe === sent) [probe, strikes] = [null, 0];
    pump();
  }

  function pause(sent: Sent, asked: number | null, now: number): void {
    if (now >= pausedUntil && (probe === null || probe === sent)) {
      allowance.throttled(now);
      strikes += 1;
    }
    const least =
      asked === null ? second * 2 ** Math.min(strikes - 1, 5) : Math.max(asked, 100 * Math.min(strikes, 10));
    // Who is refused again may always come when somebody else has just used up a window: another time of the second helps.
    const wait = Math.min(longestPause, least) + options.random() * (strikes > 1 ? second : 100);
    pausedUntil = Math.max(pausedUntil, now + wait);
    probe = 'wanted';
  }

  function release(sent: Sent): void {
    if (sent.answeredAt === null && sent.urgency !== 'token') firstSteps.settled(clock.now());
    sent.answeredAt ??= clock.now();
    underWay -= 1;
    if (probe === sent) probe = 'wanted';
    pump();
  }

  function leaseOf(sent: Sent): Lease {
    let over = false;
    return {
      answered: (status, headers) => answered(sent, status, headers),
      release: () => {
        if (over) return;
        over = true;
        release(sent);
      },
    };
  }

  function acquire(signal: AbortSignal, urgency: Urgency): Promise<Lease> {
    const turn = line.enter(signal, urgency, () => {
      if (line.length() === 0) cancelWake();
    });
    pump();
    return turn.then(leaseOf);
  }

  return { acquire, limitPerSecond: allowance.limit };
}
