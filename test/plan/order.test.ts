import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change } from '../../src/model/plan.ts';
import { order } from '../../src/plan/order.ts';
import { kinds } from './build.ts';

const test = suite('plan/order');

const change = (
  action: Change['action'],
  address: string,
  before: string | null,
  after: string | null,
): Change => {
  const setting = address.startsWith('settings');
  const fields = (value: string | null) =>
    setting ? { ledger_account: value } : value === null ? null : { nominal_code: value };
  return {
    address,
    kind: setting ? 'setting' : 'ledger_account',
    action,
    reason: 'config',
    label: address,
    id: null,
    before: fields(before),
    after: fields(after),
    source: null,
    depends_on: [],
    warnings: [],
  };
};

/** `address: what comes first` in order. */
const rows: readonly [title: string, changes: readonly Change[], expected: readonly string[]][] = [
  [
    'creates and updates come before settings, settings before deletes, otherwise the order stays',
    [
      change('delete', 'd', '9', null),
      change('set', 'settings.x', null, null),
      change('update', 'u', '1', '2'),
      change('create', 'c', null, '3'),
    ],
    ['u: ', 'c: ', 'settings.x: ', 'd: '],
  ],
  [
    'a setting waits for the account that it needs, not for one that is there',
    [
      change('set', 'settings.x', 'old', 'c'),
      change('set', 'settings.y', null, 'u'),
      change('create', 'c', null, '3'),
      change('update', 'u', '1', '2'),
    ],
    ['c: ', 'u: ', 'settings.x: c', 'settings.y: '],
  ],
  [
    'a delete waits for every setting that leaves it',
    [
      change('delete', 'd', '9', null),
      change('set', 'settings.x', 'd', null),
      change('set', 'settings.y', 'd', null),
    ],
    ['settings.x: ', 'settings.y: ', 'd: settings.x settings.y'],
  ],
  [
    'a code is given up before another takes it',
    [change('create', 'c', null, '1'), change('update', 'u', '1', '2')],
    ['u: ', 'c: u'],
  ],
  [
    'every object that has the code gives it up first',
    [change('create', 'c', null, '1'), change('update', 'u', '1', '2'), change('update', 'v', '1', '3')],
    ['u: ', 'v: ', 'c: u v'],
  ],
  [
    'a deleted object gives up its code first when nothing holds it',
    [change('update', 'u', '2', '1'), change('delete', 'd', '1', null)],
    ['d: ', 'u: d'],
  ],
  [
    'a deleted object that a setting must leave first gives up its code when it goes',
    [
      change('update', 'u', '2', '1'),
      change('delete', 'd', '1', null),
      change('set', 'settings.x', 'd', 'u'),
    ],
    ['u: ', 'settings.x: ', 'd: settings.x'],
  ],
  [
    'two codes that are swapped are no deadlock: the first named goes second',
    [change('update', 'a', '1', '2'), change('update', 'b', '2', '1')],
    ['b: ', 'a: b'],
  ],
  [
    'a circle of three is broken in one place',
    [change('update', 'a', '1', '2'), change('update', 'b', '2', '3'), change('update', 'c', '3', '1')],
    ['c: ', 'b: c', 'a: b'],
  ],
  [
    'an update that keeps its code gives up nothing',
    [change('create', 'c', null, '1'), change('update', 'u', '1', '1')],
    ['c: ', 'u: '],
  ],
];
for (const [title, changes, expected] of rows)
  test(title, () =>
    assert.equal(
      order(changes, kinds).map(({ address, depends_on }) => `${address}: ${depends_on.join(' ')}`),
      expected,
    ),
  );

test('codes of different kinds have nothing to do with each other', () => {
  const rate: Change = { ...change('create', 'r', null, null), kind: 'tax_rate', after: { code: '1' } };
  const ordered = order([rate, change('update', 'u', '1', '2')], kinds);
  assert.equal(
    ordered.map(({ address, depends_on }) => [address, ...depends_on]),
    [['r'], ['u']],
  );
});

test('what a key that is to be created once was is given to another key only after it', () => {
  const changes = [change('create', 'a', null, '1'), change('create', 'b', null, '2')];
  const formers = new Map([['b', [{ code: '1' }]]]);
  assert.equal(
    order(changes, kinds, formers).map(({ address, depends_on }) => `${address}: ${depends_on.join(' ')}`),
    ['b: ', 'a: b'],
  );
  const swapped = new Map([...formers, ['a', [{ code: '2' }]]]);
  assert.is(order(changes, kinds, swapped).length, 2);
});

test('a code that must be given up first is, whatever the taker once was', () => {
  const changes = [change('update', 'b', '1', '2'), change('create', 'a', null, '1')];
  for (const each of [changes, [...changes].reverse()])
    assert.equal(
      order(each, kinds, new Map([['a', [{ code: '2' }]]])).map(({ address, depends_on }) => [
        address,
        ...depends_on,
      ]),
      [['b'], ['a', 'b']],
    );
});

test('a name is given up before a key without a code takes it', () => {
  const named = (each: Change, before: string | null, after: string): Change => ({
    ...each,
    before: before === null ? null : { ...each.before, name: before },
    after: { ...(each.after?.nominal_code == null ? {} : each.after), name: after },
  });
  const takes = named(change('create', 'takes', null, null), null, 'Cash');
  const gives = named(change('update', 'gives', '1', '1'), 'Cash', 'Bank');
  const coded = named(change('create', 'coded', null, '2'), null, 'Cash');
  assert.equal(
    order([takes, coded, gives], kinds).map(
      ({ address, depends_on }) => `${address}: ${depends_on.join(' ')}`,
    ),
    ['gives: ', 'takes: gives', 'coded: '],
  );
});

test.run();
