/** What the accounting system is synchronized with, in the API's words and the order in which we show them. */
export const objectTypes = ['product', 'customer', 'vendor', 'receivable', 'bill', 'payment_record'] as const;
export type ObjectType = (typeof objectTypes)[number];

/** One object's synchronization with the accounting system, as the service tells it. Times are ISO 8601. */
export interface SyncedRecord {
  readonly id: string;
  /** One of `objectTypes`, or what else the service says. */
  readonly object_type: string;
  readonly object_id: string | null;
  /** `pending`, `error`, `done`, or what else the service says. */
  readonly sync_status: string;
  /** What went wrong, each in the service's own words on one line. */
  readonly errors: readonly string[];
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly last_pulled_at: string | null;
  readonly object_updated_at: string | null;
  readonly platform: string | null;
  readonly platform_object_id: string | null;
  readonly platform_updated_at: string | null;
  readonly provider: string | null;
  readonly provider_object_id: string | null;
  readonly provider_updated_at: string | null;
}

/** Narrows a list of records by what the API can filter on. Absent means any; an empty list means none. */
export interface RecordFilter {
  readonly object_type: ObjectType;
  readonly object_ids?: readonly string[];
  /** Instants; both ends belong to it. */
  readonly created_from?: string;
  readonly created_to?: string;
  readonly updated_from?: string;
  readonly updated_to?: string;
  /** Absent: as the service has it, by `created_at`. */
  readonly sort?: 'created_at' | 'updated_at';
  readonly order?: 'asc' | 'desc';
}

/** How many records of one type there are, and in which status. */
export interface RecordTotal {
  readonly object_type: string;
  readonly pending: number;
  readonly error: number;
  readonly done: number;
  /** In a status that nobody documents. */
  readonly other: number;
  readonly total: number;
}
