import type { RawAnswer, RawRequest } from './api.ts';
import type { Fault } from './faults.ts';
import { withoutPrefix } from './route.ts';

/** One request that reached the emulator. */
export interface LogEntry {
  readonly method: string;
  /** Below the prefix. */
  readonly path: string;
  readonly query: string;
  /** Null when no answer was sent. */
  readonly status: number | null;
  readonly operation: string | null;
  readonly organization: string | null;
  readonly requestId: string | null;
  /** The planned fault that struck. */
  readonly fault: Fault | null;
}

export interface EmulatorStats {
  /** Everything that reached the emulator. */
  readonly requests: number;
  /** By operation of the OpenAPI document. */
  readonly byOperation: Readonly<Record<string, number>>;
  /** Refused because the OpenAPI document does not allow it. */
  readonly rejected: number;
  /** Answered with 429. */
  readonly throttled: number;
}

/** Counts and remembers requests. */
export interface Traffic {
  note(request: RawRequest, answer: RawAnswer, status: number | null, fault: Fault | null): void;
  stats(): EmulatorStats;
  log(): readonly LogEntry[];
}

/** The log keeps this many of the latest requests; the counters know all. */
const kept = 100_000;

/** No requests yet. */
export function createTraffic(): Traffic {
  const byOperation: Record<string, number> = {};
  const entries: LogEntry[] = [];
  let [requests, rejected, throttled] = [0, 0, 0];
  return {
    note: (request, answer, status, fault) => {
      requests += 1;
      if (answer.rejected) rejected += 1;
      if (status === 429) throttled += 1;
      const { operation } = answer;
      if (operation !== null) byOperation[operation] = (byOperation[operation] ?? 0) + 1;
      if (entries.length === kept) entries.splice(0, kept / 10);
      entries.push(entryOf(request, answer, status, fault));
    },
    stats: () => ({ requests, byOperation: { ...byOperation }, rejected, throttled }),
    log: () => [...entries],
  };
}

const entryOf = (
  { method, url, headers }: RawRequest,
  answer: RawAnswer,
  status: number | null,
  fault: Fault | null,
): LogEntry => ({
  method,
  path: withoutPrefix(url.pathname, 'both') ?? url.pathname,
  query: url.search.slice(1),
  status,
  operation: answer.operation,
  organization: headers['x-organization-id'] ?? null,
  requestId: answer.headers['x-request-id'] ?? null,
  fault,
});
