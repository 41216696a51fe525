import type { BookList } from '../../model/book-document.ts';
import type { LiveInvoice, LivePayable } from '../../model/live.ts';

/** A payable or an invoice of ours, as far as it can be compared. Amounts are integers in minor units; null is not known. */
export interface OwnDocument {
  readonly id: string;
  readonly list: BookList;
  readonly number: string | null;
  readonly status: string;
  readonly counterpart_name: string | null;
  readonly currency: string | null;
  readonly created_at: string | null;
  readonly total: number | null;
  /** Before tax. */
  readonly net: number | null;
  /** The accounts of its lines; null where the lines were not read. */
  readonly accounts: readonly (string | null)[] | null;
  /** The same as its products have them now: an invoice keeps what they had when it was made. */
  readonly accountsNow?: readonly (string | null)[];
}

/** A payable, whose lines are not part of it. */
export const ownPayable = (payable: LivePayable): OwnDocument => ({
  id: payable.id,
  list: 'payables',
  number: payable.document_id,
  status: payable.status,
  counterpart_name: payable.counterpart_name,
  currency: payable.currency,
  created_at: payable.created_at,
  total: payable.total_amount ?? null,
  net: null,
  accounts: null,
});

/** An invoice with its lines. */
export const ownInvoice = (invoice: LiveInvoice): OwnDocument => ({
  id: invoice.id,
  list: 'receivables',
  number: invoice.document_id,
  status: invoice.status,
  counterpart_name: invoice.counterpart_name ?? null,
  currency: invoice.currency ?? null,
  created_at: invoice.created_at ?? null,
  total: invoice.total_amount ?? null,
  net: netOf(invoice),
  accounts: invoice.lines.map(({ ledger_account_id }) => ledger_account_id),
});

function netOf({ lines }: LiveInvoice): number | null {
  let sum = 0;
  for (const { amount } of lines) {
    if (amount === undefined) return null;
    sum += amount;
  }
  return lines.length === 0 ? null : sum;
}
