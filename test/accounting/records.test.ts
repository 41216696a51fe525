import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { momentOf } from '../../src/accounting/moment.ts';
import { isNews } from '../../src/accounting/push-again.ts';
import { readRecords, recordFilters, sortRecords } from '../../src/accounting/read-records.ts';
import { recordTotals } from '../../src/accounting/record-totals.ts';
import { whatStops } from '../../src/accounting/what-stops.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { SyncedRecord } from '../../src/model/synced-record.ts';
import { agoText } from '../../src/render/ago-text.ts';

const test = suite('synchronization records');

const of = (id: string, more: Partial<SyncedRecord> = {}): SyncedRecord => ({
  id,
  object_type: 'bill',
  object_id: `o-${id}`,
  sync_status: 'error',
  errors: [],
  created_at: null,
  updated_at: null,
  last_pulled_at: null,
  object_updated_at: null,
  platform: null,
  platform_object_id: null,
  platform_updated_at: null,
  provider: null,
  provider_object_id: null,
  provider_updated_at: null,
  ...more,
});

test('without a type all six are read, and many objects in batches', () => {
  assert.is(recordFilters({}).length, 6);
  assert.equal(recordFilters({ types: ['bill'], sort: 'updated_at' }), [
    { object_type: 'bill', sort: 'updated_at' },
  ]);
  const objects = Array.from({ length: 201 }, (_, at) => `o${at}`);
  const filters = recordFilters({ types: ['bill', 'vendor'], objects: [...objects, 'o0'] });
  assert.equal(
    filters.map(({ object_ids, object_type }) => [object_type, object_ids?.length]),
    [
      ['vendor', 100],
      ['vendor', 100],
      ['vendor', 1],
      ['bill', 100],
      ['bill', 100],
      ['bill', 1],
    ],
  );
});

test('what several lists deliver twice is there once', async () => {
  const counts: number[] = [];
  const records = await readRecords(
    recordFilters({ types: ['bill', 'vendor'] }),
    {
      records: async function* () {
        yield of('a');
        yield of('b');
      },
    },
    (count) => counts.push(count),
  );
  assert.equal(
    records.map(({ id }) => id),
    ['a', 'b'],
  );
  assert.equal(counts, [1, 2, 3, 4]);
});

test('records are sorted by instants, those without a time last in both directions', () => {
  const records = [
    of('late', { updated_at: '2026-11-28T10:00:00+02:00' }),
    of('none'),
    of('early', { updated_at: '2026-11-28T07:00:00Z' }),
    of('middle', { updated_at: '2026-11-28T07:30:00' }),
  ];
  const ids = (order: 'asc' | 'desc') => sortRecords(records, 'updated_at', order).map(({ id }) => id);
  assert.equal(ids('asc'), ['early', 'middle', 'late', 'none']);
  assert.equal(ids('desc'), ['late', 'middle', 'early', 'none']);
});

test('totals count each type once, in the order of types, and every record somewhere', () => {
  const status = fc.constantFrom('pending', 'error', 'done', 'queued');
  const type = fc.constantFrom('product', 'customer', 'bill', 'payment_record', 'journal');
  fc.assert(
    fc.property(fc.array(fc.tuple(type, status), { maxLength: 60 }), (pairs) => {
      const totals = recordTotals(
        pairs.map(([object_type, sync_status], at) => of(String(at), { object_type, sync_status })),
      );
      assert.is(
        totals.reduce((sum, { total }) => sum + total, 0),
        pairs.length,
      );
      for (const { done, error, object_type, other, pending, total } of totals) {
        assert.is(pending + error + done + other, total);
        assert.is(total, pairs.filter(([each]) => each === object_type).length);
      }
      assert.is(new Set(totals.map(({ object_type }) => object_type)).size, totals.length);
    }),
    { numRuns: 50 },
  );
  assert.equal(
    recordTotals([of('a'), of('b', { object_type: 'product', sync_status: 'done' })]).map(
      ({ object_type }) => object_type,
    ),
    ['product', 'bill'],
  );
});

for (const [seen, pushed, news] of [
  [{ sync_status: 'done' }, {}, true],
  [{ sync_status: 'error' }, {}, true],
  [{ sync_status: 'pending' }, { sync_status: 'queued' }, false],
  [
    { sync_status: 'error', updated_at: '2026-11-28T09:00:00Z' },
    { updated_at: '2026-11-28T09:00:01Z' },
    false,
  ],
  [
    { sync_status: 'error', updated_at: '2026-11-28T09:00:01Z' },
    { updated_at: '2026-11-28T09:00:01Z' },
    true,
  ],
  [{ sync_status: 'done', updated_at: null }, { updated_at: '2026-11-28T09:00:01Z' }, true],
] as const)
  test(`${JSON.stringify(seen)} after ${JSON.stringify(pushed)} is ${news ? 'an outcome' : 'none'}`, () => {
    assert.is(isNews(of('a', seen), of('a', { sync_status: 'pending', ...pushed })), news);
  });

const now = new Date('2026-11-28T10:00:00Z');
for (const [text, since, until] of [
  ['2026-11-28', '2026-11-28T00:00:00.000Z', '2026-11-28T23:59:59.999Z'],
  ['2026-11-28T09:30', '2026-11-28T09:30:00.000Z', '2026-11-28T09:30:00.000Z'],
  [' 2026-11-28T09:30:00+01:00 ', '2026-11-28T08:30:00.000Z', '2026-11-28T08:30:00.000Z'],
  ['90m', '2026-11-28T08:30:00.000Z', '2026-11-28T08:30:00.000Z'],
  ['24h', '2026-11-27T10:00:00.000Z', '2026-11-27T10:00:00.000Z'],
  ['7d', '2026-11-21T10:00:00.000Z', '2026-11-21T10:00:00.000Z'],
  ['yesterday', null, null],
  ['2026-13-01', null, null],
  ['2026', null, null],
  ['99999w', null, null],
  ['', null, null],
] as const)
  test(`the moment “${text}” is ${since ?? 'none'}`, () => {
    assert.is(momentOf(text, now, 'since'), since);
    assert.is(momentOf(text, now, 'until'), until);
  });

for (const [seconds, text] of [
  [-60, 'just now'],
  [4, 'just now'],
  [5, '5 seconds ago'],
  [60, '1 minute ago'],
  [7199, '1 hour ago'],
  [90_000, '1 day ago'],
  [4_000_000, '46 days ago'],
] as const)
  test(`${seconds} seconds ago is ${text}`, () => {
    assert.is(agoText(0, seconds * 1000), text);
  });

test('what stops is what leans on external objects by their key', () => {
  const origin = { file: 'ledgerform.yaml', line: 1, column: 1 };
  const key = (address: string) => ({ type: 'key', address }) as const;
  const external = (collection: string, name: string) => ({
    address: `external.${collection}.${name}`,
    collection,
    key: name,
    identity: { code: '404' },
    origin,
  });
  const product = (address: string) => ({
    type: 'specific' as const,
    product: { by: 'name', text: 'Day' } as const,
    targets: { ledger_account: key(address) },
    origin,
  });
  const desired: Desired = {
    organization: { id: 'x', name: null },
    environment: 'local',
    declared: new Set(),
    entries: [],
    removed: [],
    externals: [
      external('ledger_accounts', 'fees'),
      external('ledger_accounts', 'bank'),
      external('tax_rates', 'std'),
    ],
    settings: [
      {
        address: 'settings.ledger_accounts.payments',
        reference: key('external.ledger_accounts.fees'),
        origin,
      },
      { address: 'settings.ledger_accounts.products', reference: key('ledger_accounts.own'), origin },
      { address: 'settings.tax_rates.deductions', reference: null, origin },
    ],
    assignments: {
      products: [product('external.ledger_accounts.bank'), product('ledger_accounts.own')],
      lineItems: [],
    },
    policy: { prune: 'never', maxDeletes: 10, maxOverwrites: 100, protect: [] },
  };
  assert.equal(
    whatStops(desired, [of('a'), of('b', { sync_status: 'pending' }), of('c', { sync_status: 'done' })]),
    {
      externals: { ledger_accounts: 2, tax_rates: 1 },
      settings: 1,
      assignments: 1,
      records: { pending: 1, failed: 1 },
    },
  );
  assert.is(whatStops(desired, null).records, null);
});

test.run();
