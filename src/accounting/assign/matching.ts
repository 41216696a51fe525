import type { Account } from './chart.ts';
import type { Suggestion } from './suggest.ts';
import { folded } from './words.ts';

/**
 * The accounts for what somebody types, each word of which must stand in the code, the name or the description: the suggested ones first,
 * then those whose code begins with it, then by code. For nothing typed all of them.
 */
export function accountsMatching(
  typed: string,
  chart: readonly Account[],
  suggestions: readonly Suggestion[],
): readonly Account[] {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const [first] = words;
  const suggested = suggestions.map(({ account }) => account);
  const rest = chart.filter((account) => !suggested.includes(account));
  const found = [...suggested, ...rest].filter((account) => {
    const text = folded([account.code, account.name, account.description].join(' '));
    return words.every((word) => text.includes(word));
  });
  if (first === undefined) return found;
  const rank = (account: Account): number =>
    folded(account.code ?? '').startsWith(first) ? 0 : suggested.includes(account) ? 1 : 2;
  return found
    .map((account, at) => ({ account, at }))
    .sort((a, b) => rank(a.account) - rank(b.account) || a.at - b.at)
    .map(({ account }) => account);
}
