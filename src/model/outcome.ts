import type { Action } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Address } from './value.ts';

/** What became of one change. `unknown`: a write was sent and nobody can say whether it was carried out. */
export type OutcomeStatus = 'applied' | 'already_done' | 'overtaken' | 'skipped' | 'failed' | 'unknown';

export interface Outcome {
  readonly address: Address;
  readonly action: Action;
  readonly status: OutcomeStatus;
  readonly id: string | null;
  /** Why it is not done; of what was overtaken a warning. */
  readonly error: Problem | null;
}

/** What `apply --json` prints. */
export interface ApplyReport {
  readonly format_version: '1';
  readonly outcome: 'applied' | 'nothing' | 'partial' | 'refused';
  readonly summary: {
    readonly applied: number;
    /** Those included of which nobody knows (`unknown`). */
    readonly failed: number;
    readonly skipped: number;
    readonly already_done: number;
    readonly overtaken: number;
  };
  readonly outcomes: readonly Outcome[];
  /** What is wrong beyond the outcomes: what ended the run early, and what the end check found not to be as planned; as warnings, what rules match anew. */
  readonly problems: readonly Problem[];
  /** The end check found everything as planned. */
  readonly converged: boolean;
  /** Requests of the whole run, token included. */
  readonly requests: number;
  /** Writes that reached the service, or may have; retries of one are one. */
  readonly writes: number;
  /** The run record's id; null when nothing was to be written. */
  readonly run: string | null;
}
