import { errorProblem, type Origin, type Problem } from '../model/problem.ts';
import type { Selected } from './select.ts';

/** An item as the search for winners sees it: it names one object, or is a rule. */
type Item = { readonly type: 'specific' | 'rule'; readonly origin: Origin };

/** Which item has the say over each object, by its place in the list. */
export interface Winners<T> {
  readonly winners: ReadonlyMap<T, number>;
  readonly problems: readonly Problem[];
}

/** What finding the winners of one list takes. */
export interface Contest<T, I extends Item> {
  readonly items: readonly I[];
  readonly objects: readonly T[];
  /** The object that a specific item means. */
  readonly select: (item: Extract<I, { readonly type: 'specific' }>) => Selected<T>;
  /** Prepares the rules: the place of the first that matches, or -1. */
  readonly compile: (rules: readonly Extract<I, { readonly type: 'rule' }>[]) => (object: T) => number;
  readonly label: (object: T) => string;
}

/** One winner for each object: the specific item that names it, else the first rule that matches. */
export function findWinners<T, I extends Item>(contest: Contest<T, I>): Winners<T> {
  const winners = new Map<T, number>();
  const problems: Problem[] = [];
  contest.items.forEach((item, at) => {
    if (!isSpecific(item)) return;
    const found = contest.select(item);
    if ('problem' in found) {
      problems.push(found.problem);
      return;
    }
    const first = contest.items[winners.get(found.object) ?? -1];
    if (first) problems.push(shared(first.origin, item.origin, contest.label(found.object)));
    else winners.set(found.object, at);
  });
  const rules = contest.items.flatMap((item, at) => (isRule(item) ? [{ item, at }] : []));
  if (rules.length === 0) return { winners, problems };
  const first = contest.compile(rules.map(({ item }) => item));
  for (const object of contest.objects) {
    if (winners.has(object)) continue;
    const rule = rules[first(object)];
    if (rule) winners.set(object, rule.at);
  }
  return { winners, problems };
}

function isSpecific<I extends Item>(item: I): item is Extract<I, { readonly type: 'specific' }> {
  return item.type === 'specific';
}

function isRule<I extends Item>(item: I): item is Extract<I, { readonly type: 'rule' }> {
  return item.type === 'rule';
}

function shared(first: Origin, origin: Origin, label: string): Problem {
  const message = `${label} is already named by the item at ${first.file}:${first.line}:${first.column}; only one may say what it is assigned to.`;
  return errorProblem('ASSIGNMENT_SHARED', message, { origin, hint: 'Remove one of the two items.' });
}
