import type { Facts } from '../../../src/accounting/readiness/facts.ts';
import { judge } from '../../../src/accounting/readiness/judge.ts';
import type { LiveConnection, LiveInvoice, LiveInvoiceLine, LiveObject } from '../../../src/model/live.ts';
import { type Gap, pushTypes, type Readiness } from '../../../src/model/readiness.ts';
import type { SyncedRecord } from '../../../src/model/synced-record.ts';
import { desired, external, internal, kinds, live } from '../../plan/build.ts';

export const now = new Date('2026-02-01T12:00:00Z');
export const payments = 'settings.ledger_accounts.payments';
export const products = 'settings.ledger_accounts.products';
export const deductions = 'settings.tax_rates.deductions';

/** An account over there, one of ours with a counterpart of its code, one with one of its name, and one without any. */
export const accounts: readonly LiveObject[] = [
  external('x-bank', { nominal_code: '090', name: 'Bank' }),
  external('x-sales', { nominal_code: '200', name: 'Sales' }),
  internal('i-code', { nominal_code: '200', name: 'Our sales' }),
  internal('i-name', { nominal_code: '9999', name: 'Bank' }),
  internal('i-alone', { nominal_code: '4010', name: 'Consulting' }),
  external('x-old', { nominal_code: '777', name: 'Old' }, 'Archived'),
  internal('i-old', { nominal_code: '777', name: 'Ours of the old' }),
];

export const rates: readonly LiveObject[] = [
  { ...external('x-20', { code: 'OUTPUT2', name: '20%', effective_tax_rate: '20%' }), total: '20%' },
  // Compounded: the effective rate is more than the total.
  { ...external('x-both', { code: 'BOTH', name: 'Both', effective_tax_rate: '8.68%' }), total: '8.5%' },
  { ...external('x-gone', { code: 'GONE', name: '17%', effective_tax_rate: '17%' }, 'ARCHIVED') },
  external('x-zero', { code: 'ZERO', name: 'Zero', effective_tax_rate: '0%' }),
  internal('i-19', { code: 'DE19', name: 'German', effective_tax_rate: '19%' }),
];

/** Only what the accounting system has itself. */
export const theirs = {
  accounts: accounts.filter(({ external }) => external),
  rates: rates.filter(({ external }) => external),
};

/** A connection in order. */
export const connection = (fields: Partial<LiveConnection> = {}): LiveConnection => ({
  id: 'c1',
  status: 'connected',
  platform: 'xero',
  last_pull: '2026-02-01T11:30:00Z',
  created_at: '2026-01-01T00:00:00Z',
  connection_url: 'https://example.invalid/authorise',
  business_name: 'Acme',
  errors: [],
  ...fields,
});

/** An invoice with these lines. */
export const invoice = (
  id: string,
  lines: readonly Partial<LiveInvoiceLine>[],
  fields: Partial<LiveInvoice> = {},
): LiveInvoice => ({
  id,
  document_id: `R-${id}`,
  status: 'issued',
  ...fields,
  lines: lines.map((each) => ({
    product_name: 'Hour',
    product_id: null,
    ledger_account_id: null,
    accounting_tax_rate_id: null,
    ...each,
  })),
});

/** A record of an object's synchronization. */
export const record = (
  object_type: string,
  object_id: string | null,
  fields: Partial<SyncedRecord> = {},
): SyncedRecord => ({
  id: `record of ${object_id}`,
  object_type,
  object_id,
  sync_status: 'done',
  errors: [],
  created_at: null,
  updated_at: null,
  last_pulled_at: null,
  object_updated_at: null,
  platform: null,
  platform_object_id: null,
  platform_updated_at: null,
  provider: null,
  provider_object_id: null,
  provider_updated_at: null,
  ...fields,
});

interface World extends Partial<Omit<Facts, 'live' | 'desired'>> {
  readonly file?: Parameters<typeof desired>[0];
  readonly settings?: Parameters<typeof live>[1];
  readonly products?: NonNullable<Parameters<typeof live>[2]>['products'];
  readonly lines?: NonNullable<Parameters<typeof live>[2]>['lines'];
  readonly accounts?: readonly LiveObject[];
  readonly rates?: readonly LiveObject[];
}

/** Everything that was read; what is not given is in order. */
export function factsOf({ file = {}, lines = [], products: catalog = [], settings, ...given }: World): Facts {
  const set = { [payments]: 'x-bank', [products]: null, [deductions]: 'x-zero', ...settings };
  const objects = { ledger_accounts: given.accounts ?? accounts, tax_rates: given.rates ?? rates };
  return {
    kinds,
    desired: desired(file),
    types: pushTypes,
    now,
    maxAgeMinutes: 90,
    connections: [connection()],
    invoices: [],
    records: [],
    pastBills: 0,
    pushedBills: [],
    ...given,
    live: live(objects, set, { products: catalog, lines }),
  };
}

const account = {
  organization: { id: 'org', name: 'Acme GmbH' },
  environment: 'local',
  apiUrl: 'local',
} as const;

/** What is judged of such a world. */
export const readinessOf = (world: World): Readiness => judge(factsOf(world), account, 7);

/**
 * `blocks LINE_WITHOUT_ACCOUNT 2`, with how many the next apply fills: `, 1 filled`. What nothing uses and has no counterpart
 * is in every such world, so it is left out here.
 */
export const gapsInShort = ({ gaps }: Readiness): readonly string[] =>
  gaps
    .filter(({ code, severity }) => code !== 'EXTERNAL_MISSING' || severity !== 'warns')
    .map(
      ({ code, count, filled_by_apply, severity }) =>
        `${severity} ${code} ${count}${filled_by_apply === 0 ? '' : `, ${filled_by_apply} filled`}`,
    );

/** `bills 50% of 2`. */
export const typesInShort = ({ types }: Readiness): readonly string[] =>
  types.map(
    ({ percent, ready, to_push, type }) =>
      `${type} ${percent === null ? 'no' : percent}% of ${to_push}${ready ? '' : ', not ready'}`,
  );

/** The gap with this code, which must be there. */
export function gapIn({ gaps }: Readiness, code: Gap['code']): Gap {
  const gap = gaps.find((each) => each.code === code);
  if (gap) return gap;
  throw new Error(`no ${code} among ${gaps.map((each) => each.code).join(', ')}`);
}
