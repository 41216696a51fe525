import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Api, RawAnswer, RawRequest } from './api.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Fault } from './faults.ts';
import { withoutPrefix } from './route.ts';
import { bearer, type Tokens } from './tokens.ts';
import type { Traffic } from './traffic.ts';

/** What stands between the API and the wire. */
export interface Exchange {
  readonly api: Api;
  readonly faults: FaultPlan;
  readonly traffic: Traffic;
  readonly tokens: Tokens;
  readonly latencyMs: number;
  /** Runs something later; it is run at the latest when the emulator is asked to settle. */
  readonly later: (ms: number, run: () => void) => void;
  /** Closes the port for a while. */
  readonly refuse: (ms: number) => void;
}

/** Answers one request, with the fault that is planned for it. */
export function exchange(request: RawRequest, response: ServerResponse, between: Exchange): void {
  const path = withoutPrefix(request.url.pathname, 'both') ?? request.url.pathname;
  const fault = between.faults.take(request.method, path);
  if (fault === null) return send(request, response, between.api(request), between);
  if (fault.kind === 'expired-token') between.tokens.expire(bearer(request.headers['authorization']) ?? '');
  if (isBefore(fault)) return beforeCommit(fault, request, response, between);
  afterCommit(fault, request, response, between);
}

const isBefore = ({ kind, after }: Fault): boolean =>
  kind === 'reset-before' ||
  kind === 'timeout-before' ||
  kind === 'late-commit' ||
  (kind === 'status' && after !== 'commit');

function beforeCommit(fault: Fault, request: RawRequest, response: ServerResponse, between: Exchange): void {
  if (fault.kind === 'status') return send(request, response, failure(fault), between);
  between.traffic.note(request, null, null);
  if (fault.kind === 'timeout-before') return;
  if (fault.kind === 'late-commit') between.later(fault.ms ?? usualMs, () => between.api(request));
  reset(response);
}

function afterCommit(fault: Fault, request: RawRequest, response: ServerResponse, between: Exchange): void {
  const answer = between.api(request);
  const { ms = usualMs } = fault;
  switch (fault.kind) {
    case 'reset-after-commit':
      between.traffic.note(request, answer, null);
      return reset(response);
    case 'timeout-after-commit':
      return between.traffic.note(request, answer, null);
    case 'status':
      return send(request, response, { ...failure(fault), operation: answer.operation }, between);
    case 'slow':
      return send(request, response, answer, { ...between, latencyMs: between.latencyMs + ms });
    case 'refuse-connection':
      response.once('close', () => between.refuse(ms));
      return send(request, response, withHeader(answer, 'connection', 'close'), between);
    case 'not-json':
      return send(request, response, { ...answer, body: '<html><body>Bad gateway</body></html>' }, between);
    case 'wrong-content-type':
      return send(request, response, withHeader(answer, 'content-type', 'text/html'), between);
    case 'wrong-organization':
      return send(request, response, withHeader(answer, 'x-organization-id', otherOrganization), between);
    case 'truncated':
      return truncate(request, response, answer, between);
    default:
      return send(request, response, answer, between);
  }
}

const usualMs = 200;
const otherOrganization = 'b0b0b000-0000-4000-8000-000000000000';

const withHeader = (answer: RawAnswer, name: string, value: string): RawAnswer => ({
  ...answer,
  headers: { ...answer.headers, [name]: value },
});

function failure({ code = 500, retryAfter }: Fault): RawAnswer {
  const message = code === 429 ? 'API rate limit exceeded' : `Planned failure with status ${code}`;
  return {
    status: code,
    headers: {
      'content-type': 'application/json',
      'x-request-id': randomUUID(),
      ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
    },
    body: JSON.stringify(code === 429 ? { message } : { error: { message } }),
    operation: null,
    rejected: false,
  };
}

function send(request: RawRequest, response: ServerResponse, answer: RawAnswer, between: Exchange): void {
  between.traffic.note(request, answer, answer.status);
  const write = (): void => {
    response.writeHead(answer.status, answer.headers);
    response.end(answer.body ?? undefined);
  };
  if (between.latencyMs === 0) write();
  else setTimeout(write, between.latencyMs);
}

function truncate(request: RawRequest, response: ServerResponse, answer: RawAnswer, between: Exchange): void {
  between.traffic.note(request, answer, null);
  const body = Buffer.from(answer.body ?? '{}');
  response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
  response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
}

const reset = (response: ServerResponse): void => {
  response.socket?.resetAndDestroy();
};
