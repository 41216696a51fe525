import type { BookDocument, BookList } from '../model/book-document.ts';
import type { LiveConnection } from '../model/live.ts';
import type { RecordFilter, SyncedRecord } from '../model/synced-record.ts';
import type { Provider, Written } from './contract.ts';

/**
 * The accounting system behind an organization. Reads throw ReadFailed. Writes answer with Written and are sent once, again
 * only while it is proven that nothing was done; after `lost` the caller looks.
 */
export interface AccountingSystem {
  /** Begins a connection; a person authorises it at its `connection_url`. */
  connect(): Promise<Written<LiveConnection>>;
  /** Ends a connection; with what the service then says of it. */
  disconnect(connectionId: string): Promise<Written<LiveConnection>>;
  /** Asks for a pull now; what the service says to it. It goes on over there. */
  sync(connectionId: string): Promise<Written<string | null>>;
  /** Filters are asked of the service, and again here in case it ignores one; the caller keeps lists of ids short. */
  records(filter: RecordFilter): AsyncIterable<SyncedRecord>;
  record(id: string): Promise<SyncedRecord>;
  /** Pushes the object of a record once more; with the record as it stands then, usually `pending`. */
  push(recordId: string): Promise<Written<SyncedRecord>>;
  /** Bills, or invoices, over there. */
  documents(list: BookList): AsyncIterable<BookDocument>;
  document(list: BookList, id: string): Promise<BookDocument>;
}

/** An organization together with the accounting system behind it. */
export interface ConnectedProvider extends Provider {
  readonly accounting: AccountingSystem;
}
