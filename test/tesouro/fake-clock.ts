import type { Clock } from '../../src/providers/tesouro/clock.ts';

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export interface FakeClock extends Clock {
  /** Runs until the promise is settled, jumping from one timer to the next as soon as nothing else happens. */
  until<T>(promise: Promise<T>): Promise<T>;
}

/** A clock that only moves when all work that is possible now is done. `tick`: how often it lets the event loop turn first. */
export function fakeClock(tick: () => Promise<void> = turn): FakeClock {
  let now = 0;
  const timers: Timer[] = [];
  return {
    now: () => now,
    today: () => Date.UTC(2026, 0, 1) + now,
    after(milliseconds, run) {
      const timer = { at: now + Math.max(0, milliseconds), run };
      const place = timers.findIndex((each) => each.at > timer.at);
      if (place === -1) timers.push(timer);
      else timers.splice(place, 0, timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index !== -1) timers.splice(index, 1);
      };
    },
    async until(promise) {
      let settled = false;
      const settle = (): void => {
        settled = true;
      };
      promise.then(settle, settle);
      for (;;) {
        await tick();
        if (settled) return promise;
        const next = timers.shift();
        if (!next) throw new Error('Nothing will happen any more.');
        now = next.at;
        next.run();
      }
    },
  };
}

/** Every promise that can settle without a timer has settled. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
