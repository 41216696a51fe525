import type { Address } from '../../model/value.ts';
import type { Account } from './chart.ts';
import type { Gap, GapType } from './gaps.ts';
import { amountsOf, type Group } from './groups.ts';
import type { Way } from './ways.ts';

/** An account that was chosen for a group, and how that is to be written. */
export interface Choice {
  readonly type: 'choice';
  readonly group: Group;
  readonly account: Account;
  readonly way: Way;
}

/** What was said to one question. */
export type Decision =
  | Choice
  | { readonly type: 'skip'; readonly key: string }
  | { readonly type: 'skip all'; readonly of: GapType };

/** The choices among what was said. */
export const choicesIn = (decisions: readonly Decision[]): readonly Choice[] =>
  decisions.filter((each) => each.type === 'choice');

/** The addresses that have an answer by what was chosen. */
export function answeredBy(decisions: readonly Decision[]): ReadonlySet<Address> {
  return new Set(
    choicesIn(decisions).flatMap(({ group, way }): readonly Address[] => {
      if (way.type === 'rule') return [...way.fills];
      return group.type === 'setting' ? [group.slot.address] : group.gaps.map(({ address }) => address);
    }),
  );
}

/** The questions that are left, each without what already has an answer: a rule may have answered more than its own. */
export function questionsLeft(groups: readonly Group[], decisions: readonly Decision[]): readonly Group[] {
  const answered = answeredBy(decisions);
  const skipped = new Set(decisions.flatMap((each) => (each.type === 'skip' ? each.key : [])));
  const skippedTypes = new Set(decisions.flatMap((each) => (each.type === 'skip all' ? each.of : [])));
  // Whoever takes one account for all products has answered for each of them.
  const forAll = choicesIn(decisions).some(({ group }) => group.type === 'setting' && group.optional);
  return groups.flatMap((group): readonly Group[] => {
    if (skipped.has(group.key) || skippedTypes.has(group.type)) return [];
    if (group.type === 'setting') return answered.has(group.slot.address) ? [] : [group];
    if (group.type === 'product' && forAll) return [];
    const [first, ...rest] = group.gaps.filter(({ address }) => !answered.has(address));
    const gaps: readonly [Gap, ...Gap[]] | null = first ? [first, ...rest] : null;
    return gaps ? [{ ...group, gaps, amounts: amountsOf(gaps) }] : [];
  });
}
