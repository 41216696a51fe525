import { sleep } from '../../src/providers/tesouro/clock.ts';
import type { Limiter } from '../../src/providers/tesouro/limiter.ts';
import type { HeaderBag } from '../../src/providers/tesouro/rate-headers.ts';
import type { FakeClock } from './fake-clock.ts';
import type { LimitModel } from './limit-models.ts';

export interface Way {
  /** Milliseconds before and after the service counts, of one request. */
  readonly out: () => number;
  readonly back: () => number;
}

export interface Service {
  readonly model: LimitModel;
  readonly limit: number;
  readonly way: Way;
  /** Whether answers tell limit and rest. */
  readonly headers: boolean;
}

export interface Result {
  readonly throttled: number;
  readonly passed: number;
  readonly seconds: number;
}

export const bag = (values: Readonly<Record<string, string>>): HeaderBag => ({
  get: (name) => values[name] ?? null,
});

const never = (): AbortSignal => new AbortController().signal;

/** One process that sends `count` requests through the limiter, each again until it passes. */
export async function flood(
  limiter: Limiter,
  clock: FakeClock,
  service: Service,
  count: number,
): Promise<Result> {
  let [throttled, passed] = [0, 0];
  const started = clock.now();
  const one = async (): Promise<void> => {
    for (;;) {
      const lease = await limiter.acquire(never(), 'normal');
      await sleep(clock, service.way.out(), never());
      const { passes, remaining } = service.model.take(clock.now());
      await sleep(clock, service.way.back(), never());
      lease.answered(passes ? 200 : 429, headersOf(service, passes, remaining));
      lease.release();
      if (passes) break;
      throttled += 1;
    }
    passed += 1;
  };
  await Promise.all(Array.from({ length: count }, one));
  return { throttled, passed, seconds: (clock.now() - started) / 1000 };
}

const headersOf = ({ limit, headers }: Service, passes: boolean, remaining: number): HeaderBag =>
  bag({
    ...(headers
      ? { 'ratelimit-limit': `${limit}`, 'ratelimit-remaining': `${remaining}`, 'ratelimit-reset': '1' }
      : {}),
    ...(passes ? {} : { 'retry-after': '1' }),
  });
