import { errorProblem } from '../../model/problem.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { ApiError } from '../contract.ts';

interface Told extends ErrorOptions {
  readonly retryAfter?: string | null;
  readonly sent?: boolean;
  readonly unconnected?: boolean;
}

/** A call that came to nothing. `certainty`: `refused` is proven not carried out, `lost` may have been. */
export class CallFailed extends Error {
  readonly error: ApiError;
  readonly certainty: 'refused' | 'lost';
  /** False when what failed kept the call itself from being sent. */
  readonly sent: boolean;
  /** That header of the answer, where it has one. */
  readonly retryAfter: string | null;
  /** No connection could be made, and every organization behind the URL is as far away. */
  readonly unconnected: boolean;
  constructor(error: ApiError, certainty: CallFailed['certainty'], told: Told = {}) {
    super(error.problem.message, told);
    this.name = 'CallFailed';
    this.error = error;
    this.certainty = certainty;
    this.sent = told.sent ?? true;
    this.retryAfter = told.retryAfter ?? null;
    this.unconnected = told.unconnected === true;
  }

  /** Every further call over the same channel would fail too, whatever organization it is about. */
  get endsChannel(): boolean {
    return this.error.endsRun || this.unconnected;
  }

  /** The same failure, for a call that may have been carried out all the same. */
  asLost(): CallFailed {
    const { retryAfter, unconnected } = this;
    return new CallFailed(this.error, 'lost', { cause: this, retryAfter, unconnected });
  }

  /** The same failure, for a call that was not even sent because of it. */
  asUnsent(): CallFailed {
    return new CallFailed(this.error, 'refused', { cause: this, sent: false, unconnected: this.unconnected });
  }
}

interface Details {
  readonly hint?: string | null;
  readonly status?: number | null;
  readonly requestId?: string | null;
  readonly certainty?: CallFailed['certainty'];
  readonly retryAfter?: string | null;
  readonly unconnected?: boolean;
  readonly cause?: unknown;
}

const endings: ReadonlySet<ProblemCode> = new Set([
  'WRONG_ORGANIZATION',
  'AUTH_FAILED',
  'DEADLINE',
  'INTERRUPTED',
]);

/** A failure with its problem; `lost` unless something else is proven. */
export function callFailed(code: ProblemCode, message: string, details: Details = {}): CallFailed {
  const requestId = details.requestId ?? null;
  const error: ApiError = {
    problem: errorProblem(code, requestId === null ? message : `${message} (request ${requestId})`, {
      hint: details.hint,
    }),
    status: details.status ?? null,
    requestId,
    endsRun: endings.has(code),
  };
  const { cause, certainty = 'lost', retryAfter = null, unconnected = false } = details;
  return new CallFailed(error, certainty, { cause, retryAfter, unconnected });
}
