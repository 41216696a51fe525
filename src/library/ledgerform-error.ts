import { type Problem, Stop } from '../model/problem.ts';
import { ReadFailed } from '../providers/contract.ts';

/** A call that could not be done for a reason that somebody can do something about. Whatever else is thrown is a wrong call (TypeError) or a bug. */
export class LedgerformError extends Error {
  /** At least one; `code` is for programs: `AUTH_FAILED`, `API_UNREACHABLE`, `DEADLINE`, `INTERRUPTED` and so on. */
  readonly problems: readonly Problem[];
  /** The HTTP status that the service answered with; null where no answer is the reason. */
  readonly status: number | null;
  /** The service's own name for that request. */
  readonly requestId: string | null;
  constructor(
    problems: readonly Problem[],
    answer: { readonly status: number | null; readonly requestId: string | null },
    options?: ErrorOptions,
  ) {
    super(problems.map(({ code, message }) => `${code}: ${message}`).join('\n'), options);
    this.name = 'LedgerformError';
    this.problems = problems;
    this.status = answer.status;
    this.requestId = answer.requestId;
  }
}

const noAnswer = { status: null, requestId: null };

/** What a call of the library rejects with, for what was thrown inside. A bug stays what it is. */
export function rejection(thrown: unknown): unknown {
  if (thrown instanceof ReadFailed)
    return new LedgerformError([thrown.error.problem], thrown.error, { cause: thrown });
  if (thrown instanceof Stop) return new LedgerformError(thrown.problems, noAnswer, { cause: thrown });
  return thrown;
}
