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

/** What a document is looked for under. */
type Naming = (counterpart: string | null) => string | null;

/**
 * Joins what has the same number, amount and currency, where exactly one of each side does; among several, the
 * counterpart's name decides first. The rest is left alone: to guess would be worse than to ask.
 */
export function joinProbably(own: readonly OwnDocument[], documents: readonly BookDocument[]): Probable {
  const named = pairUp(own, documents, nameKey);
  const taken = new Set<OwnDocument | BookDocument>(named.pairs.flatMap((pair) => [pair.own, pair.document]));
  const isFree = (each: OwnDocument | BookDocument): boolean => !taken.has(each);
  const rest = pairUp(own.filter(isFree), documents.filter(isFree), () => '');
  const joined = new Set<OwnDocument | BookDocument>(rest.pairs.flatMap((pair) => [pair.own, pair.document]));
  const fits = new Map([...rest.fits].filter(([each]) => !joined.has(each)));
  return { pairs: [...named.pairs, ...rest.pairs], fits };
}

/** Pairs where each is the other's only fit. Ours that are looked for alike are counted together: thousands may look the same. */
function pairUp(own: readonly OwnDocument[], documents: readonly BookDocument[], naming: Naming): Probable {
  const buckets = grouped(documents, (document) => keysThere(document, naming));
  const alike = grouped(own, (mine) => {
    const keys = keysHere(mine, naming);
    return keys.length === 0 ? [] : [JSON.stringify([currencyKey(mine), ...keys])];
  });
  const fits = new Map<OwnDocument | BookDocument, number>();
  const first: { readonly own: OwnDocument; readonly document: BookDocument }[] = [];
  for (const group of alike.values()) {
    const [mine] = group;
    if (!mine) continue;
    const keys = keysHere(mine, naming);
    const found = new Set(
      keys.flatMap((key) => buckets.get(key) ?? []).filter((document) => fitsCurrency(mine, document)),
    );
    const [document] = found;
    if (!document) continue;
    for (const each of found) fits.set(each, (fits.get(each) ?? 0) + group.length);
    for (const each of group) fits.set(each, found.size);
    if (group.length === 1 && found.size === 1) first.push({ own: mine, document });
  }
  return { pairs: first.filter(({ document }) => fits.get(document) === 1), fits };
}

function grouped<T>(
  all: readonly T[],
  keysOf: (each: T) => readonly string[],
): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const each of all)
    for (const key of keysOf(each)) {
      const group = groups.get(key);
      if (group) group.push(each);
      else groups.set(key, [each]);
    }
  return groups;
}

const currencyKey = ({ currency }: Pick<OwnDocument, 'currency'>): string | null =>
  currency === null ? null : currency.trim().toUpperCase();

const fitsCurrency = (own: OwnDocument, document: BookDocument): boolean =>
  own.currency === null || document.currency === null || isSameCurrency(own.currency, document.currency);

function keysThere(document: BookDocument, naming: Naming): readonly string[] {
  const number = numberKey(document.number);
  const name = naming(document.counterpart_name);
  const told = number === null || name === null ? null : amountThere(document, null);
  if (number === null || name === null || told === null) return [];
  const amounts = [told.amount, ...told.otherwise];
  const keys = amounts.map((amount) => JSON.stringify([told.net, decimalText(amount, 0), number, name]));
  return [...new Set(keys)];
}

function keysHere(
  { counterpart_name, currency, net, number, total }: OwnDocument,
  naming: Naming,
): readonly string[] {
  const key = numberKey(number);
  const name = naming(counterpart_name);
  if (key === null || name === null || total === null) return [];
  const places = minorPlaces(currency);
  const keyOf = (isNet: boolean, minor: number): string =>
    JSON.stringify([isNet, decimalText(shifted(decimalOf(minor), places), 0), key, name]);
  // A sum of lines over there is without tax, or with it where prices include it.
  const sums = [...new Set([total, ...(net === null ? [] : [net])])];
  return [keyOf(false, total), ...sums.map((sum) => keyOf(true, sum))];
}
