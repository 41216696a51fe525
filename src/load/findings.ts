import type { Problem } from '../model/problem.ts';
import type { Repair } from './repair.ts';

/** What a stage of loading has to say. */
export interface Findings {
  readonly problems: readonly Problem[];
  readonly repairs: readonly Repair[];
}
