import type { Change, Plan } from '../model/plan.ts';
import { summarize } from '../plan/seal.ts';
import { groupBy } from './outcome-lines.ts';
import type { Paint } from './paint.ts';
import { groupByRule } from './rule-group-text.ts';
import { countsText } from './summary-text.ts';
import { padEnd, width } from './width.ts';

/** So many changes are read one by one. */
const readable = 30;

/**
 * Whether a plan has so many changes, those by one rule counted once, that it begins with what it comes to and says each of them
 * in fewer lines. The screen has no part in it: everybody reads the same plan.
 */
export const isLongPlan = ({ changes }: Pick<Plan, 'changes'>): boolean =>
  changes.length > readable && groupByRule(changes).length > readable;

/** What a plan comes to for each of its kinds; empty where there is only one, as the summary says it all. */
export function kindsText(
  changes: readonly Change[],
  titleOf: (kind: string) => string,
  paint: Paint,
): string {
  const kinds = [...groupBy(changes, ({ kind }) => kind)];
  if (kinds.length < 2) return '';
  const titles = kinds.map(([kind]) => titleOf(kind));
  const columns = Math.max(...titles.map(width));
  return kinds
    .map(([, some], at) => `  ${padEnd(titles[at] ?? '', columns)}  ${countsText(summarize(some), paint)}\n`)
    .join('');
}
