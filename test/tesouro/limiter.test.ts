import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sleep } from '../../src/providers/tesouro/clock.ts';
import { createLimiter, type Limiter, type LimiterOptions } from '../../src/providers/tesouro/limiter.ts';
import { createRoundTrip, type RoundTrip } from '../../src/providers/tesouro/round-trip.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';
import { fixedWindow, type LimitModel, seeded, slidingLog, tokenBucket } from './limit-models.ts';
import { bag, flood, type Result, type Service } from './limited-service.ts';

const test = suite('limiter');

const models: Readonly<Record<string, (limit: number) => LimitModel>> = {
  'a fixed window': (limit) => fixedWindow(limit, 370),
  'a sliding log': slidingLog,
  'a token bucket': tokenBucket,
};

const limiterOn = (clock: FakeClock, options: Partial<LimiterOptions> = {}): Limiter =>
  createLimiter({ concurrency: 30, rateLimit: null, clock, random: seeded(5), ...options });

/** A service of `limit` a second, `out` and `back` milliseconds away, with as much jitter on either way. */
function serviceOf(
  model: LimitModel,
  limit: number,
  [out, outJitter, back, backJitter]: readonly number[],
  seed: number,
): Service {
  const random = seeded(seed);
  const way = (base = 0, jitter = 0) => base + random() * jitter;
  return {
    model,
    limit,
    headers: true,
    way: { out: () => way(out, outJitter), back: () => way(back, backJitter) },
  };
}

const ways: readonly (readonly number[])[] = [
  [50, 0, 50, 0],
  [50, 60, 50, 0],
  [50, 0, 50, 60],
  [90, 0, 10, 60],
  [10, 60, 90, 0],
  [0, 60, 100, 0],
  [50, 60, 50, 60],
];
for (const [name, model] of Object.entries(models))
  for (const way of ways)
    test(`against ${name}, ${way[0]} + ${way[1]} ms out and ${way[2]} + ${way[3]} ms back, 900 requests use the budget and meet no 429`, async () => {
      const clock = fakeClock();
      const result = await clock.until(flood(limiterOn(clock), clock, serviceOf(model(30), 30, way, 7), 900));
      assert.is(result.throttled, 0);
      assert.ok(result.seconds <= (900 / 30) * 1.07, `${result.seconds} s`);
    });

for (const way of [
  [0, 0, 0, 0],
  [2, 0, 2, 0],
  [2, 60, 2, 60],
  [10, 200, 10, 200],
  [400, 0, 400, 0],
  [300, 200, 0, 0],
])
  for (const [name, model] of Object.entries(models))
    test(`against ${name} there is no 429 at ${way.join('/')} ms either, whatever the seed`, async () => {
      for (let seed = 1; seed <= 5; seed += 1) {
        const clock = fakeClock();
        const result = await clock.until(
          flood(limiterOn(clock), clock, serviceOf(model(30), 30, way, seed), 200),
        );
        assert.is(result.throttled, 0);
      }
    });

const near = [50, 0, 50, 0];

/** Refuses more than `limit` a second, and says that it refuses more than `said`. */
const strict = (limit: number, said: number): LimitModel => {
  const { take } = slidingLog(limit);
  return {
    take: (at) => {
      const { passes, remaining } = take(at);
      return { passes, remaining: said - limit + remaining };
    },
  };
};

test('a lower limit of the user holds', async () => {
  const clock = fakeClock();
  const result = await clock.until(
    flood(limiterOn(clock, { rateLimit: 5 }), clock, serviceOf(strict(5, 30), 30, near, 1), 50),
  );
  assert.is(result.throttled, 0);
  assert.ok(result.seconds > 9 && result.seconds < 11);
});

test('a limit that the headers raise is used; so is one that they lower', async () => {
  for (const [limit, least, most] of [
    [60, 4, 6],
    [10, 27, 33],
  ] as const) {
    const clock = fakeClock();
    const limiter = limiterOn(clock);
    // The first request alone learns the limit.
    const service = serviceOf(slidingLog(limit), limit, near, 1);
    await clock.until(flood(limiter, clock, service, 1));
    const result = await clock.until(flood(limiter, clock, service, 300));
    assert.is(result.throttled, 0);
    assert.is(limiter.limitPerSecond(), limit);
    assert.ok(result.seconds >= least && result.seconds <= most, `${result.seconds} s`);
  }
});

test('the user’s limit holds against a higher one of the headers', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock, { rateLimit: 12 });
  await clock.until(flood(limiter, clock, serviceOf(slidingLog(100), 100, near, 1), 1));
  assert.is(limiter.limitPerSecond(), 12);
});

/** Several processes, each starting three seconds after the one before. */
async function processes(
  count: number,
  model: LimitModel,
  headers: boolean,
  requests: number,
): Promise<readonly Result[]> {
  const clock = fakeClock();
  const service = { ...serviceOf(model, 30, [50, 30, 50, 30], 3), headers };
  const one = async (_: unknown, index: number): Promise<Result> => {
    await new Promise<void>((resolve) => void clock.after(index * 3300, resolve));
    return flood(limiterOn(clock, { random: seeded(index + 1) }), clock, service, requests);
  };
  return clock.until(Promise.all(Array.from({ length: count }, one)));
}

for (const [name, model] of Object.entries(models))
  for (const headers of [true, false])
    test(`two processes share ${name} ${headers ? 'by' : 'without'} headers: few 429s, and nobody starves`, async () => {
      const results = await processes(2, model(30), headers, 400);
      const throttled = results.reduce((sum, each) => sum + each.throttled, 0);
      assert.ok(throttled <= 100, `${throttled} of 800 throttled`);
      assert.ok(
        results.every((each) => each.seconds < 38),
        results.map((each) => each.seconds).join(' and '),
      );
    });

const never = (): AbortSignal => new AbortController().signal;

test('who gives up waiting leaves the queue, and no timer stays behind', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock, { rateLimit: 1 });
  const lease = await limiter.acquire(never(), 'normal');
  lease.answered(200, bag({}));
  lease.release();
  const controller = new AbortController();
  const waiting = limiter.acquire(controller.signal, 'normal').catch((error: unknown) => error);
  controller.abort('enough');
  assert.is(await waiting, 'enough');
  try {
    await clock.until(new Promise(() => {}));
    assert.unreachable();
  } catch (error) {
    assert.match(String(error), 'Nothing will happen any more');
  }
  assert.is(clock.now(), 0);
});

test('a signal that is aborted already gets no lease', async () => {
  const limiter = limiterOn(fakeClock());
  assert.is(
    await limiter.acquire(AbortSignal.abort('late'), 'normal').catch((error: unknown) => error),
    'late',
  );
});

test('tokens and repeated requests go before those that wait for the first time, in their order', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock, { concurrency: 1 });
  const lease = await limiter.acquire(never(), 'normal');
  const order: string[] = [];
  const enter = async (name: string, urgency: 'normal' | 'retry' | 'token'): Promise<void> => {
    const mine = await limiter.acquire(never(), urgency);
    order.push(name);
    mine.release();
  };
  const all = [enter('a', 'normal'), enter('b', 'retry'), enter('c', 'token'), enter('d', 'normal')];
  lease.release();
  await clock.until(Promise.all(all));
  assert.equal(order, ['b', 'c', 'a', 'd']);
});

test('a request without an answer takes its slot for a second after it was given up', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock, { rateLimit: 1 });
  const lease = await limiter.acquire(never(), 'normal');
  await clock.until(new Promise<void>((resolve) => void clock.after(700, resolve)));
  lease.release();
  lease.release();
  await clock.until(limiter.acquire(never(), 'normal'));
  assert.ok(clock.now() >= 1700 && clock.now() < 1710, `${clock.now()}`);
});

test('an answer of another kind opens the queue only when it is the one that was sent to try', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock);
  const [first, second] = [
    await limiter.acquire(never(), 'normal'),
    await limiter.acquire(never(), 'normal'),
  ];
  first.answered(429, bag({ 'retry-after': '1' }));
  first.release();
  second.answered(200, bag({}));
  second.release();
  let started = 0;
  const enter = async () => {
    const lease = await limiter.acquire(never(), 'normal');
    started += 1;
    return lease;
  };
  const [probe, rest] = [enter(), enter()];
  const lease = await clock.until(probe);
  assert.ok(clock.now() >= 1000);
  assert.is(started, 1);
  lease.answered(200, bag({}));
  lease.release();
  await clock.until(rest);
  assert.is(started, 2);
});

test('when the one that was sent to try gets no answer, the next one tries', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock);
  const throttled = await limiter.acquire(never(), 'normal');
  throttled.answered(429, bag({ 'retry-after': '1' }));
  throttled.release();
  const [first, second] = [limiter.acquire(never(), 'normal'), limiter.acquire(never(), 'normal')];
  (await clock.until(first)).release();
  await clock.until(second);
});

test('the way of a token is not taken for the way of other requests', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock, { concurrency: 1, rateLimit: 1 });
  for (let count = 0; count < 40; count += 1) {
    const lease = await clock.until(limiter.acquire(never(), 'token'));
    await clock.until(new Promise<void>((resolve) => void clock.after(400, resolve)));
    lease.answered(200, bag({}));
    lease.release();
  }
  const answered = clock.now();
  await clock.until(limiter.acquire(never(), 'normal'));
  assert.ok(clock.now() - answered >= 1000);
});

const answeredAfter = (
  roundTrip: RoundTrip,
  count: number,
  milliseconds: number,
  others: number,
  every = 100,
): void => {
  for (let index = 0; index < count; index += 1)
    roundTrip.learn(index * every, index * every + milliseconds, others);
};

test('nothing is saved before 30 round trips are known, then most of the smallest', () => {
  const roundTrip = createRoundTrip();
  answeredAfter(roundTrip, 30, 100, 0);
  // The first one opened the connection.
  assert.is(roundTrip.saved(), -2);
  roundTrip.learn(3000, 3100, 0);
  assert.is(roundTrip.saved(), 88);
  roundTrip.learn(3200, 3240, 0);
  assert.ok(roundTrip.saved() < 36);
});

test('round trips that may have opened their connection are not counted', () => {
  const cold = createRoundTrip();
  // Each finds all connections taken.
  for (let others = 0; others < 40; others += 1) cold.learn(others, others + 300, others);
  assert.is(cold.saved(), -2);
  const idle = createRoundTrip();
  answeredAfter(idle, 40, 300, 0, 5000);
  assert.is(idle.saved(), -2);
});

test('no more than half a second is saved', () => {
  const roundTrip = createRoundTrip();
  answeredAfter(roundTrip, 40, 5000, 0, 5100);
  assert.is(roundTrip.saved(), 498);
});

test('a limit that falls a thousandfold keeps nobody out for good', async () => {
  const clock = fakeClock();
  const limiter = limiterOn(clock);
  const ask = async (status: number, allowed: number, remaining: number): Promise<number> => {
    const lease = await limiter.acquire(never(), 'normal');
    await sleep(clock, 20, never());
    lease.answered(status, bag({ 'ratelimit-limit': `${allowed}`, 'ratelimit-remaining': `${remaining}` }));
    lease.release();
    return clock.now();
  };
  const over = await clock.until(
    (async () => {
      // Others use much of a large budget.
      for (let count = 1; count <= 40; count += 1) await ask(200, 30_000, 30_000 - 500 * count);
      await ask(429, 30, 0);
      const asked = Array.from({ length: 5 }, () => ask(200, 30, 20));
      return Promise.race([
        Promise.all(asked).then(() => true),
        sleep(clock, 60_000, never()).then(() => false),
      ]);
    })(),
  );
  assert.ok(over, 'five requests were not sent within a minute');
});

test.run();
