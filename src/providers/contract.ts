import type { Environment, Organization } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
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

/** Whose books these are and where: every human output starts with it. */
export interface Account {
  readonly organization: Organization;
  readonly environment: Environment;
  /** Base URL with path prefix, without a trailing slash; `local` for the in-process local environment. */
  readonly apiUrl: string;
}

/** Why a call failed, in the API's words, as data. */
export interface ApiError {
  readonly problem: Problem;
  /** HTTP status; null when no answer came. */
  readonly status: number | null;
  /** `x-request-id` of the answer. */
  readonly requestId: string | null;
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
 * What became of a write. `refused`: proven not carried out. `lost`: nobody knows. `stored` says what the service holds
 * now (null after a delete); the caller compares.
 */
export type Written<T> =
  | { readonly status: 'stored'; readonly stored: T; readonly requestId: string | null }
  | { readonly status: 'refused'; readonly error: ApiError }
  | { readonly status: 'lost'; readonly error: ApiError };

/** Narrows a list of payables by what the API can filter on. Absent means any. */
export interface PayableFilter {
  readonly status?: readonly string[];
}

/** Counters of one run. */
export interface Traffic {
  /** Requests sent, retries and token calls included. */
  readonly requests: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly retried: number;
  /** Requests a second that the service allows now. */
  readonly limitPerSecond: number;
}

/**
 * One organization behind an API. Reads throw ReadFailed. Writes never throw for what the service does: they answer with
 * Written. Reads, updates and removes are retried inside; a create is sent once, and again only while it is proven that
 * nothing was created (429, no connection).
 */
export interface Provider {
  readonly account: Account;
  readonly kinds: Kinds;
  /** Every object of a collection, internal and external, in the service's order. */
  list(collection: string): Promise<readonly LiveObject[]>;
  settings(): Promise<LiveSettings>;
  products(): AsyncIterable<LiveProduct>;
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
  traffic(): Traffic;
  /** Ends connections. */
  close(): Promise<void>;
}
