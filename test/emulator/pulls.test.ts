import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/emulator/json.ts';
import { at, type Local, objects, organization, withLocal } from './local-client.ts';

const test = suite('pulls of the local environment');

const link = { id: '33333333-0000-4000-8000-000000000000' };
const records = '/accounting-synced-records';
const over = '77777777-0000-4000-8000-000000000000';

const seedOf = (members: JsonObject) => ({
  organizations: [
    {
      id: organization,
      ledger_accounts: [{ nominal_code: '404', name: 'Bank fees', is_external: true, id: over }],
      tax_rates: [{ code: 'IN', effective_tax_rate: 2000, is_external: true }],
      connections: [link],
      ...members,
    },
  ],
});

async function pull(local: Local, id = link.id): Promise<void> {
  await local.call('POST', `/accounting-connections/${id}/sync`);
  local.clock.time += 1000;
}

const types = ['product', 'customer', 'vendor', 'receivable', 'bill', 'payment_record'];

/** How many records there are of each type, by status. */
async function counts(local: Local): Promise<JsonObject> {
  const found: Record<string, number> = {};
  for (const type of types) {
    for (const { sync_status } of await local.list(`${records}?object_type=${type}`)) {
      const key = `${type} ${String(sync_status)}`;
      found[key] = (found[key] ?? 0) + 1;
    }
  }
  return found;
}

const coded = { name: 'Fees', unit_price: 1000, tax: 2000, ledger_account: { nominal_code: '404' } };
const item = (members: JsonObject) => ({ quantity: 3, product: { tax_rate: { value: 2000 }, ...members } });

const eligible = {
  products: [
    { external_reference: 'SKU', name: 'Advice', ledger_account: { nominal_code: '404' } },
    { name: 'On no invoice' },
  ],
  payables: [
    { document_id: 'B-1', status: 'new', counterpart_name: 'Hetzner', line_items: [coded] },
    { document_id: 'B-2', status: 'paid', counterpart_name: 'Hetzner', line_items: [{ name: 'No account' }] },
    { document_id: 'B-3', status: 'draft', counterpart_name: 'Somebody' },
    { document_id: 'B-4', status: 'canceled', counterpart_name: 'Somebody' },
  ],
  receivables: [
    {
      document_id: 'R-1',
      status: 'issued',
      counterpart_name: 'Acme',
      line_items: [item({ external_reference: 'SKU' })],
    },
    { document_id: 'R-2', status: 'draft', counterpart_name: 'Nobody', line_items: [item({ name: 'Trip' })] },
    { document_id: 'Q-1', type: 'quote', status: 'issued', line_items: [item({ name: 'Trip' })] },
  ],
  payment_records: [{ document: { document_id: 'B-2' }, amount: 1200 }],
};

test('a pull makes records of what is eligible and pushes it, vendors, customers and products with it, each once', () =>
  withLocal({ seed: seedOf(eligible) }, async (local) => {
    await pull(local);
    assert.equal(await counts(local), {
      'product pending': 1,
      'customer pending': 1,
      'vendor pending': 1,
      'receivable pending': 1,
      'bill pending': 2,
      'payment_record pending': 1,
    });
    local.clock.time += 500;
    const after = {
      'product done': 1,
      'customer done': 1,
      'vendor done': 1,
      'receivable done': 1,
      'bill done': 1,
      'bill error': 1,
      'payment_record error': 1,
    };
    assert.equal(await counts(local), after);
    await pull(local);
    local.clock.time += 500;
    assert.equal(await counts(local), after);
  }));

test('what was eligible before the first pull is never pushed, what becomes so later is', () =>
  withLocal(
    { seed: seedOf({ ...eligible, connections: [] }), switches: { authorisation: '0ms' } },
    async (local) => {
      const { body } = await local.call('POST', '/accounting-connections');
      local.clock.time += 1000;
      const id = String(body.id);
      assert.type((await local.call('GET', `/accounting-connections/${id}`)).body.last_pull, 'string');
      assert.equal(await counts(local), {});
      const books = local.emulator.organization(organization);
      const draft = books.all('payables').find(({ document_id }) => document_id === 'B-3');
      books.put('payables', { id: draft?.id ?? '', status: 'new' });
      await pull(local, id);
      assert.equal(await counts(local), { 'bill pending': 1, 'vendor pending': 1 });
    },
  ));

test('a draft that becomes new when its last line gets an account is pushed without a further pull', () =>
  withLocal(
    {
      seed: seedOf({
        payables: [
          {
            document_id: 'B-1',
            counterpart_name: 'Hetzner',
            due_date: '2026-03-01',
            issued_at: '2026-02-01',
            line_items: [{ name: 'Hosting', unit_price: 1000, tax: 2000 }],
          },
        ],
      }),
    },
    async (local) => {
      const [{ id } = {}] = await local.list('/payables');
      const [line] = await local.list(`/payables/${id}/line-items`);
      await local.call('PATCH', `/payables/${id}/line-items/${line?.id}`, {
        body: { ledger_account_id: over },
      });
      assert.is((await local.call('GET', `/payables/${id}`)).body.status, 'new');
      assert.equal(await counts(local), { 'bill pending': 1, 'vendor pending': 1 });
      local.clock.time += 500;
      assert.equal(await counts(local), { 'bill done': 1, 'vendor done': 1 });
      const [document] = objects((await local.call('GET', '/accounting/payables')).body.data);
      assert.is(document?.invoice_number, 'B-1');
    },
  ));

test('a pull brings accounts and rates from over there as external ones, and what has changed of them', () =>
  withLocal(
    {
      seed: seedOf({
        accounting_system: {
          ledger_accounts: [
            { nominal_code: '404', name: 'Bank charges' },
            { nominal_code: '500', name: 'Rent', type: 'Expense' },
          ],
          tax_rates: [{ code: 'RR', effective_tax_rate: 500 }],
        },
      }),
    },
    async (local) => {
      const seen = async () =>
        (await local.list('/ledger-accounts?is_external=true')).map(({ id, name, nominal_code }) => [
          nominal_code,
          name,
          id === over,
        ]);
      assert.equal(await seen(), [['404', 'Bank fees', true]]);
      await pull(local);
      assert.equal(await seen(), [
        ['404', 'Bank charges', true],
        ['500', 'Rent', false],
      ]);
      const rates = await local.list('/accounting-tax-rates?is_external=true');
      assert.equal(
        rates.map(({ code, total_tax_rate }) => [code, total_tax_rate]),
        [
          ['IN', 2000],
          ['RR', 500],
        ],
      );
      const [, rent = {}] = await local.list('/ledger-accounts?is_external=true');
      assert.is(
        (await local.call('PATCH', `/ledger-accounts/${rent.id}`, { body: { name: 'X' } })).status,
        409,
      );
      await pull(local);
      assert.equal((await local.call('GET', `/ledger-accounts/${rent.id}`)).body, rent);
    },
  ));

test('bills and invoices appear over there in decimals, with ids of external accounts and rates', () =>
  withLocal(
    {
      seed: seedOf({
        ledger_accounts: [
          { nominal_code: '404', name: 'Bank fees', is_external: true, id: over },
          { nominal_code: '404', name: 'Fees of ours' },
        ],
        tax_rates: [
          { code: 'IN', effective_tax_rate: 2000, is_external: true },
          { code: 'NONE', effective_tax_rate: 0, is_external: true },
        ],
        payables: [
          {
            document_id: 'B-1',
            status: 'partially_paid',
            currency: 'JPY',
            counterpart_name: 'Hetzner',
            issued_at: '2025-03-01',
            line_items: [{ ...coded, ledger_account: { name: 'Fees of ours' } }],
          },
        ],
        receivables: [
          {
            document_id: 'R-1',
            status: 'issued',
            counterpart_name: 'Acme',
            issue_date: '2025-03-02T10:00:00Z',
            deduction_amount: 1000,
            line_items: [
              {
                ...item({
                  name: 'Trip',
                  price: { currency: 'EUR', value: 10_050 },
                  ledger_account: { name: 'Bank fees' },
                }),
                discount: { type: 'amount', amount: 3015 },
              },
            ],
          },
        ],
        settings: { accounting: { tax_ids: { deductions: { code: 'NONE' } } } },
      }),
    },
    async (local) => {
      await pull(local);
      local.clock.time += 500;
      const [standard, none] = (await local.list('/accounting-tax-rates')).map(({ id }) => id);
      const [bill = {}] = objects((await local.call('GET', '/accounting/payables')).body.data);
      assert.equal(
        [bill.status, bill.currency, bill.total_amount, bill.subtotal, bill.tax_amount, bill.posted_date],
        ['partially_paid', 'JPY', 1200, 1000, 200, '2025-03-01'],
      );
      assert.equal(bill.lines, [
        {
          description: 'Fees',
          quantity: 1,
          unit_amount: 1000,
          discount_amount: null,
          discount_percentage: null,
          ledger_account_id: over,
          tax_rate_ref: { id: standard },
        },
      ]);
      const [record = {}] = await local.list(`${records}?object_type=bill`);
      assert.is(record.platform_object_id, bill.id);
      const [vendor = {}] = await local.list(`${records}?object_type=vendor`);
      assert.equal(bill.vendor_ref, { id: vendor.platform_object_id, name: 'Hetzner' });
      const [invoice = {}] = objects((await local.call('GET', '/accounting/receivables')).body.data);
      assert.equal([invoice.invoice_number, invoice.posted_date], ['R-1', '2025-03-02']);
      assert.is(at(invoice.customer_ref, 'company_name'), 'Acme');
      const parts = objects(invoice.lines).map((each) => [
        each.unit_amount,
        each.discount_percentage,
        at(each.tax_rate_ref, 'id'),
      ]);
      assert.equal(parts, [
        [100.5, 10, standard],
        [-10, null, none],
      ]);
      assert.equal((await local.call('GET', `/accounting/receivables/${invoice.id}`)).body, invoice);
      assert.not.ok(JSON.stringify([bill, invoice]).includes('created_at'));
    },
  ));

test('documents over there are counted from an offset, are found by ids of any form, and need a pull', () => {
  const payables = Array.from({ length: 7 }, (_, n) => ({ id: `bill/${n} ü`, invoice_number: `B-${n}` }));
  return withLocal({ seed: seedOf({ accounting_system: { payables } }) }, async (local) => {
    const numbers = async (query: string) =>
      objects((await local.call('GET', `/accounting/payables${query}`)).body.data).map(
        (each) => each.invoice_number,
      );
    assert.is((await numbers('')).length, 7);
    assert.equal(await numbers('?limit=2&offset=4'), ['B-4', 'B-5']);
    assert.equal(await numbers('?offset=7'), []);
    for (const query of ['?limit=0', '?limit=501', '?offset=-1', '?pagination_token=x'])
      assert.is((await local.call('GET', `/accounting/payables${query}`)).status, 422, query);
    const path = `/accounting/payables/${encodeURIComponent('bill/3 ü')}`;
    assert.is((await local.call('GET', path)).body.invoice_number, 'B-3');
    assert.is((await local.call('GET', '/accounting/payables/other')).status, 404);
    assert.equal(await numbers('?limit=1'), ['B-0']);
    local.emulator.organization(organization).put('connections', { id: link.id, last_pull: null });
    assert.equal(await numbers(''), []);
  });
});

test('the schedule pulls at its own times, and of pulls that nobody has seen only the latest is made', () =>
  withLocal(
    {
      seed: seedOf({ connections: [{ ...link, last_pull: '2026-01-31T11:30:00.000Z' }] }),
      switches: { scheduled_pull: '1h' },
    },
    async (local) => {
      const seen = async () => (await local.call('GET', `/accounting-connections/${link.id}`)).body.last_pull;
      assert.is(await seen(), '2026-01-31T11:30:00.000Z');
      local.clock.time += 4 * 60 * 60 * 1000;
      await local.login();
      assert.is(await seen(), '2026-01-31T15:30:00.000Z');
    },
  ));

test('data of the local environment from before it had an accounting system still load', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-local-'));
  try {
    const file = join(folder, 'local.json');
    const put = (collection: string, id: string, seq: number, value: JsonObject) => ({
      organization,
      collection,
      id,
      seq,
      value,
    });
    const stamps = { created_at: '2025-01-01T00:00:00.000Z', updated_at: '2025-01-01T00:00:00.000Z' };
    const connection = {
      ...link,
      ...stamps,
      connection_url: 'https://connect.example/authorise',
      status: 'connected',
      platform: 'xero',
      last_pull: '2025-01-01T00:00:00.000Z',
      errors: null,
      business_info: null,
    };
    const payable = { id: over, ...stamps, status: 'new', document_id: 'B-1' };
    const writes = [
      put('organization', organization, 0, { name: 'Acme' }),
      put('settings', organization, 0, {}),
      put('payables', over, 1, payable),
      put('connections', link.id, 2, connection),
    ];
    await writeFile(file, JSON.stringify({ ledgerform_local: 1, generation: 3, writes }));
    await withLocal({ file }, async (local) => {
      const [shown] = objects((await local.call('GET', '/accounting-connections')).body.data);
      assert.equal(shown, connection);
      await pull(local);
      local.clock.time += 500;
      assert.equal(await counts(local), { 'bill done': 1 });
    });
    await withLocal({ file }, async (local) => assert.equal(await counts(local), { 'bill done': 1 }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test.run();
