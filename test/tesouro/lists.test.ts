import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Incomplete } from '../../src/providers/tesouro/incomplete.ts';
import { allPages } from '../../src/providers/tesouro/pages.ts';
import { failure, organizationId, type Received, type Scripted, withService } from './fake-service.ts';

const test = suite('lists');

const account = (id: string, more: object = {}): object => ({
  id,
  name: `Account ${id}`,
  status: 'Active',
  ...more,
});

/** Pages by token: '' is the first. */
const paged =
  (pages: Readonly<Record<string, unknown>>) =>
  (request: Received): Scripted => ({ json: pages[request.query.get('pagination_token') ?? ''] });

const idsOf = (objects: readonly { readonly id: string }[]): readonly string[] =>
  objects.map((each) => each.id);

test('short and empty pages are not the end; only a missing next token is', () =>
  withService(
    paged({
      '': { data: [account('a')], next_pagination_token: 'two' },
      two: { data: [], next_pagination_token: 'three' },
      three: { data: [account('b')], next_pagination_token: null },
    }),
    async (service) => {
      assert.equal(idsOf(await service.connect().list('ledger_accounts')), ['a', 'b']);
      assert.is(service.received.length, 3);
    },
  ));

for (const [name, end] of [
  ['null', { next_pagination_token: null }],
  ['empty', { next_pagination_token: '' }],
  ['absent', {}],
] as const)
  test(`a next token that is ${name} ends the list`, () =>
    withService(paged({ '': { data: [account('a')], ...end } }), async (service) => {
      assert.equal(idsOf(await service.connect().list('ledger_accounts')), ['a']);
    }));

test('the same limit and the same filters go with every token', () =>
  withService(
    paged({
      '': { data: [], next_pagination_token: 'x y+/=' },
      'x y+/=': { data: [] },
    }),
    async (service) => {
      await service.connect().list('tax_rates', 'external');
      assert.equal(
        service.received.map(({ query }) => [
          query.get('limit'),
          query.get('is_external'),
          query.get('pagination_token'),
        ]),
        [
          ['250', 'true', null],
          ['250', 'true', 'x y+/='],
        ],
      );
    },
  ));

test('an object that moved to a later page meanwhile is there once', () =>
  withService(
    paged({
      '': { data: [account('a'), account('b')], next_pagination_token: 'two' },
      two: { data: [account('b'), account('c')] },
    }),
    async (service) => {
      assert.equal(idsOf(await service.connect().list('ledger_accounts')), ['a', 'b', 'c']);
    },
  ));

const incomplete: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'without a data array': { '': { items: [] } },
  'whose data is null': { '': { data: null } },
  'that is an array': { '': [account('a')] },
  'with an object without an id': { '': { data: [account('a'), { name: 'B' }] } },
  'with an empty id': { '': { data: [account('')] } },
  'with something else than objects': { '': { data: ['a'] } },
  'with a token that is a number': { '': { data: [], next_pagination_token: 7 } },
  'with a token that repeats at once': {
    '': { data: [], next_pagination_token: 'a' },
    a: { data: [], next_pagination_token: 'a' },
  },
  'with tokens that go in a circle': {
    '': { data: [], next_pagination_token: 'a' },
    a: { data: [], next_pagination_token: 'b' },
    b: { data: [], next_pagination_token: 'a' },
  },
  'with a name that is a number': { '': { data: [account('a', { name: 7 })] } },
  'with a rate that is no whole number of 1/100 %': {
    '': { data: [account('a', { effective_tax_rate: 7.55 })] },
  },
  'with a rate in words': { '': { data: [account('a', { effective_tax_rate: '7.5%' })] } },
};
for (const [name, pages] of Object.entries(incomplete))
  test(`a list ${name} is READ_INCOMPLETE, never a shorter list`, () =>
    withService(paged(pages), async (service) => {
      const error = await failure(service.connect().list('tax_rates'));
      assert.is(error.problem.code, 'READ_INCOMPLETE');
    }));

test('a list that never ends is an error after 10,000 pages', async () => {
  let asked = 0;
  const endless = async () => ({
    body: { data: [], next_pagination_token: `${++asked}` },
    requestId: null,
    length: 40,
  });
  try {
    await allPages(endless);
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof Incomplete);
  }
  assert.is(asked, 10_000);
});

test('a page that fails fails the whole list', () =>
  withService(
    (request) =>
      request.query.has('pagination_token')
        ? { status: 422, json: { detail: 'bad token' } }
        : { json: { data: [account('a')], next_pagination_token: 'two' } },
    async (service) => {
      assert.is((await failure(service.connect().list('ledger_accounts'))).status, 422);
    },
  ));

test('objects are understood with what they have, and unknown members are ignored', () =>
  withService(
    paged({
      '': {
        data: [
          {
            id: '1',
            name: ' A ',
            code: 'X',
            effective_tax_rate: 750,
            description: '',
            is_external: false,
            status: 'Active',
            colour: 1,
          },
          { id: '2', name: null, code: null, effective_tax_rate: null, is_external: true, components: [] },
          { id: '3', effective_tax_rate: '2000' },
          { id: '4', effective_tax_rate: '0.00' },
        ],
      },
    }),
    async (service) => {
      const nothing = { name: null, code: null, effective_tax_rate: null, description: null };
      assert.equal(await service.connect().list('tax_rates'), [
        {
          id: '1',
          external: false,
          status: 'Active',
          fields: { name: ' A ', code: 'X', effective_tax_rate: '7.5%', description: '' },
        },
        { id: '2', external: true, status: null, fields: nothing },
        { id: '3', external: false, status: null, fields: { ...nothing, effective_tax_rate: '20%' } },
        { id: '4', external: false, status: null, fields: { ...nothing, effective_tax_rate: '0%' } },
      ]);
    },
  ));

test('a scope holds although the service ignores the filter', () =>
  withService(
    paged({ '': { data: [account('a'), account('b', { is_external: true })] } }),
    async (service) => {
      const provider = service.connect();
      assert.equal(idsOf(await provider.list('ledger_accounts', 'internal')), ['a']);
      assert.equal(idsOf(await provider.list('ledger_accounts', 'external')), ['b']);
      assert.equal(
        service.received.map((each) => each.query.get('is_external')),
        ['false', 'true'],
      );
    },
  ));

for (const status of [400, 422])
  test(`a filter for external objects that is refused with ${status} does without it`, () =>
    withService(
      ({ query }) =>
        query.has('is_external')
          ? { status, json: { detail: [{ loc: ['query', 'is_external'], msg: 'Extra inputs' }] } }
          : { json: { data: [account('a'), account('b', { is_external: true })] } },
      async (service) => {
        const provider = service.connect();
        assert.equal(idsOf(await provider.list('ledger_accounts', 'external')), ['b']);
        assert.is(service.received.length, 2);
      },
    ));

test('a list that is refused with and without its filter fails', () =>
  withService(
    () => ({ status: 422, json: { detail: [] } }),
    async (service) => {
      const error = await failure(service.connect().list('ledger_accounts', 'external'));
      assert.is(error.status, 422);
    },
  ));

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const all: T[] = [];
  for await (const each of items) all.push(each);
  return all;
}

test('products, payables, lines and connections are read with the largest pages there are', () =>
  withService(
    ({ path }) => {
      if (path.endsWith('/products'))
        return {
          json: {
            data: [
              {
                id: 'p1',
                name: 'Hour',
                type: 'service',
                price: { currency: 'EUR', value: 1 },
                ledger_account_id: 'l1',
              },
              { id: 'p2', name: 'Thing' },
            ],
          },
        };
      if (path.endsWith('/line-items'))
        return {
          json: {
            data: [
              { id: 'i1', payable_id: 'b1', name: 'Hosting', total: 1190, accounting_tax_rate_id: 't1' },
            ],
          },
        };
      if (path.endsWith('/payables'))
        return {
          json: {
            data: [
              {
                id: 'b1',
                status: 'new',
                currency: 'EUR',
                counterpart_raw_data: { name: 'Hetzner' },
                created_at: '2026-01-01T00:00:00Z',
              },
              { id: 'b2', status: 'new', counterpart: { organization: { legal_name: 'Acme' } } },
              {
                id: 'b3',
                status: 'new',
                counterpart: { individual: { first_name: 'Ann', last_name: 'Lee' } },
              },
            ],
          },
        };
      return { json: { data: [{ id: 'c1', status: 'connected', platform: 'xero', last_pull: null }] } };
    },
    async (service) => {
      const provider = service.connect();
      assert.equal(await collected(provider.products()), [
        {
          id: 'p1',
          name: 'Hour',
          type: 'service',
          external_reference: null,
          currency: 'EUR',
          ledger_account_id: 'l1',
          amount: 1,
        },
        {
          id: 'p2',
          name: 'Thing',
          type: null,
          external_reference: null,
          currency: null,
          ledger_account_id: null,
        },
      ]);
      const payables = await collected(provider.payables({ status: ['draft', 'new'] }));
      assert.equal(
        payables.map((each) => each.counterpart_name),
        ['Hetzner', 'Acme', 'Ann Lee'],
      );
      assert.is((await collected(provider.payables())).length, 3);
      assert.equal(await provider.lineItems('b1'), [
        {
          id: 'i1',
          payable_id: 'b1',
          name: 'Hosting',
          description: null,
          ledger_account_id: null,
          accounting_tax_rate_id: 't1',
          amount: 1190,
        },
      ]);
      assert.equal(await provider.connections(), [
        {
          id: 'c1',
          status: 'connected',
          platform: 'xero',
          last_pull: null,
          created_at: null,
          connection_url: null,
          business_name: null,
          errors: [],
        },
      ]);
      assert.equal(
        service.received.map((each) => `${each.path}?${each.query}`),
        [
          '/v1/products?limit=100',
          '/v1/payables?status__in=draft&status__in=new&limit=100',
          '/v1/payables?limit=100',
          '/v1/payables/b1/line-items?limit=100',
          '/v1/accounting-connections?',
        ],
      );
    },
  ));

test('invoices are read with account and rate of each line’s product; other receivables are left out', () =>
  withService(
    paged({
      '': {
        data: [
          { id: 'q', type: 'quote', line_items: [] },
          {
            id: 'i',
            type: 'invoice',
            status: 'draft',
            document_id: 'INV-1',
            line_items: [
              {
                product: {
                  id: 'p',
                  name: 'Hour',
                  ledger_account_id: 'l',
                  accounting_tax_rate_id: 't',
                  is_inline: true,
                  tax_rate: { country: 'DE', value: 1900 },
                },
                total_before_tax: 1000,
              },
            ],
            counterpart: { name: 'Kunde' },
            currency: 'EUR',
            total_amount: 1190,
          },
        ],
      },
    }),
    async (service) => {
      assert.equal(await collected(service.connect().invoices()), [
        {
          id: 'i',
          document_id: 'INV-1',
          status: 'draft',
          counterpart_name: 'Kunde',
          currency: 'EUR',
          created_at: null,
          total_amount: 1190,
          lines: [
            {
              product_name: 'Hour',
              product_id: 'p',
              ledger_account_id: 'l',
              accounting_tax_rate_id: 't',
              inline: true,
              tax: 1900,
              amount: 1000,
            },
          ],
        },
      ]);
      assert.is(service.received[0]?.query.toString(), 'type=invoice&limit=250');
    },
  ));

test('an invoice without lines to read is READ_INCOMPLETE', () =>
  withService(paged({ '': { data: [{ id: 'i', type: 'invoice', status: 'draft' }] } }), async (service) => {
    assert.is((await failure(collected(service.connect().invoices()))).problem.code, 'READ_INCOMPLETE');
  }));

const settings: readonly (readonly [string, unknown, readonly (string | null)[]])[] = [
  [
    'complete',
    { accounting: { ledger_account_ids: { payments: 'a', products: 'b' }, tax_ids: { deductions: 'c' } } },
    ['a', 'b', 'c'],
  ],
  [
    'null at every level',
    { accounting: { ledger_account_ids: null, tax_ids: { deductions: null } } },
    [null, null, null],
  ],
  ['absent', { currency: {} }, [null, null, null]],
];
for (const [name, json, expected] of settings)
  test(`settings that are ${name} are read, without an organization in the headers`, () =>
    withService(
      () => ({ json }),
      async (service) => {
        assert.equal(Object.values(await service.connect().settings()), expected);
        const [request] = service.received;
        assert.is(request?.path, `/v1/entities/${organizationId}/settings`);
        assert.is(request?.headers['x-organization-id'], undefined);
        assert.is(request?.headers['x-finops-version'], '2025-06-23');
      },
    ));

for (const [name, json] of [
  ['an array', []],
  ['a text instead of the accounting part', { accounting: 'none' }],
  ['a number as an id', { accounting: { ledger_account_ids: { payments: 4 } } }],
] as const)
  test(`settings with ${name} are READ_INCOMPLETE`, () =>
    withService(
      () => ({ json }),
      async (service) => {
        assert.is((await failure(service.connect().settings())).problem.code, 'READ_INCOMPLETE');
      },
    ));

test('every call but the settings names version and organization', () =>
  withService(paged({ '': { data: [] } }), async (service) => {
    await service.connect().list('ledger_accounts');
    const headers = service.received[0]?.headers;
    assert.is(headers?.['x-organization-id'], organizationId);
    assert.is(headers?.['x-finops-version'], '2025-06-23');
    assert.is(headers?.['x-tesouro-version'], '2025-06-23');
    assert.is(headers?.authorization, 'Bearer fixed-token-1');
  }));

test.run();
