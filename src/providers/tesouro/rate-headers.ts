/** What an answer's headers say about the request budget; null where they say nothing usable. */
export interface RateHeaders {
  /** Requests a second. */
  readonly limit: number | null;
  /** Requests left in this second, of whoever shares the budget. */
  readonly remaining: number | null;
  /** Seconds until it is full again. */
  readonly reset: number | null;
}

/** Headers by name, upper and lower case alike. */
export interface HeaderBag {
  get(name: string): string | null;
}

const limits = ['ratelimit-limit', 'x-ratelimit-limit-second', 'x-ratelimit-limit'];
const rests = ['ratelimit-remaining', 'x-ratelimit-remaining-second', 'x-ratelimit-remaining'];
const resets = ['ratelimit-reset', 'x-ratelimit-reset'];

/** Reads `RateLimit-*` and `X-RateLimit-*`, the list form `30, 30;w=1` too; what makes no sense is ignored. */
export function rateHeaders(headers: HeaderBag): RateHeaders {
  const limit = firstNumber(headers, limits);
  const seconds = windowOf(headers);
  const reset = firstNumber(headers, resets);
  const perSecond = limit === null || limit < 1 ? null : Math.max(1, Math.floor(limit / seconds));
  return {
    limit: perSecond,
    remaining: seconds === 1 ? firstNumber(headers, rests) : null,
    // Some services write a moment here instead of a duration.
    reset: reset !== null && reset <= 3600 ? reset : null,
  };
}

/** The pause that `Retry-After` asks for in milliseconds; null without one. */
export const retryAfter = (headers: HeaderBag, today: number): number | null =>
  pauseAsked(headers.get('retry-after'), today);

/** The pause that the text of a `Retry-After` asks for in milliseconds, from seconds or a date; null where there is none. */
export function pauseAsked(header: string | null, today: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.ceil(Number(text) * 1000);
  const moment = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(moment) ? null : Math.max(0, moment - today);
}

function firstNumber(headers: HeaderBag, names: readonly string[]): number | null {
  for (const name of names) {
    const match = /^\s*(\d{1,12})(?=\s*(?:$|[,;.]))/.exec(headers.get(name) ?? '');
    if (match) return Number(match[1]);
  }
  return null;
}

function windowOf(headers: HeaderBag): number {
  const match = /;\s*w=(\d{1,6})/.exec(headers.get('ratelimit-limit') ?? '');
  return Math.max(1, Number(match?.[1] ?? 1));
}
