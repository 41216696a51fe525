import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { BookDocument, BookList } from '../../src/model/book-document.ts';
import type { ConnectedProvider } from '../../src/providers/accounting-contract.ts';
import { offsetPages } from '../../src/providers/tesouro/accounting/offset-pages.ts';
import { Incomplete } from '../../src/providers/tesouro/incomplete.ts';
import { type FakeService, failure, type Received, type Scripted, withService } from './fake-service.ts';

const test = suite('documents in the accounting system');

const bill = (id: string | number, more: object = {}): object => ({
  id,
  status: 'open',
  total_amount: 1,
  ...more,
});
const bills = (count: number, from = 0): readonly object[] =>
  Array.from({ length: count }, (_, at) => bill(`d${from + at}`));

async function collected(
  provider: Pick<ConnectedProvider, 'accounting'>,
  list: BookList = 'payables',
): Promise<readonly BookDocument[]> {
  const all: BookDocument[] = [];
  for await (const each of provider.accounting.documents(list)) all.push(each);
  return all;
}
const idsOf = (documents: readonly BookDocument[]): readonly string[] => documents.map(({ id }) => id);
const offsetOf = ({ query }: Received): number => Number(query.get('offset'));
const limitOf = ({ query }: Received): number => Number(query.get('limit'));

/** A service that has these documents and hands out at most so many at once. */
const holding =
  (all: readonly object[], most = 500) =>
  (request: Received): Scripted => {
    const from = offsetOf(request);
    return { json: { data: all.slice(from, from + Math.min(most, limitOf(request))) } };
  };
const pagesAsked = ({ received }: FakeService): readonly string[] =>
  received.map(({ path, query }) => `${path}?${query}`);

test('bills are read with the largest page, from an offset that counts on, until a page is empty', () =>
  withService(holding(bills(700)), async (service) => {
    assert.is((await collected(service.connect())).length, 700);
    assert.equal(pagesAsked(service), [
      '/v1/accounting/payables?limit=500&offset=0',
      '/v1/accounting/payables?limit=500&offset=500',
      '/v1/accounting/payables?limit=500&offset=700',
    ]);
  }));

test('invoices have a list of their own', () =>
  withService(holding([{ id: 'i1', customer_ref: { id: 'c', company_name: 'Kunde' } }]), async (service) => {
    const [invoice] = await collected(service.connect(), 'receivables');
    assert.is(invoice?.counterpart_name, 'Kunde');
    assert.is(invoice?.list, 'receivables');
    assert.is(service.received[0]?.path, '/v1/accounting/receivables');
  }));

test('a service that hands out less than is asked for is asked from where it stopped', () =>
  withService(holding(bills(250), 100), async (service) => {
    assert.is((await collected(service.connect())).length, 250);
    assert.equal(service.received.map(offsetOf), [0, 100, 200, 250]);
  }));

test('a short page in the middle is not the end', () => {
  const pages: Readonly<Record<number, readonly object[]>> = { 0: bills(2), 2: bills(1, 2), 3: bills(3, 3) };
  return withService(
    (request) => ({ json: { data: pages[offsetOf(request)] ?? [] } }),
    async (service) => {
      assert.equal(idsOf(await collected(service.connect())), ['d0', 'd1', 'd2', 'd3', 'd4', 'd5']);
    },
  );
});

test('an empty list is empty after one request', () =>
  withService(holding([]), async (service) => {
    assert.equal(await collected(service.connect()), []);
    assert.is(service.received.length, 1);
  }));

test('a service that ignores the offset is read once', () =>
  withService(
    () => ({ json: { data: bills(7) } }),
    async (service) => {
      assert.is((await collected(service.connect())).length, 7);
      assert.is(service.received.length, 2);
    },
  ));

for (const count of [500, 100])
  test(`a page of ${count} that comes again may hide more: READ_INCOMPLETE`, () =>
    withService(
      () => ({ json: { data: bills(count) } }),
      async (service) => {
        assert.is((await failure(collected(service.connect()))).problem.code, 'READ_INCOMPLETE');
      },
    ));

test('a list that grows at its beginning while it is read has each document once', () =>
  withService(
    (request, index) => holding([...bills(index, 900), ...bills(250)], 100)(request),
    async (service) => {
      const ids = idsOf(await collected(service.connect()));
      assert.is(new Set(ids).size, ids.length);
      for (const { id } of bills(250) as readonly { readonly id: string }[]) assert.ok(ids.includes(id), id);
    },
  ));

test('a list that grows at its end while it is read is read to its end', () =>
  withService(
    (request, index) => holding(bills(Math.min(250, 120 + 60 * index)), 100)(request),
    async (service) => {
      assert.is((await collected(service.connect())).length, 250);
    },
  ));

test('a list that never ends is an error after 10,000 pages', async () => {
  let asked = 0;
  const endless = async () => {
    asked += 1;
    return { body: { data: [bill(`d${asked}`)] }, requestId: null, length: 40 };
  };
  try {
    for await (const _ of offsetPages(endless));
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof Incomplete);
  }
  assert.is(asked, 10_000);
});

test('a page that fails fails the whole list, and one that failed for a moment does not', () =>
  withService(
    (request, index) => {
      if (offsetOf(request) === 0) return { json: { data: bills(500) } };
      return index === 1 ? { status: 503, json: {} } : { status: 422, json: { detail: 'offset too large' } };
    },
    async (service) => {
      const error = await service.until(failure(collected(service.connect())));
      assert.is(error.status, 422);
      assert.is(service.received.length, 3);
    },
  ));

const answers: Readonly<Record<string, unknown>> = {
  'without data': { items: [] },
  'whose data is null': { data: null },
  'that is an array': [bill('a')],
  'with a document without id': { data: [{ status: 'open', total_amount: 1 }] },
  'with an empty id': { data: [bill('')] },
  'with an amount in words': { data: [bill('a', { total_amount: 'much' })] },
  'with a blank instead of an amount': { data: [bill('a', { total_amount: ' ' })] },
  'with a hexadecimal amount': { data: [bill('a', { total_amount: '0x10' })] },
  'with a comma in an amount': { data: [bill('a', { total_amount: '1,50' })] },
  'with an amount that is an object': { data: [bill('a', { total_amount: { value: 1 } })] },
  'with lines that are no list': { data: [bill('a', { lines: 'none' })] },
  'with a name that is a number': { data: [bill('a', { memo: 7 })] },
};
for (const [name, json] of Object.entries(answers))
  test(`a list ${name} is READ_INCOMPLETE, never a shorter list`, () =>
    withService(
      () => ({ json }),
      async (service) => {
        assert.is((await failure(collected(service.connect()))).problem.code, 'READ_INCOMPLETE');
      },
    ));

const amounts: Readonly<Record<string, readonly [wire: unknown, understood: number | null]>> = {
  'a decimal': [119.01, 119.01],
  'a decimal as text': ['119.01', 119.01],
  'text with zeros at its end': ['119.10', 119.1],
  'a negative one': ['-0.5', -0.5],
  'an empty text': ['', null],
  null: [null, null],
};
for (const [name, [wire, understood]] of Object.entries(amounts))
  test(`an amount that is ${name} is understood`, () =>
    withService(holding([bill('a', { total_amount: wire })]), async (service) => {
      assert.is((await collected(service.connect()))[0]?.total_amount, understood);
    }));

test('a document is understood with what it has', () =>
  withService(
    holding([
      bill(17, {
        invoice_number: 2044,
        currency: 'EUR',
        vendor_ref: { id: 5, name: 'Hetzner' },
        due_date: '2026-07-01',
        posted_date: '2026-06-02',
        lines: [
          {
            description: 'Hosting',
            quantity: '2',
            unit_amount: 49.995,
            ledger_account_id: 400,
            tax_rate_ref: { id: 'INPUT2' },
          },
          {},
        ],
      }),
      { id: 'empty', lines: null, vendor_ref: null },
    ]),
    async (service) => {
      const nothing = { discount_amount: null, discount_percentage: null };
      const [full, empty] = await collected(service.connect());
      assert.equal(full, {
        id: '17',
        list: 'payables',
        number: '2044',
        status: 'open',
        counterpart_id: '5',
        counterpart_name: 'Hetzner',
        currency: 'EUR',
        total_amount: 1,
        amount_due: null,
        subtotal: null,
        tax_amount: null,
        due_date: '2026-07-01',
        posted_date: '2026-06-02',
        memo: null,
        lines: [
          {
            description: 'Hosting',
            quantity: 2,
            unit_amount: 49.995,
            ...nothing,
            ledger_account_id: '400',
            tax_rate_id: 'INPUT2',
          },
          {
            description: null,
            quantity: null,
            unit_amount: null,
            ...nothing,
            ledger_account_id: null,
            tax_rate_id: null,
          },
        ],
      });
      assert.equal(empty?.lines, []);
      assert.is(empty?.total_amount, null);
    },
  ));

for (const [id, path] of [
  ['a/b', '/v1/accounting/payables/a%2Fb'],
  ['7 | x=y', '/v1/accounting/payables/7%20%7C%20x%3Dy'],
  ['..x', '/v1/accounting/payables/..x'],
] as const)
  test(`the document ${id} is asked for by its id, and by nothing else`, () =>
    withService(
      () => ({ json: bill(id) }),
      async (service) => {
        assert.is((await service.connect().accounting.document('payables', id)).id, id);
        assert.is(service.received[0]?.path, path);
      },
    ));

for (const id of ['..', '.', 'a/../b', '../../products', ''])
  test(`the id ${JSON.stringify(id)} would lead elsewhere, and nothing is sent`, () =>
    withService(
      () => ({ json: bill(id) }),
      async (service) => {
        await failure(service.connect().accounting.document('payables', id));
        assert.is(service.received.length, 0);
      },
    ));

test('a document that is not there is a 404', () =>
  withService(
    () => ({ status: 404, json: { error: { message: 'Not found' } } }),
    async (service) => {
      assert.is((await failure(service.connect().accounting.document('receivables', 'x'))).status, 404);
    },
  ));

test.run();
