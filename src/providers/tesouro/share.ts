/**
 * Our part of a budget that other processes use too, wherever they run: nothing is known of them but what answers say.
 *
 * Every process of ours follows the same rule, twice a second: it takes the total that all use (usage.ts) for what it is,
 * and moves its own rate towards what would make the total right if everybody did the same in proportion. Nobody needs to know
 * how many they are. The total lags behind by more than a second, so it is read as of the rate that we had then; otherwise
 * each correction would be made several times. In proportion means that shares stay as they are, so each rate is also
 * drawn a little towards an eighth of the limit: the larger ones fall and the smaller ones rise, in about ten seconds.
 * More than half is given back faster: that cannot be our part.
 *
 * Requests are spread evenly, not sent in bursts, so that the sum of all rates is also the sum in every single second.
 * What is left over is chance, and stopped by a brake: nobody sends when what was counted, what is ours since, and what the
 * others will have sent meanwhile leaves no room; then everyone waits for the next window, and some random time more, so
 * that they do not all come at its start.
 *
 * Refused: integer slots that add up to the limit (they would fit exactly, but a share of 3 or 4 needs more exact
 * knowledge of the total than anybody has), and waiting for a 429 to learn that it is too much (with eight processes that
 * is one request in four).
 */
import {
  firstRate,
  follow,
  isAlone,
  type Sharing,
  showsOthers,
  startSharing,
  type Told,
} from './own-rate.ts';
import type { RateHeaders } from './rate-headers.ts';

/** One request of our own; `answeredAt` is null while it is under way. */
export interface Own {
  readonly at: number;
  readonly answeredAt: number | null;
}

/** Our share, while others use the budget. */
export interface Share {
  shared(): boolean;
  /** What an answer of now says; `recent`: ours of the last second and before, this one among them. */
  learn(
    own: Own,
    passed: boolean,
    headers: RateHeaders,
    limit: number,
    recent: readonly Own[],
    now: number,
  ): void;
  /** When the next request may start, for all that this share knows. */
  nextStart(now: number, limit: number, recent: readonly Own[]): number;
  sent(now: number): void;
}

const second = 1000;
const lately = 4000;

/** Not shared until an answer shows somebody else. */
export function createShare(random: () => number): Share {
  let sharing: Sharing | null = null;
  let told = false;
  let sends: readonly number[] = [];
  let roundTrip = 50;
  let pause = second;

  function learn(
    own: Own,
    passed: boolean,
    { remaining, reset }: RateHeaders,
    limit: number,
    recent: readonly Own[],
    now: number,
  ): void {
    // A refusal without headers says that nothing is left, where other answers say what is.
    told ||= remaining !== null;
    if (!told || (passed && remaining === null)) return;
    roundTrip = roundTrip * 0.9 + (now - own.at) * 0.1;
    pause = Math.min(reset ?? 1, 5) * second;
    const used = limit - (remaining ?? 0);
    see({ now, at: (own.at + now) / 2, used, passed, limit, ...bounds(own, recent, now) });
  }

  function see(told: Told): void {
    const { now, limit } = told;
    const others = showsOthers(told);
    if (sharing && !others && isAlone(sharing, now) && sharing.rate >= 0.8 * limit) sharing = null;
    if (!sharing && others) {
      // Who has had the budget alone for a while offers half of it; others begin small.
      const held = Math.min(limit / 2, sends.filter((at) => now - at < lately).length / (lately / second));
      sharing = startSharing(now, Math.max(limit * firstRate, held), told.passed);
      sharing.nextAt = now + (random() * second) / sharing.rate;
    }
    if (sharing) follow(sharing, told);
  }

  /** When there is room again; `now` where nothing is against it. */
  function roomAt(at: Sharing, now: number, limit: number, recent: readonly Own[]): number {
    const { usage, rate, total } = at;
    const last = usage.last();
    if (!last) return now;
    const spacing = second / rate;
    if (!usage.windows()) return last.used >= limit - 1 ? Math.max(now, last.at + 1.5 * spacing) : now;
    const counted = now + roundTrip / 2;
    const start = usage.windowStart(counted);
    if (start === null) {
      const full = last.used >= limit - 1 && now - last.at < second;
      return full ? last.at + pause + random() * spacing : now;
    }
    if (total === null) return now;
    const [used, since] = last.at >= start ? [last.used, last.at] : [0, start];
    const mine = recent.filter((each) => countedAt(each, roundTrip) > since).length;
    // Measured under a larger limit it would leave no room ever, and without answers it is not measured again.
    const rest = Math.max(0, Math.min(total, 1.1 * limit) - rate);
    const theirs = (rest * Math.max(0, counted - since)) / second;
    if (used + mine + theirs + 1 <= limit) return now;
    return start + second + 25 - roundTrip / 2 + random() * spacing;
  }

  return {
    shared: () => sharing !== null,
    learn,
    nextStart(now, limit, recent) {
      if (!sharing) return now;
      let at = Math.max(now, sharing.nextAt, sharing.heldUntil);
      if (at === now) {
        at = roomAt(sharing, now, limit, recent);
        if (sharing.usage.windows()) sharing.heldUntil = at;
      }
      if (at > now) sharing.waited = true;
      return at;
    },
    sent(now) {
      sends = [...sends.filter((at) => now - at < lately), now];
      if (!sharing) return;
      sharing.sends = sends;
      const spacing = second / sharing.rate;
      sharing.nextAt = Math.max(sharing.nextAt, now - spacing) + spacing * (0.98 + random() * 0.04);
    },
  };
}

const countedAt = ({ at, answeredAt }: Own, roundTrip: number): number =>
  answeredAt === null ? at + roundTrip / 2 : (at + answeredAt) / 2;

/** How many requests of our own are at most, and at least, in what an answer says is used. */
function bounds(own: Own, recent: readonly Own[], now: number) {
  const within = recent.filter(({ answeredAt }) => answeredAt === null || answeredAt >= own.at - second);
  const sure = within.filter(
    ({ at, answeredAt }) => answeredAt !== null && answeredAt <= own.at && at >= now - second,
  );
  return { own: within.length, sure: sure.length + 1 };
}
