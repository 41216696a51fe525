import type { Account, Traffic } from '../model/account.ts';
import type { Kinds } from '../model/kind.ts';
import type { PayableFilter, ProductFilter } from '../model/list-filter.ts';
import type {
  LiveConnection,
  LiveInvoice,
  LiveLineItem,
  LiveObject,
  LivePayable,
  LiveProduct,
  LiveSettings,
} from '../model/live.ts';
import type { Problem } from '../model/problem.ts';
import type { Fields } from '../model/value.ts';

/** Why a call failed, in the API's words, as data. */
export interface ApiError {
  readonly problem: Problem;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** `x-request-id` of the answer. */
  readonly requestId: string | null;
  /** Every further call would fail too: another organization answered, the credential is refused, the deadline or an abort ended the run. */
  readonly endsRun: boolean;
}

/** A read that could not be completed. Reads throw it; an incomplete read is never an empty list. */
export class ReadFailed extends Error {
  readonly error: ApiError;
  constructor(error: ApiError, options?: ErrorOptions) {
    super(error.problem.message, options);
    this.name = 'ReadFailed';
    this.error = error;
  }
}

/**
 * What became of a write. `refused`: proven not carried out, and not even sent where the error has no HTTP status.
 * `lost`: nobody knows what is stored; with an `id` it is proven that a create made this object. `stored` says what the
 * service holds now (null after a delete); the caller compares.
 */
export type Written<T> =
  | { readonly status: 'stored'; readonly stored: T; readonly requestId: string | null }
  | { readonly status: 'refused'; readonly error: ApiError }
  | { readonly status: 'lost'; readonly error: ApiError; readonly id?: string };

export type { PayableFilter, ProductFilter } from '../model/list-filter.ts';

/** What of a line is written: only what is given; null clears. */
export interface LineAssignment {
  readonly ledger_account_id?: string | null;
  readonly accounting_tax_rate_id?: string | null;
}

/**
 * One organization behind an API. Reads throw ReadFailed. Writes never throw for what the service does: they answer with
 * Written. Reads, updates and removes are retried inside; a create is sent once, and again only while it is proven that
 * nothing was created (429, no connection). An abort or deadline before sending is `refused`, after sending `lost`.
 */
export interface Provider {
  readonly account: Account;
  readonly kinds: Kinds;
  /**
   * Every object of a collection in the service's order; with a scope only the internal or the external ones (asked of
   * the service by `is_external`, and filtered again here in case it ignores that).
   */
  list(collection: string, scope?: 'internal' | 'external'): Promise<readonly LiveObject[]>;
  settings(): Promise<LiveSettings>;
  /** Filters are asked of the service, and again here in case it ignores one; the caller keeps lists of ids short. */
  products(filter?: ProductFilter): AsyncIterable<LiveProduct>;
  invoices(): AsyncIterable<LiveInvoice>;
  payables(filter?: PayableFilter): AsyncIterable<LivePayable>;
  lineItems(payableId: string): Promise<readonly LiveLineItem[]>;
  connections(): Promise<readonly LiveConnection[]>;
  /** Null values are never part of a create. */
  create(collection: string, fields: Fields): Promise<Written<LiveObject>>;
  /** Only the fields given are sent; null clears. */
  update(collection: string, id: string, fields: Fields): Promise<Written<LiveObject>>;
  remove(collection: string, id: string): Promise<Written<null>>;
  /** Reads the stored settings right before, puts the given ids in and sends the complete object. */
  writeSettings(ids: LiveSettings): Promise<Written<LiveSettings>>;
  /** Answers with the id that the product points to now. */
  assignProduct(productId: string, ledgerAccountId: string | null): Promise<Written<string | null>>;
  /** Only what is given is sent; null clears. A payable that is no longer open is `refused`. */
  assignLineItem(payableId: string, lineItemId: string, ids: LineAssignment): Promise<Written<LiveLineItem>>;
  traffic(): Traffic;
  /** Waits, but no longer than the run may last: until its deadline, or until it is broken off. */
  wait(milliseconds: number): Promise<void>;
  /** Ends connections. */
  close(): Promise<void>;
}
