import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json, JsonObject } from '../../src/emulator/json.ts';
import { at, type Local, objects, organization, otherOrganization, withLocal } from './local-client.ts';

const test = suite('the emulator’s lists');

const accounts = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ nominal_code: String(1000 + n), name: `A${(n * 7) % count}` }));
const seeded = (members: JsonObject) => ({ seed: { organizations: [{ id: organization, ...members }] } });
const codes = (list: readonly JsonObject[]): Json => list.map((each) => each.nominal_code ?? null);
const page = async (local: Local, query: string) =>
  (await local.call('GET', `/ledger-accounts?${query}`)).body;
const tokenOf = (body: JsonObject): string => encodeURIComponent(String(body.next_pagination_token));

test('pages together are the whole list, once each, in order, and the last token is null', () =>
  withLocal(seeded({ ledger_accounts: accounts(23) }), async (local) => {
    for (const limit of [1, 5, 23, 24]) {
      const all: JsonObject[] = [];
      let body = await page(local, `limit=${limit}`);
      all.push(...objects(body.data));
      while (body.next_pagination_token !== null) {
        body = await page(local, `limit=${limit}&pagination_token=${tokenOf(body)}`);
        all.push(...objects(body.data));
      }
      assert.equal(codes(all), codes(accounts(23)), `limit ${limit}`);
      assert.is(
        local.emulator.log().filter(({ query }) => query.startsWith(`limit=${limit}`)).length >=
          Math.ceil(23 / limit),
        true,
      );
    }
  }));

test('the previous token leads back, and is null on the first page', () =>
  withLocal(seeded({ ledger_accounts: accounts(7) }), async (local) => {
    const first = await page(local, 'limit=3');
    assert.is(first.prev_pagination_token, null);
    const second = await page(local, `limit=3&pagination_token=${tokenOf(first)}`);
    const back = await page(local, `limit=3&pagination_token=${second.prev_pagination_token}`);
    assert.equal(back.data, first.data);
    assert.is(back.prev_pagination_token, null);
    const again = await page(local, `limit=3&pagination_token=${tokenOf(back)}`);
    assert.equal(again.data, second.data);
  }));

test('a list of 250 needs its limit with every token; another limit is refused', () =>
  withLocal(seeded({ ledger_accounts: accounts(7) }), async (local) => {
    const token = tokenOf(await page(local, 'limit=3'));
    const status = async (query: string) => (await local.call('GET', `/ledger-accounts?${query}`)).status;
    assert.is(await status(`pagination_token=${token}`), 400);
    assert.is(await status(`limit=4&pagination_token=${token}`), 400);
    assert.is(await status(`limit=3&pagination_token=${token}`), 200);
  }));

test('a list of 100 takes its limit from the token; another limit is refused', () =>
  withLocal(seeded({ products: [{ name: 'A' }, { name: 'B' }, { name: 'C' }] }), async (local) => {
    const { body } = await local.call('GET', '/products?limit=2');
    const second = await local.call('GET', `/products?pagination_token=${tokenOf(body)}`);
    assert.is(objects(second.body.data).length, 1);
    assert.is((await local.call('GET', `/products?limit=1&pagination_token=${tokenOf(body)}`)).status, 400);
  }));

test('a token freezes filters, sorting and order; others sent along are ignored', () =>
  withLocal(seeded({ ledger_accounts: accounts(9) }), async (local) => {
    const sorted = await page(local, 'sort=name&order=desc&limit=4');
    const next = await page(local, `limit=4&order=asc&is_external=true&pagination_token=${tokenOf(sorted)}`);
    const names = [...objects(sorted.data), ...objects(next.data)].map(({ name }) => name);
    assert.equal(names, ['A8', 'A7', 'A6', 'A5', 'A4', 'A3', 'A2', 'A1']);
  }));

test('made-up tokens and tokens of another list or organization are refused', () =>
  withLocal(seeded({ ledger_accounts: accounts(3) }), async (local) => {
    const token = tokenOf(await page(local, 'limit=1'));
    const status = async (path: string, options = {}) => (await local.call('GET', path, options)).status;
    assert.is(await status('/ledger-accounts?pagination_token=bm9uc2Vuc2U'), 400);
    assert.is(await status(`/ledger-accounts?limit=1&pagination_token=x${token}`), 400);
    assert.is(await status(`/accounting-tax-rates?limit=1&pagination_token=${token}`), 400);
    assert.is(
      await status(`/ledger-accounts?limit=1&pagination_token=${token}`, { organization: otherOrganization }),
      400,
    );
  }));

test('what is created and deleted between two pages is neither doubled nor a hole', () =>
  withLocal(seeded({ ledger_accounts: accounts(4) }), async (local) => {
    const first = await page(local, 'limit=2');
    for (const { id } of objects(first.data)) await local.call('DELETE', `/ledger-accounts/${id}`);
    await local.call('POST', '/ledger-accounts', { body: { nominal_code: 'new' } });
    const second = await page(local, `limit=2&pagination_token=${tokenOf(first)}`);
    assert.equal(codes(objects(second.data)), ['1002', '1003']);
    const third = await page(local, `limit=2&pagination_token=${tokenOf(second)}`);
    assert.equal(codes(objects(third.data)), ['new']);
  }));

test('a renamed object moves in a list sorted by name', () =>
  withLocal(seeded({ ledger_accounts: [{ name: 'B' }, { name: 'C' }, {}] }), async (local) => {
    const names = async () => objects((await page(local, 'sort=name')).data).map(({ name }) => name);
    assert.equal(await names(), ['B', 'C', null]);
    const [first] = objects((await page(local, 'limit=1')).data);
    await local.call('PATCH', `/ledger-accounts/${first?.id}`, { body: { name: 'D' } });
    assert.equal(await names(), ['C', 'D', null]);
  }));

const products = [
  { name: 'Consulting hour', type: 'service', price: { currency: 'EUR', value: 100 } },
  { name: 'consultation', type: 'service', price: { currency: 'USD', value: 200 } },
  {
    name: 'Chair',
    type: 'product',
    price: { currency: 'EUR', value: 300 },
    created_at: '2026-01-01T00:00:00Z',
  },
];
const payables = [
  {
    document_id: 'INV-1',
    counterpart_name: 'Amazon Web Services',
    status: 'draft',
    currency: 'EUR',
    issued_at: '2026-01-10',
    line_items: [{ unit_price: 500 }],
  },
  {
    document_id: 'INV-2',
    counterpart_name: 'Hetzner',
    status: 'new',
    currency: 'USD',
    issued_at: '2026-02-10',
    line_items: [{ unit_price: 900 }],
  },
  {
    document_id: 'AMZ-3',
    counterpart_name: 'Post',
    status: 'paid',
    tags: [{ id: organization }],
    line_items: [{ id: otherOrganization }],
  },
];
const receivables = [
  {
    document_id: 'R-1',
    type: 'invoice',
    status: 'issued',
    line_items: [
      {
        product: { external_reference: 'SKU', name: 'A', price: { currency: 'EUR', value: 10 } },
        quantity: 2,
      },
    ],
  },
  { document_id: 'Q-1', type: 'quote', status: 'draft' },
];

const filters: readonly [string, readonly string[]][] = [
  ['/products?type=service', ['Consulting hour', 'consultation']],
  ['/products?name=Chair', ['Chair']],
  ['/products?name__contains=Consult', ['Consulting hour']],
  ['/products?name__icontains=CONSULT', ['Consulting hour', 'consultation']],
  ['/products?currency=EUR', ['Consulting hour', 'Chair']],
  ['/products?currency__in=USD&currency__in=GBP', ['consultation']],
  ['/products?price__gt=100&price__lte=300', ['consultation', 'Chair']],
  ['/products?created_at__gte=2026-01-01T00:00:00', ['Chair']],
  ['/products?sort=name&order=desc', ['consultation', 'Consulting hour', 'Chair']],
  ['/payables?status=draft', ['INV-1']],
  ['/payables?status__in=draft&status__in=new', ['INV-1', 'INV-2']],
  ['/payables?search_text=amz', ['AMZ-3']],
  ['/payables?search_text=hetz', ['INV-2']],
  ['/payables?counterpart_name__icontains=amazon', ['INV-1']],
  ['/payables?document_id__contains=INV', ['INV-1', 'INV-2']],
  ['/payables?issued_at__gt=2026-01-10', ['INV-2']],
  ['/payables?sort=issued_at&order=desc', ['AMZ-3', 'INV-2', 'INV-1']],
  ['/payables?total_amount__gte=900', ['INV-2']],
  ['/payables?amount=500', ['INV-1']],
  ['/payables?has_tags=true', ['AMZ-3']],
  [`/payables?tag_ids=${organization}`, ['AMZ-3']],
  [`/payables?tag_ids__not_in=${organization}`, ['INV-1', 'INV-2']],
  [`/payables?line_item_id=${otherOrganization}`, ['AMZ-3']],
  ['/payables?has_file=true', []],
  ['/payables?origin=email', []],
  ['/receivables?type=invoice', ['R-1']],
  ['/receivables?status__in=draft&status__in=paid', ['Q-1']],
  ['/receivables?total_amount__gt=19', ['R-1']],
  ['/receivables?sort=document_id', ['Q-1', 'R-1']],
];

for (const [path, expected] of filters) {
  test(`GET ${path} finds ${expected.join(', ') || 'nothing'}`, () =>
    withLocal(seeded({ products, payables, receivables }), async (local) => {
      const names = (await local.list(path)).map((each) => each.document_id ?? each.name);
      assert.equal(names, expected);
    }));
}

test('a receivable is found by the product on its lines', () =>
  withLocal(seeded({ receivables }), async (local) => {
    const product = at(
      (await local.call('GET', '/receivables?type=invoice')).body,
      'data',
      0,
      'line_items',
      0,
      'product',
      'id',
    );
    assert.is(
      (await local.list(`/receivables?product_ids__in=${product}&product_ids__in=${organization}`)).length,
      1,
    );
    assert.is(
      (await local.list(`/receivables?product_ids=${product}&product_ids=${organization}`)).length,
      0,
    );
  }));

test('is_external separates internal from external accounts and rates', () =>
  withLocal(
    seeded({
      ledger_accounts: [{ name: 'in' }, { name: 'ex', is_external: true }],
      tax_rates: [{ name: 'ex', is_external: true }],
    }),
    async (local) => {
      assert.equal(
        (await local.list('/ledger-accounts?is_external=true')).map(({ name }) => name),
        ['ex'],
      );
      assert.equal(
        (await local.list('/ledger-accounts?is_external=false')).map(({ name }) => name),
        ['in'],
      );
      assert.is((await local.list('/accounting-tax-rates?is_external=false')).length, 0);
    },
  ));

test('connections are one list without tokens', () =>
  withLocal(seeded({ connections: [{ platform: 'quickbooks' }] }), async (local) => {
    const { body } = await local.call('GET', '/accounting-connections');
    assert.equal(Object.keys(body), ['data']);
    assert.is(at(body, 'data', 0, 'platform'), 'quickbooks');
    assert.is(
      (await local.call('GET', `/accounting-connections/${at(body, 'data', 0, 'id')}`)).body.status,
      'connected',
    );
  }));

test.run();
