import type { ProblemCode } from './problem-codes.ts';
import type { Address } from './value.ts';

/** Where something stands in a file. `file` is relative to the repository (without Git: to the working directory), with `/`; line and column count from 1. */
export interface Origin {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** Every complaint to the user has this shape: what is wrong, where, and what to do. */
export interface Problem {
  readonly code: ProblemCode;
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly address: Address | null;
  readonly hint: string | null;
  /** IN_USE only: everything that still uses the object, where the message names the first ones. */
  readonly uses?: readonly ProblemUse[];
}

/** One user of an object that may not be deleted: its kind, its id (a setting's address) and what it is called. */
export interface ProblemUse {
  readonly by: 'product' | 'invoice' | 'line_item' | 'setting';
  readonly id: string;
  readonly label: string;
}

interface Details {
  readonly origin?: Origin | null | undefined;
  readonly address?: Address | null | undefined;
  readonly hint?: string | null | undefined;
}

/** Something that stops the run. */
export const errorProblem = (code: ProblemCode, message: string, details: Details = {}): Problem =>
  problem('error', code, message, details);

/** Something to know that stops nothing. */
export const warningProblem = (code: ProblemCode, message: string, details: Details = {}): Problem =>
  problem('warning', code, message, details);

const problem = (
  severity: Problem['severity'],
  code: ProblemCode,
  message: string,
  details: Details,
): Problem => ({
  code,
  severity,
  message,
  file: details.origin?.file ?? null,
  line: details.origin?.line ?? null,
  column: details.origin?.column ?? null,
  address: details.address ?? null,
  hint: details.hint ?? null,
});

/**
 * The run cannot go on for reasons the user can read. `exitCode` is product-wide: 1 failed, 3 bad input, 4 refused,
 * 5 partly done, 130 interrupted.
 */
export class Stop extends Error {
  readonly exitCode: 1 | 3 | 4 | 5 | 130;
  readonly problems: readonly Problem[];
  constructor(exitCode: Stop['exitCode'], problems: readonly Problem[], options?: ErrorOptions) {
    super(problems.map((each) => `${each.code}: ${each.message}`).join('\n'), options);
    this.name = 'Stop';
    this.exitCode = exitCode;
    this.problems = problems;
  }
}
