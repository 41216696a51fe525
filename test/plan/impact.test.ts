import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Covered, Use } from '../../src/model/live.ts';
import { changesPayments, idsToCount, withImpact } from '../../src/plan/impact.ts';
import { internal, kinds, live, proposal } from './build.ts';

const test = suite('plan: what uses what changes');

const everything: Covered = { product: true, invoice: true, line_item: true, setting: true };
const nothing: Covered = { product: false, invoice: false, line_item: false, setting: false };

const state = live(
  {
    ledger_accounts: [
      internal('a', { nominal_code: '1', name: 'One' }),
      internal('b', { nominal_code: '2', name: 'Two' }),
      internal('n', { name: 'No code' }),
    ],
    tax_rates: [internal('r', { code: 'RED', effective_tax_rate: '7%' })],
  },
  { 'settings.ledger_accounts.payments': 'a' },
);
const found = proposal(
  {
    ledger_accounts: {
      a: { id: 'a', nominal_code: '10' },
      b: { id: 'b', name: 'Zwei' },
      n: { id: 'n', nominal_code: '3' },
    },
    tax_rates: { r: { code: 'RED', effective_tax_rate: '8%' } },
    settings: { 'ledger_accounts.payments': 'b' },
  },
  state,
);

const use = (by: Use['by'], id: string, userId: string, freedBy: string | null = null): Use => ({
  collection: id === 'r' ? 'tax_rates' : 'ledger_accounts',
  id,
  by,
  userId,
  label: userId,
  freedBy,
});

const uses: readonly Use[] = [
  use('product', 'a', 'p1', 'assignments.products.p1'),
  use('product', 'a', 'p2', 'assignments.products.p2'),
  use('invoice', 'a', 'i1'),
  use('invoice', 'a', 'i1'),
  use('line_item', 'a', 'b1', 'assignments.line_items.b1/x'),
  use('line_item', 'a', 'b1', 'assignments.line_items.b1/y'),
  use('line_item', 'a', 'b2', 'assignments.line_items.b2/x'),
  use('setting', 'a', 's', 's'),
  use('product', 'b', 'p3', 'assignments.products.p3'),
];

const warningOf = (
  code: string,
  given: readonly Use[],
  covered: Covered,
  pushedPayments: number | null = null,
) =>
  withImpact(
    found,
    {
      uses: given,
      covered,
      pushedPayments: pushedPayments === null ? null : { status: 'read', count: pushedPayments },
    },
    kinds,
  )
    .changes.flatMap(({ warnings }) => warnings)
    .find((each) => each.code === code);
const message = (...given: Parameters<typeof warningOf>): string => warningOf(...given)?.message ?? '';

test('changed rates and codes are counted, other changes and first codes are not', () => {
  assert.equal(
    [...idsToCount(found.changes, kinds)].map(([collection, ids]) => [collection, [...ids]]),
    [
      ['ledger_accounts', ['a']],
      ['tax_rates', ['r']],
    ],
  );
  assert.is(found.changes.length, 5);
});

test('where all was searched, all that use it are told by kind: invoices once, lines each', () => {
  assert.match(
    message('CODE_CHANGED', uses, everything),
    ' 2 products, 1 invoice, 3 payable lines and 1 setting use it;',
  );
  assert.match(message('CODE_CHANGED', uses.slice(2, 4), everything), ' 1 invoice uses it;');
});

test('where all was searched and nothing was found, that is told of what can use it', () => {
  assert.match(
    message('CODE_CHANGED', [], everything),
    'No product, invoice, payable line or setting uses it;',
  );
  assert.match(message('TAX_RATE_CHANGED', [], everything), 'No invoice, payable line or setting uses it;');
});

test('a rate needs no products to be searched', () => {
  const covered = { ...everything, product: false };
  assert.match(message('TAX_RATE_CHANGED', [], covered), 'No invoice');
  assert.not.match(message('CODE_CHANGED', [], covered), 'No invoice');
});

test('where not all was searched, what was found is the least, and the option that counts all is named', () => {
  for (const missing of ['product', 'invoice', 'line_item', 'setting'] as const) {
    const warning = warningOf('CODE_CHANGED', uses.slice(0, 1), { ...everything, [missing]: false });
    assert.match(warning?.message ?? '', 'At least 1 product uses it.');
    assert.match(warning?.hint ?? '', '--impact');
  }
  const none = warningOf('CODE_CHANGED', [], nothing);
  assert.not.match(none?.message ?? '', /use it|uses it/);
  assert.match(none?.hint ?? '', '--impact');
  assert.not.match(warningOf('CODE_CHANGED', uses, everything)?.hint ?? '', '--impact');
});

test('payment records that were pushed are told where they were counted', () => {
  assert.ok(changesPayments(found.changes));
  const first = message('PAYMENTS_ACCOUNT_CHANGED', [], nothing);
  assert.not.match(first, /\d|None/);
  assert.match(message('PAYMENTS_ACCOUNT_CHANGED', [], nothing, 0), 'None was pushed');
  assert.match(message('PAYMENTS_ACCOUNT_CHANGED', [], nothing, 1), /^1 payment record that was /);
  assert.match(message('PAYMENTS_ACCOUNT_CHANGED', [], nothing, 312), /^312 payment records that were /);
});

test('a payments account where there was none is no change of what was pushed', () => {
  const fresh = proposal(
    { settings: { 'ledger_accounts.payments': { code: '1' } } },
    { ...state, settings: {} },
  );
  assert.is(fresh.changes.length, 1);
  assert.not(changesPayments(fresh.changes));
});

test('nothing else in a proposal is touched', () => {
  const { changes, ...rest } = withImpact(found, { uses, covered: everything, pushedPayments: null }, kinds);
  const { changes: before, ...restBefore } = found;
  assert.equal(rest, restBefore);
  const bare = (all: typeof changes) =>
    all.map((change) => ({ ...change, warnings: change.warnings.length }));
  assert.equal(bare(changes), bare(before));
});

test.run();
