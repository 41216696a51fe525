import type { Change, Plan } from '../model/plan.ts';
import { changeText } from './change-text.ts';
import type { PlanView } from './plan-text.ts';
import { problemText } from './problem-text.ts';
import { summaryText } from './summary-text.ts';
import { referencesOf } from './value-text.ts';

/**
 * What of a plan must stand above the question where the plan itself was read in a pager, and perhaps only its first page: all
 * that is deleted, all that somebody else has a part in, every warning, and the summary line.
 */
export function approvalText(plan: Plan, view: PlanView): string {
  const shown = { references: referencesOf(plan), kinds: view.kinds, paint: view.paint, dense: true };
  const grave = plan.changes.filter(isGrave);
  const lines = grave.flatMap((change) => changeText(change, shown));
  const blocks = [
    lines.map((line) => `${line}\n`).join(''),
    ...plan.warnings.map((each) => problemText(each, view.paint, view.linesOf, view.frame)),
    summaryText(plan, view.paint),
  ];
  return blocks
    .filter((block) => block !== '')
    .map((block) => `\n${block}`)
    .join('');
}

/** Taken away, decided against what somebody else did, or warned of. */
const isGrave = ({ action, reason, warnings }: Change): boolean =>
  action === 'delete' || reason === 'conflict' || reason === 'drift' || warnings.length > 0;
