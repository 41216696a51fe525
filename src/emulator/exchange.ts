import type { ServerResponse } from 'node:http';
import type { Api, RawAnswer, RawRequest } from './api.ts';
import { askedOtherwise, failureAnswer, withFault } from './fault-answer.ts';
import type { FaultPlan } from './fault-plan.ts';
import type { Fault } from './faults.ts';
import { withoutPrefix } from './route.ts';
import type { After } from './timing.ts';
import { bearer, type Tokens } from './tokens.ts';
import type { LogEntry, Traffic } from './traffic.ts';

/** Sees a request come in; a promise holds it back until it is over. */
export type OnRequest = (request: Pick<LogEntry, 'method' | 'path'>) => Promise<void> | undefined;

/** What stands between the API and the wire. */
export interface Exchange {
  readonly api: Api;
  /** The API with lists that lag as this fault has it. */
  readonly lagging: (fault: Fault) => Api;
  readonly faults: FaultPlan;
  readonly traffic: Traffic;
  readonly tokens: Tokens;
  readonly latencyMs: number;
  readonly now: () => Date;
  readonly after: After;
  /** Runs something later; at the latest when the emulator is asked to settle. */
  readonly later: (ms: number, run: () => void) => void;
  /** Closes the port for a while. */
  readonly refuse: (ms: number) => void;
  readonly onRequest: OnRequest;
}

/** Answers one request, with the fault that is planned for it. */
export function exchange(request: RawRequest, response: ServerResponse, between: Exchange): void {
  const path = withoutPrefix(request.url.pathname, 'both') ?? request.url.pathname;
  const held = between.onRequest({ method: request.method, path });
  if (held) void held.then(() => carryOut(request, path, response, between));
  else carryOut(request, path, response, between);
}

function carryOut(request: RawRequest, path: string, response: ServerResponse, between: Exchange): void {
  const { method, url, body } = request;
  const fault = between.faults.take({ method, path, query: url.search.slice(1), body });
  if (fault?.kind === 'expired-token') between.tokens.expire(bearer(request.headers.authorization) ?? '');
  const answer = answerOf(request, fault, between);
  const ending = fault ? endings[fault.kind] : 'answer';
  if (fault?.kind === 'late-commit') between.later(fault.ms ?? usualMs, () => between.api(request));
  if (fault?.kind === 'refuse-connection') between.refuse(fault.ms ?? usualMs);
  const delay = between.latencyMs + (fault?.kind === 'slow' ? (fault.ms ?? usualMs) : 0);
  between.traffic.note(request, answer, ending === 'answer' ? statusOf(answer, fault) : null, fault);
  const finish = (): void => end(ending, response, fault ? withFault(fault, answer, between.now()) : answer);
  if (delay === 0) finish();
  else between.after(delay, finish);
}

function answerOf(request: RawRequest, fault: Fault | null, { api, lagging, now }: Exchange): RawAnswer {
  if (fault === null) return api(request);
  if (isBefore(fault)) return failureAnswer(fault, now());
  if (fault.kind === 'lag') return lagging(fault)(request);
  return api(fault.kind === 'stored-otherwise' ? askedOtherwise(request, fault) : request);
}

const usualMs = 200;

type Ending = 'answer' | 'reset' | 'silence' | 'half' | 'half-headers';

const endings: Readonly<Record<Fault['kind'], Ending>> = {
  'refuse-connection': 'answer',
  'reset-before': 'reset',
  'reset-after-commit': 'reset',
  'timeout-before': 'silence',
  'timeout-after-commit': 'silence',
  'late-commit': 'reset',
  status: 'answer',
  'not-json': 'answer',
  truncated: 'half',
  'cut-headers': 'half-headers',
  'wrong-content-type': 'answer',
  'wrong-organization': 'answer',
  'expired-token': 'answer',
  slow: 'answer',
  lag: 'answer',
  'stored-otherwise': 'answer',
};

const isBefore = ({ kind, after, code }: Fault): boolean =>
  kind === 'reset-before' ||
  kind === 'timeout-before' ||
  kind === 'late-commit' ||
  (kind === 'wrong-organization' && code !== undefined) ||
  (kind === 'status' && after !== 'commit');

const statusOf = (answer: RawAnswer, fault: Fault | null): number =>
  fault?.kind === 'status' ? (fault.code ?? answer.status) : answer.status;

function end(ending: Ending, response: ServerResponse, answer: RawAnswer): void {
  if (ending === 'reset') response.socket?.resetAndDestroy();
  if (ending === 'half') {
    const body = Buffer.from(answer.body ?? '{}');
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(body.length) });
    response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy());
  }
  if (ending === 'half-headers')
    response.socket?.write(`HTTP/1.1 ${answer.status} Planned\r\ncontent-ty`, () =>
      response.socket?.destroy(),
    );
  if (ending !== 'answer') return;
  response.writeHead(answer.status, answer.headers);
  response.end(answer.body ?? undefined);
}
