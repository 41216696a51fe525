import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sleep } from '../../src/providers/tesouro/clock.ts';
import { createLimiter } from '../../src/providers/tesouro/limiter.ts';
import { fakeClock } from './fake-clock.ts';
import { fixedWindow, type LimitModel, seeded, slidingLog, tokenBucket } from './limit-models.ts';
import { flood, type Service } from './limited-service.ts';

const test = suite('a shared budget');

const limit = 30;

/** Milliseconds out and back, each with as much jitter again. */
const ways = { 'loopback': [1, 3, 4, 12], 'a near host': [15, 20, 15, 20], 'a far host': [70, 60, 70, 60] } as const;

interface Work {
  readonly startsAt: number;
  /** One after the other, before the writes, which come all at once. */
  readonly reads: number;
  readonly writes: number;
}

interface Outcome {
  /** Part of the budget used from two seconds after the last start until the first process has ended. */
  readonly used: number;
  /** Part of all requests, of all processes. */
  readonly refused: number;
  /** How long each process took, in seconds. */
  readonly took: readonly number[];
  readonly seconds: number;
}

const never = new AbortController().signal;

async function share(
  model: LimitModel,
  [out, outJitter, back, backJitter]: readonly [number, number, number, number],
  works: readonly Work[],
  seed: number,
): Promise<Outcome> {
  const clock = fakeClock();
  const random = seeded(seed * 7919);
  const passed: number[] = [];
  let all = 0;
  const counted: LimitModel = {
    take(at) {
      const verdict = model.take(at);
      all += 1;
      if (verdict.passes) passed.push(at);
      return verdict;
    },
  };
  const way = { out: () => out + random() * outJitter, back: () => back + random() * backJitter };
  const service: Service = { model: counted, limit, headers: true, way };
  const ends: number[] = [];
  const one = async ({ startsAt, reads, writes }: Work, index: number): Promise<number> => {
    await sleep(clock, startsAt, never);
    const limiter = createLimiter({ concurrency: 30, rateLimit: null, clock, random: seeded(seed * 31 + index) });
    for (let count = 0; count < reads; count += 1) await flood(limiter, clock, service, 1);
    await flood(limiter, clock, service, writes);
    ends.push(clock.now());
    return (clock.now() - startsAt) / 1000;
  };
  const took = await clock.until(Promise.all(works.map(one)));
  const from = Math.max(...works.map(({ startsAt }) => startsAt)) + 2000;
  const to = Math.min(...ends);
  return {
    used: passed.filter((at) => at >= from && at < to).length / ((limit * (to - from)) / 1000),
    refused: (all - passed.length) / all,
    took,
    seconds: (Math.max(...ends) - Math.min(...works.map(({ startsAt }) => startsAt))) / 1000,
  };
}

/** The mean of what several seeds give. */
async function average(
  model: (seed: number) => LimitModel,
  way: readonly [number, number, number, number],
  works: readonly Work[],
  of: (outcome: Outcome) => number,
): Promise<number> {
  let sum = 0;
  for (const seed of [1,2,3]) sum += of(await share(model(seed), way, works, seed));
  return sum / 3;
}

const eight = (every: number, reads: number, writes: number): readonly Work[] =>
  Array.from({ length: 8 }, (_, index) => ({ startsAt: index * every, reads, writes }));
const models: Readonly<Record<string, (seed: number) => LimitModel>> = {
  'a fixed window': (seed) => fixedWindow(limit, seed * 137),
  'a sliding log': () => slidingLog(limit),
  'a token bucket': () => tokenBucket(limit),
};
for (const [name, model] of Object.entries(models))
  for (const [where, way] of Object.entries(ways))
  for (const every of [0, 60, 300])
    test(`x`, async () => {
      for (const seed of [1,2,3,4]) { const o = await share(model(seed), way, eight(every, every === 0 ? 0 : 8, 120), seed);
      console.log(name, where, every, 'used', o.used.toFixed(3), 'refused', (100*o.refused).toFixed(2), 'fair', (Math.max(...o.took)/Math.min(...o.took)).toFixed(2), o.seconds.toFixed(1)); }
    });
test.run();
