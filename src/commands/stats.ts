import type { Traffic } from '../model/account.ts';
import { counted } from '../render/summary-text.ts';

/** What a run took: requests by operation, throttled and repeated ones, seconds, and memory at its peak. */
export function statsText(traffic: Traffic, milliseconds: number): string {
  const operations = Object.entries(traffic.byOperation).sort(([a], [b]) => (a < b ? -1 : 1));
  const columns = Math.max(0, ...operations.map(([, count]) => String(count).length));
  const peak = Math.round(process.resourceUsage().maxRSS / 1024);
  return [
    `${counted(traffic.requests, 'request')}, ${traffic.throttled} throttled, ${traffic.retried} retried, ${(milliseconds / 1000).toFixed(1)} s, peak ${peak} MB`,
    ...operations.map(([operation, count]) => `  ${String(count).padStart(columns)}  ${operation}`),
    '',
  ].join('\n');
}
