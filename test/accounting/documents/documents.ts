import type { AccountBook } from '../../../src/accounting/documents/accounts-of-lines.ts';
import type { OwnDocument } from '../../../src/accounting/documents/own-document.ts';
import type { BookDocument, BookLine } from '../../../src/model/book-document.ts';
import type { SyncedRecord } from '../../../src/model/synced-record.ts';

/** A payable of ours: number 7, 119.00 EUR, and what else is given. */
export const ownOf = (given: Partial<OwnDocument> & { readonly id: string }): OwnDocument => ({
  list: 'payables',
  number: '7',
  status: 'waiting_to_be_paid',
  counterpart_name: 'Hetzner',
  currency: 'EUR',
  created_at: '2026-06-02T00:00:00Z',
  total: 11900,
  net: null,
  accounts: null,
  ...given,
});

/** The same over there. */
export const bookOf = (given: Partial<BookDocument> & { readonly id: string }): BookDocument => ({
  list: 'payables',
  number: '7',
  status: 'open',
  counterpart_id: null,
  counterpart_name: 'Hetzner',
  currency: 'EUR',
  total_amount: 119,
  amount_due: null,
  subtotal: null,
  tax_amount: null,
  due_date: null,
  posted_date: null,
  memo: null,
  lines: [],
  ...given,
});

/** A line over there: 1 × 100, no account, and what else is given. */
export const lineOf = (given: Partial<BookLine> = {}): BookLine => ({
  description: null,
  quantity: 1,
  unit_amount: 100,
  discount_amount: null,
  discount_percentage: null,
  ledger_account_id: null,
  tax_rate_id: null,
  ...given,
});

/** A record that is done, of an object, and what else is given. */
export const recordOf = (
  given: Partial<SyncedRecord> & { readonly id: string; readonly object_id: string },
): SyncedRecord => ({
  object_type: 'bill',
  sync_status: 'done',
  errors: [],
  created_at: '2026-06-02T00:00:00Z',
  updated_at: '2026-06-02T00:00:00Z',
  last_pulled_at: null,
  object_updated_at: null,
  platform: 'xero',
  platform_object_id: null,
  platform_updated_at: null,
  provider: 'codat',
  provider_object_id: null,
  provider_updated_at: null,
  ...given,
});

/** Accounts whose ids begin with `a`; `a-internal` stands for `a-external`. */
export const accountBook: AccountBook = {
  standsFor: (id) => (id === 'a-internal' ? 'a-external' : id.startsWith('a') ? id : null),
  label: (id) => `account ${id}`,
};

/** Pulled after everything above, and connected before it. */
export const fresh = { last_pull: '2026-07-01T00:00:00Z', created_at: '2026-06-01T00:00:00Z' };
