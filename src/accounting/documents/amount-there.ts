import type { BookDocument, BookLine } from '../../model/book-document.ts';
import { minorPlaces } from '../../model/currency.ts';
import {
  type Decimal,
  decimalOf,
  isSameNumber,
  negative,
  plus,
  rounded,
  times,
  zero,
} from '../../model/decimal.ts';

/** What a document over there comes to. */
export interface AmountThere {
  /** The total, or the sum of the lines. */
  readonly amount: Decimal;
  /** The same sum with each line rounded, or without the negative lines that deductions become. */
  readonly otherwise: readonly Decimal[];
  /** A sum of lines, because no total is told: without tax, unless the prices there include it. */
  readonly net: boolean;
}

/** What a document comes to: its total, else the sum of its lines; null where neither is told. */
export function amountThere(document: BookDocument, currency: string | null): AmountThere | null {
  const places = minorPlaces(document.currency ?? currency);
  if (document.total_amount !== null) {
    // Far behind the smallest unit stands what a service that counts in binary leaves: 119.00000000000001.
    return { amount: rounded(decimalOf(document.total_amount), places + 4), otherwise: [], net: false };
  }
  let sum = zero;
  let sumOfRounded = zero;
  let undeducted = zero;
  for (const line of document.lines) {
    const amount = lineAmount(line);
    if (amount === null) return null;
    sum = plus(sum, amount);
    sumOfRounded = plus(sumOfRounded, rounded(amount, places));
    if (amount.digits > 0n) undeducted = plus(undeducted, amount);
  }
  if (document.lines.length === 0) return null;
  const amount = rounded(sum, places);
  const otherwise = [sumOfRounded, rounded(undeducted, places)].filter((each) => !isSameNumber(amount, each));
  return { amount, otherwise, net: true };
}

/** Quantity times price less the discount; null where the service does not say both. A line of text alone is nothing. */
export function lineAmount({
  discount_amount,
  discount_percentage,
  quantity,
  unit_amount,
}: BookLine): Decimal | null {
  if (quantity === null && unit_amount === null) return zero;
  if (quantity === null || unit_amount === null) return null;
  const full = times(decimalOf(quantity), decimalOf(unit_amount));
  // A percentage stands beside the amount that it comes to, where both are told.
  if (discount_amount !== null && discount_amount !== 0)
    return plus(full, negative(decimalOf(discount_amount)));
  if (discount_percentage === null || discount_percentage === 0) return full;
  const kept = plus({ digits: 100n, scale: 0 }, negative(decimalOf(discount_percentage)));
  return times(full, { digits: kept.digits, scale: kept.scale + 2 });
}
