/** A document of the accounting system as it is shown. Amounts are decimals in major units, as text. */
export interface DocumentView {
  /** The accounting system's own. */
  readonly id: string;
  readonly number: string | null;
  readonly counterpart: string | null;
  readonly status: string | null;
  readonly currency: string | null;
  readonly total: string | null;
  /** The service tells no total of invoices: then it is the sum of the lines, without tax. */
  readonly total_is: 'total' | 'net_sum_of_lines' | null;
  readonly amount_due: string | null;
  readonly due_date: string | null;
  readonly posted_date: string | null;
}

/** One of its lines as it is shown. */
export interface LineView {
  readonly description: string | null;
  readonly quantity: string | null;
  readonly unit_amount: string | null;
  readonly discount_amount: string | null;
  readonly discount_percentage: string | null;
  readonly ledger_account_id: string | null;
  /** What Tesouro calls the account, where it knows the id. */
  readonly account: string | null;
  readonly tax_rate_id: string | null;
}
