import type { Address } from '../../model/value.ts';

/** One reason for an account. */
export interface Evidence {
  readonly account: Address;
  readonly by: 'assignments' | 'file' | 'name';
  /** From 0 to 1: how much it says. */
  readonly score: number;
  /** A sentence without its full stop. */
  readonly why: string;
}

/** How many things of one sort there are that have an account, and how many are on which. */
export interface Tally {
  total: number;
  readonly onAccount: Map<Address, number>;
}

/** Counts one more thing under a text; things without the text are counted nowhere. */
export function count(tallies: Map<string, Tally>, key: string, account: Address): void {
  const tally = tallies.get(key) ?? { total: 0, onAccount: new Map<Address, number>() };
  tallies.set(key, tally);
  tally.total += 1;
  tally.onAccount.set(account, (tally.onAccount.get(account) ?? 0) + 1);
}

/**
 * What a tally says for each account: the share of the things that are on it, which counts the more the more they are.
 * `what` names the things: `lines of Hetzner`.
 */
export function evidenceIn(
  tally: Tally | undefined,
  weight: number,
  what: { readonly one: string; readonly many: string },
  labelOf: (account: Address) => string,
): readonly Evidence[] {
  if (!tally) return [];
  const { onAccount, total } = tally;
  return [...onAccount].map(([account, hits]) => ({
    account,
    by: 'assignments',
    score: weight * (hits / total) * (hits / (hits + 0.35)),
    why: `${sharePhrase(hits, total, what)} on ${labelOf(account)}`,
  }));
}

function sharePhrase(
  hits: number,
  total: number,
  { many, one }: { readonly one: string; readonly many: string },
): string {
  if (total === 1) return `the one other ${one} is`;
  if (hits < total) return `${hits} of ${total} other ${many} ${hits === 1 ? 'is' : 'are'}`;
  return total === 2 ? `both other ${many} are` : `all ${total} other ${many} are`;
}
