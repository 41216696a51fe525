import type { Clock } from './clock.ts';
import { pauseAsked } from './rate-headers.ts';

const longestAsked = 120_000;

/** How long to wait after so many failures in a row: growing, with jitter, and at least what `Retry-After` asks for. */
export function backoff(
  failures: number,
  retryAfter: string | null,
  { clock, random }: { readonly clock: Clock; readonly random: () => number },
): number {
  const growing = Math.min(8000, 250 * 2 ** (failures - 1)) * (0.5 + random() / 2);
  const asked = pauseAsked(retryAfter, clock.today());
  return Math.max(growing, Math.min(asked ?? 0, longestAsked));
}
