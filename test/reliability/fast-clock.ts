import type { Clock } from '../../src/providers/tesouro/clock.ts';

/*
 * A clock for proofs that wait much: time-outs of 30 seconds, pauses, commits that come late. It does not follow the
 * machine's time. It goes on by one step at each turn of the event loop that something waits in, so a machine under load
 * is slow in both: between two steps everything that has arrived is dealt with, and no request takes so many turns that
 * it would time out by load alone.
 */

/** A clock, how it looks as a date, and how many timers wait. */
export interface FastClock extends Clock {
  readonly date: () => Date;
  readonly waiting: () => number;
}

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

const step = 100;
const start = Date.UTC(2026, 2, 1, 9);

let time = 0;
let turning = false;
const timers = new Set<Timer>();

function turn(): void {
  time += step;
  const due = [...timers].filter(({ at }) => at <= time).sort((a, b) => a.at - b.at);
  for (const timer of due) if (timers.delete(timer)) timer.run();
  turning = timers.size > 0;
  if (turning) setTimeout(turn, 1);
}

/** All clocks of one process show the same time, and each knows its own timers. */
export function fastClock(): FastClock {
  const own = new Set<Timer>();
  return {
    now: () => time,
    today: () => start + time,
    date: () => new Date(start + time),
    waiting: () => own.size,
    after: (milliseconds, run) => {
      const forget = (): void => {
        timers.delete(timer);
        own.delete(timer);
      };
      const timer: Timer = {
        at: time + milliseconds,
        run: () => {
          forget();
          run();
        },
      };
      timers.add(timer);
      own.add(timer);
      if (!turning) {
        turning = true;
        setTimeout(turn, 1);
      }
      return forget;
    },
  };
}
