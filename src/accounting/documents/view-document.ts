import type { BookDocument } from '../../model/book-document.ts';
import { minorPlaces } from '../../model/currency.ts';
import { decimalOf, decimalText } from '../../model/decimal.ts';
import type { DocumentView, LineView } from '../../model/document-view.ts';
import { amountThere } from './amount-there.ts';

/** A document over there for people and programs: amounts as decimals, and of an invoice without total the sum of its lines. */
export function viewDocument(document: BookDocument): DocumentView {
  const text = (amount: number | null): string | null =>
    amount === null ? null : decimalText(decimalOf(amount), minorPlaces(document.currency));
  const told = amountThere(document, null);
  return {
    id: document.id,
    number: document.number,
    counterpart: document.counterpart_name,
    status: document.status,
    currency: document.currency,
    total: told && decimalText(told.amount, minorPlaces(document.currency)),
    total_is: told === null ? null : told.net ? 'net_sum_of_lines' : 'total',
    amount_due: text(document.amount_due),
    due_date: document.due_date,
    posted_date: document.posted_date,
  };
}

/** Its lines; `label` knows the accounts of Tesouro. */
export function viewLines(
  { currency, lines }: BookDocument,
  label: (accountId: string) => string | null,
): readonly LineView[] {
  const places = minorPlaces(currency);
  const text = (amount: number | null, least: number): string | null =>
    amount === null ? null : decimalText(decimalOf(amount), least);
  return lines.map((line) => ({
    description: line.description,
    quantity: text(line.quantity, 0),
    unit_amount: text(line.unit_amount, places),
    discount_amount: text(line.discount_amount, places),
    discount_percentage: text(line.discount_percentage, 0),
    ledger_account_id: line.ledger_account_id,
    account: line.ledger_account_id === null ? null : label(line.ledger_account_id),
    tax_rate_id: line.tax_rate_id,
  }));
}
