import type { Plan } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import { parsePlan } from '../plan/parse-plan.ts';

/** A saved plan, or why the text is none. */
export type ReadPlan =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Reads a plan that was saved as JSON: complete, of this version, and as it was made. */
export function readPlan(text: string): ReadPlan {
  const { plan, problems } = parsePlan(text);
  return plan === null ? { ok: false, problems } : { ok: true, plan };
}
