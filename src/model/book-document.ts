/** The two lists of documents that an accounting system shows. */
export type BookList = 'payables' | 'receivables';

/** A line of a document in the accounting system; amounts in major units. */
export interface BookLine {
  readonly description: string | null;
  readonly quantity: number | null;
  readonly unit_amount: number | null;
  readonly discount_amount: number | null;
  readonly discount_percentage: number | null;
  /** Perhaps an id of the accounting system, and none of Tesouro’s. */
  readonly ledger_account_id: string | null;
  readonly tax_rate_id: string | null;
}

/**
 * A bill or an invoice as it stands in the accounting system, as fresh as the last pull. Its id is the accounting
 * system’s; amounts are decimals in major units, unlike everywhere else in the API. What the service does not say is null.
 */
export interface BookDocument {
  readonly id: string;
  readonly list: BookList;
  readonly number: string | null;
  /** Of bills alone. */
  readonly status: string | null;
  readonly counterpart_id: string | null;
  readonly counterpart_name: string | null;
  readonly currency: string | null;
  /** Of bills alone. */
  readonly total_amount: number | null;
  readonly amount_due: number | null;
  readonly subtotal: number | null;
  readonly tax_amount: number | null;
  readonly due_date: string | null;
  readonly posted_date: string | null;
  readonly memo: string | null;
  readonly lines: readonly BookLine[];
}
