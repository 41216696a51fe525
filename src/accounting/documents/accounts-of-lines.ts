import type { BookLine } from '../../model/book-document.ts';
import type { DiffFacet } from '../../model/document-diff.ts';
import { lineAmount } from './amount-there.ts';

/** The ledger accounts, as far as lines of both sides point to them. */
export interface AccountBook {
  /** What an id of either side stands for; an internal account stands for the external one of the same code. Null: no such account. */
  readonly standsFor: (id: string) => string | null;
  readonly label: (id: string) => string;
}

/**
 * Compares the accounts of lines, however the lines are ordered: null where they are the same. `unknown` where the ids over
 * there are none of Tesouro's, or no lines are told.
 */
export function compareAccounts(
  own: readonly (string | null)[],
  lines: readonly BookLine[],
  accounts: AccountBook,
): DiffFacet | null | 'unknown' {
  const there: (string | null)[] = [];
  for (const line of lines) {
    if (isNoPosting(line)) continue;
    const known = line.ledger_account_id === null ? null : accounts.standsFor(line.ledger_account_id);
    if (known === null && line.ledger_account_id !== null) return 'unknown';
    there.push(known);
  }
  if (there.length === 0) return 'unknown';
  const here = own.map((id) => (id === null ? null : (accounts.standsFor(id) ?? id)));
  const onlyHere = less(here, there);
  const onlyThere = less(there, here);
  if (onlyHere.length === 0 && onlyThere.length === 0) return null;
  return { what: 'accounts', here: textOf(onlyHere, accounts), there: textOf(onlyThere, accounts) };
}

/** A line of text, or a deduction: the service makes one of its own for it, with a negative amount. */
function isNoPosting(line: BookLine): boolean {
  const amount = lineAmount(line);
  if (amount === null) return false;
  return amount.digits < 0n || (amount.digits === 0n && line.ledger_account_id === null);
}

/** What is in the first list more often than in the second. */
function less(
  all: readonly (string | null)[],
  without: readonly (string | null)[],
): readonly (string | null)[] {
  const left = new Map<string | null, number>();
  for (const each of without) left.set(each, (left.get(each) ?? 0) + 1);
  return all.filter((each) => {
    const count = left.get(each) ?? 0;
    left.set(each, count - 1);
    return count <= 0;
  });
}

/** `2 × 4010 Consulting, none`; null for nothing. */
function textOf(ids: readonly (string | null)[], { label }: AccountBook): string | null {
  const counts = new Map<string, number>();
  for (const id of ids) {
    const text = id === null ? 'no account' : label(id);
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  const texts = [...counts].map(([text, count]) => (count === 1 ? text : `${count} × ${text}`));
  return texts.length === 0 ? null : texts.sort().join(', ');
}
