import type { Address } from '../../model/value.ts';
import { comparePoints } from '../../plan/compare-points.ts';
import { assignedEvidence } from './assigned.ts';
import type { Account } from './chart.ts';
import type { Evidence } from './evidence.ts';
import { filedEvidence } from './filed.ts';
import type { AssignFacts } from './gaps.ts';
import type { Group } from './groups.ts';
import { nameEvidence } from './named.ts';

/** An account for a group, and why. */
export interface Suggestion {
  readonly account: Account;
  /** From 0 to 1, two decimals. */
  readonly score: number;
  /** The best reason first. */
  readonly why: readonly [string, ...string[]];
}

/** No more than anybody reads. */
const most = 5;

/**
 * Prepares suggestions: accounts that may be used, by all that speaks for them, the best first. Reasons of different sorts add up,
 * and none makes it certain. The same facts give the same suggestions, in whatever order they were read.
 */
export function suggesting(facts: AssignFacts, minScore: number): (group: Group) => readonly Suggestion[] {
  const accounts = new Map(facts.chart.map((account) => [account.address, account]));
  const sources = [assignedEvidence(facts), filedEvidence(facts), nameEvidence(facts.chart)];
  return (group) => {
    const found = new Map<Address, Evidence[]>();
    for (const evidence of sources.flatMap((source) => source(group)))
      found.set(evidence.account, [...(found.get(evidence.account) ?? []), evidence]);
    return [...found]
      .flatMap(([address, evidence]) => suggestionOf(accounts.get(address), evidence))
      .filter(({ score }) => score >= minScore)
      .sort(
        (a, b) =>
          b.score - a.score ||
          comparePoints(a.account.label, b.account.label) ||
          comparePoints(a.account.address, b.account.address),
      )
      .slice(0, most);
  };
}

function suggestionOf(account: Account | undefined, evidence: readonly Evidence[]): readonly Suggestion[] {
  const sorted = [...evidence].sort((a, b) => b.score - a.score || comparePoints(a.why, b.why));
  const [first, ...rest] = [...new Set(sorted.map(({ why }) => why))];
  if (!account || first === undefined) return [];
  const bySort = new Map<Evidence['by'], number>();
  // Of one sort only the best counts: ten rules for one vendor are no more certain than one.
  for (const { by, score } of sorted) bySort.set(by, Math.max(bySort.get(by) ?? 0, score));
  const doubt = [...bySort.values()].sort((a, b) => a - b).reduce((left, score) => left * (1 - score), 1);
  return [{ account, score: Math.round(Math.min(0.99, 1 - doubt) * 100) / 100, why: [first, ...rest] }];
}
