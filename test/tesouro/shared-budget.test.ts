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
const ways = {
  loopback: [1, 3, 4, 12],
  'a near host': [15, 20, 15, 20],
  'a far host': [70, 60, 70, 60],
} as const;

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
}

const never = new AbortController().signal;

type Way = readonly [number, number, number, number];

async function share(
  model: LimitModel,
  [out, outJitter, back, backJitter]: Way,
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
    const limiter = createLimiter({
      concurrency: 30,
      rateLimit: null,
      clock,
      random: seeded(seed * 31 + index),
    });
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
  };
}

/** The mean of what three seeds give. */
async function average(model: (seed: number) => LimitModel, way: Way, works: readonly Work[]) {
  const outcomes: Outcome[] = [];
  for (const seed of [1, 2, 3]) outcomes.push(await share(model(seed), way, works, seed));
  const mean = (of: (outcome: Outcome) => number): number =>
    outcomes.reduce((sum, each) => sum + of(each), 0) / outcomes.length;
  return {
    used: mean(({ used }) => used),
    refused: mean(({ refused }) => refused),
    unfair: mean(({ took }) => Math.max(...took) / Math.min(...took)),
  };
}

const eight = Array.from({ length: 8 }, (_, index) => ({ startsAt: index * 60, reads: 8, writes: 120 }));

/**
 * What is reached against each way to count: a window is what the API seems to have. A bucket hides who uses less than its
 * refill, so those who come first keep more.
 */
const models = {
  'a fixed window': {
    model: (seed: number) => fixedWindow(limit, seed * 137),
    used: 0.9,
    refused: 0.01,
    unfair: 1.5,
  },
  'a sliding log': { model: () => slidingLog(limit), used: 0.82, refused: 0.01, unfair: 1.5 },
  'a token bucket': { model: () => tokenBucket(limit), used: 0.95, refused: 0.03, unfair: 5 },
};
for (const [name, { model, ...bounds }] of Object.entries(models))
  for (const [where, way] of Object.entries(ways))
    test(`eight processes and ${name} at ${where}: the budget is used, few are refused, all get their part`, async () => {
      const reached = await average(model, way, eight);
      assert.ok(reached.used >= bounds.used, `${reached.used} of the budget`);
      assert.ok(reached.refused < bounds.refused, `${reached.refused} refused`);
      assert.ok(reached.unfair < bounds.unfair, `${reached.unfair} between the fastest and the slowest`);
    });

test('who is left alone has the whole budget within a few seconds', async () => {
  const works = eight.map((each, index) => (index === 3 ? { ...each, writes: 600 } : each));
  const { took } = await share(fixedWindow(limit, 370), ways['a near host'], works, 1);
  const others = Math.max(...took.filter((_, index) => index !== 3));
  assert.ok((took[3] ?? 0) - others < 600 / limit);
});

test('who comes later gets a part at once, although somebody has all of it', async () => {
  const works = [
    { startsAt: 0, reads: 4, writes: 800 },
    { startsAt: 6000, reads: 4, writes: 150 },
  ];
  const { took } = await share(fixedWindow(limit, 370), ways['a near host'], works, 1);
  // Alone it would need 5 seconds, with half of the budget 10, and 26 if it had to wait for the other one's end.
  assert.ok((took[1] ?? 0) < 16);
});

test('eight that start at the same instant without reading first do not send eight budgets', async () => {
  const works = eight.map((each) => ({ ...each, startsAt: 0, reads: 0 }));
  const { refused, used } = await average(
    (seed) => fixedWindow(limit, seed * 137),
    ways['a near host'],
    works,
  );
  assert.ok(refused < 0.015, `${refused} refused`);
  assert.ok(used >= 0.9, `${used} of the budget`);
});

test('who had all of the budget gives away more than half, where several others come', async () => {
  const works = [0, 6000, 6000, 6000].map((startsAt) => ({
    startsAt,
    reads: 4,
    writes: startsAt === 0 ? 1200 : 300,
  }));
  const { took } = await share(fixedWindow(limit, 370), ways['a near host'], works, 1);
  // With a quarter of the budget each they would need 40 seconds; where nobody gives more away, 70.
  assert.ok(Math.max(...took.slice(1)) < 65, took.join(' '));
});

test.run();
