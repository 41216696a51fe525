import type { Problem } from './problem.ts';
import type { Address, Fields } from './value.ts';

/** An object of a collection kind as the service stores it. */
export interface LiveObject {
  readonly id: string;
  /** Pulled from the accounting system: read-only. */
  readonly external: boolean;
  /** `Active`, `Archived` or what else the service says; null where it says nothing. */
  readonly status: string | null;
  /** What sort of account it is (`Income`, `Expense`, …), where the service says it. */
  readonly type?: string;
  /** Every field of the kind in the file's language, otherwise as stored: not trimmed, case untouched. */
  readonly fields: Fields;
  /** Of a rate: all its taxes together, `20%`, where the service says that. */
  readonly total?: string;
}

/** The settings as stored: setting address to the id it points to, or null. */
export type LiveSettings = Readonly<Record<Address, string | null>>;

/** A collection as far as it was read: `external` means that the internal objects are not in it. */
export interface LiveCollection {
  readonly scope: 'all' | 'external';
  readonly objects: readonly LiveObject[];
}

/** What was read. A collection or the settings that were not read are absent, which is not the same as empty. */
export interface Live {
  readonly collections: ReadonlyMap<string, LiveCollection>;
  readonly settings: LiveSettings | null;
  readonly products?: readonly LiveProduct[];
  /** The products are all that there are: their list was not narrowed. */
  readonly allProducts?: boolean;
  readonly payables?: LivePayables;
  readonly lines?: readonly LiveLine[];
}

/** Payables as far as they were read. */
export interface LivePayables {
  /** Those whose lines were read, also the ones that have none. */
  readonly read: readonly LivePayable[];
  /** The rest of the list; null where the list was narrowed, so that the rest is not known. */
  readonly others: readonly LivePayable[] | null;
}

/** A line together with the payable that it stands in. */
export interface LiveLine {
  readonly payable: LivePayable;
  readonly line: LiveLineItem;
}

/** One place that still points to an account or a rate. */
export interface Use {
  readonly collection: string;
  /** The account or rate that is used. */
  readonly id: string;
  readonly by: 'product' | 'invoice' | 'line_item' | 'setting';
  /** The id of the user (of the payable for a line item), or the address of a setting. */
  readonly userId: string;
  /** What a controller calls the user: `Consulting hour`, `INV-2044 / Hosting`. */
  readonly label: string;
  /** The address whose change can free the object: a setting, a product's or a line's assignment; null where no change of a plan can. */
  readonly freedBy: Address | null;
}

/** Where all uses of an object were searched, by what uses it. */
export type Covered = Readonly<Record<Use['by'], boolean>>;

export interface LiveProduct {
  readonly id: string;
  /** When it was changed last, where the service says it. */
  readonly updated_at?: string;
  readonly name: string;
  readonly type: string | null;
  readonly external_reference: string | null;
  readonly currency: string | null;
  readonly ledger_account_id: string | null;
  /** Its price, in minor units, where that is known: of a group the largest are shown. */
  readonly amount?: number;
}

export interface LivePayable {
  readonly id: string;
  /** When it was changed last, where the service says it. */
  readonly updated_at?: string;
  readonly status: string;
  readonly document_id: string | null;
  readonly counterpart_id: string | null;
  readonly counterpart_name: string | null;
  readonly currency: string | null;
  readonly created_at: string | null;
  /** In minor units, where the service says it. */
  readonly total_amount?: number;
}

export interface LiveLineItem {
  readonly id: string;
  readonly payable_id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly ledger_account_id: string | null;
  readonly accounting_tax_rate_id: string | null;
  /** What it comes to, in minor units, where that is known: of a group the largest are shown. */
  readonly amount?: number;
  /** Its tax in 1/100 %, where the service says it. */
  readonly tax?: number;
}

/** A line of an invoice: it has no id of its own; account and rate sit on its product. */
export interface LiveInvoiceLine {
  readonly product_name: string;
  readonly product_id: string | null;
  readonly ledger_account_id: string | null;
  readonly accounting_tax_rate_id: string | null;
  /** The product stands on this invoice alone and not in the catalog. */
  readonly inline?: boolean;
  /** Its tax in 1/100 %, where the service says it. */
  readonly tax?: number;
  /** Before tax, in minor units, where the service says it. */
  readonly amount?: number;
}

export interface LiveInvoice {
  readonly id: string;
  /** When it was changed last, where the service says it. */
  readonly updated_at?: string;
  readonly document_id: string | null;
  readonly status: string;
  readonly counterpart_name?: string | null;
  readonly currency?: string | null;
  readonly created_at?: string | null;
  /** In minor units, where the service says it. */
  readonly total_amount?: number;
  readonly lines: readonly LiveInvoiceLine[];
}

/** A connection to an accounting system. Times are ISO 8601. */
export interface LiveConnection {
  readonly id: string;
  /** `connected`, `pending_auth`, `deauthorized`, `disconnected`, or what else the service says. */
  readonly status: string | null;
  readonly platform: string | null;
  readonly last_pull: string | null;
  readonly created_at: string | null;
  /** Where a person authorises it. */
  readonly connection_url: string | null;
  /** Whose books they are, as the accounting system says. */
  readonly business_name: string | null;
  /** What is wrong with it, in the service's own words. */
  readonly errors: readonly string[];
}

/** The accounting connections, or why they could not be read. */
export type SeenConnections =
  | { readonly status: 'read'; readonly connections: readonly LiveConnection[] }
  | { readonly status: 'failed'; readonly why: Problem };

/** How many payment records were pushed already, or why that could not be counted. */
export type SeenPushes =
  | { readonly status: 'read'; readonly count: number }
  | { readonly status: 'failed'; readonly why: Problem };
