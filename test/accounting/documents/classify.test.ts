import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { classify } from '../../../src/accounting/documents/classify.ts';
import { join } from '../../../src/accounting/documents/join.ts';
import type { OwnDocument } from '../../../src/accounting/documents/own-document.ts';
import type { BookDocument } from '../../../src/model/book-document.ts';
import type { DiffRow } from '../../../src/model/document-diff.ts';
import type { SyncedRecord } from '../../../src/model/synced-record.ts';
import { accountBook, bookOf, fresh, ownOf, recordOf } from './documents.ts';

const test = suite('documents: what each comes to');

const rowsOf = (
  own: readonly OwnDocument[],
  records: readonly SyncedRecord[],
  documents: readonly BookDocument[],
): readonly DiffRow[] => classify(join(own, records, documents), accountBook, fresh);
const rowsBeside = (
  own: readonly OwnDocument[],
  others: readonly SyncedRecord[],
  documents: readonly BookDocument[],
  records: readonly SyncedRecord[] = [],
): readonly DiffRow[] => classify(join(own, records, documents, others), accountBook, fresh);
const classesOf = (rows: readonly DiffRow[]): readonly string[] => rows.map((row) => row.class);

const bill = ownOf({ id: 'b' });
const record = (given: Omit<Partial<SyncedRecord>, 'object_id'> = {}): SyncedRecord =>
  recordOf({ id: 'r', object_id: 'b', ...given });
const there = bookOf({ id: 'd' });
const known = { platform_object_id: 'd' };

const rows: Readonly<
  Record<string, readonly [OwnDocument | null, SyncedRecord | null, BookDocument | null, readonly string[]]>
> = {
  'without record or document it is missing': [bill, null, null, ['missing']],
  'with a record that is done and no document it is missing': [bill, record(), null, ['missing']],
  'a record in error is a failure': [bill, record({ sync_status: 'error' }), null, ['failed']],
  'a record in error is a failure although the document is there': [
    bill,
    record({ sync_status: 'error', ...known }),
    there,
    ['failed'],
  ],
  'a record that waits is pending': [bill, record({ sync_status: 'pending' }), null, ['pending']],
  'a record with a status that nobody knows is pending': [
    bill,
    record({ sync_status: 'queued' }),
    null,
    ['pending'],
  ],
  'what was pushed after the last pull is pending': [
    bill,
    record({ updated_at: '2026-07-02T00:00:00Z' }),
    null,
    ['pending'],
  ],
  'the platform’s own time counts before the record’s': [
    bill,
    record({ updated_at: '2026-07-02T00:00:00Z', platform_updated_at: '2026-06-02T00:00:00Z' }),
    null,
    ['missing'],
  ],
  'both sides alike are the same': [bill, record(known), there, ['same']],
  'both sides unlike differ': [bill, record(known), bookOf({ id: 'd', total_amount: 1 }), ['differs']],
  'a document alone is not ours': [null, null, there, ['there_only']],
  'one that is older than the connection is past': [
    ownOf({ id: 'b', created_at: '2026-05-31T23:59:59Z' }),
    null,
    null,
    ['past'],
  ],
  'one of the moment of the connection is missing': [
    ownOf({ id: 'b', created_at: '2026-06-01T00:00:00Z' }),
    null,
    null,
    ['missing'],
  ],
  'one of a time that nobody knows is missing': [
    ownOf({ id: 'b', created_at: null }),
    null,
    null,
    ['missing'],
  ],
  'an old one that was pushed is missing where it is not there': [
    ownOf({ id: 'b', created_at: '2026-05-31T23:59:59Z' }),
    record(),
    null,
    ['missing'],
  ],
  'a document there whose record names what is none of our invoices is ours and not compared': [
    null,
    record({ object_type: 'receivable', ...known }),
    bookOf({ id: 'd', list: 'receivables' }),
    ['uncompared'],
  ],
  'a bill there whose record names what is none of our payables is not ours': [
    null,
    record(known),
    there,
    ['there_only'],
  ],
  'a draft is not expected': [ownOf({ id: 'b', status: 'draft' }), null, null, ['not_expected']],
  'one that was canceled is not expected': [
    ownOf({ id: 'b', status: 'canceled' }),
    record(),
    null,
    ['not_expected'],
  ],
  'a draft whose push failed is told': [
    ownOf({ id: 'b', status: 'draft' }),
    record({ sync_status: 'error' }),
    null,
    ['failed'],
  ],
  'an issued invoice is expected': [
    ownOf({ id: 'b', list: 'receivables', status: 'issued' }),
    null,
    null,
    ['missing'],
  ],
  'a recurring invoice is not': [
    ownOf({ id: 'b', list: 'receivables', status: 'recurring' }),
    null,
    null,
    ['not_expected'],
  ],
};
for (const [name, [own, its, document, expected]] of Object.entries(rows))
  test(name, () =>
    assert.equal(classesOf(rowsOf(own ? [own] : [], its ? [its] : [], document ? [document] : [])), expected),
  );

test('what was pushed to another accounting system is said to be there, whatever its age, and names that record', () => {
  for (const created_at of ['2026-05-01T00:00:00Z', '2026-06-02T00:00:00Z', null]) {
    const [row] = rowsBeside([ownOf({ id: 'b', created_at })], [record({ platform: 'sage' })], []);
    assert.equal([row?.class, row?.record?.id], ['elsewhere', 'r']);
    assert.match(row?.reasons[0] ?? '', /sage/);
  }
});

test('a record of the connected system, or a push elsewhere that failed, leaves nothing elsewhere', () => {
  const failed = record({ id: 'r2', sync_status: 'error', updated_at: '2026-06-09T00:00:00Z' });
  assert.equal(classesOf(rowsBeside([bill], [record(), failed], [])), ['missing']);
  assert.equal(classesOf(rowsBeside([bill], [record()], [], [failed])), ['failed']);
  assert.equal(classesOf(rowsBeside([ownOf({ id: 'b', status: 'canceled' })], [record()], [])), [
    'not_expected',
  ]);
});

test('a document that a record of another system names is ours where its number says so too, and no other', () => {
  const other = bookOf({ id: 'd', total_amount: 1 });
  const [row, ...more] = rowsBeside([bill], [record(known)], [other]);
  assert.equal(
    [row?.class, row?.joined_by, row?.record?.id, more.length],
    ['differs', 'platform_id', 'r', 0],
  );
  const unlike = rowsBeside([bill], [record(known)], [bookOf({ id: 'd', number: '8', total_amount: 1 })]);
  assert.equal(classesOf(unlike), ['elsewhere', 'there_only']);
});

test('the newest record of an object decides, and an older one still joins', () => {
  const [row] = rowsOf(
    [bill],
    [record(known), record({ id: 'r2', sync_status: 'error', updated_at: '2026-06-09T00:00:00Z' })],
    [there],
  );
  assert.is(row?.class, 'failed');
  assert.is(row?.record?.id, 'r2');
  assert.is(row?.joined_by, 'platform_id');
});

test('a failure says the service’s reasons, or that there are none', () => {
  const errors = ['No rate of 19 %', 'No account'];
  assert.equal(rowsOf([bill], [record({ sync_status: 'error', errors })], [])[0]?.reasons, errors);
  assert.is(rowsOf([bill], [record({ sync_status: 'error' })], [])[0]?.reasons.length, 1);
});

test('what was joined by number and amount is marked as probable, and nothing else is', () => {
  assert.equal(
    rowsOf([bill], [], [there]).map((row) => [row.class, row.joined_by, row.probable]),
    [['same', 'number_and_amount', true]],
  );
  assert.is(rowsOf([bill], [record(known)], [there])[0]?.probable, false);
});

test('a row shows both sides as decimals of their currency', () => {
  const [row] = rowsOf(
    [ownOf({ id: 'b', currency: 'KWD', total: 1500 })],
    [record(known)],
    [bookOf({ id: 'd', currency: 'KWD', total_amount: 2.5 })],
  );
  assert.equal([row?.here?.amount, row?.there?.amount], ['1.500', '2.500']);
});

test('rows are in the order of their classes, then of their numbers', () => {
  const numbers = ['9', '10', '8'].map((number, at) => ownOf({ id: `b${at}`, number }));
  const found = rowsOf([...numbers, ownOf({ id: 'x', number: '6', status: 'draft' })], [], [there]);
  assert.equal(
    found.map(({ class: verdict, here, there: other }) => `${verdict} ${here?.number ?? other?.number}`),
    ['missing 10', 'missing 8', 'missing 9', 'there_only 7', 'not_expected 6'],
  );
});

test.run();
