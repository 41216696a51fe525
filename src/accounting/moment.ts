import { instantOf, spanOf } from '../model/instant.ts';

const span = /^(\d{1,4})\s*(s|m|h|d|w)$/;
const milliseconds: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const form = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A moment as people give it, as an instant: `2026-11-28` (of a day the beginning, or as an end its last moment, in UTC),
 * `2026-11-28T09:30`, or how long ago: `90m`, `24h`, `7d`. Null where it is none of these.
 */
export function momentOf(text: string, now: Date, end: 'since' | 'until'): string | null {
  const trimmed = text.trim();
  const [, count, unit = ''] = span.exec(trimmed) ?? [];
  if (count !== undefined) return iso(now.getTime() - Number(count) * (milliseconds[unit] ?? 0));
  if (!form.test(trimmed) || Number.isNaN(instantOf(trimmed))) return null;
  return iso(end === 'since' ? instantOf(trimmed) : spanOf({ to: trimmed }).before - 1);
}

const iso = (time: number): string => new Date(time).toISOString();
