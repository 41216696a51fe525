import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveLine, LiveProduct, Use } from '../../src/model/live.ts';
import type { Allowed } from '../../src/model/plan.ts';
import { guard } from '../../src/plan/guard.ts';
import { propose } from '../../src/plan/propose.ts';
import { seal } from '../../src/plan/seal.ts';
import { limit, narrow } from '../../src/plan/target.ts';
import {
  codes,
  desired,
  external,
  inShort,
  internal,
  kinds,
  line,
  live,
  payable,
  product,
  proposal,
} from './build.ts';
import { by } from './sealed.ts';

const test = suite('plan: assignments');

type File = Parameters<typeof desired>[0];

const accounts = [
  internal('a1', { name: 'Income', nominal_code: '4010' }),
  internal('a2', { name: 'Other income', nominal_code: '4020' }),
  internal('a3', { name: 'Old', nominal_code: '1180' }),
  external('x1', { name: 'Bank fees', nominal_code: '404' }),
];
const rates = [
  internal('t1', { name: 'Reduced', code: 'RED', effective_tax_rate: '7.5%' }),
  internal('t2', { name: 'Full', code: 'FULL', effective_tax_rate: '20%' }),
];
const state = (things: { products?: readonly LiveProduct[]; lines?: readonly LiveLine[] }) =>
  live({ ledger_accounts: accounts, tax_rates: rates }, {}, things);

const declared: File = {
  ledger_accounts: { income: { nominal_code: '4010' }, other: { nominal_code: '4020' } },
  tax_rates: { red: { code: 'RED' }, full: { code: 'FULL' } },
  external: { ledger_accounts: { fees: { code: '404' } } },
};

const income = 'ledger_accounts.income';
const other = 'ledger_accounts.other';
const address = 'assignments.products.p';

/** What becomes of one product `p` whose account is `id`: action, old and new value, or nothing. */
const products: readonly [
  title: string,
  items: File['products'],
  id: string | null,
  becomes: readonly (string | null)[],
][] = [
  ['a rule fills a gap', [{ when: {}, account: 'income' }], null, ['assign', null, income]],
  ['a rule leaves another value', [{ when: {}, account: 'income' }], 'a2', []],
  [
    'a rule replaces it with overwrite',
    [{ when: {}, account: 'income', overwrite: true }],
    'a2',
    ['assign', other, income],
  ],
  ['what is right stays', [{ when: {}, account: 'income', overwrite: true }], 'a1', []],
  [
    'an id that no longer exists is a gap',
    [{ when: {}, account: 'income' }],
    'gone',
    ['assign', 'ledger_accounts[gone]', income],
  ],
  [
    'the first rule that matches wins',
    [
      { when: { name: ['x'] }, account: 'other' },
      { when: {}, account: 'income' },
      { when: {}, account: 'other' },
    ],
    null,
    ['assign', null, income],
  ],
  [
    'it wins although it has nothing to do',
    [
      { when: {}, account: 'income' },
      { when: {}, account: 'other', overwrite: true },
    ],
    'a1',
    [],
  ],
  [
    'a specific entry replaces',
    [{ by: { by: 'id', text: 'P' }, account: 'income' }],
    'a2',
    ['assign', other, income],
  ],
  [
    'a specific entry beats every rule',
    [
      { when: {}, account: 'other', overwrite: true },
      { by: { by: 'id', text: 'p' }, account: 'income' },
    ],
    null,
    ['assign', null, income],
  ],
  ['null unassigns', [{ by: { by: 'id', text: 'p' }, account: null }], 'a2', ['unassign', other, null]],
  ['null where there is nothing', [{ by: { by: 'id', text: 'p' }, account: null }], null, []],
  ['null in a rule leaves what is there', [{ when: {}, account: null }], 'a2', []],
  [
    'null in a rule clears an id that no longer exists',
    [{ when: {}, account: null }],
    'gone',
    ['unassign', 'ledger_accounts[gone]', null],
  ],
  [
    'null in a rule clears with overwrite',
    [{ when: {}, account: null, overwrite: true }],
    'a2',
    ['unassign', other, null],
  ],
  ['a look-up in place', [{ when: {}, account: { code: '4010' } }], null, ['assign', null, income]],
  [
    'a look-up of something without a key',
    [{ when: {}, account: { code: '1180' } }],
    null,
    ['assign', null, 'ledger_accounts[a3]'],
  ],
  [
    'an external account',
    [{ when: {}, account: 'external:fees' }],
    null,
    ['assign', null, 'external.ledger_accounts.fees'],
  ],
  [
    'by external_reference',
    [{ by: { by: 'external_reference', text: 'SKU-1' }, account: 'income' }],
    null,
    ['assign', null, income],
  ],
  ['by name', [{ by: { by: 'name', text: 'Hour' }, account: 'income' }], null, ['assign', null, income]],
  ['no item that means it', [{ when: { name: ['x'] }, account: 'income', overwrite: true }], 'a2', []],
];

for (const [title, items, id, becomes] of products)
  test(`products: ${title}`, () => {
    const p = product('p', { name: 'Hour', external_reference: ' SKU-1', ledger_account_id: id });
    const { changes } = proposal({ ...declared, products: items ?? [] }, state({ products: [p] }));
    const [change] = changes;
    assert.equal(
      change ? [change.action, change.before?.ledger_account, change.after?.ledger_account] : [],
      becomes,
    );
    assert.is(changes.length, becomes.length > 0 ? 1 : 0);
  });

test('a change of a product says all that a plan has to say', () => {
  const items = [{ rule: 'hours', when: { name: ['H*'] }, account: 'income' }];
  const p = product('p', { name: 'Hour', external_reference: 'SKU-1' });
  const { changes, managed, rules, references } = proposal(
    { ...declared, products: items },
    state({ products: [p] }),
  );
  assert.equal(changes, [
    {
      address,
      kind: 'product_assignment',
      action: 'assign',
      reason: 'rule',
      label: 'SKU-1 Hour',
      id: 'p',
      before: { ledger_account: null },
      after: { ledger_account: income },
      source: { file: 'ledgerform.yaml', line: 100, column: 7, rule: 'hours' },
      depends_on: [],
      warnings: [],
    },
  ]);
  assert.is(managed.get('p'), address);
  assert.equal(rules, { 'ledgerform.yaml:100:7': { name: ['H*'] } });
  assert.equal(references, { [income]: { id: 'a1', code: '4010', name: 'Income', external: false } });
});

const bill = payable('b', { document_id: 'INV-1', counterpart_id: 'c1' });
const row = (account: string | null, rate: string | null) =>
  line(bill, 'l', { name: 'Hosting', ledger_account_id: account, accounting_tax_rate_id: rate });

/** What becomes of one line with an account and a rate: what the plan holds of the one and the other. */
const lineRows: readonly [
  title: string,
  items: File['lines'],
  LiveLine,
  becomes: Readonly<Record<string, readonly (string | null)[]>>,
][] = [
  [
    'account and rate are filled',
    [{ account: 'income', rate: 'red' }],
    row(null, null),
    { ledger_account: [null, income], tax_rate: [null, 'tax_rates.red'] },
  ],
  [
    'the account alone, where the rate is there',
    [{ account: 'income', rate: 'red' }],
    row(null, 't2'),
    { ledger_account: [null, income] },
  ],
  [
    'the rate alone, where the account is there',
    [{ account: 'income', rate: 'red' }],
    row('a2', null),
    { tax_rate: [null, 'tax_rates.red'] },
  ],
  ['neither, where both are there', [{ account: 'income', rate: 'red' }], row('a2', 't2'), {}],
  [
    'both, with overwrite',
    [{ account: 'income', rate: 'red', overwrite: true }],
    row('a2', 't1'),
    { ledger_account: [other, income], tax_rate: ['tax_rates.red', 'tax_rates.red'] },
  ],
  [
    'what is not stated is not managed',
    [{ account: 'income', overwrite: true }],
    row(null, 'gone'),
    { ledger_account: [null, income] },
  ],
  [
    'a rate that no longer exists is a gap',
    [{ rate: 'red' }],
    row(null, 'gone'),
    { tax_rate: ['tax_rates[gone]', 'tax_rates.red'] },
  ],
  [
    'a specific entry',
    [
      {
        payable: { by: 'document_id', text: 'INV-1' },
        line: { by: 'name', text: 'Hosting' },
        account: 'income',
      },
    ],
    row('a2', 't2'),
    { ledger_account: [other, income] },
  ],
  [
    'by counterpart, line by id',
    [{ payable: { by: 'counterpart_id', text: 'C1' }, line: { by: 'id', text: 'l' }, rate: null }],
    row('a2', 't2'),
    { tax_rate: ['tax_rates.full', null] },
  ],
  [
    'by counterpart_name',
    [{ payable: { by: 'counterpart_name', text: 'Hetzner' }, line: { by: 'id', text: 'l' }, rate: 'red' }],
    row(null, null),
    { tax_rate: [null, 'tax_rates.red'] },
  ],
  [
    'one cleared and one set is an assignment',
    [{ payable: { by: 'id', text: 'b' }, line: { by: 'id', text: 'l' }, account: null, rate: 'red' }],
    row('a1', 't2'),
    { ledger_account: [income, null], tax_rate: ['tax_rates.full', 'tax_rates.red'] },
  ],
];

for (const [title, items, thing, becomes] of lineRows)
  test(`lines: ${title}`, () => {
    const { changes } = proposal({ ...declared, lines: items ?? [] }, state({ lines: [thing] }));
    const [change] = changes;
    const found = Object.keys(change?.after ?? {}).map((field) => [
      field,
      [change?.before?.[field], change?.after?.[field]],
    ]);
    assert.equal(Object.fromEntries(found), becomes);
    if (!change) return;
    assert.is(change.address, 'assignments.line_items.b/l');
    assert.is(change.label, 'INV-1 Hetzner / Hosting');
    assert.is(change.id, 'l');
    assert.equal(Object.keys(change.before ?? {}), Object.keys(change.after ?? {}));
    assert.is(
      change.action,
      Object.values(becomes).every(([, after]) => after === null) ? 'unassign' : 'assign',
    );
  });

const twins = [product('p1', { name: 'Twin' }), product('p2', { name: 'Twin' })];
const bills = [
  line(payable('b1'), 'l1', { name: 'Same' }),
  line(payable('b1'), 'l2', { name: 'Same' }),
  line(payable('b2', { document_id: 'INV-b1' }), 'l3'),
];

const wrong: readonly [title: string, file: File, code: string, says: readonly string[]][] = [
  [
    'no product has the name',
    { products: [{ by: { by: 'name', text: 'Twim' }, account: 'income' }] },
    'ASSIGNMENT_NONE',
    ['Twin (id p1)', 'Twin (id p2)'],
  ],
  [
    'several products have it',
    { products: [{ by: { by: 'name', text: 'Twin' }, account: 'income' }] },
    'ASSIGNMENT_SEVERAL',
    ['Twin (id p1)', 'Twin (id p2)'],
  ],
  [
    'no payable has the number',
    {
      lines: [
        {
          payable: { by: 'document_id', text: 'nothing' },
          line: { by: 'id', text: 'l1' },
          account: 'income',
        },
      ],
    },
    'ASSIGNMENT_NONE',
    ['No payable has document_id: "nothing"'],
  ],
  [
    'several payables have it',
    {
      lines: [
        { payable: { by: 'document_id', text: 'INV-b1' }, line: { by: 'id', text: 'l1' }, account: 'income' },
      ],
    },
    'ASSIGNMENT_SEVERAL',
    ['INV-b1 Hetzner (id b1)', 'INV-b1 Hetzner (id b2)'],
  ],
  [
    'no line has the name',
    { lines: [{ payable: { by: 'id', text: 'b1' }, line: { by: 'name', text: 'x' }, account: 'income' }] },
    'ASSIGNMENT_NONE',
    ['Same (id l1)', 'Same (id l2)'],
  ],
  [
    'several lines have it',
    { lines: [{ payable: { by: 'id', text: 'b1' }, line: { by: 'name', text: 'Same' }, account: 'income' }] },
    'ASSIGNMENT_SEVERAL',
    ['Same (id l1)', 'Same (id l2)'],
  ],
  [
    'two entries mean one product',
    {
      products: [
        { by: { by: 'id', text: 'p1' }, account: 'income' },
        { by: { by: 'id', text: 'P1' }, account: 'income' },
      ],
    },
    'ASSIGNMENT_SHARED',
    ['ledgerform.yaml:100:7'],
  ],
  [
    'a look-up finds no account, whatever the rule matches',
    { products: [{ when: { name: ['nothing'] }, account: { code: '9999' } }] },
    'LOOKUP_NONE',
    ['9999'],
  ],
];

for (const [title, file, code, says] of wrong)
  test(`an error: ${title}`, () => {
    const { problems } = propose(
      desired({ ...declared, ...file }),
      state({ products: twins, lines: bills }),
      kinds,
    );
    assert.equal(codes(problems), [code]);
    assert.is(problems[0]?.file, 'ledgerform.yaml');
    for (const word of says) assert.ok(problems[0]?.message.includes(word), problems[0]?.message);
  });

test('near candidates are looked for only so often, however many entries find nothing', () => {
  const file = desired({
    ...declared,
    products: Array.from({ length: 30 }, () => ({
      by: { by: 'name' as const, text: 'Twim' },
      account: 'income',
    })),
  });
  const { problems } = propose(file, state({ products: twins }), kinds);
  assert.is(problems.length, 30);
  assert.is(problems.filter(({ message }) => message.includes('Near')).length, 20);
});

test('at most 20 candidates are listed', () => {
  const many = Array.from({ length: 25 }, (_, at) => product(`p${at}`, { name: 'Twin' }));
  const file = desired({ ...declared, products: [{ by: { by: 'name', text: 'Twin' }, account: 'income' }] });
  const [problem] = propose(file, state({ products: many }), kinds).problems;
  assert.is(problem?.message.match(/\(id p\d+\)/g)?.length, 20);
  assert.match(problem?.message ?? '', /and 5 more/);
});

test('what the same plan creates comes first, and the assignment depends on it', () => {
  const file = {
    ...declared,
    ledger_accounts: { ...declared.ledger_accounts, fresh: { nominal_code: '9' } },
    products: [{ when: {}, account: 'fresh' }],
  };
  const { changes, references } = proposal(file, state({ products: [product('p')] }));
  assert.equal(inShort(changes), ['create ledger_accounts.fresh', `assign ${address}`]);
  assert.equal(changes[1]?.depends_on, ['ledger_accounts.fresh']);
  assert.equal(references, {});
});

const removing = { ...declared, removed: { ledger_accounts: [{ code: '1180' }] } };
const users = state({ products: [product('p', { ledger_account_id: 'a3' })] });
const uses: readonly Use[] = [
  {
    collection: 'ledger_accounts',
    id: 'a3',
    by: 'product',
    userId: 'p',
    label: 'p',
    freedBy: address,
  },
];
const allowed: Allowed = { in_use: [], deletes: null, overwrites: null, dirty: false };
const refused = (file: File, state_ = users, used = uses, more: Partial<Allowed> = {}) => {
  const wanted = desired(file);
  const input = {
    uses: used,
    live: state_,
    kinds,
    allowed: { ...allowed, ...more },
    desired: wanted,
    production: null,
  };
  return codes(guard({ ...input, proposal: propose(wanted, state_, kinds) }));
};

test('moving a product away from an account and deleting the account is one plan, by rule or by name', () => {
  for (const item of [
    { when: {}, account: 'income' },
    { by: { by: 'id' as const, text: 'p' }, account: 'income' },
    { by: { by: 'id' as const, text: 'p' }, account: null },
  ]) {
    const file = { ...removing, products: [item] };
    const { changes } = proposal(file, users);
    assert.equal(inShort(changes).slice(1), ['delete ledger_accounts[a3]']);
    assert.equal(changes[1]?.depends_on, [address]);
    assert.equal(refused(file), []);
  }
});

test('a product that stays on the account, or that the plan moves onto it, keeps it', () => {
  assert.equal(refused(removing), ['IN_USE']);
  const onto = { ...removing, products: [{ when: {}, account: { code: '1180' } }] };
  assert.equal(refused(onto, state({ products: [product('p')] }), []), ['IN_USE']);
});

test('a line whose rate is changed, and whose account is not, still uses the account', () => {
  const file = { ...removing, lines: [{ rate: 'red' }] };
  const used: readonly Use[] = [
    {
      collection: 'ledger_accounts',
      id: 'a3',
      by: 'line_item',
      userId: 'b',
      label: 'l',
      freedBy: 'assignments.line_items.b/l',
    },
  ];
  assert.equal(refused(file, state({ lines: [row('a3', null)] }), used), ['IN_USE']);
});

test('rules replace as many assignments as the policy allows; gaps and specific entries do not count', () => {
  const three = [
    product('p1', { ledger_account_id: 'a2' }),
    product('p2', { ledger_account_id: 'a2' }),
    product('p3'),
    product('p4', { ledger_account_id: 'gone' }),
    product('p5', { ledger_account_id: 'a2' }),
  ];
  const file = (maxOverwrites: number): File => ({
    ...declared,
    products: [
      { by: { by: 'id', text: 'p5' }, account: 'income' },
      { when: {}, account: 'income', overwrite: true },
    ],
    policy: { maxOverwrites },
  });
  const now = state({ products: three });
  assert.equal(refused(file(2), now, []), []);
  assert.equal(refused(file(1), now, []), ['TOO_MANY_OVERWRITES']);
  assert.equal(refused(file(1), now, [], { overwrites: 2 }), []);
});

test('payables whose last gap is filled are told once, with their number', () => {
  const [one, two, three] = [payable('1'), payable('2'), payable('3')];
  const lines = [
    line(one, 'a'),
    line(one, 'b', { ledger_account_id: 'a1' }),
    line(two, 'c'),
    line(two, 'd', { name: 'not matched' }),
    line(three, 'e', { ledger_account_id: 'gone' }),
  ];
  const file = { ...declared, lines: [{ when: { line_item: { name: ['Line*'] } }, account: 'income' }] };
  const warnings = proposal(file, state({ lines })).warnings.filter(
    ({ code }) => code === 'PAYABLE_MAY_MOVE',
  );
  assert.is(warnings.length, 1);
  assert.match(warnings[0]?.message ?? '', /2 payables.*: INV-1 Hetzner and INV-3 Hetzner\.$/);
});

test('lines of payables that are neither draft nor new are told once, with their number', () => {
  const paid = payable('1', { status: 'paid' });
  const file = { ...declared, lines: [{ when: { payable: { status: ['paid', 'draft'] } }, rate: 'red' }] };
  const { warnings } = proposal(
    file,
    state({ lines: [line(paid, 'a'), line(paid, 'b'), line(payable('2'), 'c')] }),
  );
  const locked = warnings.filter(({ code }) => code === 'PAYABLE_LOCKED');
  assert.is(locked.length, 1);
  assert.match(locked[0]?.message ?? '', /2 lines.*paid/);
});

test('changes stand in the order of the items, then by label', () => {
  const things = [
    product('3', { name: 'b' }),
    product('1', { name: 'a', type: 'service' }),
    product('2', { name: 'a' }),
  ];
  const file = {
    ...declared,
    products: [
      { when: { type: ['product'] }, account: 'income' },
      { when: {}, account: 'other' },
    ],
  };
  assert.equal(
    proposal(file, state({ products: things })).changes.map(({ id }) => id),
    ['2', '3', '1'],
  );
});

test('what is as it should be is unchanged, and what no item means is not mentioned', () => {
  const things = [product('p', { ledger_account_id: 'a2' }), product('q', { name: 'Q' })];
  const { unchanged } = proposal(
    { ...declared, products: [{ when: { name: ['product*'] }, account: 'income' }] },
    state({ products: things }),
  );
  assert.equal(
    unchanged.filter((each) => each.startsWith('assignments.')),
    [address],
  );
});

test('a plan remembers the rules behind its changes, and only those', () => {
  const items = [
    { when: { name: ['none'] }, account: 'income' },
    { when: { type: ['product'] }, account: 'income' },
  ];
  const file = { ...declared, products: items };
  const plan = seal(proposal(file, state({ products: [product('p')] })), by);
  assert.equal(plan.observed.rules, { 'ledgerform.yaml:101:7': { type: ['product'] } });
  assert.is(plan.summary.assign, 1);
  assert.not.ok('rules' in seal(proposal(declared, state({})), by).observed);
});

test('a target takes one assignment and what it depends on, and reads no other list', () => {
  const file = desired({
    ...declared,
    ledger_accounts: { ...declared.ledger_accounts, fresh: { nominal_code: '9' } },
    products: [{ when: {}, account: 'fresh' }],
    lines: [{ account: 'income' }],
    settings: { 'ledger_accounts.payments': 'income' },
  });
  const part = narrow(file, [address], kinds);
  assert.equal(
    [
      part.assignments.lineItems,
      part.settings,
      part.entries.some(({ collection }) => collection === 'tax_rates'),
    ],
    [[], [], false],
  );
  const now = state({ products: [product('p'), product('q')] });
  const limited = limit(propose(part, now, kinds), [address], file, now, kinds);
  assert.equal(inShort(limited.changes), ['create ledger_accounts.fresh', `assign ${address}`]);
});

test('what one rule assigns is planned from the largest amount to the smallest, and by name where that is equal', () => {
  const bill = payable('b');
  const lines = [
    line(bill, '1', { name: 'Small', amount: 100 }),
    line(bill, '2', { name: 'Unknown' }),
    line(bill, '3', { name: 'B', amount: 9000 }),
    line(bill, '4', { name: 'A', amount: 9000 }),
    line(bill, '5', { name: 'Credit', amount: -5000 }),
  ];
  const file = { ...declared, products: [{ when: {}, account: 'income' }], lines: [{ account: 'income' }] };
  const priced = [product('p', { amount: 5 }), product('q', { amount: 70 })];
  for (const [some, others] of [
    [lines, priced],
    [lines.toReversed(), priced.toReversed()],
  ] as const)
    assert.equal(
      proposal(file, state({ lines: some, products: others })).changes.map(({ label }) => label),
      [
        'Product q',
        'Product p',
        ...['A', 'B', 'Credit', 'Small', 'Unknown'].map((name) => `INV-b Hetzner / ${name}`),
      ],
    );
});

test('a rule fills no gap that only a delete outside of the target would make', () => {
  const file = desired({ ...removing, products: [{ when: {}, account: 'income' }] });
  const changes = (target: string) => {
    const part = narrow(file, [target], kinds);
    return inShort(limit(propose(part, users, kinds), [target], file, users, kinds).changes);
  };
  assert.equal(changes(address), []);
  assert.equal(changes('ledger_accounts[a3]'), [`assign ${address}`, 'delete ledger_accounts[a3]']);
});

test.run();
