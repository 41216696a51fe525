/** How a service may count. `take` is asked at growing times, and says whether the request passes and how many are left. */
export interface LimitModel {
  take(at: number): { readonly passes: boolean; readonly remaining: number };
}

export const fixedWindow = (limit: number, offset = 0): LimitModel => {
  let [window, count] = [Number.NEGATIVE_INFINITY, 0];
  return {
    take(at) {
      const current = Math.floor((at + offset) / 1000);
      if (current !== window) [window, count] = [current, 0];
      count += 1;
      return { passes: count <= limit, remaining: Math.max(0, limit - count) };
    },
  };
};

export const slidingLog = (limit: number): LimitModel => {
  let log: number[] = [];
  return {
    take(at) {
      log = log.filter((each) => each > at - 1000);
      const passes = log.length < limit;
      if (passes) log.push(at);
      return { passes, remaining: limit - log.length };
    },
  };
};

export const tokenBucket = (limit: number): LimitModel => {
  let [tokens, last] = [limit, 0];
  return {
    take(at) {
      tokens = Math.min(limit, tokens + ((at - last) * limit) / 1000);
      last = at;
      const passes = tokens >= 1 - 1e-9;
      if (passes) tokens -= 1;
      return { passes, remaining: Math.floor(tokens) };
    },
  };
};

/** Numbers from 0 to 1, the same ones for the same seed. */
export function seeded(seed: number): () => number {
  let value = seed;
  return () => {
    value = (value * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return value / 4_294_967_296;
  };
}
