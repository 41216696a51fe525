import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Stop } from '../../src/model/problem.ts';
import { propose } from '../../src/plan/propose.ts';
import { limit, narrow } from '../../src/plan/target.ts';
import { codes, desired, inShort, internal, kinds, live } from './build.ts';

const test = suite('plan/target');

const file = desired({
  ledger_accounts: {
    cash: { nominal_code: '1090', name: 'Cash' },
    income: { nominal_code: '4010' },
    same: { nominal_code: '5000' },
  },
  tax_rates: { red: { code: 'RED' } },
  removed: { ledger_accounts: [{ code: '1180' }] },
  settings: { 'ledger_accounts.payments': 'income', 'ledger_accounts.products': null },
  policy: { prune: 'removed' },
});
const state = live(
  {
    ledger_accounts: [
      internal('1', { nominal_code: '1090', name: 'Box' }),
      internal('2', { nominal_code: '1180', name: 'Old' }),
      internal('3', { nominal_code: '5000', name: null }),
      internal('4', { nominal_code: '6000', name: null }),
    ],
  },
  { 'settings.ledger_accounts.payments': '2', 'settings.ledger_accounts.products': '1' },
);
const whole = propose(file, state, kinds);

const rows: readonly [title: string, targets: readonly string[], changes: readonly string[]][] = [
  ['without a target everything stays', [], inShort(whole.changes)],
  ['a target brings nothing but itself', ['tax_rates.red'], ['create tax_rates.red']],
  [
    'a setting brings the account that it needs',
    ['settings.ledger_accounts.payments'],
    ['create ledger_accounts.income', 'set settings.ledger_accounts.payments'],
  ],
  [
    'a delete brings what frees its object, and what that needs',
    ['ledger_accounts[2]'],
    ['create ledger_accounts.income', 'set settings.ledger_accounts.payments', 'delete ledger_accounts[2]'],
  ],
  ['a target without a change is no error', ['ledger_accounts.same'], []],
  ['an unmanaged object is a target', ['ledger_accounts[4]'], []],
];
for (const [title, targets, changes] of rows)
  test(title, () => assert.equal(inShort(limit(whole, targets, file, state, kinds).changes), changes));

test('a limited plan mentions only what its changes mention', () => {
  assert.equal(limit(whole, ['tax_rates.red'], file, state, kinds).references, {});
  assert.equal(
    Object.keys(limit(whole, ['settings.ledger_accounts.payments'], file, state, kinds).references),
    ['ledger_accounts[2]'],
  );
});

test('a plan without its deletes does not speak of deletes', () => {
  assert.equal(codes(whole.warnings), ['PRUNE_WITHOUT_BASE', 'IN_USE_NOT_READ']);
  assert.equal(codes(limit(whole, ['tax_rates.red'], file, state, kinds).warnings), ['PRUNE_WITHOUT_BASE']);
});

const narrowed: readonly [
  title: string,
  targets: readonly string[],
  entries: readonly string[],
  settings: number,
][] = [
  ['no target leaves the whole file', [], ['cash', 'income', 'same', 'red'], 2],
  ['a rate needs no account and no setting', ['tax_rates.red'], ['red'], 0],
  ['an external account needs accounts', ['external.ledger_accounts.x'], ['cash', 'income', 'same'], 0],
  [
    'a setting needs its collection and no other setting',
    ['settings.ledger_accounts.payments'],
    ['cash', 'income', 'same'],
    1,
  ],
  ['what is deleted may wait for settings', ['ledger_accounts[2]'], ['cash', 'income', 'same'], 2],
  ['nonsense needs nothing', ['nonsense'], [], 0],
];
for (const [title, targets, entries, settings] of narrowed)
  test(`${title} when the file is narrowed`, () => {
    const part = narrow(file, targets, kinds);
    assert.equal(
      part.entries.map(({ key }) => key),
      entries,
    );
    assert.is(part.settings.length, settings);
  });

test('a narrowed file leads to the same changes', () => {
  for (const [, targets, changes] of rows)
    assert.equal(
      inShort(
        limit(propose(narrow(file, targets, kinds), state, kinds), targets, file, state, kinds).changes,
      ),
      changes,
    );
});

test('every unknown target is an error that names near ones', () => {
  try {
    limit(whole, ['tax_rates.rad', 'tax_rates.red', 'nonsense'], file, state, kinds);
    assert.unreachable();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    assert.is(error.exitCode, 3);
    assert.equal(codes(error.problems), ['TARGET_UNKNOWN', 'TARGET_UNKNOWN']);
    assert.match(error.problems[0]?.hint ?? '', /tax_rates\.red/);
  }
});

test.run();
