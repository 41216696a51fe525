import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { classify } from '../../../src/accounting/documents/classify.ts';
import { type Joined, join } from '../../../src/accounting/documents/join.ts';
import type { OwnDocument } from '../../../src/accounting/documents/own-document.ts';
import type { BookDocument } from '../../../src/model/book-document.ts';
import type { SyncedRecord } from '../../../src/model/synced-record.ts';
import { accountBook, bookOf, fresh, lineOf, ownOf, recordOf } from './documents.ts';

const test = suite('documents: join');

/** `b1=d1 platform_id` */
const pairsOf = ({ pairs }: Joined): readonly string[] =>
  pairs.map(({ by, document, own }) => `${own.id}=${document.id} ${by}`).sort();

test('the platform’s id joins before the provider’s, and that before number and amount', () => {
  const joined = join(
    [ownOf({ id: 'b1' }), ownOf({ id: 'b2', number: '8' }), ownOf({ id: 'b3', number: '9' })],
    [
      recordOf({ id: 'r1', object_id: 'b1', platform_object_id: 'd1', provider_object_id: 'd2' }),
      recordOf({ id: 'r2', object_id: 'b2', platform_object_id: 'gone', provider_object_id: 'd2' }),
    ],
    [
      bookOf({ id: 'd1', number: 'other', total_amount: 1 }),
      bookOf({ id: 'd2', number: 'other', total_amount: 1 }),
      bookOf({ id: 'd3', number: ' 9 ' }),
    ],
  );
  assert.equal(pairsOf(joined), ['b1=d1 platform_id', 'b2=d2 provider_id', 'b3=d3 number_and_amount']);
});

test('a record keeps a document from one that only looks the same', () => {
  const joined = join(
    [ownOf({ id: 'b1', number: 'other' }), ownOf({ id: 'b2' })],
    [recordOf({ id: 'r1', object_id: 'b1', platform_object_id: 'd1' })],
    [bookOf({ id: 'd1' })],
  );
  assert.equal(pairsOf(joined), ['b1=d1 platform_id']);
  assert.equal(
    joined.ownAlone.map(({ id }) => id),
    ['b2'],
  );
});

test('a document whose record names something else than ours is not joined by its looks', () => {
  const joined = join(
    [ownOf({ id: 'b1' })],
    [recordOf({ id: 'r1', object_id: 'deleted', platform_object_id: 'd1' })],
    [bookOf({ id: 'd1' })],
  );
  assert.equal(pairsOf(joined), []);
  assert.is(joined.strangers.get('d1')?.object_id, 'deleted');
});

test('of two records that claim one document the one with its number wins, then the newer one', () => {
  const records = [
    recordOf({ id: 'r1', object_id: 'b1', platform_object_id: 'd1', updated_at: '2026-06-09T00:00:00Z' }),
    recordOf({ id: 'r2', object_id: 'b2', platform_object_id: 'd1' }),
  ];
  const byNumber = join([ownOf({ id: 'b1', number: '8' }), ownOf({ id: 'b2' })], records, [
    bookOf({ id: 'd1' }),
  ]);
  assert.equal(pairsOf(byNumber), ['b2=d1 platform_id']);
  const older = recordOf({ id: 'r0', object_id: 'b1', platform_object_id: 'd1' });
  const newer = recordOf({
    id: 'r9',
    object_id: 'b1',
    platform_object_id: 'd2',
    updated_at: '2026-06-09T00:00:00Z',
  });
  const documents = [bookOf({ id: 'd1' }), bookOf({ id: 'd2' })];
  assert.equal(pairsOf(join([ownOf({ id: 'b1' })], [older, newer], documents)), ['b1=d2 platform_id']);
});

test('claims that are alike in everything go to the lowest id, whatever was read first', () => {
  const own = [ownOf({ id: 'b1' }), ownOf({ id: 'b2' })];
  const records = own.map(({ id }) => recordOf({ id: `r${id}`, object_id: id, platform_object_id: 'd1' }));
  const documents = [bookOf({ id: 'd1' })];
  for (const read of [own, [...own].reverse()])
    assert.equal(pairsOf(join(read, records, documents)), ['b1=d1 platform_id']);
});

const probable: Readonly<
  Record<string, readonly [own: Partial<OwnDocument>, there: Partial<BookDocument>, joined: boolean]>
> = {
  'the same number and amount': [{}, {}, true],
  'the same number and another amount': [{}, { total_amount: 119.01 }, false],
  'another number': [{}, { number: '07' }, false],
  'no number on either side': [{ number: null }, { number: null }, false],
  'another currency': [{}, { currency: 'USD' }, false],
  'no currency over there': [{}, { currency: null }, true],
  'a currency in lower case': [{}, { currency: 'eur' }, true],
  'no amount of ours': [{ total: null }, {}, false],
  'no amount over there': [{}, { total_amount: null }, false],
  'yen, which have no cents': [{ currency: 'JPY', total: 119 }, { currency: 'JPY' }, true],
  'yen, taken for cents': [{ currency: 'JPY', total: 11900 }, { currency: 'JPY' }, false],
  'dinars, which have a thousand fils': [{ currency: 'KWD', total: 119000 }, { currency: 'KWD' }, true],
  'an amount that binary cannot hold': [{ total: 33 }, { total_amount: 0.33 }, true],
  'the sum of lines without tax': [
    { net: 10000 },
    { total_amount: null, lines: [lineOf(), lineOf({ unit_amount: 0 })] },
    true,
  ],
  'the sum of lines with tax': [
    { net: 10000 },
    { total_amount: null, lines: [lineOf({ unit_amount: 119 })] },
    true,
  ],
  'a total over there that is only our net': [{ net: 10000 }, { total_amount: 100 }, false],
};
for (const [name, [own, there, joined]] of Object.entries(probable))
  test(`${name}: ${joined ? 'probably the same' : 'not joined'}`, () => {
    const found = join([ownOf({ id: 'b', ...own })], [], [bookOf({ id: 'd', ...there })]);
    assert.equal(pairsOf(found), joined ? ['b=d number_and_amount'] : []);
  });

test('where several fit, the counterpart’s name decides, and otherwise nobody does', () => {
  const documents = [
    bookOf({ id: 'd1', counterpart_name: 'HETZNER' }),
    bookOf({ id: 'd2', counterpart_name: 'Other' }),
  ];
  assert.equal(pairsOf(join([ownOf({ id: 'b1' })], [], documents)), ['b1=d1 number_and_amount']);
  const two = [ownOf({ id: 'b1' }), ownOf({ id: 'b2' })];
  const unsure = join(two, [], documents);
  assert.equal(pairsOf(unsure), []);
  assert.equal(
    unsure.ownAlone.map((each) => unsure.fits.get(each)),
    [2, 2],
  );
});

test('two of ours that differ only in what is not told are not joined with one there', () => {
  const own = [ownOf({ id: 'b1' }), ownOf({ id: 'b2', currency: null })];
  assert.equal(pairsOf(join(own, [], [bookOf({ id: 'd' })])), []);
});

test('thousands that all look the same are not joined, in no time', () => {
  const own = Array.from({ length: 10_000 }, (_, at) => ownOf({ id: `b${at}` }));
  const documents = Array.from({ length: 10_000 }, (_, at) => bookOf({ id: `d${at}` }));
  const joined = join(own, [], documents);
  assert.is(joined.pairs.length, 0);
  assert.is(joined.fits.get(own[0] ?? ownOf({ id: '' })), 10_000);
  assert.is(joined.thereAlone.length, 10_000);
});

const few = (prefix: string) => fc.constantFrom(...[0, 1, 2, 3, 4, 5].map((at) => `${prefix}${at}`));
const number = fc.constantFrom('1', '2', ' 2', null);
const currency = fc.constantFrom('EUR', 'JPY', null);
const vendor = fc.constantFrom('Hetzner', 'hetzner', 'AWS', null);
const status = fc.constantFrom('draft', 'new', 'paid', 'canceled');
const amount = fc.constantFrom(100, 10000, null);
const world = fc.record({
  own: fc.uniqueArray(
    fc.record({ id: few('b'), number, currency, counterpart_name: vendor, status, total: amount }).map(ownOf),
    { selector: ({ id }) => id, maxLength: 6 },
  ),
  documents: fc.uniqueArray(
    fc
      .record({
        id: few('d'),
        number,
        currency,
        counterpart_name: vendor,
        total_amount: fc.constantFrom(1, 100, 10000, null),
      })
      .map(bookOf),
    { selector: ({ id }) => id, maxLength: 6 },
  ),
  records: fc.uniqueArray(
    fc
      .record({
        id: few('r'),
        object_id: fc.oneof(few('b'), fc.constant('stranger')),
        sync_status: fc.constantFrom('done', 'error', 'pending', 'odd'),
        platform_object_id: fc.option(few('d')),
        provider_object_id: fc.option(few('d')),
        updated_at: fc.constantFrom('2026-06-02T00:00:00Z', '2026-08-02T00:00:00Z', null),
      })
      .map(recordOf),
    { selector: ({ id }) => id, maxLength: 6 },
  ),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;
const joinOf = ({ documents, own, records }: World): Joined => join(own, records, documents);
const rowsOf = (given: World) => classify(joinOf(given), accountBook, fresh);

const sorted = (ids: readonly string[]): readonly string[] => [...ids].sort();
const idsOf = (all: readonly { readonly id: string }[]): readonly string[] => sorted(all.map(({ id }) => id));

test('every document of either side is in exactly one class', () => {
  fc.assert(
    fc.property(world, (given) => {
      const rows = rowsOf(given);
      assert.equal(sorted(rows.flatMap(({ here }) => (here ? [here.id] : []))), idsOf(given.own));
      assert.equal(sorted(rows.flatMap(({ there }) => (there ? [there.id] : []))), idsOf(given.documents));
    }),
  );
});

test('the order of the lists decides nothing', () => {
  const shuffled = world.chain((given) =>
    fc.record({
      given: fc.constant(given),
      other: fc.record({
        own: fc.shuffledSubarray([...given.own], { minLength: given.own.length }),
        documents: fc.shuffledSubarray([...given.documents], { minLength: given.documents.length }),
        records: fc.shuffledSubarray([...given.records], { minLength: given.records.length }),
      }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ given, other }) => {
      assert.equal(rowsOf(other), rowsOf(given));
    }),
  );
});

const namesOf = ({ platform_object_id, provider_object_id }: SyncedRecord): readonly (string | null)[] => [
  platform_object_id,
  provider_object_id,
];

test('a probable join never takes what a record could have joined', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { pairs, recordsOf } = joinOf(given);
      const byRecord = new Set(
        pairs.flatMap(({ by, document }) => (by === 'number_and_amount' ? [] : [document.id])),
      );
      for (const { by, document, own } of pairs) {
        const claimed = (recordsOf.get(own.id) ?? []).flatMap(namesOf);
        if (by !== 'number_and_amount') {
          assert.ok(claimed.includes(document.id));
          continue;
        }
        // A record that names this document has joined its object to another one, and what its own records name is
        // taken by a record, or not there.
        for (const { object_id } of given.records.filter((record) => namesOf(record).includes(document.id)))
          assert.ok(pairs.some((pair) => pair.own.id === object_id && pair.by !== 'number_and_amount'));
        for (const id of claimed)
          assert.ok(byRecord.has(id ?? '') || !given.documents.some((each) => each.id === id));
      }
    }),
  );
});

test('what is joined says the same number and amount, or has a record that names it', () => {
  fc.assert(
    fc.property(world, (given) => {
      const { ownAlone, pairs, thereAlone } = joinOf(given);
      assert.is(pairs.length + ownAlone.length, given.own.length);
      assert.is(pairs.length + thereAlone.length, given.documents.length);
      for (const { by, document, own } of pairs)
        if (by === 'number_and_amount') assert.is(own.number?.trim(), document.number?.trim());
    }),
  );
});

test.run();
