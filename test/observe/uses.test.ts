import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveLineItem, LivePayable } from '../../src/model/live.ts';
import { observe } from '../../src/observe/observe.ts';
import { observeUses } from '../../src/observe/uses.ts';
import { ReadFailed } from '../../src/providers/contract.ts';
import type { MemoryFault } from '../../src/providers/memory/fault.ts';
import { type MemoryOptions, memoryProvider } from '../../src/providers/memory/memory.ts';
import { emptyOrganization, type MemoryOrganization } from '../../src/providers/memory/organization.ts';
import { kinds } from '../plan/build.ts';

const test = suite('observe/uses');

const payable = (id: string, status: string): LivePayable => ({
  id,
  status,
  document_id: `INV-${id}`,
  counterpart_id: null,
  counterpart_name: 'Hetzner',
  currency: 'EUR',
  created_at: null,
});

const line = (id: string, payableId: string, account: string | null, rate: string | null): LiveLineItem => ({
  id,
  payable_id: payableId,
  name: 'Hosting',
  description: null,
  ledger_account_id: account,
  accounting_tax_rate_id: rate,
});

function seeded(): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  organization.products = ['a', 'b', null].map((account, at) => ({
    id: `p${at}`,
    name: `Product ${at}`,
    type: null,
    external_reference: null,
    currency: null,
    ledger_account_id: account,
  }));
  organization.invoices = [
    {
      id: 'i1',
      document_id: null,
      status: 'paid',
      lines: [
        { product_name: 'Hour', product_id: 'p0', ledger_account_id: 'a', accounting_tax_rate_id: 'r' },
      ],
    },
  ];
  organization.payables = [payable('1', 'paid'), payable('2', 'draft'), payable('3', 'canceled')];
  organization.lines = new Map([
    ['1', [line('l1', '1', 'a', null), line('l2', '1', 'b', null)]],
    ['3', [line('l3', '3', null, 'r')]],
  ]);
  return organization;
}

const nothing = { products: null, lines: null };

const targets = (collections: Readonly<Record<string, readonly string[]>>) =>
  new Map(Object.entries(collections).map(([collection, ids]) => [collection, new Set(ids)]));

const operations = (options: MemoryOptions & { readonly ask: Parameters<typeof targets>[0] }) => {
  const provider = memoryProvider(options);
  return observeUses(targets(options.ask), provider).then(({ uses }) => ({
    uses,
    calls: provider.calls.map(({ operation }) => operation).sort(),
  }));
};

test('an account is used by products, invoice lines and lines of payables of any status', async () => {
  const { uses } = await operations({ organization: seeded(), ask: { ledger_accounts: ['a'] } });
  assert.equal(uses, [
    {
      collection: 'ledger_accounts',
      id: 'a',
      by: 'product',
      userId: 'p0',
      label: 'Product 0',
      freedBy: 'assignments.products.p0',
    },
    {
      collection: 'ledger_accounts',
      id: 'a',
      by: 'invoice',
      userId: 'i1',
      label: 'i1 / Hour',
      freedBy: null,
    },
    {
      collection: 'ledger_accounts',
      id: 'a',
      by: 'line_item',
      userId: '1',
      label: 'INV-1 Hetzner / Hosting',
      freedBy: 'assignments.line_items.1/l1',
    },
  ]);
});

test('a rate is used by lines alone, so products are not read', async () => {
  const { uses, calls } = await operations({ organization: seeded(), ask: { tax_rates: ['r'] } });
  assert.equal(
    uses.map(({ by, userId }) => `${by} ${userId}`),
    ['invoice i1', 'line_item 3'],
  );
  assert.not(calls.includes('products'));
});

test('an account and a rate are looked for in one go', async () => {
  const { uses, calls } = await operations({
    organization: seeded(),
    ask: { ledger_accounts: ['a', 'b'], tax_rates: ['r', 'other'] },
  });
  assert.is(uses.length, 7);
  assert.equal(calls, ['invoices', 'lineItems', 'lineItems', 'lineItems', 'payables', 'products']);
});

test('without targets nothing is read', async () => {
  const { uses, calls } = await operations({ organization: seeded(), ask: { ledger_accounts: [] } });
  assert.equal([uses, calls], [[], []]);
});

test('the order of uses is that of the payables, whichever lines arrive first', async () => {
  const organization = seeded();
  organization.payables = Array.from({ length: 200 }, (_, at) => payable(String(at), 'paid'));
  organization.lines = new Map(organization.payables.map(({ id }) => [id, [line(`l${id}`, id, 'z', null)]]));
  const { uses } = await operations({ organization, ask: { ledger_accounts: ['z'] } });
  assert.equal(
    uses.map(({ userId }) => userId),
    organization.payables.map(({ id }) => id),
  );
});

for (const operation of ['products', 'invoices', 'payables', 'lineItems'] as const)
  test(`uses are not known when ${operation} cannot be read`, async () => {
    const faults: readonly MemoryFault[] = [{ on: operation, index: 0, effect: { type: 'fails' } }];
    await rejects(operations({ organization: seeded(), faults, ask: { ledger_accounts: ['a'] } }));
  });

for (const operation of ['list', 'settings'] as const)
  test(`the live state is not known when ${operation} cannot be read`, async () => {
    const faults: readonly MemoryFault[] = [{ on: operation, index: 0, effect: { type: 'fails' } }];
    const provider = memoryProvider({ organization: seeded(), faults });
    await rejects(
      observe({ ...nothing, collections: new Map([['tax_rates', 'all']]), settings: true }, provider),
    );
  });

test('lists and settings are asked for before any of them has answered', async () => {
  const asked: string[] = [];
  const onCall = ({ operation, collection }: { operation: string; collection: string | null }): void => {
    asked.push(collection ?? operation);
  };
  const provider = memoryProvider({ organization: seeded(), onCall });
  const needs = {
    ...nothing,
    collections: new Map([['tax_rates', 'all'] as const, ['ledger_accounts', 'external'] as const]),
    settings: true,
  };
  const observing = observe(needs, provider);
  assert.equal(asked.sort(), ['ledger_accounts', 'settings', 'tax_rates']);
  const live = await observing;
  assert.is(live.collections.get('ledger_accounts')?.scope, 'external');
});

test.run();

async function rejects(promise: Promise<unknown>): Promise<void> {
  const failure = await promise.then(
    () => null,
    (error: unknown) => error,
  );
  assert.instance(failure, ReadFailed);
}
