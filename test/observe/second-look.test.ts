import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorProblem } from '../../src/model/problem.ts';
import type { RecordFilter, SyncedRecord } from '../../src/model/synced-record.ts';
import type { ReadEvent } from '../../src/observe/each-payable.ts';
import { type Context, type SurveyOptions, survey } from '../../src/pipeline.ts';
import { ReadFailed } from '../../src/providers/contract.ts';
import type { MemoryFault } from '../../src/providers/memory/fault.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import { addObject, emptyOrganization } from '../../src/providers/memory/organization.ts';
import { codes, desired, kinds, line, payable, product } from '../plan/build.ts';

const test = suite('pipeline: what is looked at once the changes are known');

const options: SurveyOptions = {
  target: [],
  allowed: { in_use: [], deletes: null, overwrites: null, dirty: false },
  configuration: { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false },
  base: null,
  notes: [],
};

/** Two accounts and a rate; a product, and a line of each of two payables, use the first account and the rate. */
function seeded() {
  const organization = emptyOrganization(kinds);
  const add = (collection: string, fields: Record<string, string>) =>
    addObject(organization, collection, fields);
  const cash = add('ledger_accounts', { name: 'Cash', nominal_code: '1090' });
  add('ledger_accounts', { name: 'Old', nominal_code: '1180' });
  const rate = add('tax_rates', { name: 'Reduced', code: 'RED', effective_tax_rate: '7%' });
  const used = { ledger_account_id: cash.id, accounting_tax_rate_id: rate.id };
  const bills = [payable('a'), payable('b', { status: 'paid' })];
  organization.products = [product('p', { ledger_account_id: cash.id })];
  organization.payables = bills;
  organization.lines = new Map(bills.map((bill) => [bill.id, [line(bill, 'l', used).line]]));
  return organization;
}

async function surveyed(
  file: Parameters<typeof desired>[0],
  given: {
    readonly organization?: ReturnType<typeof seeded>;
    readonly faults?: readonly MemoryFault[];
    readonly options?: Partial<SurveyOptions>;
    readonly context?: Partial<Context>;
  } = {},
) {
  const { faults = [], organization = seeded() } = given;
  const provider = memoryProvider({ organization, faults });
  const context = { provider, now: () => new Date(0), version: '0.0.0', ...given.context };
  const { plan } = await survey(desired(file), { ...options, ...given.options }, context);
  const warnings = [...plan.changes.flatMap((change) => change.warnings), ...plan.warnings];
  return { plan, warnings, read: provider.calls.map(({ operation }) => operation) };
}

const payments = { settings: { 'ledger_accounts.payments': { code: '1090' } } };

test('connections that cannot be read fail no plan: it says that it does not know', async () => {
  const faults: readonly MemoryFault[] = [{ on: 'connections', index: 0, effect: { type: 'fails' } }];
  const { plan, warnings } = await surveyed(payments, { faults });
  assert.is(plan.changes.length, 1);
  assert.equal(codes(warnings), ['CONNECTION_UNKNOWN']);
});

test('what ends the run ends it, wherever it is noticed', async () => {
  const effect = { type: 'fails', endsRun: true } as const;
  const failure = await surveyed(payments, { faults: [{ on: 'connections', index: 0, effect }] }).then(
    () => null,
    (error: unknown) => error,
  );
  assert.instance(failure, ReadFailed);
});

test('a plan without assignments and settings does not ask for connections', async () => {
  const { plan, read } = await surveyed({
    ledger_accounts: { n: { nominal_code: '1' } },
    tax_rates: { r: { code: 'RED', effective_tax_rate: '8%' } },
  });
  assert.is(plan.changes.length, 2);
  assert.not(read.includes('connections'));
});

test('two plans of the same organization say the same of it, in whatever order it was read', async () => {
  const connection = {
    status: 'connected',
    last_pull: null,
    created_at: null,
    connection_url: null,
    business_name: null,
    errors: [],
  };
  const both = [
    { ...connection, id: '1', platform: 'xero' },
    { ...connection, id: '2', platform: 'quickbooks' },
  ];
  const file = {
    ...payments,
    ledger_accounts: { cash: { nominal_code: '1091', was: { code: '1090' } } },
    settings: { 'ledger_accounts.payments': 'cash' },
  };
  const told = [];
  for (const turned of [false, true]) {
    const organization = seeded();
    organization.connections = turned ? [...both].reverse() : both;
    if (turned) organization.payables = [...organization.payables].reverse();
    const { plan } = await surveyed(file, { organization, options: { impact: true } });
    const { created_at, digest, observed, ...rest } = plan;
    told.push(rest);
  }
  assert.equal(
    codes(told[0]?.warnings ?? []),
    ['EXTERNAL_MISSING', 'CONNECTION_SEVERAL', 'CONNECTION_NOT_PULLED'].slice(1),
  );
  assert.equal(told[0], told[1]);
});

const recoded = { ledger_accounts: { cash: { nominal_code: '1091', was: { code: '1090' } } } };
const messageOf = (warnings: Awaited<ReturnType<typeof surveyed>>['warnings'], code: string): string =>
  warnings.find((each) => each.code === code)?.message ?? '';

test('what uses an account is told as far as products and lines are read anyway', async () => {
  const bare = await surveyed(recoded);
  assert.not.match(messageOf(bare.warnings, 'CODE_CHANGED'), /\d/);
  assert.equal(bare.read, ['list']);
  const reading = {
    ...recoded,
    products: [{ when: {}, account: 'cash' }],
    lines: [{ when: {}, account: 'cash' }],
  };
  const { read, warnings } = await surveyed(reading);
  assert.match(messageOf(warnings, 'CODE_CHANGED'), 'At least 1 product and 1 payable line use it.');
  assert.equal([...read].sort(), ['lineItems', 'list', 'payables', 'products']);
});

test('with --impact all that uses it is read and told, and what that takes is told before', async () => {
  const events: ReadEvent[] = [];
  const { read, warnings } = await surveyed(recoded, {
    options: { impact: true },
    context: { notify: (event) => events.push(event) },
  });
  assert.match(messageOf(warnings, 'CODE_CHANGED'), '1 product and 2 payable lines use it;');
  assert.equal([...read].sort(), [
    'invoices',
    'lineItems',
    'lineItems',
    'list',
    'payables',
    'products',
    'settings',
  ]);
  assert.equal(
    events.map(({ type }) => type),
    ['estimate', 'progress', 'progress'],
  );
});

test('settings that point to it count too', async () => {
  const organization = seeded();
  const [cash] = await memoryProvider({ organization }).list('ledger_accounts');
  organization.settings = { 'settings.ledger_accounts.products': cash?.id ?? '' };
  const { warnings } = await surveyed(recoded, { organization, options: { impact: true } });
  assert.match(messageOf(warnings, 'CODE_CHANGED'), '1 product, 2 payable lines and 1 setting use it;');
});

test('a delete has everything read that may use an account, so all uses of another one are told as well', async () => {
  const deleting = { ...recoded, removed: { ledger_accounts: [{ code: '1180' }] } };
  const { plan, read, warnings } = await surveyed(deleting);
  assert.match(messageOf(warnings, 'CODE_CHANGED'), '1 product and 2 payable lines use it;');
  assert.equal(
    plan.warnings.filter(({ severity }) => severity === 'error'),
    [],
  );
  assert.is(read.filter((operation) => operation === 'lineItems').length, 2);
});

test('a deleted rate has no products read, so of an account only the least is told', async () => {
  const deleting = { ...recoded, removed: { tax_rates: [{ code: 'RED' }] } };
  const { read, warnings } = await surveyed(deleting);
  assert.match(messageOf(warnings, 'CODE_CHANGED'), 'At least 2 payable lines use it.');
  assert.not(read.includes('products'));
});

/** An accounting system with these records of payments, and the filters that it was asked with. */
function accounting(...statuses: readonly string[]) {
  const asked: RecordFilter[] = [];
  async function* records(filter: RecordFilter): AsyncGenerator<SyncedRecord> {
    asked.push(filter);
    for (const [at, sync_status] of statuses.entries())
      yield { ...blank, id: String(at), object_type: filter.object_type, sync_status };
  }
  return { asked, records };
}

const blank: SyncedRecord = {
  id: '',
  object_type: '',
  object_id: null,
  sync_status: '',
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
};

test('another payments account with --impact: the payment records that were pushed are counted, and only they', async () => {
  const file = { settings: { 'ledger_accounts.payments': { code: '1180' } } };
  const books = accounting('done', 'error', 'done', 'pending');
  const counted = async (impact: boolean, set: boolean) => {
    const organization = seeded();
    const [cash] = await memoryProvider({ organization }).list('ledger_accounts');
    if (set) organization.settings = { 'settings.ledger_accounts.payments': cash?.id ?? '' };
    const events: ReadEvent[] = [];
    const { warnings } = await surveyed(file, {
      organization,
      options: { impact },
      context: { accounting: books, notify: (event) => events.push(event) },
    });
    return { message: messageOf(warnings, 'PAYMENTS_ACCOUNT_CHANGED'), events };
  };
  assert.equal(await counted(true, false), { message: '', events: [] });
  assert.not.match((await counted(false, true)).message, /\d/);
  assert.equal(books.asked, []);
  const { events, message } = await counted(true, true);
  assert.match(message, /^2 payment records /);
  assert.equal(books.asked, [{ object_type: 'payment_record' }]);
  assert.equal(
    events.map((event) => event.type === 'pages' && event.requests),
    [1],
  );
});

test('records of payments that cannot be counted fail no plan, but for what ends the run', async () => {
  const file = { settings: { 'ledger_accounts.payments': { code: '1180' } } };
  const planned = async (endsRun: boolean) => {
    const organization = seeded();
    const [cash] = await memoryProvider({ organization }).list('ledger_accounts');
    organization.settings = { 'settings.ledger_accounts.payments': cash?.id ?? '' };
    const problem = errorProblem('API_REFUSED', 'The list was answered with 500.');
    const broken = {
      // biome-ignore lint/correctness/useYield: it fails before its first record
      records: async function* (): AsyncGenerator<SyncedRecord> {
        throw new ReadFailed({ problem, status: 500, requestId: null, endsRun });
      },
    };
    return surveyed(file, { organization, options: { impact: true }, context: { accounting: broken } });
  };
  const { plan, warnings } = await planned(false);
  assert.is(plan.changes.length, 1);
  assert.match(
    messageOf(warnings, 'PAYMENTS_ACCOUNT_CHANGED'),
    /could not be counted: The list was answered/,
  );
  const failure = await planned(true).catch((error: unknown) => error);
  assert.instance(failure, ReadFailed);
});

test.run();
