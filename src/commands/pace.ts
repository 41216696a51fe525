import { durationText } from '../render/estimate-text.ts';

/** Before so many milliseconds have passed, the rate says too little of what is to come. */
const knownAfter = 3000;

/** How much longer something takes that goes on as it has gone so far, for a line of progress; empty while that cannot be said. */
export type Pace = (done: number, total: number) => string;

/** Measures from now on: ` · about 4 min 12 s left`. */
export function startPace(now: () => Date): Pace {
  const began = now().getTime();
  return (done, total) => {
    const passed = now().getTime() - began;
    if (passed < knownAfter || done === 0 || done >= total) return '';
    return ` · about ${durationText((passed / done) * ((total - done) / 1000))} left`;
  };
}
