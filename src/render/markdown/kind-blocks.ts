import type { Change, Plan } from '../../model/plan.ts';
import { summarize } from '../../plan/seal.ts';
import { type ChangeView, signOf } from '../change-text.ts';
import { groupBy } from '../outcome-lines.ts';
import { paint } from '../paint.ts';
import { titleOf } from '../plan-text.ts';
import type { ResultView } from '../result-view.ts';
import { counted, countsText } from '../summary-text.ts';
import { referencesOf } from '../value-text.ts';
import { changeRows, changeTable } from './change-rows.ts';
import type { Block } from './fit.ts';
import { word } from './inert.ts';

/** What is said of changes: of each in its first cell, and of all of a section in its title. */
export interface Words {
  readonly each: (change: Change) => string;
  readonly all: (changes: readonly Change[]) => string;
}

/** What a plan will do with them: `+ create`, and `2 to create`. */
export const planned: Words = {
  each: (change) => `${signOf(change)} ${change.action}`,
  all: (changes) => countsText(summarize(changes), paint(false)),
};

/** A collapsed section for each kind, in the order in which kinds first appear in the plan. */
export const kindBlocks = (
  changes: readonly Change[],
  plan: Pick<Plan, 'changes' | 'observed'>,
  view: ResultView,
  words: Words,
): readonly Block[] =>
  [...groupBy(changes, ({ kind }) => kind)].flatMap(([kind, some]) =>
    changeBlock(word(titleOf(kind, view.kinds)), some, plan, view, words),
  );

/** A collapsed section of some changes; none where there are none. */
export function changeBlock(
  title: string,
  changes: readonly Change[],
  plan: Pick<Plan, 'changes' | 'observed'>,
  view: ResultView,
  words: Words,
): readonly Block[] {
  if (changes.length === 0) return [];
  const shown: ChangeView = { references: referencesOf(plan), kinds: view.kinds, paint: paint(false) };
  const warnings = changes.reduce((sum, each) => sum + each.warnings.length, 0);
  const counts =
    warnings === 0 ? words.all(changes) : `${words.all(changes)}, ${counted(warnings, 'warning')}`;
  return [
    {
      open: `\n<details><summary><b>${title}</b>: ${counts}</summary>\n\n${changeTable}`,
      entries: changeRows(changes, shown, words.each),
      close: '\n</details>\n',
      noun: 'change',
      section: true,
    },
  ];
}
