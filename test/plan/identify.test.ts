import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { propose } from '../../src/plan/propose.ts';
import { codes, desired, external, inShort, internal, kinds, live } from './build.ts';

const test = suite('plan/identify');

const account = (id: string, code: string | null, name: string | null = null) =>
  internal(id, { nominal_code: code, name, description: null });

type File = Parameters<typeof desired>[0];
type Accounts = NonNullable<File['ledger_accounts']>;

interface Row {
  readonly title: string;
  readonly accounts: Accounts;
  readonly live: readonly ReturnType<typeof internal>[];
  readonly more?: File;
  /** `update ledger_accounts.a = id`; what is found and does not differ is left out. */
  readonly changes?: readonly string[];
  /** `a = id` */
  readonly found?: readonly string[];
  readonly errors?: readonly string[];
  readonly warnings?: readonly string[];
}

const rows: readonly Row[] = [
  {
    title: 'a code finds its object whatever white space surrounds it',
    accounts: { a: { nominal_code: '4010' } },
    live: [account('1', ' 4010 ')],
    found: ['a = 1'],
  },
  {
    title: 'a code is compared in one Unicode form',
    accounts: { a: { nominal_code: 'é' } },
    live: [account('1', 'e\u0301')],
    found: ['a = 1'],
  },
  {
    title: 'leading zeros are a difference',
    accounts: { a: { nominal_code: '0400' } },
    live: [account('1', '400')],
    changes: ['create ledger_accounts.a'],
  },
  {
    title: 'the name of an entry with a code finds nothing',
    accounts: { a: { nominal_code: '1', name: 'Cash' } },
    live: [account('1', '2', 'Cash')],
    changes: ['create ledger_accounts.a'],
  },
  {
    title: 'an entry without a code is found by its exact name',
    accounts: { a: { name: 'Cash' } },
    live: [account('1', '2', 'Cash '), account('2', '3', 'cash')],
    found: ['a = 1'],
  },
  {
    title: 'a code that the file clears does not identify, the name does',
    accounts: { a: { nominal_code: null, name: 'Cash' } },
    live: [account('1', '2', 'Cash')],
    changes: ['update ledger_accounts.a = 1'],
    found: ['a = 1'],
  },
  {
    title: 'an id decides alone, whatever else has the code',
    accounts: { a: { id: '2', nominal_code: '4010' } },
    live: [account('1', '4010'), account('2', '9')],
    changes: ['update ledger_accounts.a = 2'],
    found: ['a = 2'],
  },
  {
    title: 'an id that no object has is an error',
    accounts: { a: { id: '3', nominal_code: '4010' } },
    live: [account('1', '4010')],
    errors: ['ID_NOT_FOUND'],
  },
  {
    title: 'an id of an external object is an error',
    accounts: { a: { id: '3', nominal_code: '4010' } },
    live: [external('3', { nominal_code: '4010' })],
    errors: ['ID_EXTERNAL'],
  },
  {
    title: 'an external object with the code is not found, and a create beside it says so',
    accounts: { a: { nominal_code: '4010' } },
    live: [external('3', { nominal_code: '4010' })],
    changes: ['create ledger_accounts.a'],
  },
  {
    title: 'two objects with one code are an error',
    accounts: { a: { nominal_code: '4010' } },
    live: [account('1', '4010'), account('2', '4010 ')],
    errors: ['IDENTITY_AMBIGUOUS'],
  },
  {
    title: 'two objects that a former identity finds are an error',
    accounts: { a: { nominal_code: '4010', was: { code: '1' } } },
    live: [account('1', '1'), account('2', '1')],
    errors: ['IDENTITY_AMBIGUOUS'],
  },
  {
    title: 'an id settles which of two objects is meant',
    accounts: { a: { id: '2', nominal_code: '4010' } },
    live: [account('1', '4010'), account('2', '4010')],
    found: ['a = 2'],
  },
  {
    title: 'two keys with one object are an error',
    accounts: { a: { nominal_code: '4010' }, b: { id: '1', name: 'Cash' } },
    live: [account('1', '4010', 'Cash')],
    errors: ['IDENTITY_SHARED'],
  },
  {
    title: 'two keys that were the same object are an error',
    accounts: { a: { nominal_code: '2', was: { code: '1' } }, b: { nominal_code: '3', was: { code: '1' } } },
    live: [account('1', '1')],
    errors: ['IDENTITY_SHARED'],
  },
  {
    title: 'a former code finds what the own code does not',
    accounts: { a: { nominal_code: '1090', was: { code: '1190' } } },
    live: [account('1', '1190')],
    changes: ['update ledger_accounts.a = 1'],
    found: ['a = 1'],
  },
  {
    title: 'a former name finds what the own code does not',
    accounts: { a: { nominal_code: '1090', was: { name: 'Cash' } } },
    live: [account('1', null, 'Cash')],
    changes: ['update ledger_accounts.a = 1'],
    found: ['a = 1'],
  },
  {
    title:
      'a former identity is not asked when the own code finds its object, and what it finds is left alone',
    accounts: { a: { nominal_code: '2', was: { code: '1' } } },
    live: [account('1', '1'), account('2', '2')],
    found: ['a = 2'],
    warnings: ['FORMER_IDENTITY_LEFT'],
  },
  {
    title: 'what a former identity finds beside the own one is not pruned either',
    accounts: { a: { nominal_code: '2', was: { code: '1' } } },
    live: [account('1', '1'), account('2', '2'), account('3', '3')],
    more: { policy: { prune: 'all' } },
    changes: ['delete ledger_accounts[3] = 3'],
    found: ['a = 2'],
    warnings: ['FORMER_IDENTITY_LEFT', 'IN_USE_NOT_READ'],
  },
  {
    title: 'what a former identity finds and `removed` names is deleted without a warning',
    accounts: { a: { nominal_code: '2', was: { code: '1' } } },
    live: [account('1', '1'), account('2', '2')],
    more: { removed: { ledger_accounts: [{ code: '1' }] } },
    changes: ['delete ledger_accounts[1] = 1'],
    found: ['a = 2'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'a chain of renames moves every key one step, and the code that is taken is given up first',
    accounts: {
      a: { nominal_code: '2', was: { code: '1' } },
      b: { nominal_code: '3', was: { code: '2' } },
    },
    live: [account('1', '1'), account('2', '2')],
    changes: ['update ledger_accounts.b = 2', 'update ledger_accounts.a = 1'],
    found: ['a = 1', 'b = 2'],
  },
  {
    title: 'a chain of renames that is done stays',
    accounts: {
      a: { nominal_code: '2', was: { code: '1' } },
      b: { nominal_code: '3', was: { code: '2' } },
    },
    live: [account('1', '2'), account('2', '3')],
    found: ['a = 1', 'b = 2'],
  },
  {
    title: 'a new entry may take the code that a rename gives up',
    accounts: { a: { nominal_code: '2' }, b: { nominal_code: '3', was: { code: '2' } } },
    live: [account('2', '2')],
    changes: ['update ledger_accounts.b = 2', 'create ledger_accounts.a'],
    found: ['b = 2'],
  },
  {
    title: 'a full swap with `was` on both sides stays with own identities and becomes updates',
    accounts: {
      a: { nominal_code: '2', name: 'A', was: { code: '1' } },
      b: { nominal_code: '1', name: 'B', was: { code: '2' } },
    },
    live: [account('1', '1', 'A'), account('2', '2', 'B')],
    changes: ['update ledger_accounts.a = 2', 'update ledger_accounts.b = 1'],
    found: ['a = 2', 'b = 1'],
  },
  {
    title: 'two codes are swapped by pinned ids',
    accounts: { a: { id: '1', nominal_code: '2' }, b: { id: '2', nominal_code: '1' } },
    live: [account('1', '1'), account('2', '2')],
    changes: ['update ledger_accounts.b = 2', 'update ledger_accounts.a = 1'],
    found: ['a = 1', 'b = 2'],
  },
  {
    title: 'a code that an unmanaged object has but for case is an error, not a twin',
    accounts: { a: { nominal_code: 'ab1' } },
    live: [account('1', 'AB1')],
    errors: ['IDENTITY_NEAR'],
  },
  {
    title: 'a code that an unmanaged object has but for inner white space is an error',
    accounts: { a: { nominal_code: 'ab1' } },
    live: [account('1', 'ab 1')],
    errors: ['IDENTITY_NEAR'],
  },
  {
    title: 'a code that `prune: all` would delete and create anew every night is an error',
    accounts: { a: { nominal_code: 'ab1' } },
    live: [account('1', 'AB1')],
    more: { policy: { prune: 'all' } },
    errors: ['IDENTITY_NEAR'],
  },
  {
    title: 'a near code that another key manages is no error',
    accounts: { a: { nominal_code: 'ab1' }, b: { nominal_code: 'AB1' } },
    live: [account('1', 'AB1')],
    changes: ['create ledger_accounts.a'],
    found: ['b = 1'],
  },
  {
    title: 'a near code that `removed` names is no error',
    accounts: { a: { nominal_code: 'ab1' } },
    live: [account('1', 'AB1')],
    more: { removed: { ledger_accounts: [{ code: 'AB1' }] } },
    changes: ['create ledger_accounts.a', 'delete ledger_accounts[1] = 1'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'a plan that gives a second object the name by which a key finds its own is an error',
    accounts: { a: { name: 'Cash' }, b: { nominal_code: '1', name: 'Cash' } },
    live: [account('1', '1', 'Bank'), account('2', null, 'Cash')],
    errors: ['IDENTITY_AMBIGUOUS'],
  },
  {
    title: 'a plan that gives an object the name that `removed` forbids is an error',
    accounts: { b: { nominal_code: '1', name: 'Cash' } },
    live: [account('1', '1', 'Bank')],
    more: { removed: { ledger_accounts: [{ name: 'Cash' }] } },
    errors: ['REMOVED_AND_DECLARED'],
  },
];

for (const row of rows)
  test(row.title, () => {
    for (const objects of [row.live, [...row.live].reverse()]) {
      const file = desired({ ledger_accounts: row.accounts, ...row.more });
      const proposed = propose(file, live({ ledger_accounts: objects }), kinds);
      assert.equal(codes(proposed.problems), row.errors ?? []);
      if (row.errors) continue;
      const changes = proposed.changes.map(
        ({ id }, at) => `${inShort(proposed.changes)[at]}${id ? ` = ${id}` : ''}`,
      );
      assert.equal(changes, row.changes ?? []);
      const found = [...proposed.managed].map(([id, address]) => `${address.split('.')[1]} = ${id}`).sort();
      assert.equal(found, row.found ?? []);
      assert.equal(codes(proposed.warnings), row.warnings ?? []);
    }
  });

test('a tax code is compared without its case', () => {
  const file = desired({ tax_rates: { a: { code: 'red_tax', name: 'Reduced' } } });
  const state = live({ tax_rates: [internal('1', { code: 'RED_TAX', name: 'Reduced' })] });
  const proposed = propose(file, state, kinds);
  assert.equal(proposed.changes, []);
  assert.equal([...proposed.managed], [['1', 'tax_rates.a']]);
});

test('an ambiguous identity lists the ids and says how to pin one', () => {
  const file = desired({ ledger_accounts: { a: { nominal_code: '4010' } } });
  const state = live({ ledger_accounts: [account('first', '4010'), account('second', '4010')] });
  const [problem] = propose(file, state, kinds).problems;
  assert.match(problem?.message ?? '', /first.*second/);
  assert.match(problem?.hint ?? '', /id: first/);
});

test('a near code names the id and what to write', () => {
  const file = desired({ ledger_accounts: { a: { nominal_code: 'ab1' } } });
  const [problem] = propose(file, live({ ledger_accounts: [account('first', 'AB1')] }), kinds).problems;
  assert.match(problem?.message ?? '', /first/);
  assert.match(problem?.hint ?? '', /nominal_code: "AB1".*id: first/);
});

test('an object that a list delivered twice is one object', () => {
  const file = desired({ ledger_accounts: { a: { nominal_code: '1' } } });
  const state = live({ ledger_accounts: [account('1', '1'), account('1', '1')] });
  assert.equal(propose(file, state, kinds).problems, []);
});

test('a thousand accounts are renumbered by ten in one chain, each code given up before it is taken', () => {
  const accounts = Object.fromEntries(
    Array.from({ length: 1000 }, (_, at) => [
      `a${at}`,
      { nominal_code: String(at * 10 + 10), was: { code: String(at * 10) } },
    ]),
  );
  const state = live({
    ledger_accounts: Array.from({ length: 1000 }, (_, at) => account(`i${at}`, String(at * 10))),
  });
  const { changes, problems } = propose(desired({ ledger_accounts: accounts }), state, kinds);
  assert.equal(problems, []);
  assert.equal(
    changes.map(({ id }) => id),
    Array.from({ length: 1000 }, (_, at) => `i${999 - at}`),
  );
});

test.run();
