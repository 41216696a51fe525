import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type {
  LineAssignment,
  PayableFilter,
  ProductFilter,
  Provider,
  Written,
} from '../../src/providers/contract.ts';
import { failure, type Received, type Script, type Scripted, withService } from './fake-service.ts';

const test = suite('filters and assignments');

async function collected<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const queryOf = ({ query }: Received): readonly string[] =>
  [...query].filter(([name]) => name !== 'limit').map((pair) => pair.join('='));

const productQueries: readonly (readonly [ProductFilter, readonly string[]])[] = [
  [{}, []],
  [{ ids: ['a', 'b'] }, ['id__in=a', 'id__in=b']],
  [{ type: 'service', name: 'Consulting & more' }, ['type=service', 'name=Consulting & more']],
];
for (const [filter, query] of productQueries)
  test(`products are asked for by ${JSON.stringify(filter)}`, () =>
    withService(
      () => ({ json: { data: [] } }),
      async (service) => {
        await collected(service.connect().products(filter));
        assert.equal(service.asked(), ['GET /v1/products']);
        assert.equal(service.received.map(queryOf), [query]);
      },
    ));

const payableQueries: readonly (readonly [PayableFilter, readonly string[]])[] = [
  [{}, []],
  [{ status: ['draft', 'new'] }, ['status__in=draft', 'status__in=new']],
  [{ ids: ['a', 'b'] }, ['id__in=a', 'id__in=b']],
  [
    { document_id: 'INV 1', counterpart_id: 'c', counterpart_name: 'A&B', currency: 'EUR' },
    ['currency=EUR', 'document_id=INV 1', 'counterpart_id=c', 'counterpart_name=A&B'],
  ],
  [
    { created_from: '2026-01-01T00:00:00Z', created_to: '2026-01-31T23:59:59Z' },
    ['created_at__gte=2026-01-01T00:00:00Z', 'created_at__lte=2026-01-31T23:59:59Z'],
  ],
];
for (const [filter, query] of payableQueries)
  test(`payables are asked for by ${JSON.stringify(filter)}`, () =>
    withService(
      () => ({ json: { data: [] } }),
      async (service) => {
        await collected(service.connect().payables(filter));
        assert.equal(service.asked(), ['GET /v1/payables']);
        assert.equal(service.received.map(queryOf), [query]);
      },
    ));

test('filters go with every page', () =>
  withService(
    ({ query }) => ({
      json: query.has('pagination_token') ? { data: [] } : { data: [], next_pagination_token: 'two' },
    }),
    async (service) => {
      await collected(service.connect().payables({ status: ['draft'] }));
      assert.equal(service.received.map(queryOf), [
        ['status__in=draft'],
        ['status__in=draft', 'pagination_token=two'],
      ]);
    },
  ));

test('an empty list of ids, and a name that no product can have, ask nothing', () =>
  withService(
    () => ({ json: { data: [] } }),
    async (service) => {
      const provider = service.connect();
      assert.equal(await collected(provider.products({ ids: [] })), []);
      assert.equal(await collected(provider.products({ name: 'x'.repeat(101) })), []);
      assert.equal(await collected(provider.payables({ ids: [] })), []);
      assert.equal(await collected(provider.payables({ status: [] })), []);
      assert.equal(service.received.length, 0);
    },
  ));

const bills = [
  {
    id: 'b1',
    status: 'draft',
    document_id: ' inv-1 ',
    counterpart_raw_data: { name: 'HETZNER' },
    counterpart_id: 'C1',
    currency: 'EUR',
    created_at: '2026-01-05T10:00:00',
  },
  { id: 'b2', status: 'paid', currency: 'GBP', created_at: '2026-02-05T10:00:00+01:00' },
  { id: 'b3', status: 'new' },
];
const ignored: readonly (readonly [PayableFilter, readonly string[]])[] = [
  [{ status: ['draft', 'new'] }, ['b1', 'b3']],
  [{ ids: ['B2'] }, ['b2']],
  [{ document_id: 'INV-1' }, ['b1']],
  [{ counterpart_id: 'c1' }, ['b1']],
  [{ counterpart_name: 'Hetzner' }, ['b1']],
  [{ currency: 'gbp' }, ['b2']],
  [{ created_from: '2026-01-05T10:00:00Z', created_to: '2026-01-31' }, ['b1']],
  [{ created_from: '2026-02-05T09:00:00Z' }, ['b2']],
  [{ created_to: '2026-02-05T08:59:59Z' }, ['b1']],
];
for (const [filter, ids] of ignored)
  test(`a service that ignores ${JSON.stringify(filter)} changes nothing`, () =>
    withService(
      () => ({ json: { data: bills } }),
      async (service) => {
        const found = await collected(service.connect().payables(filter));
        assert.equal(
          found.map(({ id }) => id),
          ids,
        );
      },
    ));

test('a filter that the service refuses fails the list', () =>
  withService(
    () => ({ status: 422, json: { detail: [{ loc: ['query', 'type'], msg: 'unknown' }] } }),
    async (service) => {
      const read = collected(service.connect().products({ type: 'bundle' }));
      assert.is((await failure(read)).status, 422);
    },
  ));

interface Write {
  readonly name: string;
  readonly act: (provider: Provider) => Promise<Written<unknown>>;
  readonly path: string;
  readonly body: LineAssignment;
  /** What is stored, and what that comes to. */
  readonly object: object;
  readonly stored: unknown;
}
const line = { id: 'l1', payable_id: 'b1', name: 'Hosting', description: null };
const writes: readonly Write[] = [
  {
    name: 'a product that gets an account',
    act: (provider) => provider.assignProduct('p1', 'a1'),
    path: '/v1/products/p1',
    body: { ledger_account_id: 'a1' },
    object: { id: 'p1', name: 'Hour', ledger_account_id: 'a1' },
    stored: 'a1',
  },
  {
    name: 'a product that loses its account',
    act: (provider) => provider.assignProduct('p1', null),
    path: '/v1/products/p1',
    body: { ledger_account_id: null },
    object: { id: 'p1', name: 'Hour', ledger_account_id: null },
    stored: null,
  },
  {
    name: 'a line that gets an account',
    act: (provider) => provider.assignLineItem('b1', 'l1', { ledger_account_id: 'a1' }),
    path: '/v1/payables/b1/line-items/l1',
    body: { ledger_account_id: 'a1' },
    object: { ...line, ledger_account_id: 'a1', accounting_tax_rate_id: 't0' },
    stored: { ...line, ledger_account_id: 'a1', accounting_tax_rate_id: 't0' },
  },
  {
    name: 'a line that loses its account and gets a rate',
    act: (provider) =>
      provider.assignLineItem('b1', 'l1', { ledger_account_id: null, accounting_tax_rate_id: 't1' }),
    path: '/v1/payables/b1/line-items/l1',
    body: { ledger_account_id: null, accounting_tax_rate_id: 't1' },
    object: { ...line, ledger_account_id: null, accounting_tax_rate_id: 't1' },
    stored: { ...line, ledger_account_id: null, accounting_tax_rate_id: 't1' },
  },
];

/** Answers of a write that say too little, or nothing: the object is read. */
const poor: readonly (readonly [string, Scripted])[] = [
  ['204', { status: 204 }],
  ['a text', { text: 'OK' }],
  ['another object', { json: { id: 'other', ledger_account_id: 'x', accounting_tax_rate_id: 'x' } }],
  ['an answer without what was sent', { json: { id: 'p1' } }],
  ['an answer of numbers', { json: { id: 'l1', ledger_account_id: 1, accounting_tax_rate_id: 2 } }],
];

const answering =
  (write: Scripted, object: object): Script =>
  ({ method }) =>
    method === 'GET' ? { json: object } : write;

for (const { name, act, path, body, object, stored } of writes) {
  test(`${name}: one request with exactly that`, () =>
    withService(answering({ json: object }, {}), async (service) => {
      const written = await act(service.connect());
      assert.equal(service.asked(), [`PATCH ${path}`]);
      assert.equal(JSON.parse(service.received[0]?.body ?? ''), body);
      assert.equal(written.status === 'stored' && written.stored, stored);
    }));

  for (const [what, answer] of poor)
    test(`${name}, answered by ${what}: it is read`, () =>
      withService(answering(answer, object), async (service) => {
        const written = await act(service.connect());
        assert.equal(service.asked(), [`PATCH ${path}`, `GET ${path}`]);
        assert.equal(written.status === 'stored' && written.stored, stored);
      }));

  for (const status of [400, 403, 404, 409, 422])
    test(`${name}, answered by ${status}, is refused in the API’s words`, () =>
      withService(
        (_, index) =>
          index === 0 ? { json: { data: [] } } : { status, json: { error: { message: 'locked' } } },
        async (service) => {
          const provider = service.connect();
          await collected(provider.products());
          const written = await act(provider);
          assert.is(written.status, 'refused');
          if (written.status !== 'refused') return;
          assert.is(written.error.status, status);
          assert.match(written.error.problem.message, 'locked');
          assert.is(written.error.endsRun, false);
          assert.is(service.received.length, 2);
        },
      ));

  test(`${name} is repeated after a lost answer`, () =>
    withService(
      (_, index) => (index === 0 ? 'reset' : { json: object }),
      async (service) => {
        const written = await service.until(act(service.connect()));
        assert.is(written.status, 'stored');
        assert.equal(service.asked(), [`PATCH ${path}`, `PATCH ${path}`]);
      },
    ));

  test(`${name}, whose answers are all lost, is lost`, () =>
    withService(
      () => 'reset',
      async (service) => {
        assert.is((await service.until(act(service.connect()))).status, 'lost');
        assert.is(service.received.length, 6);
      },
    ));

  test(`${name}, answered by nothing, then not to be read, is lost`, () =>
    withService(
      ({ method }) => (method === 'GET' ? { status: 403, json: {} } : { status: 204 }),
      async (service) => {
        assert.is((await act(service.connect())).status, 'lost');
      },
    ));

  test(`${name}, then read without an id, is lost and never empty`, () =>
    withService(answering({ status: 204 }, { data: [] }), async (service) => {
      const written = await act(service.connect());
      assert.is(written.status, 'lost');
      assert.is(written.status === 'lost' && written.error.problem.code, 'READ_INCOMPLETE');
    }));
}

test.run();
