import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  type Ran,
  type Sandbox,
  seedOf,
} from './workbench.ts';

const test = suite('ledgerform documents');

const account = (nominal_code: string) => ({ ledger_account: { nominal_code } });
const bill = (document_id: string, unit_price: number, more: object = {}): object => ({
  document_id,
  status: 'waiting_to_be_paid',
  currency: 'EUR',
  counterpart_name: 'Hetzner',
  created_at: '2026-06-02T00:00:00Z',
  line_items: [{ name: 'Hosting', quantity: 1, unit_price, tax: 0, ...account('4010') }],
  ...more,
});
const there = (id: string, invoice_number: string, total_amount: number, code = '4010'): object => ({
  id,
  invoice_number,
  status: 'open',
  total_amount,
  currency: 'EUR',
  created_at: '2026-06-02T00:00:00Z',
  vendor_ref: { id: 'v', name: 'Hetzner' },
  lines: [{ description: 'Hosting', quantity: 1, unit_amount: total_amount, ...account(code) }],
});
const record = (document_id: string, sync_status: string, more: object = {}): object => ({
  object_type: 'bill',
  object: { document_id },
  sync_status,
  created_at: '2026-06-02T00:00:00Z',
  ...more,
});
const connection = { status: 'connected', platform: 'xero', created_at: '2026-06-01T00:00:00Z' };
const organizationData = {
  connections: [{ ...connection, last_pull: '2026-07-01T00:00:00Z' }],
  ledger_accounts: [
    { nominal_code: '4010', name: 'Hosting', is_external: true },
    { nominal_code: '4020', name: 'Software', is_external: true },
  ],
  payables: [
    bill('B-1', 11900),
    bill('B-2', 20000),
    bill('B-3', 30000),
    bill('B-4', 40000),
    bill('B-5', 50000),
    bill('B-6', 60000),
    bill('B-7', 70000, { status: 'draft' }),
  ],
  synced_records: [
    record('B-1', 'done', { platform_object_id: 'd1', provider_object_id: 'p1' }),
    record('B-2', 'done', { platform_object_id: 'd2', provider_object_id: 'p2' }),
    record('B-4', 'error', { errors: { message: 'No rate of 19 %' } }),
    record('B-5', 'pending'),
  ],
  accounting_system: {
    payables: [
      there('d1', 'B-1', 119),
      there('d2', 'B-2', 200.5, '4020'),
      there('d6', 'B-6', 600),
      { ...there('d/9', 'X-9', 9), status: 'void' },
    ],
  },
};

const sandboxes: Sandbox[] = [];
async function sandboxOf(members: object, switches: Readonly<Record<string, string>> = {}): Promise<Sandbox> {
  const opened = await openSandbox({ seed: seedOf({ ...organizationData, ...members }), switches });
  sandboxes.push(opened);
  return opened;
}
const books = await sandboxOf({});
const bench = await openWorkbench({ 'ledgerform.yaml': configuration('') });
test.after(async () => {
  for (const { emulator } of sandboxes) await emulator.close();
  await bench.remove();
});
const documents = (args: string, { environment } = books): Promise<Ran> =>
  bench.run(['documents', ...args.split(' ')], environment);

test('the list is what payables does by itself: numbers, decimals and ids of the accounting system', async () => {
  const ran = await documents('payables');
  assert.is(ran.code, 0);
  assert.match(ran.stdout, /^Acme GmbH/);
  assert.match(ran.stdout, /B-2 +Hetzner +open +EUR +200\.50 .* d2\n/);
  assert.match(ran.stdout, /\n4 documents, pulled 2026-07-01T00:00:00Z/);
  assert.match(ran.stderr, /^Reads the payables of the accounting system: 3 requests or more/);
});

test('--status and --match narrow the list, and --format csv is for spreadsheets', async () => {
  const ran = await documents('payables list --status VOID --match x- --format csv -q');
  assert.is(
    ran.stdout,
    'number,counterpart,status,currency,total,total_is,amount_due,due_date,posted_date,id\r\nX-9,Hetzner,void,EUR,9.00,total,,,,d/9\r\n',
  );
  assert.is(ran.stderr, '');
  assert.equal(jsonOf(await documents('payables list --match nobody --json')).documents, []);
});

test('one document is shown with its lines, the accounts as Tesouro calls them', async () => {
  const ran = await documents('payables show d2');
  assert.match(ran.stdout, /Hosting +1 +200\.50 +4020 Software/);
  const { document } = jsonOf(await documents('payables show d/9 --json'));
  assert.is((document as { readonly id: string }).id, 'd/9');
});

test('an id that is not there is ID_NOT_FOUND, also one that no path can hold', async () => {
  for (const id of ['nobody', 'ü/..']) {
    const ran = await documents(`receivables show ${id} --json`);
    assert.is(ran.code, 3);
    assert.equal(codesOf(jsonOf(ran)), ['ID_NOT_FOUND']);
    assert.match(ran.stdout, new RegExp(`list --match '?${id}`));
  }
});

interface Row {
  readonly class: string;
  readonly here: { readonly number: string } | null;
  readonly there: { readonly number: string } | null;
  readonly joined_by: string | null;
  readonly differences: readonly { readonly what: string; readonly here: string; readonly there: string }[];
}
/** `differs B-2: amount 200.00|200.50` */
function rowsOf(ran: Ran): readonly string[] {
  const rows = jsonOf(ran).documents as readonly Row[]; // what the tests then compare
  return rows.map(({ differences, here, there: other, ...row }) => {
    const what = differences.map((each) => `${each.what} ${each.here}|${each.there}`).join(', ');
    return `${row.class} ${here?.number ?? other?.number}${what === '' ? '' : `: ${what}`}`;
  });
}

test('diff joins both sides, says what each document comes to, and exits 2', async () => {
  const ran = await documents('diff --show-same --json');
  assert.is(ran.code, 2);
  assert.equal(rowsOf(ran), [
    'missing B-3',
    'failed B-4',
    'pending B-5',
    'differs B-2: amount 200.00|200.50, accounts 4010 Hosting|4020 Software',
    'there_only X-9',
    'same B-1',
    'same B-6',
    'not_expected B-7',
  ]);
});

test('diff in a table says why, what comes to how much, and what was pulled when', async () => {
  const { code, stderr, stdout } = await documents('diff');
  assert.is(code, 2);
  assert.match(stdout, /Compared with xero, pulled 2026-07-01T00:00:00Z/);
  assert.match(stdout, /Missing there: 1 payable, 300\.00 EUR\n {2}It has no synchronization record/);
  assert.match(stdout, /Failed: 1 payable, 400\.00 EUR\n {2}No rate of 19 %\n {4}B-4/);
  assert.match(stdout, /B-2 .*\n {6}amount: 200\.00 here, 200\.50 there\n/);
  assert.match(
    stdout,
    /\n1 missing there, 1 failed, 1 pending, 1 different, 1 there but not ours; 2 the same \(1 of them probably\), 1 not expected there \(drafts, or called off\)\.\n$/,
  );
  assert.match(stderr, /Reads payables and invoices of both sides.*: 10 requests or more/);
  assert.match(stderr, /Reads the lines of 3 payables: about 3 requests/);
});

test('--only narrows what is listed and what the exit code is about', async () => {
  const missing = await documents('diff --only missing --only failed --json');
  assert.is(missing.code, 2);
  assert.equal(rowsOf(missing), ['missing B-3', 'failed B-4']);
  const same = await documents('diff --only same --format csv');
  assert.is(same.code, 0);
  assert.equal(
    same.stdout.split('\r\n').map((line) => line.split(',').slice(0, 3).join(',')),
    ['class,list,number', 'same,payables,B-1', 'same,payables,B-6', ''],
  );
});

test('after another accounting system was connected, what was pushed to the former one is told and counted', async () => {
  const former = organizationData.synced_records.map((each) => ({ ...each, platform: 'xero' }));
  const later = { ...connection, platform: 'quickbooks_online', created_at: '2026-06-20T00:00:00Z' };
  const moved = await sandboxOf({
    connections: [
      { ...connection, status: 'disconnected', last_pull: '2026-06-10T00:00:00Z' },
      { ...later, last_pull: '2026-07-01T00:00:00Z' },
    ],
    synced_records: former,
    accounting_system: { payables: [there('d2', 'B-2', 200.5, '4020')] },
  });
  const ran = await documents('diff --json', moved);
  assert.is(ran.code, 2);
  assert.equal(rowsOf(ran), [
    'differs B-2: amount 200.00|200.50, accounts 4010 Hosting|4020 Software',
    'elsewhere B-1',
  ]);
  const missing = await documents('diff --only missing', moved);
  assert.is(missing.code, 0);
  assert.match(missing.stdout, /None found: missing there\./);
  assert.match(
    missing.stdout,
    /not counted as missing: 4 older than the connection \(--only past\), 1 pushed to another system \(--only elsewhere\)/,
  );
  assert.is((await documents('diff --only elsewhere', moved)).code, 2);
  const ready = jsonOf(await bench.run(['readiness', '--type', 'bills', '--json'], moved.environment));
  const [bills] = ready.types as readonly { readonly pushed: number; readonly past: number }[]; // what is compared below
  assert.equal([bills?.pushed, bills?.past], [0, 6]);
});

test('each class that is listed has a next step, with the record where a push is the step', async () => {
  const pushedGone = await sandboxOf({
    synced_records: [record('B-3', 'done', { id: 'c5c90e11-2a7b-4a54-9f5e-1f0000000001' })],
  });
  const { stdout } = await documents('diff -c ledgerform.yaml', pushedGone);
  assert.match(
    stdout,
    /B-3 .*\n {6}push it again: ledgerform records retry c5c90e11-2a7b-4a54-9f5e-1f0000000001 --force --wait -c ledgerform\.yaml\n/,
  );
  assert.match(stdout, /What is missing without a record: ledgerform readiness -c ledgerform\.yaml says/);
  assert.match(
    stdout,
    /What is not ours: ledgerform documents payables show \S+ -c ledgerform\.yaml shows the first/,
  );
  assert.match((await documents('diff')).stdout, /What failed: .*records retry --failed --wait pushes/);
});

test('a class that nothing is in says so', async () => {
  const ran = await documents('diff --only past');
  assert.is(ran.code, 0);
  assert.match(
    ran.stdout,
    /None found: older than the connection\.\n(.*\n)*Of all documents: 1 missing there/,
  );
});

test('a status that no document there has is noted with those that they have', async () => {
  const ran = await documents('payables --status foo');
  assert.is(ran.code, 0);
  assert.match(ran.stderr, /No document there has the status foo\. Those there have: open and void\./);
  assert.not.match((await documents('payables --status VOID')).stderr, /No document/);
});

test('lists that have nothing different are exit 0, and only what is asked for is read', async () => {
  const ran = await documents('diff --type receivables -v');
  assert.is(ran.code, 0);
  assert.match(ran.stdout, /\nNo differences\.\n$/);
  assert.not.match(ran.stderr, /GET \S*\/payables/);
});

test('--no-lines reads no lines, compares no accounts of payables, and says so', async () => {
  const ran = await documents('diff --no-lines -v');
  assert.is(ran.code, 2);
  assert.not.match(ran.stderr, /line-items/);
  assert.not.match(ran.stdout, /accounts: /);
  assert.match(ran.stdout, /accounts of payables were not compared/);
});

test('ids of the service between join as well', async () => {
  const provider = await sandboxOf({}, { document_ids: 'provider' });
  const ran = await documents('diff --show-same --json', provider);
  const rows = jsonOf(ran).documents as readonly Row[]; // what is compared below
  assert.equal(
    rows.filter(({ joined_by }) => joined_by !== null).map((row) => `${row.here?.number} ${row.joined_by}`),
    ['B-2 provider_id', 'B-1 provider_id', 'B-6 number_and_amount'],
  );
});

test('an invoice whose products have no account of their own is pushed with that of the settings', async () => {
  const product = { external_reference: 'HOUR', tax_rate: { country: 'DE', value: 1900 } };
  const selling = {
    products: [{ external_reference: 'HOUR', name: 'Hour', price: { currency: 'EUR', value: 10000 } }],
    settings: { accounting: { ledger_account_ids: { products: { nominal_code: '4010' } } } },
    receivables: [
      {
        document_id: 'I-1',
        status: 'issued',
        currency: 'EUR',
        counterpart_name: 'Kunde',
        created_at: '2026-06-02T00:00:00Z',
        line_items: [{ quantity: 2, product }],
      },
    ],
    synced_records: [{ ...record('I-1', 'done', { platform_object_id: 'i1' }), object_type: 'receivable' }],
  };
  const lines = (code: string) => [{ description: 'Hour', quantity: 2, unit_amount: 100, ...account(code) }];
  const invoice = { id: 'i1', invoice_number: 'I-1', currency: 'EUR', created_at: '2026-06-02T00:00:00Z' };
  const over = (code: string) =>
    sandboxOf({ ...selling, accounting_system: { receivables: [{ ...invoice, lines: lines(code) }] } });
  const same = await documents('diff --type receivables --show-same --json', await over('4010'));
  assert.equal(rowsOf(same), ['same I-1']);
  const other = await documents('diff --type receivables --json', await over('4020'));
  assert.equal(rowsOf(other), ['differs I-1: accounts 4010 Hosting|4020 Software']);
});

test('without a connection nobody knows what is there: exit 3, whatever the service answers', async () => {
  const ended = await sandboxOf({ connections: [] }, { documents_without_connection: 'empty' });
  for (const args of ['payables', 'payables show d1', 'diff']) {
    const ran = await documents(`${args} --json`, ended);
    assert.is(ran.code, 3);
    assert.equal(codesOf(jsonOf(ran)), ['CONNECTION_NONE']);
  }
});

test('before the first pull nothing is compared, and an empty list is warned of', async () => {
  const young = await sandboxOf({ connections: [{ ...connection, last_pull: null }] });
  const diff = await documents('diff --json', young);
  assert.is(diff.code, 3);
  assert.equal(codesOf(jsonOf(diff)), ['CONNECTION_NOT_PULLED']);
  const list = await documents('payables', young);
  assert.is(list.code, 0);
  assert.match(list.stderr, /CONNECTION_NOT_PULLED/);
});

test.run();
