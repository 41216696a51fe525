import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json, JsonObject } from '../../src/emulator/json.ts';
import { SeedInvalid } from '../../src/emulator/seed-references.ts';
import { at, objects, organization, otherOrganization, withLocal } from './local-client.ts';

const test = suite('seeds of the local environment');

const seedOf = (members: JsonObject) => ({ organizations: [{ id: organization, ...members }] });

const acme = {
  name: 'Acme',
  ledger_accounts: [
    { nominal_code: '4010', name: 'Income' },
    { nominal_code: '404', name: 'Bank fees', is_external: true },
  ],
  tax_rates: [{ code: 'OUTPUT2', effective_tax_rate: 2000, is_external: true }],
  products: [
    {
      name: 'Consulting',
      external_reference: 'SKU',
      ledger_account: { nominal_code: '4010' },
      price: { currency: 'EUR', value: 5000 },
    },
  ],
  payables: [
    {
      document_id: 'INV-1',
      counterpart_name: 'Hetzner',
      line_items: [
        {
          name: 'Hosting',
          quantity: 2,
          unit_price: 100,
          tax: 2000,
          ledger_account: { name: 'Bank fees' },
          tax_rate: { code: 'OUTPUT2' },
        },
      ],
    },
  ],
  receivables: [
    {
      document_id: 'R-1',
      line_items: [
        { product: { external_reference: 'SKU' }, quantity: 3 },
        { product: { name: 'Trip', ledger_account: { nominal_code: '4010' } } },
      ],
    },
  ],
  connections: [{}],
  settings: { accounting: { ledger_account_ids: { payments: { nominal_code: '4010' } } } },
};

test('look-ups become ids, amounts are computed, and what is left out has its default', () =>
  withLocal({ seed: seedOf(acme) }, async (local) => {
    const accounts = await local.list('/ledger-accounts');
    const [income, fees] = accounts.map(({ id }) => id);
    assert.equal(
      accounts.map(({ is_external, status }) => [is_external, status]),
      [
        [false, 'Active'],
        [true, 'Active'],
      ],
    );
    assert.is((await local.list('/products'))[0]?.ledger_account_id, income);
    const [payable = {}] = await local.list('/payables');
    assert.equal(
      [payable.status, payable.subtotal, payable.tax_amount, payable.total_amount],
      ['draft', 200, 40, 240],
    );
    assert.is(at(payable, 'counterpart_raw_data', 'name'), 'Hetzner');
    const [line = {}] = await local.list(`/payables/${payable.id}/line-items`);
    assert.is(line.ledger_account_id, fees);
    assert.is(line.accounting_tax_rate_id, (await local.list('/accounting-tax-rates'))[0]?.id);
    const [invoice = {}] = await local.list('/receivables');
    assert.equal([invoice.type, invoice.total_amount], ['invoice', 15_000]);
    assert.equal(
      objects(invoice.line_items).map((each) => [
        at(each, 'product', 'name'),
        at(each, 'product', 'ledger_account_id'),
      ]),
      [
        ['Consulting', income],
        ['Trip', income],
      ],
    );
    const settings = (await local.call('GET', `/entities/${organization}/settings`)).body;
    assert.is(at(settings, 'accounting', 'ledger_account_ids', 'payments'), income);
    assert.is((await local.list('/ledger-accounts?sort=name')).length, 2);
  }));

test('ids are the same in every run and differ between namesakes and organizations', async () => {
  const twins = { ledger_accounts: [{ name: 'Cash' }, { name: 'Cash' }] };
  const seed = {
    organizations: [
      { id: organization, ...twins },
      { id: otherOrganization, ...twins },
    ],
  };
  const ids = () =>
    withLocal({ seed }, async ({ emulator }) =>
      [organization, otherOrganization].flatMap((each) =>
        emulator
          .organization(each)
          .all('ledger_accounts')
          .map(({ id }) => id),
      ),
    );
  const once = await ids();
  assert.is(new Set(once).size, 4);
  assert.equal(await ids(), once);
});

test('a seed changes no organization that is already there', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-seed-'));
  try {
    const file = join(folder, 'local.json');
    await withLocal({ file, seed: seedOf({ ledger_accounts: [{ name: 'Cash' }] }) }, async () => undefined);
    const names = await withLocal(
      { file, seed: seedOf({ ledger_accounts: [{ name: 'Bank' }] }) },
      ({ list }) => list('/ledger-accounts'),
    );
    assert.equal(
      names.map(({ name }) => name),
      ['Cash'],
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

const wrong: readonly [string, unknown, readonly RegExp[]][] = [
  ['no organizations', {}, [/the document .*organizations/]],
  ['a misspelt section', seedOf({ ledger_acounts: [] }), [/organizations\[0\] .*"ledger_acounts"/]],
  [
    'a code that is a number',
    seedOf({ ledger_accounts: [{}, { nominal_code: 400 }] }),
    [/organizations\[0\]\.ledger_accounts\[1\]\.nominal_code must be string/],
  ],
  [
    'two mistakes',
    seedOf({ products: [{ name: 1, colour: 2 }] }),
    [/products\[0\]\.name/, /products\[0\] .*"colour"/],
  ],
  [
    'a look-up that finds nothing',
    seedOf({ products: [{ ledger_account: { nominal_code: '1' } }] }),
    [/products\[0\]\.ledger_account: no ledger account .*nominal_code "1"/],
  ],
  [
    'a look-up that finds two',
    seedOf({
      tax_rates: [{ code: 'A' }, { code: 'A' }],
      settings: { accounting: { tax_ids: { deductions: { code: 'A' } } } },
    }),
    [/settings\.accounting\.tax_ids\.deductions: 2 objects/],
  ],
  [
    'a look-up by two members',
    seedOf({ products: [{ ledger_account: { nominal_code: '1', name: 'A' } }] }),
    [/products\[0\]\.ledger_account must NOT have more than 1/],
  ],
  ['a status that does not exist', seedOf({ payables: [{ status: 'approved' }] }), [/payables\[0\]\.status/]],
];

for (const [what, seed, messages] of wrong) {
  test(`a seed with ${what} is refused with its place`, async () => {
    try {
      await withLocal({ seed }, async () => undefined);
      assert.unreachable();
    } catch (error) {
      if (!(error instanceof SeedInvalid)) throw error;
      for (const message of messages) assert.match(error.message, message);
      assert.ok(error.problems.length >= messages.length);
    }
  });
}

test('every property of the published schema has a description', () => {
  const bare: string[] = [];
  const visit = (schema: Json, path: string): void => {
    if (schema === null || typeof schema !== 'object' || Array.isArray(schema)) return;
    const { properties, items } = schema as JsonObject; // an object, as the line above says
    for (const [name, each] of Object.entries((properties ?? {}) as JsonObject)) {
      // a schema's properties are one
      if (path.split('.').length < 4 && at(each, 'description') === null) bare.push(`${path}.${name}`);
      visit(each, `${path}.${name}`);
    }
    visit(items ?? null, `${path}[]`);
  };
  visit(JSON.parse(readFileSync('schemas/seed.v1.schema.json', 'utf8')), '');
  assert.equal(bare, []);
});

test.run();
