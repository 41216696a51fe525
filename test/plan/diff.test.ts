import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { propose } from '../../src/plan/propose.ts';
import { codes, desired, external, inShort, internal, kinds, live, origin, proposal } from './build.ts';

const test = suite('plan: what differs');

const account = (id: string, fields: Record<string, string | null>) =>
  internal(id, { name: null, nominal_code: null, description: null, ...fields });

test('a create has what the file states and no nulls', () => {
  const { changes } = proposal(
    { ledger_accounts: { a: { nominal_code: '1', name: 'Cash', description: null } } },
    live({}),
  );
  assert.equal(changes, [
    {
      address: 'ledger_accounts.a',
      kind: 'ledger_account',
      action: 'create',
      reason: 'config',
      label: '1 Cash',
      id: null,
      before: null,
      after: { name: 'Cash', nominal_code: '1' },
      source: { ...origin, rule: null },
      depends_on: [],
      warnings: [],
    },
  ]);
});

test('an update shows every field that the file states, and no other', () => {
  const state = live({
    ledger_accounts: [account('1', { nominal_code: '1', name: 'Cash', description: 'old' })],
  });
  const [change] = proposal({ ledger_accounts: { a: { nominal_code: '1', name: 'Bank' } } }, state).changes;
  assert.equal(change?.before, { name: 'Cash', nominal_code: '1' });
  assert.equal(change?.after, { name: 'Bank', nominal_code: '1' });
  assert.is(change?.id, '1');
});

test('a null in the file clears what is there', () => {
  const state = live({ ledger_accounts: [account('1', { nominal_code: '1', description: 'old' })] });
  const [change] = proposal(
    { ledger_accounts: { a: { nominal_code: '1', description: null } } },
    state,
  ).changes;
  assert.equal(change?.after, { nominal_code: '1', description: null });
});

test('a delete shows every field of the object under its own address', () => {
  const state = live({ ledger_accounts: [account('1', { nominal_code: '1 ', name: 'Cash' })] });
  const [change] = proposal({ removed: { ledger_accounts: [{ code: '1' }] } }, state).changes;
  assert.equal(
    [change?.address, change?.label, change?.reason, change?.before, change?.after],
    ['ledger_accounts[1]', '1 Cash', 'config', { name: 'Cash', nominal_code: '1', description: null }, null],
  );
});

const same: readonly [
  title: string,
  file: Record<string, string | null>,
  live: Record<string, string | null>,
][] = [
  ['a field that the file leaves out', { code: 'A' }, { code: 'A', description: 'theirs' }],
  ['surrounding white space', { code: 'A', name: 'Cash' }, { code: ' A ', name: '\tCash\n' }],
  ['the case of a tax code', { code: 'red' }, { code: 'RED' }],
  ['line endings', { code: 'A', description: 'x\ny' }, { code: 'A', description: 'x\r\ny' }],
  ['empty against null', { code: 'A', description: null }, { code: 'A', description: '' }],
  [
    'the form of a percentage',
    { code: 'A', effective_tax_rate: '20%' },
    { code: 'A', effective_tax_rate: '20.00%' },
  ],
];
for (const [title, fields, stored] of same)
  test(`${title} is no difference`, () => {
    const { changes, unchanged } = proposal(
      { tax_rates: { a: fields } },
      live({ tax_rates: [internal('1', stored)] }),
    );
    assert.equal(changes, []);
    assert.equal(unchanged, ['tax_rates.a']);
  });

const three = [
  account('1', { nominal_code: '10', name: 'Kept' }),
  account('2', { nominal_code: '20', name: 'Twin' }),
  account('3', { nominal_code: '30', name: 'Twin' }),
];
type File = Parameters<typeof desired>[0];
const kept = { k: { nominal_code: '10' } };

const removals: readonly {
  title: string;
  file: File;
  changes?: readonly string[];
  unmanaged?: readonly string[];
  errors?: readonly string[];
  warnings?: readonly string[];
}[] = [
  {
    title: 'nothing is deleted by default: what no key finds is listed',
    file: { ledger_accounts: kept },
    unmanaged: ['20', '30'],
  },
  {
    title: '`prune: removed` without a base deletes nothing and says so',
    file: { ledger_accounts: kept, policy: { prune: 'removed' } },
    unmanaged: ['20', '30'],
    warnings: ['PRUNE_WITHOUT_BASE'],
  },
  {
    title: '`prune: all` deletes what no key finds',
    file: { ledger_accounts: kept, policy: { prune: 'all' } },
    changes: ['delete ledger_accounts[2]', 'delete ledger_accounts[3]'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: '`prune: all` leaves a kind alone that has no section in the file',
    file: { tax_rates: {}, policy: { prune: 'all' } },
  },
  {
    title: '`prune: all` with an empty section deletes everything internal of that kind',
    file: { ledger_accounts: {}, policy: { prune: 'all' } },
    changes: ['delete ledger_accounts[1]', 'delete ledger_accounts[2]', 'delete ledger_accounts[3]'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: '`removed` deletes by code and by id, whatever prune says, and once',
    file: { removed: { ledger_accounts: [{ code: '20' }, { id: '3' }, { id: '2' }] } },
    changes: ['delete ledger_accounts[2]', 'delete ledger_accounts[3]'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'what `removed` names and is gone already is fine',
    file: { removed: { ledger_accounts: [{ code: '99' }, { id: '99' }] } },
  },
  {
    title: '`removed` that finds several must say which',
    file: { removed: { ledger_accounts: [{ name: 'Twin' }] } },
    errors: ['IDENTITY_AMBIGUOUS'],
  },
  {
    title: '`removed` never deletes an external object',
    file: { removed: { ledger_accounts: [{ id: 'x' }] } },
    errors: ['ID_EXTERNAL'],
  },
  {
    title: '`removed` sees no external object by its code',
    file: { removed: { ledger_accounts: [{ code: '99x' }] } },
  },
  {
    title: '`removed` of an object that a key finds is a contradiction',
    file: { ledger_accounts: kept, removed: { ledger_accounts: [{ name: 'Kept' }] } },
    errors: ['REMOVED_AND_DECLARED'],
  },
  {
    title: '`removed` of an id that a key finds is a contradiction',
    file: { ledger_accounts: kept, removed: { ledger_accounts: [{ id: '1' }] } },
    errors: ['REMOVED_AND_DECLARED'],
  },
  {
    title: '`removed` of the code that a rename gives up is done by the rename',
    file: {
      ledger_accounts: { k: { nominal_code: '11', was: { code: '10' } } },
      removed: { ledger_accounts: [{ code: '10' }] },
    },
    changes: ['update ledger_accounts.k'],
    unmanaged: ['20', '30'],
  },
];
for (const row of removals)
  test(row.title, () => {
    const state = live({ ledger_accounts: [...three, external('x', { nominal_code: '99x' })] });
    const proposed = propose(desired(row.file), state, kinds);
    assert.equal(codes(proposed.problems), row.errors ?? []);
    if (row.errors) return;
    assert.equal(inShort(proposed.changes), row.changes ?? []);
    assert.equal(
      proposed.unmanaged.map(({ code }) => code),
      row.unmanaged ?? [],
    );
    assert.equal(
      codes(proposed.warnings).filter((code) => code !== 'EXTERNAL_MISSING'),
      row.warnings ?? [],
    );
  });

test('a pruned object says so, and has no place in the file', () => {
  const [change] = proposal(
    { ledger_accounts: {}, policy: { prune: 'all' } },
    live({ ledger_accounts: three }),
  ).changes;
  assert.equal([change?.reason, change?.source], ['prune', null]);
});

const warned: readonly [title: string, file: File, code: string, at: string][] = [
  [
    'creating an internal object with the code of an external one proposes `external`',
    { ledger_accounts: { fees: { nominal_code: '404' } } },
    'EXTERNAL_HAS_CODE',
    'ledger_accounts.fees',
  ],
  [
    'a changed rate may change documents',
    { tax_rates: { r: { code: 'RED', effective_tax_rate: '8%' } } },
    'TAX_RATE_CHANGED',
    'tax_rates.r',
  ],
  [
    'a rate that a new object does not state is shown as 0% by the service',
    { tax_rates: { n: { code: 'NEW' } } },
    'RATE_NOT_STATED',
    'tax_rates.n',
  ],
  [
    'a changed tax code may change documents',
    { tax_rates: { r: { code: 'LOW', was: { code: 'RED' } } } },
    'TAX_RATE_CHANGED',
    'tax_rates.r',
  ],
  [
    'an account that gets another code keeps its documents, and they get the code',
    { ledger_accounts: { k: { nominal_code: '11', was: { code: '10' } } } },
    'CODE_CHANGED',
    'ledger_accounts.k',
  ],
  [
    'a delete and a create of one name look like a rename',
    { ledger_accounts: { k: { nominal_code: '11', name: 'Kept' } }, policy: { prune: 'all' } },
    'RENAME_SUSPECTED',
    'ledger_accounts.k',
  ],
  [
    'a create with the name of an object that no key finds looks like a rename',
    { ledger_accounts: { k: { nominal_code: '11', name: 'kept' } } },
    'RENAME_SUSPECTED',
    'ledger_accounts.k',
  ],
  [
    'another payments account does not touch what was pushed',
    { settings: { 'ledger_accounts.payments': { code: '404' } } },
    'PAYMENTS_ACCOUNT_CHANGED',
    'settings.ledger_accounts.payments',
  ],
];
const rich = live(
  {
    ledger_accounts: [...three, external('x', { nominal_code: '404', name: 'Fees' })],
    tax_rates: [internal('t', { code: 'RED', effective_tax_rate: '7%', name: 'Reduced' })],
  },
  { 'settings.ledger_accounts.payments': '1' },
);
for (const [title, file, code, at] of warned)
  test(title, () => {
    const change = proposal(file, rich).changes.find(({ address }) => address === at);
    assert.equal(codes(change?.warnings ?? []), [code]);
    assert.equal(
      change?.warnings.map(({ severity, address }) => [severity, address]),
      [['warning', at]],
    );
  });

const unwarned: readonly [title: string, file: File, at: string][] = [
  [
    'a changed name of an account changes no code',
    { ledger_accounts: { k: { nominal_code: '10', name: 'Other' } } },
    'ledger_accounts.k',
  ],
  [
    'a changed description of a rate changes no document',
    { tax_rates: { r: { code: 'red', description: 'x' } } },
    'tax_rates.r',
  ],
  [
    'another products account needs no warning',
    { settings: { 'ledger_accounts.products': { code: '404' } } },
    'settings.ledger_accounts.products',
  ],
  [
    'a name that is deleted twice proves no rename',
    { ledger_accounts: { k: { nominal_code: '11', name: 'Twin' } }, policy: { prune: 'all' } },
    'ledger_accounts.k',
  ],
  [
    'a name that two objects without a key have proves no rename',
    { ledger_accounts: { k: { nominal_code: '11', name: 'Twin' } } },
    'ledger_accounts.k',
  ],
  [
    'the name of an object that a key finds proves no rename',
    { ledger_accounts: { k: { nominal_code: '11', name: 'Kept' }, other: { nominal_code: '10' } } },
    'ledger_accounts.k',
  ],
  [
    'a name that two creates have proves no rename',
    { ledger_accounts: { k: { nominal_code: '11', name: 'Kept' }, l: { nominal_code: '12', name: 'Kept' } } },
    'ledger_accounts.k',
  ],
];
for (const [title, file, at] of unwarned)
  test(title, () => {
    const change = proposal(file, rich).changes.find(({ address }) => address === at);
    assert.equal(change?.warnings, []);
  });

for (const prune of ['all', 'never'] as const)
  test(`a suspected rename comes with the line to add, with \`prune: ${prune}\``, () => {
    const file: File = { ledger_accounts: { k: { nominal_code: '11', name: 'Kept' } }, policy: { prune } };
    const change = proposal(file, rich).changes.find(({ action }) => action === 'create');
    assert.match(change?.warnings[0]?.message ?? '', /was: \{ nominal_code: "10" \}/);
  });

test('asking about a collection that was not read is a bug, not an empty collection', () => {
  const notRead = { collections: new Map(), settings: null };
  assert.throws(() => propose(desired({ ledger_accounts: {} }), notRead, kinds), /not read/);
  assert.throws(
    () => propose(desired({ removed: { tax_rates: [{ code: 'A' }] } }), notRead, kinds),
    /not read/,
  );
  const externals = {
    collections: new Map([['ledger_accounts', { scope: 'external' as const, objects: [] }]]),
    settings: null,
  };
  assert.throws(() => propose(desired({ ledger_accounts: {} }), externals, kinds), /not read/);
  const cleared = desired({ settings: { 'ledger_accounts.payments': null } });
  assert.throws(() => propose(cleared, { ...externals, settings: {} }, kinds), /not read/);
  assert.throws(() => propose(cleared, { ...live({}), settings: null }, kinds), /not read/);
});

test.run();
