import { numberText } from '../model/number-text.ts';
import type { Action, Plan, Summary } from '../model/plan.ts';
import type { Paint } from './paint.ts';

const verbs: readonly (readonly [action: Action, colour: 'green' | 'yellow' | 'red'])[] = [
  ['create', 'green'],
  ['update', 'yellow'],
  ['set', 'yellow'],
  ['assign', 'yellow'],
  ['unassign', 'yellow'],
  ['delete', 'red'],
];

/** The one line that says what a plan comes to; it stands last. What is no drift is counted apart; what is `left` no repair may touch. */
export function summaryText(
  plan: Pick<Plan, 'summary' | 'changes' | 'warnings'>,
  paint: Paint,
  { gaps, left, pending } = { gaps: 0, left: 0, pending: 0 },
  reasons: 'above' | 'below' = 'above',
): string {
  const refusals = plan.warnings.filter((each) => each.severity === 'error').length;
  const refused =
    refusals === 0
      ? ''
      : ` ${paint.red(`Refused for ${refusals === 1 ? 'the reason' : `the ${refusals} reasons`} ${reasons}; nothing will be written.`)}`;
  const apart = [
    ...(gaps === 0 ? [] : [`${counted(gaps, 'gap')} that rules would fill`]),
    ...(pending === 0 ? [] : [`${counted(pending, 'change')} of the file not applied yet`]),
  ].join(', ');
  if (plan.changes.length === 0 && refusals === 0 && left > 0)
    return `Nothing to repair${apart === '' ? '' : `; ${apart}`}.\n`;
  if (plan.changes.length === 0 && refusals === 0 && apart !== '') return `No drift; ${apart}.\n`;
  if (plan.changes.length === 0 && refusals === 0)
    return 'No changes: the organization is as the file says.\n';
  return `Plan: ${countsText(plan.summary, paint)}${apart === '' ? '' : `; apart from that ${apart}, no drift`}.${refused}\n`;
}

/** `2 to create, 1 to delete`, or `no changes`. */
export function countsText(summary: Summary, paint: Paint): string {
  const parts = verbs
    .filter(([action]) => summary[action] > 0)
    .map(([action, colour]) => paint[colour](`${numberText(summary[action])} to ${action}`));
  return parts.length === 0 ? 'no changes' : parts.join(', ');
}

/** How many requests an apply of this plan writes with: settings go in one. */
export const writesOf = (plan: Pick<Plan, 'changes'>): number => {
  const settings = plan.changes.filter((change) => change.kind === 'setting').length;
  return plan.changes.length - settings + (settings > 0 ? 1 : 0);
};

/** What was read, and what the apply will cost: its writes and, with both looks around them, its time at the current rate limit. */
export const costText = (plan: Plan, limitPerSecond: number): string => costTextOf([plan], limitPerSecond);

/** The same for several plans together. */
export function costTextOf(
  plans: readonly Pick<Plan, 'changes' | 'observed'>[],
  limitPerSecond: number,
): string {
  const requests = plans.reduce((sum, { observed }) => sum + observed.requests, 0);
  const read = `Read with ${counted(requests, 'request')}.`;
  const writes = plans.reduce((sum, plan) => sum + writesOf(plan), 0);
  if (writes === 0) return `${read}\n`;
  const sends = `${read} An apply sends ${counted(writes, 'write')}`;
  // So much means that there is no limit.
  if (limitPerSecond >= 10_000) return `${sends}.\n`;
  const seconds = Math.max(1, Math.ceil((writes + 2 * requests) / limitPerSecond));
  const pace = `at ${counted(limitPerSecond, 'request')} a second`;
  return `${sends} and takes about ${counted(seconds, 'second')} ${pace}, with the look before and the proof after.\n`;
}

/** `1 request`, `2,000 requests`. */
export const counted = (count: number, noun: string): string =>
  `${numberText(count)} ${noun}${count === 1 ? '' : 's'}`;

export { numberText };
