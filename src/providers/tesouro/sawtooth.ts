/** What one answer tells: how many requests had been counted, of whoever shares the budget, when ours was. */
export interface Sample {
  readonly at: number;
  readonly used: number;
}

/** Counting that starts again once a second and grows evenly in between. */
export interface Sawtooth {
  /** Where in a second it starts again, in milliseconds. */
  readonly start: number;
  /** Requests a second. */
  readonly rate: number;
  /** The mean square of what is left unexplained. */
  readonly misfit: number;
}

const second = 1000;
const teeth = 50;
const memory = 0.9;

/** Milliseconds from the latest start of a second to a moment. */
export const since = (start: number, at: number): number => (((at - start) % second) + second) % second;

/**
 * Fits sawtooths to samples. Of fifty starts the one that explained the samples best is taken, of these and, fading, of the
 * fits before: the service keeps its start, so what was learned of it lasts longer than what was learned of the rate.
 */
export function createSawtoothFit(): (samples: readonly Sample[], weights: readonly number[]) => Sawtooth {
  const misfits: number[] = Array.from({ length: teeth }, () => 0);
  const misfitOf = (index: number): number => misfits[(index + teeth) % teeth] ?? 0;
  return (samples, weights) => {
    for (let index = 0; index < teeth; index += 1)
      misfits[index] = misfitOf(index) * memory + lineFrom((index * second) / teeth, samples, weights).misfit;
    const best = misfits.indexOf(Math.min(...misfits));
    const [before, here, after] = [misfitOf(best - 1), misfitOf(best), misfitOf(best + 1)];
    const curve = before + after - 2 * here;
    const start = ((best + (curve > 0 ? (before - after) / (2 * curve) : 0)) * second) / teeth;
    return { start, ...lineFrom(start, samples, weights) };
  };
}

/** The straight line through nothing at the start that is nearest to the samples. */
function lineFrom(start: number, samples: readonly Sample[], weights: readonly number[]) {
  let [weight, usedTime, time, used] = [0, 0, 0, 0];
  for (const [index, sample] of samples.entries()) {
    const share = weights[index] ?? 0;
    const [x, y] = [since(start, sample.at) / second, sample.used - 0.5];
    weight += share;
    usedTime += share * x * y;
    time += share * x * x;
    used += share * y * y;
  }
  const rate = time === 0 ? 0 : usedTime / time;
  return { rate, misfit: (used - rate * usedTime) / weight };
}
