import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveObject } from '../../src/model/live.ts';
import type { PayableFilter, ProductFilter, Provider, Written } from '../../src/providers/contract.ts';

/** What must be stored before the behaviours of a provider can be looked at, in the file's language. */
export const stored = {
  organization: '9d2b4c8f-2087-4738-ba91-7359683c49a4',
  internal: {
    id: '00000000-0000-4000-8000-0000000000a1',
    fields: { name: 'Cash', nominal_code: '0100', description: 'In hand' },
  },
  external: {
    id: '00000000-0000-4000-8000-0000000000a2',
    fields: { name: 'Bank fees', nominal_code: '404', description: null },
  },
  rate: {
    id: '00000000-0000-4000-8000-0000000000a3',
    fields: { name: 'Reduced', code: 'RED', effective_tax_rate: '7.5%', description: null },
  },
  product: {
    id: '00000000-0000-4000-8000-0000000000b1',
    name: 'Consulting hour',
    external_reference: 'SKU-100',
  },
  payables: [
    {
      id: '00000000-0000-4000-8000-0000000000c1',
      document_id: 'INV-1',
      status: 'draft',
      counterpart_id: '00000000-0000-4000-8000-0000000000f2',
      counterpart_name: 'Hetzner',
      currency: 'EUR',
      created_at: '2026-01-05T10:00:00.000Z',
    },
    {
      id: '00000000-0000-4000-8000-0000000000c2',
      document_id: 'INV-2',
      status: 'paid',
      counterpart_id: null,
      counterpart_name: 'Amazon',
      currency: 'GBP',
      created_at: '2026-02-05T10:00:00.000Z',
    },
  ],
  line: { id: '00000000-0000-4000-8000-0000000000d1', name: 'Hosting' },
  /** Of the second payable, which is locked. */
  lockedLine: { id: '00000000-0000-4000-8000-0000000000d2', name: 'Books' },
  invoice: { id: '00000000-0000-4000-8000-0000000000e1', document_id: 'R-1', status: 'issued' },
  connection: { id: '00000000-0000-4000-8000-0000000000f1', status: 'connected', platform: 'xero' },
} as const;

/** A provider in front of an organization that stores exactly `stored`, and how to take both away. */
export interface Stage {
  readonly provider: Provider;
  readonly close: () => Promise<void>;
}

const payments = 'settings.ledger_accounts.payments';
const products = 'settings.ledger_accounts.products';
const deductions = 'settings.tax_rates.deductions';
const nobody = '00000000-0000-4000-8000-00000000dead';

const productFilters: readonly { readonly filter: ProductFilter; readonly found: boolean }[] = [
  { filter: { ids: [stored.product.id] }, found: true },
  { filter: { ids: [nobody] }, found: false },
  { filter: { ids: [] }, found: false },
  { filter: { type: 'service' }, found: true },
  { filter: { type: 'product' }, found: false },
  { filter: { name: 'Consulting hour' }, found: true },
  { filter: { name: 'Consulting' }, found: false },
];

const [first, second] = stored.payables;
const payableFilters: readonly { readonly filter: PayableFilter; readonly found: readonly (0 | 1)[] }[] = [
  { filter: { ids: [second.id, nobody] }, found: [1] },
  { filter: { ids: [] }, found: [] },
  { filter: { status: [] }, found: [] },
  { filter: { status: ['paid', 'new'] }, found: [1] },
  { filter: { document_id: 'INV-1' }, found: [0] },
  { filter: { document_id: 'INV' }, found: [] },
  { filter: { counterpart_id: first.counterpart_id }, found: [0] },
  { filter: { counterpart_name: 'Amazon' }, found: [1] },
  { filter: { currency: 'GBP' }, found: [1] },
  { filter: { created_from: second.created_at }, found: [1] },
  { filter: { created_to: first.created_at }, found: [0] },
  { filter: { created_from: '2026-01-06T00:00:00Z', created_to: '2026-02-05T09:59:59Z' }, found: [] },
  { filter: { status: ['draft'], currency: 'EUR', document_id: 'INV-1' }, found: [0] },
  { filter: { status: ['draft'], currency: 'GBP' }, found: [] },
];

/** The behaviours that the core relies on, for any provider: each test gets a stage of its own. */
export function contractOf(name: string, set: () => Promise<Stage>): void {
  const behaviours = suite(`the contract of providers: ${name}`);
  const test = (title: string, act: (provider: Provider) => Promise<void>): void =>
    behaviours(title, async () => {
      const stage = await set();
      try {
        await act(stage.provider);
      } finally {
        await stage.close();
      }
    });

  test('a list has every object, its fields in the file’s language', async (provider) => {
    const accounts = await provider.list('ledger_accounts');
    assert.equal(byId(accounts).get(stored.internal.id)?.fields, stored.internal.fields);
    assert.equal(byId(accounts).get(stored.external.id)?.external, true);
    assert.is(accounts.length, 2);
    const [rate] = await provider.list('tax_rates');
    assert.equal(rate?.fields, stored.rate.fields);
  });

  test('a scope narrows a list', async (provider) => {
    assert.equal(ids(await provider.list('ledger_accounts', 'internal')), [stored.internal.id]);
    assert.equal(ids(await provider.list('ledger_accounts', 'external')), [stored.external.id]);
    assert.equal(await provider.list('tax_rates', 'external'), []);
  });

  test('what is created is in the list, as it was sent', async (provider) => {
    const fields = { name: 'Räume & Mehr\nzweite Zeile', nominal_code: '0042' };
    const object = storedBy(await provider.create('ledger_accounts', fields));
    assert.equal(object.fields, { ...fields, description: null });
    assert.is(object.external, false);
    const listed = byId(await provider.list('ledger_accounts', 'internal')).get(object.id);
    assert.equal(listed?.fields, object.fields);
  });

  test('a percentage is stored exactly', async (provider) => {
    for (const rate of ['0%', '0.01%', '7.5%', '19.99%', '100%']) {
      const object = storedBy(await provider.create('tax_rates', { code: rate, effective_tax_rate: rate }));
      assert.is(object.fields.effective_tax_rate, rate);
    }
  });

  test('the same code may be stored twice', async (provider) => {
    const one = storedBy(await provider.create('ledger_accounts', { nominal_code: '7' }));
    const other = storedBy(await provider.create('ledger_accounts', { nominal_code: '7' }));
    assert.is.not(one.id, other.id);
    assert.is((await provider.list('ledger_accounts', 'internal')).length, 3);
  });

  test('an update changes only what is given', async (provider) => {
    const object = storedBy(await provider.update('ledger_accounts', stored.internal.id, { name: 'Till' }));
    assert.equal(object.fields, { ...stored.internal.fields, name: 'Till' });
    const listed = byId(await provider.list('ledger_accounts')).get(stored.internal.id);
    assert.equal(listed?.fields, object.fields);
  });

  test('null clears a value', async (provider) => {
    const object = storedBy(
      await provider.update('ledger_accounts', stored.internal.id, { description: null }),
    );
    assert.equal(object.fields, { ...stored.internal.fields, description: null });
  });

  test('what is removed is gone, and removing it again is as good', async (provider) => {
    assert.is(storedBy(await provider.remove('ledger_accounts', stored.internal.id)), null);
    assert.equal(ids(await provider.list('ledger_accounts')), [stored.external.id]);
    assert.is(storedBy(await provider.remove('ledger_accounts', stored.internal.id)), null);
  });

  test('external objects are read-only', async (provider) => {
    assert.is(
      (await provider.update('ledger_accounts', stored.external.id, { name: 'Mine' })).status,
      'refused',
    );
    assert.is((await provider.remove('ledger_accounts', stored.external.id)).status, 'refused');
    const listed = byId(await provider.list('ledger_accounts')).get(stored.external.id);
    assert.equal(listed?.fields, stored.external.fields);
  });

  test('an update of an unknown id is refused, which ends nothing else', async (provider) => {
    const written = await provider.update('ledger_accounts', nobody, { name: 'Nobody' });
    assert.is(written.status, 'refused');
    if (written.status === 'refused') assert.is(written.error.endsRun, false);
    assert.is((await provider.list('ledger_accounts')).length, 2);
  });

  test('a text that is too long is refused', async (provider) => {
    const written = await provider.create('ledger_accounts', { name: 'x'.repeat(501) });
    assert.is(written.status, 'refused');
    assert.is((await provider.list('ledger_accounts')).length, 2);
  });

  test('settings hold null until they are written', async (provider) => {
    assert.equal(await provider.settings(), { [payments]: null, [products]: null, [deductions]: null });
  });

  test('settings that are not given keep their ids', async (provider) => {
    storedBy(await provider.writeSettings({ [payments]: stored.internal.id, [deductions]: stored.rate.id }));
    const after = storedBy(await provider.writeSettings({ [products]: stored.external.id }));
    const all = {
      [payments]: stored.internal.id,
      [products]: stored.external.id,
      [deductions]: stored.rate.id,
    };
    assert.equal(after, all);
    assert.equal(await provider.settings(), all);
  });

  test('null clears a setting and no other', async (provider) => {
    storedBy(
      await provider.writeSettings({ [payments]: stored.internal.id, [products]: stored.internal.id }),
    );
    const after = storedBy(await provider.writeSettings({ [payments]: null }));
    assert.equal(after, { [payments]: null, [products]: stored.internal.id, [deductions]: null });
  });

  test('a list of more than one page is complete', async (provider) => {
    const codes = Array.from({ length: 260 }, (_, index) => String(1000 + index));
    await Promise.all(
      codes.map(async (code) => storedBy(await provider.create('ledger_accounts', { nominal_code: code }))),
    );
    const listed = await provider.list('ledger_accounts', 'internal');
    assert.is(new Set(ids(listed)).size, 261);
    assert.equal(new Set(listed.map(({ fields }) => fields.nominal_code)), new Set(['0100', ...codes]));
  });

  test('products say what they are and which account they have', async (provider) => {
    const [product, ...others] = await all(provider.products());
    assert.equal(others, []);
    assert.is(product?.id, stored.product.id);
    assert.is(product?.name, stored.product.name);
    assert.is(product?.external_reference, stored.product.external_reference);
    assert.is(product?.ledger_account_id, stored.internal.id);
  });

  test('payables are narrowed by status', async (provider) => {
    assert.equal(new Set(ids(await all(provider.payables()))), new Set(stored.payables.map(({ id }) => id)));
    assert.equal(ids(await all(provider.payables({ status: ['draft', 'new'] }))), [stored.payables[0].id]);
  });

  for (const { filter, found } of productFilters)
    test(`products are narrowed by ${JSON.stringify(filter)}`, async (provider) => {
      assert.equal(ids(await all(provider.products(filter))), found ? [stored.product.id] : []);
    });

  for (const { filter, found } of payableFilters)
    test(`payables are narrowed by ${JSON.stringify(filter)}`, async (provider) => {
      assert.equal(
        ids(await all(provider.payables(filter))),
        found.map((at) => stored.payables[at].id),
      );
    });

  test('a product is pointed to an account, and to none', async (provider) => {
    for (const account of [stored.external.id, null]) {
      assert.is(storedBy(await provider.assignProduct(stored.product.id, account)), account);
      const [product] = await all(provider.products());
      assert.is(product?.ledger_account_id, account);
      assert.is(product?.name, stored.product.name);
    }
  });

  test('of a line only what is given is written, and null clears', async (provider) => {
    const [payable] = stored.payables;
    const line = storedBy(
      await provider.assignLineItem(payable.id, stored.line.id, { ledger_account_id: stored.external.id }),
    );
    assert.is(line.id, stored.line.id);
    assert.is(line.payable_id, payable.id);
    assert.equal(
      [line.ledger_account_id, line.accounting_tax_rate_id, line.name],
      [stored.external.id, stored.rate.id, stored.line.name],
    );
    const cleared = { ledger_account_id: null, accounting_tax_rate_id: null };
    storedBy(await provider.assignLineItem(payable.id, stored.line.id, cleared));
    const [listed] = await provider.lineItems(payable.id);
    assert.equal([listed?.ledger_account_id, listed?.accounting_tax_rate_id], [null, null]);
  });

  test('a line of a payable that is no longer open is refused, which ends nothing else', async (provider) => {
    const [, locked] = stored.payables;
    const ids = { ledger_account_id: stored.external.id };
    const written = await provider.assignLineItem(locked.id, stored.lockedLine.id, ids);
    assert.is(written.status, 'refused');
    if (written.status === 'refused') assert.is(written.error.endsRun, false);
    const [line] = await provider.lineItems(locked.id);
    assert.is(line?.ledger_account_id, null);
  });

  test('an unknown product and an unknown line are refused', async (provider) => {
    await provider.settings();
    assert.is((await provider.assignProduct(nobody, null)).status, 'refused');
    const [payable] = stored.payables;
    const written = await provider.assignLineItem(payable.id, nobody, { ledger_account_id: null });
    assert.is(written.status, 'refused');
  });

  test('lines belong to one payable', async (provider) => {
    const [line, ...others] = await provider.lineItems(stored.payables[0].id);
    assert.equal(others, []);
    assert.is(line?.name, stored.line.name);
    assert.is(line?.ledger_account_id, stored.internal.id);
    assert.is(line?.accounting_tax_rate_id, stored.rate.id);
    assert.equal(ids(await provider.lineItems(stored.payables[1].id)), [stored.lockedLine.id]);
  });

  test('invoices carry account and rate on their lines', async (provider) => {
    const [invoice, ...others] = await all(provider.invoices());
    assert.equal(others, []);
    assert.is(invoice?.document_id, stored.invoice.document_id);
    assert.equal(
      invoice?.lines.map(({ ledger_account_id, accounting_tax_rate_id }) => [
        ledger_account_id,
        accounting_tax_rate_id,
      ]),
      [[stored.internal.id, stored.rate.id]],
    );
  });

  test('connections say their status', async (provider) => {
    const [connection, ...others] = await provider.connections();
    assert.equal(others, []);
    assert.is(connection?.status, stored.connection.status);
    assert.is(connection?.platform, stored.connection.platform);
  });

  test('traffic counts the requests', async (provider) => {
    const before = provider.traffic().requests;
    await provider.list('tax_rates');
    const after = provider.traffic().requests;
    await provider.list('tax_rates');
    assert.ok(after > before);
    assert.is(provider.traffic().requests, after + 1);
  });

  behaviours.run();
}

function storedBy<T>(written: Written<T>): T {
  if (written.status === 'stored') return written.stored;
  throw new Error(`${written.status}: ${written.error.problem.message}`);
}

const ids = (objects: readonly { readonly id: string }[]): readonly string[] => objects.map(({ id }) => id);

const byId = (objects: readonly LiveObject[]): ReadonlyMap<string, LiveObject> =>
  new Map(objects.map((object) => [object.id, object]));

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
