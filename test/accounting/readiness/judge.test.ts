import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { line, payable, product } from '../../plan/build.ts';
import {
  accounts,
  connection,
  deductions,
  gapIn,
  gapsInShort,
  invoice,
  payments,
  products,
  readinessOf,
  record,
  typesInShort,
} from './readiness-world.ts';

const test = suite('readiness');

type World = Parameters<typeof readinessOf>[0];

const bill = payable('b1');
const other = payable('b2', { counterpart_name: 'Amazon', status: 'waiting_to_be_paid' });
const coded = { ledger_account_id: 'x-sales', tax: 2000 };

/** What each world lacks, and which types are kept back by it. */
const rows: Readonly<Record<string, readonly [world: World, gaps: readonly string[], notReady: string]>> = {
  'nothing, where everything is there': [
    { lines: [line(bill, 'l1', coded)], products: [product('p1', { ledger_account_id: 'x-sales' })] },
    [],
    '',
  ],
  'a connection': [{ connections: [] }, ['blocks CONNECTION_NONE 0'], 'bills invoices payments products'],
  'an active connection': [
    { connections: [connection({ status: 'deauthorized' })] },
    ['blocks CONNECTION_UNAUTHORIZED 1'],
    'bills invoices payments products',
  ],
  'a connection that is not ended': [
    { connections: [connection({ status: 'disconnected' })] },
    ['blocks CONNECTION_NONE 1'],
    'bills invoices payments products',
  ],
  'an authorised connection': [
    { connections: [connection({ status: 'pending_auth', last_pull: null })] },
    ['blocks CONNECTION_UNAUTHORIZED 1'],
    'bills invoices payments products',
  ],
  'one connection of two that are active': [
    { connections: [connection(), connection({ id: 'c2' })] },
    ['warns CONNECTION_SEVERAL 2'],
    '',
  ],
  'a first pull': [
    { connections: [connection({ last_pull: null })] },
    ['blocks CONNECTION_NOT_PULLED 0'],
    'bills invoices payments products',
  ],
  'a pull of the last hour and a half': [
    { connections: [connection({ last_pull: '2026-02-01T10:29:59Z' })] },
    ['warns PULL_OVERDUE 0'],
    '',
  ],
  'a pull whose time can be read': [
    { connections: [connection({ last_pull: 'yesterday' })] },
    ['warns PULL_OVERDUE 0'],
    '',
  ],
  'nothing, with a pull just young enough': [
    { connections: [connection({ last_pull: '2026-02-01T10:30:00Z' })] },
    [],
    '',
  ],
  'a connection without errors': [
    { connections: [connection({ errors: ['Token is about to expire.', 'Slow.'] })] },
    ['warns CONNECTION_ERRORS 2'],
    '',
  ],
  'accounts of lines': [
    { lines: [line(bill, 'l1'), line(bill, 'l2', coded), line(other, 'l3')] },
    ['blocks LINE_WITHOUT_ACCOUNT 2'],
    'bills',
  ],
  'an account of a product, and so of the invoice that names it': [
    { products: [product('p1')], invoices: [invoice('1', [{ product_id: 'p1' }])] },
    ['blocks PRODUCT_WITHOUT_ACCOUNT 1'],
    'invoices products',
  ],
  'nothing, where the setting covers a product': [
    {
      products: [product('p1')],
      invoices: [invoice('1', [{ product_id: 'p1' }])],
      settings: { [products]: 'x-sales' },
    },
    ['covered PRODUCT_WITHOUT_ACCOUNT 1'],
    '',
  ],
  'an account of an inline product': [
    {
      invoices: [
        invoice('1', [
          { inline: true, product_name: 'Trip' },
          { inline: true, ledger_account_id: 'x-sales' },
        ]),
      ],
    },
    ['blocks INLINE_WITHOUT_ACCOUNT 1'],
    'invoices',
  ],
  'nothing, where the setting covers an inline product': [
    { invoices: [invoice('1', [{ inline: true }])], settings: { [products]: 'x-sales' } },
    ['covered INLINE_WITHOUT_ACCOUNT 1'],
    '',
  ],
  'a setting for products that leads somewhere, where products rely on it': [
    { products: [product('p1')], settings: { [products]: 'gone' } },
    ['blocks TARGET_MISSING 1'],
    'products',
  ],
  'a setting for products that leads somewhere, where nothing relies on it': [
    { products: [product('p1', { ledger_account_id: 'x-sales' })], settings: { [products]: 'gone' } },
    ['warns TARGET_MISSING 1'],
    '',
  ],
  'the setting of payments': [
    { settings: { [payments]: null } },
    ['blocks PAYMENTS_ACCOUNT_UNSET 1'],
    'payments',
  ],
  'the setting of deductions': [{ settings: { [deductions]: null } }, ['warns DEDUCTIONS_RATE_UNSET 1'], ''],
  'a rate for deductions that is none': [
    { settings: { [deductions]: 'x-20' } },
    ['warns DEDUCTIONS_RATE_UNSUITABLE 1'],
    '',
  ],
  'rates of these values: an archived one is none, and one of ours is not over there': [
    {
      lines: [
        line(bill, 'l1', { ...coded, tax: 1700 }),
        line(bill, 'l2', { ...coded, tax: 1900 }),
        line(bill, 'l3', { ...coded, tax: 868 }),
        line(bill, 'l4', { ...coded, tax: 850 }),
        line(bill, 'l5', { ...coded, tax: 1900, accounting_tax_rate_id: 'x-20' }),
      ],
      invoices: [invoice('1', [{ inline: true, ledger_account_id: 'x-sales', tax: 1900 }])],
    },
    ['blocks TAX_VALUE_UNKNOWN 3'],
    'bills invoices',
  ],
  'counterparts of our accounts and rates, neither by code nor by name': [
    {
      lines: [
        line(bill, 'l1', { ledger_account_id: 'i-code', accounting_tax_rate_id: 'i-19' }),
        line(bill, 'l2', { ledger_account_id: 'i-name' }),
        line(bill, 'l3', { ledger_account_id: 'i-alone' }),
        line(bill, 'l4', { ledger_account_id: 'i-old' }),
      ],
    },
    ['blocks EXTERNAL_MISSING 3'],
    'bills',
  ],
  'accounts that are active': [
    { lines: [line(bill, 'l1', { ledger_account_id: 'x-old' })], settings: { [payments]: 'x-old' } },
    ['blocks TARGET_ARCHIVED 2'],
    'bills payments',
  ],
  'accounts that are there': [
    {
      lines: [line(bill, 'l1', { ledger_account_id: 'gone' })],
      products: [product('p1', { ledger_account_id: 'gone' })],
      settings: { [products]: 'x-sales' },
    },
    ['blocks TARGET_MISSING 2'],
    'bills products',
  ],
  'success with what was pushed': [
    {
      lines: [line(bill, 'l1', coded)],
      records: [
        record('bill', 'b1', { sync_status: 'error', errors: ['The tax rate does not exist.'] }),
        record('payment_record', 'r1', { sync_status: 'error' }),
        record('vendor', 'v1', { sync_status: 'error' }),
      ],
    },
    ['blocks PUSH_FAILED 2', 'warns PUSH_FAILED 1'],
    'bills payments',
  ],
  'nothing, where a failed record is of something that is not to be pushed': [
    { records: [record('bill', 'canceled one', { sync_status: 'error' })] },
    [],
    '',
  ],
};

for (const [name, [world, gaps, notReady]] of Object.entries(rows))
  test(`an organization lacks ${name}`, () => {
    const readiness = readinessOf(world);
    assert.equal(gapsInShort(readiness), gaps);
    const kept = readiness.types.flatMap(({ ready, type }) => (ready ? [] : [type]));
    assert.is(kept.join(' '), notReady);
    assert.is(readiness.ready, notReady === '');
  });

test('the percentage is that of the objects that nothing of their own keeps back, rounded down', () => {
  const readiness = readinessOf({
    lines: [
      line(bill, 'l1'),
      line(bill, 'l2', coded),
      line(other, 'l3', coded),
      line(payable('b3'), 'l4', coded),
    ],
    invoices: [
      invoice('1', [{ inline: true }]),
      invoice('2', [{ inline: true }], { status: 'canceled' }),
      invoice('3', [{ inline: true }], { status: 'deleted' }),
    ],
    products: [product('p1', { ledger_account_id: 'x-sales' }), product('p2')],
    records: [
      record('product', 'p2'),
      record('bill', 'pushed'),
      record('payment_record', 'r1', { sync_status: 'pending' }),
    ],
  });
  assert.equal(typesInShort(readiness), [
    'bills 66% of 3, not ready',
    'invoices 0% of 1, not ready',
    'payments no% of 1',
    'products 100% of 1',
  ]);
  assert.equal(
    readiness.types.map(({ pushed }) => pushed),
    [1, 0, 0, 1],
  );
});

test('what is older than the connection and left no record is past, and no part of the percentage', () => {
  const past = { status: 'issued', created_at: '2025-12-31T23:59:59Z' };
  const readiness = readinessOf({
    invoices: [
      invoice('past', [{ inline: true }], past),
      invoice('failed', [{ inline: true }], past),
      invoice('later', [{ inline: true }], { ...past, created_at: '2026-01-01T00:00:00Z' }),
      invoice('when?', [{ inline: true }], { ...past, created_at: null }),
      invoice('pushed', [{ inline: true }], past),
    ],
    records: [record('receivable', 'failed', { sync_status: 'error' }), record('receivable', 'pushed')],
  });
  assert.is(typesInShort(readiness)[1], 'invoices 0% of 3, not ready');
  assert.equal([readiness.types[1]?.past, readiness.types[1]?.pushed], [1, 1]);
});

test('what is not issued, or is a template, is not to be pushed, as in the comparison of documents', () => {
  const statuses = [
    'draft',
    'recurring',
    'issuing',
    'failed',
    'expired',
    'declined',
    'issued',
    'accepted',
    'new one',
  ];
  const invoices = statuses.map((status) => invoice(status, [{ inline: true }], { status }));
  assert.is(typesInShort(readinessOf({ invoices }))[1], 'invoices 0% of 3, not ready');
});

test('of what is there it counts what was changed after the state that was pushed', () => {
  const at = (day: number) => `2026-01-0${day}T00:00:00Z`;
  const pushed = (id: string, object_updated_at: string | null) =>
    record('product', id, { object_updated_at });
  const own = (id: string, day: number) =>
    ({ ...product(id, { ledger_account_id: 'x-sales' }), updated_at: at(day) }) as const;
  const readiness = readinessOf({
    products: [own('p1', 1), own('p2', 2), own('p3', 2), own('p4', 2)],
    records: [pushed('p1', at(1)), pushed('p2', at(1)), pushed('p3', null)],
  });
  const { changed, pushed: there } = readiness.types[3] ?? {};
  assert.equal([changed, there], [1, 3]);
});

test('internal accounts and rates that nothing uses warn where the accounting system has no counterpart', () => {
  const file = {
    ledger_accounts: {
      cash: { nominal_code: '1090', name: 'Cash' },
      sales: { nominal_code: '200', name: 'Of their sales' },
    },
  };
  const world = { file, lines: [line(bill, 'l1', { ...coded, ledger_account_id: 'i-alone' })] };
  const gap = readinessOf(world).gaps.find(
    ({ code, severity }) => code === 'EXTERNAL_MISSING' && severity === 'warns',
  );
  assert.equal(
    gap?.groups.map(({ label }) => label),
    ['1090 Cash', '777 Ours of the old', 'DE19 German'],
  );
  assert.equal(gapsInShort(readinessOf({ ...world, lines: [] })), []);
  assert.is(readinessOf({ ...world, lines: [] }).ready, true);
});

test('without a connection the percentage still says what the objects themselves lack', () => {
  const readiness = readinessOf({
    connections: [],
    lines: [line(bill, 'l1', { ledger_account_id: 'x-sales' })],
  });
  assert.is(typesInShort(readiness)[0], 'bills 100% of 1, not ready');
});

test('where there is nothing to push it is all or nothing', () => {
  assert.equal(typesInShort(readinessOf({ settings: { [payments]: null } })), [
    'bills 100% of 0',
    'invoices 100% of 0',
    'payments no% of 0, not ready',
    'products 100% of 0',
  ]);
});

test('before the first pull nothing is held against what only a pull can bring', () => {
  const readiness = readinessOf({
    connections: [connection({ last_pull: null })],
    accounts: accounts.filter(({ external }) => !external),
    rates: [],
    settings: { [payments]: 'i-alone', [deductions]: null },
    lines: [line(bill, 'l1', { ledger_account_id: 'i-alone', tax: 1900 })],
  });
  assert.equal(gapsInShort(readiness), ['blocks CONNECTION_NOT_PULLED 0', 'warns DEDUCTIONS_RATE_UNSET 1']);
});

test('the latest record of an object counts', () => {
  const failed = { id: 'r1', sync_status: 'error', updated_at: '2026-01-01T00:00:00Z' };
  const done = { id: 'r2', sync_status: 'done', updated_at: '2026-01-02T00:00:00Z' };
  const [first, second] = [record('payment_record', 'o', failed), record('payment_record', 'o', done)];
  for (const records of [
    [first, second],
    [second, first],
  ])
    assert.equal(gapsInShort(readinessOf({ records })), []);
  const later = record('payment_record', 'o', { ...failed, updated_at: '2026-01-03T00:00:00Z' });
  assert.equal(gapsInShort(readinessOf({ records: [later, second] })), ['blocks PUSH_FAILED 1']);
});

test('a payment that failed is called by its whole id', () => {
  const object = '0d9f4c1a-3b2e-4a5f-8c6d-7e8f9a0b1c2d';
  const { gaps } = readinessOf({ records: [record('payment_record', object, { sync_status: 'error' })] });
  assert.equal(
    gaps
      .filter(({ code }) => code === 'PUSH_FAILED')
      .flatMap(({ groups }) => groups.flatMap(({ places }) => places.map(({ label }) => label))),
    [`payment ${object}`],
  );
});

test('only what was asked for is judged', () => {
  const world = { products: [product('p1')], settings: { [payments]: null, [deductions]: null } };
  assert.equal(gapsInShort(readinessOf({ ...world, types: ['payments'] })), [
    'blocks PAYMENTS_ACCOUNT_UNSET 1',
  ]);
  assert.equal(typesInShort(readinessOf({ ...world, types: ['bills'] })), ['bills 100% of 0']);
});

test('equal lines of one vendor are one group, and the largest group stands first', () => {
  const lines = [
    line(other, 'l1', { name: 'Cloud' }),
    line(bill, 'l2', { name: 'Hosting' }),
    line(payable('b3'), 'l3', { name: 'Hosting ' }),
  ];
  const { groups } = gapIn(readinessOf({ lines }), 'LINE_WITHOUT_ACCOUNT');
  assert.equal(
    groups.map(({ label, places }) => [label, places.map(({ label: place }) => place)]),
    [
      ['Hetzner / Hosting', ['INV-b1 Hetzner / Hosting', 'INV-b3 Hetzner / Hosting']],
      ['Amazon / Cloud', ['INV-b2 Amazon / Cloud']],
    ],
  );
});

test.run();
