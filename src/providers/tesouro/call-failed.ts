import { errorProblem } from '../../model/problem.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { ApiError } from '../contract.ts';

/** A call that came to nothing. `certainty`: `refused` is proven not carried out, `lost` may have been. */
export class CallFailed extends Error {
  readonly error: ApiError;
  readonly certainty: 'refused' | 'lost';
  constructor(error: ApiError, certainty: CallFailed['certainty'], options?: ErrorOptions) {
    super(error.problem.message, options);
    this.name = 'CallFailed';
    this.error = error;
    this.certainty = certainty;
  }
}

interface Details {
  readonly hint?: string | null;
  readonly status?: number | null;
  readonly requestId?: string | null;
  readonly certainty?: CallFailed['certainty'];
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
  return new CallFailed(error, details.certainty ?? 'lost', { cause: details.cause });
}
