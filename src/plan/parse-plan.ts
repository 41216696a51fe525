import type { Plan } from '../model/plan.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { checkPlan } from './check-plan.gen.js';
import { isOversized } from './oversized.ts';
import { digestOf } from './seal.ts';

/** A plan, or why the text is none. */
export type ParsedPlan = { readonly plan: Plan; readonly problems: readonly [] } | Unusable;

interface Unusable {
  readonly plan: null;
  readonly problems: readonly Problem[];
}

/** The largest text that is read as a plan: twice what 50,000 changes take. */
export const maxPlanBytes = 64 * 1024 * 1024;

/** Reads a saved plan: complete, of this version, and as it was made. */
export function parsePlan(text: string): ParsedPlan {
  if (text.length > maxPlanBytes) return unreadable('It is larger than any plan.');
  if (isOversized(text)) return unreadable('It holds more, or is nested more deeply, than any plan.');
  const value = parseJson(text);
  if (value === undefined) return unreadable('It is no complete JSON document; it may have been cut off.');
  return checkedPlan(value);
}

/** The same of a document that was parsed already: of this version, and as it was made. */
export function checkedPlan(value: unknown): ParsedPlan {
  if (typeof value !== 'object' || value === null || !('format_version' in value))
    return unreadable('It is JSON, but no plan.');
  const version = value.format_version;
  if (version !== '1') {
    // Only a short one is repeated: it may be anything, of any size and depth.
    const which = typeof version === 'string' && version.length <= 20 ? ` ${JSON.stringify(version)}` : '';
    return unusable('PLAN_VERSION', `The plan has another format${which}; this Ledgerform reads "1".`);
  }
  if (!('digest' in value)) return unreadable('It has no digest.');
  // Only what digestOf reads: every member, whatever it is.
  if (digestOf(value as Plan) !== value.digest)
    return unusable(
      'PLAN_EDITED',
      'The plan was changed after it was made: its content and its digest differ.',
    );
  if (!checkPlan(value)) {
    const [first] = checkPlan.errors ?? [];
    const place = (first?.instancePath || 'the top').slice(0, 200);
    return unreadable(`At ${place} it ${first?.message ?? 'is no plan'}.`);
  }
  return { plan: value, problems: [] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function unreadable(why: string): Unusable {
  return unusable('PLAN_UNREADABLE', `This is not a readable plan. ${why}`);
}

function unusable(code: 'PLAN_UNREADABLE' | 'PLAN_VERSION' | 'PLAN_EDITED', message: string): Unusable {
  const hint = 'Make it again with `ledgerform plan --out`.';
  return { plan: null, problems: [errorProblem(code, message, { hint })] };
}
