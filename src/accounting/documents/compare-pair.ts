import type { BookDocument } from '../../model/book-document.ts';
import { isSameCurrency, minorPlaces } from '../../model/currency.ts';
import { type Decimal, decimalOf, decimalText, isSameNumber, shifted } from '../../model/decimal.ts';
import type { Compared, DiffFacet } from '../../model/document-diff.ts';
import { isCalledOff } from '../to-push.ts';
import { type AccountBook, compareAccounts } from './accounts-of-lines.ts';
import { amountThere } from './amount-there.ts';
import type { OwnDocument } from './own-document.ts';
import { numberKey } from './same-words.ts';

/** What differs, and what could not be compared because a side does not say it. */
export interface Comparison {
  readonly differences: readonly DiffFacet[];
  readonly notCompared: readonly Compared[];
}

type Finding = DiffFacet | null | 'unknown';

/** Compares a document of ours with the same one over there. */
export function comparePair(own: OwnDocument, document: BookDocument, accounts: AccountBook): Comparison {
  const currency = currencyOf(own, document);
  const findings: readonly (readonly [Compared, Finding])[] = [
    ['currency', currency],
    // Amounts in different currencies have nothing to compare.
    ['amount', currency === null || currency === 'unknown' ? amountOf(own, document) : null],
    ['number', numberOf(own, document)],
    ['status', statusOf(own, document)],
    ['accounts', accountsOf(own, document, accounts)],
  ];
  return {
    differences: findings.flatMap(([, found]) => (found === null || found === 'unknown' ? [] : [found])),
    notCompared: findings.flatMap(([what, found]) => (found === 'unknown' ? [what] : [])),
  };
}

function currencyOf(own: OwnDocument, document: BookDocument): Finding {
  if (own.currency === null || document.currency === null) return 'unknown';
  if (isSameCurrency(own.currency, document.currency)) return null;
  return { what: 'currency', here: own.currency, there: document.currency };
}

function amountOf(own: OwnDocument, document: BookDocument): Finding {
  const there = amountThere(document, own.currency);
  if (own.total === null || there === null) return 'unknown';
  const currency = own.currency ?? document.currency;
  const places = minorPlaces(currency);
  const major = (minor: number): Decimal => shifted(decimalOf(minor), places);
  const total = major(own.total);
  const net = own.net === null ? null : major(own.net);
  // A sum of lines over there is without tax, or with it where prices include it.
  const accepted = there.net && net !== null ? [net, total] : [total];
  const told = [there.amount, ...there.otherwise];
  if (accepted.some((mine) => told.some((theirs) => isSameNumber(mine, theirs)))) return null;
  if (there.net && net === null) return 'unknown';
  const text = (amount: Decimal): string => decimalText(amount, places);
  return { what: 'amount', here: text(accepted[0] ?? total), there: text(there.amount) };
}

function numberOf(own: OwnDocument, document: BookDocument): Finding {
  const here = numberKey(own.number);
  const there = numberKey(document.number);
  if (here === there) return null;
  if (here === null || there === null) return 'unknown';
  return { what: 'number', here, there };
}

/** One side has called it off and the other has not. Other statuses mean different things on each side. */
function statusOf(own: OwnDocument, document: BookDocument): Finding {
  if (document.status === null || document.status === 'unknown') return null;
  if (isCalledOff(own) === (document.status === 'void')) return null;
  return { what: 'status', here: own.status, there: document.status };
}

function accountsOf(own: OwnDocument, { lines }: BookDocument, accounts: AccountBook): Finding {
  if (own.accounts === null) return 'unknown';
  const found = compareAccounts(own.accounts, lines, accounts);
  if (found === null || found === 'unknown' || own.accountsNow === undefined) return found;
  return compareAccounts(own.accountsNow, lines, accounts) === null ? null : found;
}
