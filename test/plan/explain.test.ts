import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { explain } from '../../src/plan/explain.ts';
import { desired, external, internal, kinds, line, live, origin, payable, product } from './build.ts';

const test = suite('plan/explain');

const file = desired({
  ledger_accounts: {
    income: { nominal_code: '4010', name: 'Income' },
    cash: { nominal_code: '1090', was: { code: '1190' } },
    pinned: { id: 'a3', nominal_code: '7' },
    fresh: { nominal_code: '9' },
  },
  external: { ledger_accounts: { fees: { code: '404' } } },
  settings: { 'ledger_accounts.payments': 'income' },
  products: [
    { rule: 'other', when: { name: ['x*'] }, account: 'cash' },
    { rule: 'hours', when: { name: ['H*'] }, account: 'income' },
    { rule: 'rest', when: {}, account: 'external:fees', overwrite: true },
    { by: { by: 'id', text: 'q' }, account: null },
  ],
  lines: [
    { payable: { by: 'id', text: 'b' }, line: { by: 'name', text: 'Other' }, rate: null },
    { when: { payable: { status: ['paid'] } }, account: 'income' },
  ],
});

const state = live(
  {
    ledger_accounts: [
      internal('a1', { nominal_code: '4010', name: 'Fees' }),
      internal('a2', { nominal_code: '1190', name: 'Cash' }),
      internal('a3', { nominal_code: '7', name: null }),
      internal('a4', { nominal_code: '8', name: 'Spare' }),
      external('x1', { nominal_code: '404', name: 'Bank fees' }),
    ],
  },
  { 'settings.ledger_accounts.payments': 'gone', 'settings.ledger_accounts.products': 'a4' },
  {
    products: [product('p', { name: 'Hour' }), product('q', { ledger_account_id: 'gone' })],
    lines: [line(payable('b'), 'l', { ledger_account_id: 'a4' })],
  },
);

const told = (address: string) => {
  const explanation = explain(file, state, kinds, address);
  if (!explanation) throw new Error(`nothing at ${address}`);
  return explanation;
};
const fieldsOf = (address: string) =>
  told(address).fields.map(({ name, managed, desired: wanted, live: now }) => [name, managed, wanted, now]);

test('a product: the rule that won, and why each of the others did not', () => {
  const { items, origin: winner, fields, change, label, references } = told('assignments.products.p');
  assert.equal(
    items.map(({ rule, verdict, unmet }) => [rule, verdict, unmet]),
    [
      ['other', 'unmet', ['name']],
      ['hours', 'won', []],
      ['rest', 'beaten', []],
      [null, 'unmet', ['product.id']],
    ],
  );
  assert.is(winner?.line, 101);
  assert.is(label, 'Hour');
  assert.equal(
    fields.map(({ desired: wanted, live: now }) => [wanted, now]),
    [['ledger_accounts.income', null]],
  );
  assert.is(change?.action, 'assign');
  assert.equal(Object.keys(references).sort(), [
    'external.ledger_accounts.fees',
    'ledger_accounts.cash',
    'ledger_accounts.income',
  ]);
});

test('a product that an entry names: the entry beats every rule', () => {
  const { items, change, references } = told('assignments.products.q');
  assert.equal(
    items.map(({ verdict }) => verdict),
    ['unmet', 'unmet', 'beaten', 'won'],
  );
  assert.is(change?.action, 'unassign');
  assert.is(references['ledger_accounts[gone]']?.external, null);
});

test('a line that nothing means', () => {
  const { items, origin: winner, change } = told('assignments.line_items.b/l');
  assert.equal(
    items.map(({ verdict, unmet }) => [verdict, unmet]),
    [
      ['unmet', ['line_item.name']],
      ['unmet', ['payable.status']],
    ],
  );
  assert.equal([winner, change], [null, null]);
  assert.equal(fieldsOf('assignments.line_items.b/l'), [
    ['ledger_account', false, null, 'ledger_accounts[a4]'],
    ['tax_rate', false, null, null],
  ]);
});

test('an entry: each field with its value and the live one, and by what it was found', () => {
  assert.equal(
    fieldsOf('ledger_accounts.income').filter(([, managed]) => managed),
    [
      ['name', true, 'Income', 'Fees'],
      ['nominal_code', true, '4010', '4010'],
    ],
  );
  const { origin: declared, found_by, live: object, change } = told('ledger_accounts.income');
  assert.equal(
    [declared, found_by, object?.id, change?.action],
    [origin, 'nominal_code: "4010"', 'a1', 'update'],
  );
  assert.is(told('ledger_accounts.cash').found_by, 'was nominal_code: "1190"');
  assert.is(told('ledger_accounts.pinned').found_by, 'id: a3');
  const fresh = told('ledger_accounts.fresh');
  assert.equal([fresh.live, fresh.found_by, fresh.change?.action], [null, null, 'create']);
});

test('a look-up, a setting that is stated, one that is not, and an object without a key', () => {
  const fees = told('external.ledger_accounts.fees');
  assert.equal([fees.type, fees.live?.id, fees.live?.external, fees.change], ['external', 'x1', true, null]);
  assert.equal(fieldsOf('settings.ledger_accounts.payments'), [
    ['ledger_account', true, 'ledger_accounts.income', 'ledger_accounts[gone]'],
  ]);
  assert.equal(fieldsOf('settings.ledger_accounts.products'), [
    ['ledger_account', false, null, 'ledger_accounts[a4]'],
  ]);
  assert.is(told('settings.ledger_accounts.products').references['ledger_accounts[a4]']?.name, 'Spare');
  const spare = told('ledger_accounts[a4]');
  assert.equal([spare.type, spare.origin, spare.label], ['unkeyed', null, '8 Spare']);
});

const lower = (at: number) => ({ file: 'base.yaml', line: at, column: 5 });

test('what lower layers state stands below the value that hides it', () => {
  const layered = {
    ...file,
    entries: file.entries.map((entry) =>
      entry.key === 'income'
        ? {
            ...entry,
            hidden: {
              id: [{ value: 'a9', origin: lower(1) }],
              name: [
                { value: 'Fees', origin: lower(2) },
                { value: null, origin: lower(3) },
              ],
              description: [{ value: 'Dropped', origin: lower(4) }],
            },
            drops: [lower(5)],
          }
        : entry,
    ),
    externals: file.externals.map((entry) => ({
      ...entry,
      hidden: [
        { value: { name: 'Fees' }, origin: lower(6) },
        { value: null, origin: lower(7) },
      ],
    })),
    settings: file.settings.map((setting) => ({
      ...setting,
      hidden: [
        {
          value: { type: 'lookup', collection: 'ledger_accounts', identity: { code: '8' } } as const,
          origin: lower(8),
        },
        {
          value: { type: 'lookup', collection: 'ledger_accounts', identity: { code: '0' } } as const,
          origin: lower(9),
        },
        { value: { type: 'key', address: 'ledger_accounts.gone' } as const, origin: lower(10) },
        { value: { type: 'key', address: 'external.ledger_accounts.fees' } as const, origin: lower(11) },
        { value: null, origin: lower(12) },
      ],
    })),
  };
  const entry = explain(layered, state, kinds, 'ledger_accounts.income');
  assert.equal(
    entry?.fields.flatMap(({ hidden, managed, name }) =>
      hidden.map(({ value, origin: { line: at } }) => [name, managed, value, at]),
    ),
    [
      ['id', false, 'a9', 1],
      ['name', true, 'Fees', 2],
      ['name', true, null, 3],
      ['description', false, 'Dropped', 4],
    ],
  );
  assert.equal(entry?.hidden, [{ value: null, origin: lower(5) }]);
  assert.is(entry?.change?.action, 'update');
  const fees = explain(layered, state, kinds, 'external.ledger_accounts.fees');
  assert.is(fees?.look_up, 'nominal_code: "404"');
  assert.equal(fees?.hidden, [
    { value: 'name: "Fees"', origin: lower(6) },
    { value: null, origin: lower(7) },
  ]);
  const payments = explain(layered, state, kinds, 'settings.ledger_accounts.payments');
  assert.equal(
    payments?.fields[0]?.hidden.map(({ value }) => value),
    [
      'ledger_accounts[a4]',
      'nominal_code: "0"',
      'ledger_accounts.gone',
      'external.ledger_accounts.fees',
      null,
    ],
  );
  assert.is(payments?.references['ledger_accounts[a4]']?.name, 'Spare');
  assert.equal(payments?.problems, []);
});

test('nothing is told of what is not there, and an object with a key has no other address', () => {
  for (const address of ['ledger_accounts.none', 'assignments.products.none', 'ledger_accounts[a1]', 'x'])
    assert.is(explain(file, state, kinds, address), null);
});

test.run();
