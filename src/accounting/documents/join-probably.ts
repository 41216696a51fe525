import type { BookDocument } from '../../model/book-document.ts';
import { isSameCurrency, minorPlaces } from '../../model/currency.ts';
import { decimalOf, decimalText, shifted } from '../../model/decimal.ts';
import { amountThere } from './amount-there.ts';
import type { OwnDocument } from './own-document.ts';
import { nameKey, numberKey } from './same-words.ts';

/** What number and amount join, and how many would have fitted where that is more than one. */
export interface Probable {
  readonly pairs: readonly { readonly own: OwnDocument; readonly document: BookDocument }[];
  readonly fits: ReadonlyMap<OwnDocument | BookDocument, number>;
}

type Fits = (own: OwnDocument, document: BookDocument) => boolean;

/**
 * Joins what has the same number, amount and currency, where exactly one of each side does; among several, the
 * counterpart's name decides first. The rest is left alone: to guess would be worse than to ask.
 */
export function joinProbably(own: readonly OwnDocument[], documents: readonly BookDocument[]): Probable {
  const buckets = bucketsOf(documents);
  const named = pairUp(own, buckets, new Set(), (a, b) => fitsCurrency(a, b) && fitsName(a, b));
  const taken = new Set<OwnDocument | BookDocument>(named.pairs.flatMap((pair) => [pair.own, pair.document]));
  const rest = pairUp(own, buckets, taken, fitsCurrency);
  const joined = new Set<OwnDocument | BookDocument>(rest.pairs.flatMap((pair) => [pair.own, pair.document]));
  const fits = new Map([...rest.fits].filter(([each]) => !joined.has(each)));
  return { pairs: [...named.pairs, ...rest.pairs], fits };
}

const fitsCurrency: Fits = (own, document) =>
  own.currency === null || document.currency === null || isSameCurrency(own.currency, document.currency);

function fitsName(own: OwnDocument, document: BookDocument): boolean {
  const name = nameKey(own.counterpart_name);
  return name !== null && name === nameKey(document.counterpart_name);
}

/** Documents by number and amount. */
function bucketsOf(documents: readonly BookDocument[]): ReadonlyMap<string, readonly BookDocument[]> {
  const buckets = new Map<string, BookDocument[]>();
  for (const document of documents)
    for (const key of keysThere(document)) {
      const bucket = buckets.get(key);
      if (bucket) bucket.push(document);
      else buckets.set(key, [document]);
    }
  return buckets;
}

function keysThere(document: BookDocument): readonly string[] {
  const number = numberKey(document.number);
  const told = number === null ? null : amountThere(document, null);
  if (number === null || told === null) return [];
  const amounts = [told.amount, ...(told.otherwise ? [told.otherwise] : [])];
  return amounts.map((amount) => keyOf(number, told.net, decimalText(amount, 0)));
}

function keysHere({ currency, net, number, total }: OwnDocument): readonly string[] {
  const key = numberKey(number);
  if (key === null || total === null) return [];
  const places = minorPlaces(currency);
  const text = (minor: number): string => decimalText(shifted(decimalOf(minor), places), 0);
  // A sum of lines over there is without tax, or with it where prices include it.
  const sums = [...new Set([total, ...(net === null ? [] : [net])])];
  return [keyOf(key, false, text(total)), ...sums.map((sum) => keyOf(key, true, text(sum)))];
}

const keyOf = (number: string, net: boolean, amount: string): string =>
  `${amount} ${net ? 'net' : 'total'} ${number}`;

/** Pairs where each is the other's only fit. Of many that fit only the number is kept, never all pairs. */
function pairUp(
  own: readonly OwnDocument[],
  buckets: ReadonlyMap<string, readonly BookDocument[]>,
  taken: ReadonlySet<OwnDocument | BookDocument>,
  isFit: Fits,
): Probable {
  const fits = new Map<OwnDocument | BookDocument, number>();
  const first = new Map<OwnDocument, BookDocument>();
  for (const mine of own) {
    if (taken.has(mine)) continue;
    const found = new Set<BookDocument>();
    for (const key of keysHere(mine))
      for (const document of buckets.get(key) ?? [])
        if (!taken.has(document) && isFit(mine, document)) found.add(document);
    for (const document of found) {
      fits.set(document, (fits.get(document) ?? 0) + 1);
      if (!first.has(mine)) first.set(mine, document);
    }
    if (found.size > 0) fits.set(mine, found.size);
  }
  const pairs = [...first]
    .filter(([mine, document]) => fits.get(mine) === 1 && fits.get(document) === 1)
    .map(([mine, document]) => ({ own: mine, document }));
  return { pairs, fits };
}
