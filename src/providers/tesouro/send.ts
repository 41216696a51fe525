import { backoff } from './backoff.ts';
import { CallFailed, callFailed } from './call-failed.ts';
import { type Clock, sleep } from './clock.ts';
import type { Lease, Limiter, Urgency } from './limiter.ts';
import { Ended, endedCall, type Patience } from './patience.ts';
import { requestIdOf } from './request-id.ts';
import type { Counters, LogLine } from './traffic.ts';
import { type Answer, type Exchange, Fault, type Outgoing } from './transport.ts';

/** A request with what is needed to repeat, count and name it. */
export interface Call extends Outgoing {
  /** Method and path template: `PATCH /ledger-accounts/{ledger_account_id}`. */
  readonly operation: string;
  /**
   * `always`: doing it twice is the same as doing it once. `undone`: only while it is proven that nothing was done. `never`:
   * only by whoever made it, from what is stored by then.
   */
  readonly repeat: 'always' | 'undone' | 'never';
  readonly urgency: Urgency;
  /** An answer after which nothing more may be sent, whatever its status. */
  readonly isLast: (answer: Answer) => boolean;
  /** Why nothing may be sent any more; null as long as it may. */
  readonly barred: () => CallFailed | null;
}

/** The last answer; `uncertain`: an earlier attempt may have been carried out. */
export interface LastAnswer extends Answer {
  readonly uncertain: boolean;
}

/** Sends a call until its answer is final: whatever status that has. Throws CallFailed when there is none. */
export type Send = (call: Call) => Promise<LastAnswer>;

export interface SendParts {
  readonly limiter: Limiter;
  readonly exchange: Exchange;
  readonly patience: Patience;
  readonly clock: Clock;
  readonly random: () => number;
  readonly counters: Counters;
  readonly log: (line: LogLine) => void;
}

const longestRequest = 30_000;
/** How often a call that fails, and one that is throttled, is sent at most. */
export const mostFaults = 6;
export const mostThrottled = 20;

/** Repeats what may be repeated: with growing pauses, within the deadline, a bounded number of times. */
export function createSend(parts: SendParts): Send {
  return (call) => parts.patience.within((signal) => attempts(call, parts, signal));
}

async function attempts(call: Call, parts: SendParts, signal: AbortSignal): Promise<LastAnswer> {
  let [faults, throttled, uncertain] = [0, 0, false];
  for (let attempt = 1; ; attempt += 1) {
    const lease = await acquire(call, parts, signal, attempt, uncertain);
    const result = await once(call, parts, lease, signal, attempt);
    if (result instanceof Ended) throw endedCall(result, call.operation, 'lost');
    const again = nextStep(call, result);
    uncertain ||= again === 'uncertain';
    const exhausted = again === 'throttled' ? ++throttled >= mostThrottled : ++faults >= mostFaults;
    // A throttled call waits in the limiter, which has stopped everything.
    const asked = result instanceof Fault ? null : result.headers.get('retry-after');
    const pause = again === 'throttled' ? 0 : backoff(faults, asked, parts);
    if (again === 'final' || exhausted || pause >= parts.patience.remaining())
      return conclude(call, result, uncertain);
    await waiting(call, uncertain, () => sleep(parts.clock, pause, signal));
  }
}

async function acquire(
  call: Call,
  { limiter, patience }: SendParts,
  signal: AbortSignal,
  attempt: number,
  uncertain: boolean,
): Promise<Lease> {
  const urgency = call.urgency === 'normal' && attempt > 1 ? 'retry' : call.urgency;
  return waiting(call, uncertain, async () => {
    const lease = await limiter.acquire(signal, urgency);
    const bar = call.barred() ?? (patience.remaining() > 0 ? null : new Ended('DEADLINE'));
    if (bar === null) return lease;
    lease.release();
    throw bar;
  });
}

/** Waiting sends nothing: when the run ends meanwhile, only earlier attempts count. */
async function waiting<T>(call: Call, uncertain: boolean, wait: () => Promise<T>): Promise<T> {
  try {
    return await wait();
  } catch (error) {
    if (error instanceof Ended) throw endedCall(error, call.operation, uncertain ? 'lost' : 'refused');
    throw uncertain && error instanceof CallFailed ? error.asLost() : error;
  }
}

async function once(
  call: Call,
  { clock, counters, exchange, log }: SendParts,
  lease: Lease,
  signal: AbortSignal,
  attempt: number,
): Promise<Answer | Fault | Ended> {
  const started = clock.now();
  const timer = new AbortController();
  const cancel = clock.after(longestRequest, () =>
    timer.abort(new Fault(`no answer within ${longestRequest / 1000} seconds`, true, null)),
  );
  counters.sent(call.operation, attempt);
  let [status, requestId]: [number | null, string | null] = [null, null];
  try {
    return await exchange(call, AbortSignal.any([signal, timer.signal]), (seen, headers) => {
      [status, requestId] = [seen, requestIdOf(headers)];
      if (seen === 429) counters.throttled();
      lease.answered(seen, headers);
    });
  } catch (error) {
    if (error instanceof Fault || error instanceof Ended) return error;
    throw error;
  } finally {
    cancel();
    lease.release();
    const ms = Math.round(clock.now() - started);
    log({ method: call.method, path: new URL(call.url).pathname, status, ms, requestId, attempt });
  }
}

/** `again`: proven not done; `uncertain`: perhaps done, and may be repeated. */
function nextStep(call: Call, result: Answer | Fault): 'final' | 'again' | 'uncertain' | 'throttled' {
  if (call.repeat === 'never') return 'final';
  if (result instanceof Fault) {
    if (!result.reached) return 'again';
    return call.repeat === 'always' ? 'uncertain' : 'final';
  }
  if (call.isLast(result)) return 'final';
  if (result.status === 429) return 'throttled';
  return isPassing(result.status) && call.repeat === 'always' ? 'uncertain' : 'final';
}

/** An answer that may be another one the next time, though nothing changes. */
export const isPassing = (status: number): boolean => status >= 500 || status === 408;

function conclude(call: Call, result: Answer | Fault, uncertain: boolean): LastAnswer {
  if (!(result instanceof Fault)) return { ...result, uncertain };
  const host = new URL(call.url).host;
  throw callFailed('API_UNREACHABLE', `${host} did not answer ${call.operation}: ${result.message}.`, {
    certainty: result.reached || uncertain ? 'lost' : 'refused',
    status: result.status,
    hint: result.reached ? null : 'Check the network, HTTPS_PROXY and TESOURO_API_URL.',
    unconnected: !result.reached,
    cause: result,
  });
}
