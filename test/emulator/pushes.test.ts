import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json, JsonObject } from '../../src/emulator/json.ts';
import type { Switches } from '../../src/emulator/switches.ts';
import { at, type Local, objects, organization, withLocal } from './local-client.ts';

const test = suite('pushes of the local environment');

const records = '/accounting-synced-records';
const record = { id: '44444444-0000-4000-8000-000000000000' };
const bill = { id: '55555555-0000-4000-8000-000000000000' };
const line = { id: '66666666-0000-4000-8000-000000000000' };
const over = '77777777-0000-4000-8000-000000000000';

const account = { nominal_code: '404', name: 'Bank fees', is_external: true, id: over };
const rate = { code: 'IN', effective_tax_rate: 2000, is_external: true };

/** A connected organization with one record in error, and what the record is about. */
const seedOf = (type: string, members: JsonObject, object: JsonObject = {}) => ({
  organizations: [
    {
      id: organization,
      ledger_accounts: [account],
      tax_rates: [rate],
      connections: [{}],
      synced_records: [{ ...record, object_type: type, sync_status: 'error', ...object }],
      ...members,
    },
  ],
});

const billWith = (members: JsonObject): JsonObject => ({
  payables: [{ ...bill, document_id: 'B-1', status: 'new', line_items: [{ ...line, ...members }] }],
});
const aboutBill = { object: { document_id: 'B-1' } };
const fine = { name: 'Fees', unit_price: 1000, tax: 2000, ledger_account: { nominal_code: '404' } };

/** Pushes the record, waits for the outcome and returns its status and the codes of its errors. */
async function push(local: Local, id: string = record.id): Promise<readonly Json[]> {
  const { body, status } = await local.call('POST', `${records}/${id}/push`);
  assert.equal([status, body.sync_status, body.errors], [200, 'pending', {}]);
  local.clock.time += 499;
  assert.is(at((await local.call('GET', `${records}/${id}`)).body, 'sync_status'), 'pending');
  local.clock.time += 1;
  const after = (await local.call('GET', `${records}/${id}`)).body;
  const { errors } = (after.errors ?? {}) as JsonObject; // an object, as the schema has it
  return [after.sync_status ?? null, ...objects(errors).map(({ code }) => code ?? null)];
}

const patchLine = (local: Local, body: JsonObject) =>
  local.call('PATCH', `/payables/${bill.id}/line-items/${line.id}`, { body });
const patchSettings = (local: Local, accounting: JsonObject) =>
  local.call('PATCH', `/entities/${organization}/settings`, { body: { accounting } });
const pull = async (local: Local) => {
  const [{ id } = {}] = await local.list('/accounting-connections');
  await local.call('POST', `/accounting-connections/${id}/sync`);
  local.clock.time += 1000;
};

const product = { external_reference: 'SKU', name: 'Advice', price: { currency: 'EUR', value: 100 } };
const invoiceWith = (...items: readonly JsonObject[]): JsonObject => ({
  products: [product],
  receivables: [
    { document_id: 'R-1', status: 'issued', line_items: items.map((each) => ({ product: each })) },
  ],
});
const aboutInvoice = { object: { document_id: 'R-1' } };
const taxed = { tax_rate: { value: 2000 } };

interface Failure {
  readonly why: string;
  readonly type: string;
  readonly members: JsonObject;
  readonly object: JsonObject;
  readonly codes: readonly string[];
  readonly mend: (local: Local) => Promise<unknown>;
}

const { ledger_account: _, ...bare } = fine;

/** Each documented reason, and what mends it. */
const failures: readonly Failure[] = [
  {
    why: 'a line of a bill has no account',
    type: 'bill',
    members: billWith(bare),
    object: aboutBill,
    codes: ['ledger_account_missing'],
    mend: (local) => patchLine(local, { ledger_account_id: over }),
  },
  {
    why: 'a line has an account that is gone',
    type: 'bill',
    members: billWith({ ...bare, ledger_account_id: bill.id }),
    object: aboutBill,
    codes: ['ledger_account_unknown'],
    mend: (local) => patchLine(local, { ledger_account_id: over }),
  },
  {
    why: 'a line has an archived account',
    type: 'bill',
    members: { ...billWith(fine), ledger_accounts: [{ ...account, status: 'Archived' }] },
    object: aboutBill,
    codes: ['ledger_account_archived'],
    mend: async ({ emulator }) =>
      emulator.organization(organization).put('ledger_accounts', { id: over, status: 'Active' }),
  },
  {
    why: 'the accounting system does not have an internal account',
    type: 'bill',
    members: {
      ...billWith({ ...bare, ledger_account: { nominal_code: '500' } }),
      ledger_accounts: [{ nominal_code: '500' }],
    },
    object: aboutBill,
    codes: ['ledger_account_internal'],
    mend: async (local) => {
      local.emulator
        .organization(organization)
        .put('accounting_ledger_accounts', { id: over, nominal_code: '500' });
      await pull(local);
    },
  },
  {
    why: 'no external rate has the value of a line’s tax',
    type: 'bill',
    members: billWith({ ...fine, tax: 700 }),
    object: aboutBill,
    codes: ['tax_rate_missing'],
    mend: async (local) => {
      const books = local.emulator.organization(organization);
      books.put('accounting_tax_rates', { id: over, code: 'RR', effective_tax_rate: 700 });
      await pull(local);
    },
  },
  {
    why: 'the same, and a chosen rate overrides the value',
    type: 'bill',
    members: billWith({ ...fine, tax: 700 }),
    object: aboutBill,
    codes: ['tax_rate_missing'],
    mend: async (local) => {
      const [known] = await local.list('/accounting-tax-rates');
      await patchLine(local, { accounting_tax_rate_id: known?.id ?? null });
    },
  },
  {
    why: 'the accounting system does not have an internal rate',
    type: 'bill',
    members: {
      ...billWith({ ...fine, tax_rate: { code: 'OWN' } }),
      tax_rates: [rate, { code: 'OWN', effective_tax_rate: 2000 }],
    },
    object: aboutBill,
    codes: ['tax_rate_internal'],
    mend: (local) => patchLine(local, { accounting_tax_rate_id: null }),
  },
  {
    why: 'neither a product of an invoice nor the settings have an account',
    type: 'receivable',
    members: invoiceWith({ external_reference: 'SKU', ...taxed }),
    object: aboutInvoice,
    codes: ['ledger_account_missing'],
    mend: async (local) => {
      const [known = {}] = await local.list('/products');
      await local.call('PATCH', `/products/${known.id}`, { body: { ledger_account_id: over } });
    },
  },
  {
    why: 'the same of a product that is on the invoice alone',
    type: 'receivable',
    members: invoiceWith({ name: 'Trip', ...taxed }),
    object: aboutInvoice,
    codes: ['ledger_account_missing'],
    mend: (local) => patchSettings(local, { ledger_account_ids: { products: over } }),
  },
  {
    why: 'no external rate has the value of an invoice’s tax',
    type: 'receivable',
    members: invoiceWith({ name: 'Trip', ledger_account: { nominal_code: '404' } }),
    object: aboutInvoice,
    codes: ['tax_rate_missing'],
    mend: async ({ emulator }) =>
      emulator.organization(organization).put('tax_rates', { effective_tax_rate: 0, is_external: true }),
  },
  {
    why: 'an invoice has a deduction and the settings no rate for it',
    type: 'receivable',
    members: {
      tax_rates: [rate, { id: bill.id, code: 'NONE', effective_tax_rate: 0, is_external: true }],
      receivables: [{ document_id: 'R-1', status: 'issued', deduction_amount: 500 }],
    },
    object: aboutInvoice,
    codes: ['deductions_rate_missing'],
    mend: (local) => patchSettings(local, { tax_ids: { deductions: bill.id } }),
  },
  {
    why: 'neither a product nor the settings have an account',
    type: 'product',
    members: { products: [product] },
    object: { object: { external_reference: 'SKU' } },
    codes: ['ledger_account_missing'],
    mend: (local) => patchSettings(local, { ledger_account_ids: { products: over } }),
  },
  {
    why: 'the settings have no account for payments',
    type: 'payment_record',
    members: { ...billWith(fine), payment_records: [{ document: { document_id: 'B-1' }, amount: 1200 }] },
    object: aboutBill,
    codes: ['payments_account_missing'],
    mend: (local) => patchSettings(local, { ledger_account_ids: { payments: over } }),
  },
  {
    why: 'nothing is connected',
    type: 'vendor',
    members: { payables: [{ counterpart_name: 'Hetzner' }], connections: [{ status: 'deauthorized' }] },
    object: { object: { name: 'Hetzner' } },
    codes: ['not_connected'],
    mend: async ({ emulator }) => {
      const books = emulator.organization(organization);
      const [connection] = books.all('connections');
      if (connection) books.put('connections', { id: connection.id, status: 'connected' });
    },
  },
];

for (const { codes, members, mend, object, type, why } of failures) {
  test(`${type}: a push fails when ${why}, and succeeds once that is mended`, () =>
    withLocal({ seed: seedOf(type, members, object) }, async (local) => {
      assert.equal(await push(local), ['error', ...codes]);
      await mend(local);
      assert.equal(await push(local), ['done']);
      const { errors, platform, platform_object_id, provider_object_id } = (
        await local.call('GET', `${records}/${record.id}`)
      ).body;
      assert.equal([errors, platform], [{}, 'xero']);
      assert.type(platform_object_id, 'string');
      assert.type(provider_object_id, 'string');
    }));
}

test('each reason is told, and a push of what is gone fails', () =>
  withLocal({ seed: seedOf('bill', billWith({ ...bare, tax: 700 }), aboutBill) }, async (local) => {
    assert.equal(await push(local), ['error', 'ledger_account_missing', 'tax_rate_missing']);
    local.emulator.organization(organization).remove('payables', bill.id);
    assert.equal(await push(local), ['error', 'object_missing']);
  }));

test('a record that was disconnected while its push was under way says so', () =>
  withLocal({ seed: seedOf('bill', billWith(fine), aboutBill) }, async (local) => {
    await local.call('POST', `${records}/${record.id}/push`);
    const [{ id } = {}] = await local.list('/accounting-connections');
    await local.call('POST', `/accounting-connections/${id}/disconnect`);
    local.clock.time += 500;
    const { errors, sync_status } = (await local.call('GET', `${records}/${record.id}`)).body;
    assert.equal([sync_status, at(errors, 'errors', 0, 'code')], ['error', 'not_connected']);
  }));

test('a push that was asked for twice is one push, and a second document is never made', () =>
  withLocal({ seed: seedOf('bill', billWith(fine), aboutBill) }, async (local) => {
    await local.call('POST', `${records}/${record.id}/push`);
    local.clock.time += 300;
    await local.call('POST', `${records}/${record.id}/push`);
    local.clock.time += 200;
    assert.is((await local.call('GET', `${records}/${record.id}`)).body.sync_status, 'done');
    assert.equal(await push(local), ['done']);
    assert.is((await local.list('/accounting/payables')).length, 1);
  }));

test('records are listed by type, object and time, in pages', () => {
  const seed = {
    organizations: [
      {
        id: organization,
        payables: Array.from({ length: 5 }, (_, n) => ({ document_id: `B-${n}` })),
        synced_records: [
          ...Array.from({ length: 5 }, (_, n) => ({ object: { document_id: `B-${n}` } })),
          { object_type: 'product' },
        ],
      },
    ],
  };
  return withLocal({ seed }, async (local) => {
    const bills = await local.list(`${records}?object_type=bill&limit=2`);
    assert.is(bills.length, 5);
    const ids = bills.slice(0, 2).map(({ object_id }) => `object_id__in=${object_id}`);
    assert.is((await local.list(`${records}?object_type=bill&${ids.join('&')}`)).length, 2);
    assert.is((await local.list(`${records}?object_type=bill&object_id=${bills[3]?.object_id}`)).length, 1);
    const later = `updated_at__gte=${encodeURIComponent('2025-01-01T00:00:03Z')}`;
    const some = await local.list(`${records}?object_type=bill&${later}&sort=updated_at&order=desc`);
    assert.equal(
      some.map(({ id }) => id),
      [bills[4]?.id, bills[3]?.id],
    );
    assert.is((await local.call('GET', records)).status, 422);
    assert.is((await local.call('GET', `${records}?object_type=ledger_account`)).status, 422);
    assert.is((await local.call('GET', `${records}?object_type=bill&sync_status=error`)).status, 422);
    assert.is((await local.call('GET', `${records}/${over}`)).status, 404);
    assert.is((await local.call('POST', `${records}/${over}/push`)).status, 404);
    assert.is((await local.call('POST', `${records}/${bills[0]?.id}/push`, { body: {} })).status, 422);
  });
});

test('the errors that the example shows are those that its pushes fail with, until its causes are mended', () => {
  const seed: { readonly organizations: readonly { readonly id: string }[] } = JSON.parse(
    readFileSync('examples/accounting/seed.json', 'utf8'),
  );
  const [{ id: studio } = { id: '' }] = seed.organizations;
  return withLocal({ seed }, async (local) => {
    const call: Local['call'] = (method, path, options) =>
      local.call(method, path, { ...options, organization: studio });
    const books = local.emulator.organization(studio);
    const failed = () => books.all('synced_records').filter(({ sync_status }) => sync_status === 'error');
    const retry = async () => {
      for (const { id } of failed()) await call('POST', `${records}/${id}/push`);
      local.clock.time += 500;
    };
    const shown = failed().map(({ errors, id }) => [id, errors]);
    assert.ok(shown.length >= 9);
    await retry();
    // The connection works now; everything else is as it was.
    assert.equal(
      failed().map(({ errors, id }) => [id, errors]),
      shown.filter(([, errors]) => !JSON.stringify(errors).includes('not_connected')),
    );
    const [connection] = books.all('connections');
    await call('POST', `/accounting-connections/${connection?.id}/sync`);
    local.clock.time += 1000;
    const idOf = (code: string) =>
      books.all('ledger_accounts').find((each) => each.nominal_code === code)?.id;
    const accounting = {
      ledger_account_ids: { payments: idOf('090') ?? null, products: idOf('200') ?? null },
      tax_ids: { deductions: books.all('tax_rates').find(({ code }) => code === 'NONE')?.id ?? null },
    };
    await call('PATCH', `/entities/${studio}/settings`, { body: { accounting } });
    const print = books.all('products').find(({ external_reference }) => external_reference === 'PRINT');
    await call('PATCH', `/products/${print?.id}`, { body: { ledger_account_id: idOf('400') ?? null } });
    for (const payable of books.all('payables')) {
      for (const { id, ledger_account_id } of books.lines(payable.id)) {
        if (ledger_account_id !== null || payable.status !== 'new') continue;
        const url = `/payables/${payable.id}/line-items/${id}`;
        await call('PATCH', url, { body: { ledger_account_id: idOf('453') ?? null } });
      }
    }
    await retry();
    assert.equal(failed(), []);
  });
});

const shapes: readonly [Switches['record_errors'], readonly string[]][] = [
  ['list', ['errors']],
  ['message', ['message']],
  ['fields', ['line_items[0].ledger_account_id', 'line_items[0].tax']],
  ['empty', []],
];

for (const [shape, members] of shapes) {
  test(`errors can have the shape ${shape}`, () =>
    withLocal(
      {
        seed: seedOf('bill', billWith({ ...bare, tax: 700 }), aboutBill),
        switches: { record_errors: shape },
      },
      async (local) => {
        await push(local);
        const { errors } = (await local.call('GET', `${records}/${record.id}`)).body;
        assert.equal(Object.keys((errors ?? {}) as JsonObject), members); // an object, as the schema has it
      },
    ));
}

test.run();
