import type { BookList } from '../../model/book-document.ts';
import { minorPlaces } from '../../model/currency.ts';
import { type Decimal, decimalOfText, decimalText, plus } from '../../model/decimal.ts';
import { type DiffRow, type DiffTotal, diffClasses } from '../../model/document-diff.ts';

/** How many documents each class has, and what they come to; of each list that was compared. */
export const totalDiff = (rows: readonly DiffRow[], lists: readonly BookList[]): readonly DiffTotal[] =>
  lists.flatMap((list) =>
    diffClasses.map((name): DiffTotal => {
      const found = rows.filter((row) => row.list === list && row.class === name);
      return {
        list,
        class: name,
        count: found.length,
        probable: found.filter(({ probable }) => probable).length,
        amounts: amountsOf(found),
      };
    }),
  );

/** Sums by currency: ours where we have one, else theirs. */
function amountsOf(rows: readonly DiffRow[]): DiffTotal['amounts'] {
  const sums = new Map<string, Decimal>();
  for (const { here, there } of rows) {
    const side = here?.amount != null ? here : there;
    const amount = side?.amount == null ? null : decimalOfText(side.amount);
    if (side === null || amount === null) continue;
    const currency = (side.currency ?? '').trim().toUpperCase();
    const sum = sums.get(currency);
    sums.set(currency, sum ? plus(sum, amount) : amount);
  }
  return [...sums]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([currency, sum]) => ({
      currency: currency === '' ? null : currency,
      amount: decimalText(sum, minorPlaces(currency)),
    }));
}
