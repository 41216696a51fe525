import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveLine, LiveObject, LiveProduct, LiveSettings } from '../../src/model/live.ts';
import type { Change } from '../../src/model/plan.ts';
import { differencesOf } from '../../src/plan/differences.ts';
import { guard } from '../../src/plan/guard.ts';
import { propose } from '../../src/plan/propose.ts';
import { onlyRepairs } from '../../src/plan/repairs.ts';
import { seal } from '../../src/plan/seal.ts';
import { policyHeld, underBothPolicies } from '../../src/plan/stricter.ts';
import { limit } from '../../src/plan/target.ts';
import { codes, desired, external, internal, kinds, line, live, payable, product } from './build.ts';
import { by } from './sealed.ts';

const test = suite('plan: three sides');

type File = Parameters<typeof desired>[0];

interface Row {
  readonly title: string;
  readonly base: File;
  readonly file: File;
  readonly accounts?: readonly LiveObject[];
  readonly settings?: LiveSettings;
  readonly products?: readonly LiveProduct[];
  readonly rates?: readonly LiveObject[];
  readonly lines?: readonly LiveLine[];
  /** `update ledger_accounts.cash: drift`, in order. */
  readonly expected: readonly string[];
  readonly warnings?: readonly string[];
  readonly refusals?: readonly string[];
}

const payments = 'settings.ledger_accounts.payments';
const cash = (name: string, code = '1090') => ({ name, nominal_code: code });
const account = (id: string, code: string, name: string) =>
  internal(id, { nominal_code: code, name, description: null });
const one = (entry: Record<string, unknown>): File => ({ ledger_accounts: { cash: entry } });
const sku = { by: 'id', text: 'p1' } as const;
const two = { a: { nominal_code: '1' }, b: { nominal_code: '2' } };
const accountsAb = [account('1', '1', 'A'), account('2', '2', 'B')];

const rows: readonly Row[] = [
  {
    title: 'what the file has changed since the base is config',
    base: one(cash('Cash')),
    file: one(cash('Cash clearing')),
    accounts: [account('1', '1090', 'Cash')],
    expected: ['update ledger_accounts.cash: config'],
  },
  {
    title: 'what somebody has changed since the base is drift',
    base: one(cash('Cash')),
    file: one(cash('Cash')),
    accounts: [account('1', '1090', 'Kasse')],
    expected: ['update ledger_accounts.cash: drift'],
  },
  {
    title: 'what both have changed is a conflict, told with all three values',
    base: one(cash('Cash')),
    file: one(cash('Cash clearing')),
    accounts: [account('1', '1090', 'Kasse')],
    expected: ['update ledger_accounts.cash: conflict'],
    warnings: ['CONFLICT'],
  },
  {
    title: 'one field by the file and another by somebody is a conflict of the whole change',
    base: one({ ...cash('Cash'), description: 'old' }),
    file: one({ ...cash('Cash clearing'), description: 'old' }),
    accounts: [internal('1', { nominal_code: '1090', name: 'Cash', description: 'by hand' })],
    expected: ['update ledger_accounts.cash: conflict'],
    warnings: ['CONFLICT'],
  },
  {
    title: 'differences that are none in canonical form count neither way',
    base: one(cash(' Cash ')),
    file: one(cash('Cash')),
    accounts: [account('1', ' 1090', 'Kasse')],
    expected: ['update ledger_accounts.cash: drift'],
  },
  {
    title: 'a field that the base did not state was nobody’s: config',
    base: one({ nominal_code: '1090' }),
    file: one({ nominal_code: '1090', description: 'new' }),
    accounts: [internal('1', { nominal_code: '1090', name: 'Cash', description: 'by hand' })],
    expected: ['update ledger_accounts.cash: config'],
  },
  {
    title: 'a key that the base lacks is config',
    base: { ledger_accounts: {} },
    file: one(cash('Cash')),
    expected: ['create ledger_accounts.cash: config'],
  },
  {
    title: 'a key of the base whose object is gone is drift',
    base: one(cash('Cash')),
    file: one(cash('Cash')),
    expected: ['create ledger_accounts.cash: drift'],
  },
  {
    title: 'a key of the base that has changed and whose object is gone is a conflict',
    base: one(cash('Cash')),
    file: one(cash('Cash clearing')),
    expected: ['create ledger_accounts.cash: conflict'],
    warnings: ['CONFLICT'],
  },
  {
    title: 'an object that seems to have got another code by hand is pointed out',
    base: one(cash('Cash')),
    file: one(cash('Cash')),
    accounts: [account('1', '1091', 'Cash')],
    expected: ['create ledger_accounts.cash: drift'],
    warnings: ['RENAME_SUSPECTED'],
  },
  {
    title: 'a key whose code has changed since the base is an update in place',
    base: one(cash('Cash', '1190')),
    file: one(cash('Cash', '1090')),
    accounts: [account('1', '1190', 'Cash')],
    expected: ['update ledger_accounts.cash: config'],
    warnings: ['CODE_CHANGED'],
  },
  {
    title: 'an own identity that finds an object is never left for the one at the base',
    base: one(cash('Old', '1190')),
    file: one(cash('Cash', '1090')),
    accounts: [account('1', '1190', 'Old'), account('2', '1090', 'Cash')],
    expected: [],
    warnings: ['FORMER_IDENTITY_LEFT'],
  },
  {
    title: 'keys that swap their codes mean the other object, and that is said of both',
    base: { ledger_accounts: two },
    file: { ledger_accounts: { a: { nominal_code: '2' }, b: { nominal_code: '1' } } },
    accounts: accountsAb,
    expected: [],
    warnings: ['KEY_MOVED', 'KEY_MOVED'],
  },
  {
    title: 'at the base is asked before `was`',
    base: one(cash('Cash', '1190')),
    file: one({ ...cash('Cash', '1090'), was: { code: '1290' } }),
    accounts: [account('1', '1290', 'Older'), account('2', '1190', 'Cash')],
    expected: ['update ledger_accounts.cash: config'],
    warnings: ['CODE_CHANGED'],
  },
  {
    title: 'a setting that somebody moved is drift',
    base: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } },
    file: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } },
    accounts: accountsAb,
    settings: { [payments]: '2' },
    expected: [`set ${payments}: drift`],
    warnings: ['PAYMENTS_ACCOUNT_CHANGED'],
  },
  {
    title: 'a setting that the file moved is config',
    base: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } },
    file: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'b' } },
    accounts: accountsAb,
    settings: { [payments]: '1' },
    expected: [`set ${payments}: config`],
    warnings: ['PAYMENTS_ACCOUNT_CHANGED'],
  },
  {
    title: 'a setting that both moved is a conflict',
    base: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } },
    file: { ledger_accounts: two, settings: { 'ledger_accounts.payments': null } },
    accounts: accountsAb,
    settings: { [payments]: '2' },
    expected: [`set ${payments}: conflict`],
    warnings: ['PAYMENTS_ACCOUNT_CHANGED', 'CONFLICT'],
  },
  {
    title: 'the same account by a look-up at the base and by a key now is the same',
    base: { ledger_accounts: two, settings: { 'ledger_accounts.payments': { code: '1' } } },
    file: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } },
    accounts: accountsAb,
    settings: { [payments]: '2' },
    expected: [`set ${payments}: drift`],
    warnings: ['PAYMENTS_ACCOUNT_CHANGED'],
  },
  {
    title: 'an external look-up that the file changed is config, though its key is the same',
    base: {
      ledger_accounts: {},
      external: { ledger_accounts: { bank: { code: '404' } } },
      settings: { 'ledger_accounts.payments': 'external:bank' },
    },
    file: {
      ledger_accounts: {},
      external: { ledger_accounts: { bank: { code: '405' } } },
      settings: { 'ledger_accounts.payments': 'external:bank' },
    },
    accounts: [
      external('x4', { nominal_code: '404', name: 'Fees' }),
      external('x5', { nominal_code: '405', name: 'Costs' }),
    ],
    settings: { [payments]: 'x4' },
    expected: [`set ${payments}: config`],
    warnings: ['PAYMENTS_ACCOUNT_CHANGED'],
  },
  {
    title: 'a specific assignment that somebody moved is drift',
    base: { ledger_accounts: two, products: [{ by: sku, account: 'a' }] },
    file: { ledger_accounts: two, products: [{ by: sku, account: 'a' }] },
    accounts: accountsAb,
    products: [product('p1', { ledger_account_id: '2' })],
    expected: ['assign assignments.products.p1: drift'],
  },
  {
    title: 'a specific assignment in place of a rule that only filled gaps is config',
    base: { ledger_accounts: two, products: [{ when: {}, account: 'b' }] },
    file: { ledger_accounts: two, products: [{ by: sku, account: 'a' }] },
    accounts: accountsAb,
    products: [product('p1', { ledger_account_id: '2' })],
    expected: ['assign assignments.products.p1: config'],
    warnings: ['ASSIGNMENT_LEFT_ALONE'],
  },
  {
    title:
      'what a rule that overwrites undoes is drift where the base enforced the same, and a gap stays the rule’s',
    base: { ledger_accounts: two, products: [{ rule: 'all', when: {}, account: 'a', overwrite: true }] },
    file: { ledger_accounts: two, products: [{ rule: 'all', when: {}, account: 'a', overwrite: true }] },
    accounts: accountsAb,
    products: [
      product('p1', { ledger_account_id: '2' }),
      product('p2'),
      product('p3', { ledger_account_id: '1' }),
    ],
    expected: ['assign assignments.products.p1: drift', 'assign assignments.products.p2: rule'],
  },
  {
    title:
      'what an overwriting rule changes in a field that the base did not state makes a conflict of drift beside it',
    base: { ledger_accounts: two, lines: [{ rule: 'all', account: 'a', overwrite: true }] },
    file: {
      ledger_accounts: two,
      tax_rates: { r: { code: 'R' } },
      lines: [{ rule: 'all', account: 'a', rate: 'r', overwrite: true }],
    },
    accounts: accountsAb,
    rates: [internal('r', { code: 'R', name: null, effective_tax_rate: '0%', description: null })],
    lines: [line(payable('p'), 'l', { ledger_account_id: '2' })],
    expected: ['assign assignments.line_items.p/l: conflict'],
    warnings: ['CONFLICT'],
  },
  {
    title: 'what a new rule overwrites is the rule’s',
    base: { ledger_accounts: two },
    file: { ledger_accounts: two, products: [{ rule: 'all', when: {}, account: 'a', overwrite: true }] },
    accounts: accountsAb,
    products: [product('p1', { ledger_account_id: '2' })],
    expected: ['assign assignments.products.p1: rule'],
  },
  {
    title: 'what was removed at the base and is there again is drift',
    base: { removed: { ledger_accounts: [{ code: '1180' }] } },
    file: { removed: { ledger_accounts: [{ code: '1180' }] } },
    accounts: [account('1', '1180', 'Old')],
    expected: ['delete ledger_accounts[1]: drift'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'what the file newly removes is config',
    base: one(cash('Cash')),
    file: { ledger_accounts: {}, removed: { ledger_accounts: [{ code: '1090' }] } },
    accounts: [account('1', '1090', 'Cash')],
    expected: ['delete ledger_accounts[1]: config'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'prune: removed deletes what a key of the base declared',
    base: one(cash('Cash')),
    file: { ledger_accounts: {}, policy: { prune: 'removed' } },
    accounts: [account('1', '1090', 'Cash'), account('2', '7000', 'By hand')],
    expected: ['delete ledger_accounts[1]: prune'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'prune: removed leaves kinds alone that have no section in the file, and says so',
    base: one(cash('Cash')),
    file: { policy: { prune: 'removed' } },
    accounts: [account('1', '1090', 'Cash')],
    expected: [],
    warnings: ['SECTION_LEFT_ALONE'],
  },
  {
    title: 'prune: removed points out what may have got another code by hand',
    base: one(cash('Cash')),
    file: { ledger_accounts: {}, policy: { prune: 'removed' } },
    accounts: [account('1', '1091', 'Cash')],
    expected: [],
    warnings: ['PRUNE_RENAMED'],
  },
  {
    title: 'prune: removed never takes what another key finds',
    base: one(cash('Cash')),
    file: { ledger_accounts: { till: cash('Cash') }, policy: { prune: 'removed' } },
    accounts: [account('1', '1090', 'Cash')],
    expected: [],
  },
  {
    title: 'prune: removed refuses what is called otherwise than the base declared',
    base: one(cash('Cash')),
    file: { ledger_accounts: {}, policy: { prune: 'removed' } },
    accounts: [account('1', '1090', 'Somebody’s')],
    expected: [],
    refusals: ['PRUNE_CONFLICT'],
  },
  {
    title: 'prune: removed refuses where two objects are what the base declared',
    base: one(cash('Cash')),
    file: { ledger_accounts: {}, policy: { prune: 'removed' } },
    accounts: [account('1', '1090', 'Cash'), account('2', '1090', 'Cash')],
    expected: [],
    refusals: ['PRUNE_CONFLICT'],
  },
  {
    title: 'what `removed` names is deleted whatever the base declared',
    base: one(cash('Cash')),
    file: { ledger_accounts: {}, removed: { ledger_accounts: [{ id: '1' }] }, policy: { prune: 'removed' } },
    accounts: [account('1', '1090', 'Somebody’s')],
    expected: ['delete ledger_accounts[1]: config'],
    warnings: ['IN_USE_NOT_READ'],
  },
  {
    title: 'a setting that has left the file is left alone, and that is said',
    base: { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } },
    file: { ledger_accounts: two },
    accounts: accountsAb,
    settings: { [payments]: '1' },
    expected: [],
    warnings: ['SETTING_LEFT_ALONE'],
  },
  {
    title: 'a rule that has left the file leaves alone what it assigned, and that is said',
    base: { ledger_accounts: two, products: [{ rule: 'all', when: {}, account: 'a' }] },
    file: { ledger_accounts: two },
    accounts: accountsAb,
    products: [product('p1', { ledger_account_id: '1' })],
    expected: [],
    warnings: ['ASSIGNMENT_LEFT_ALONE'],
  },
];

const proposed = ({ base, file, accounts, lines, products, rates, settings }: Row) =>
  propose(
    desired(file),
    live({ ledger_accounts: accounts ?? [], tax_rates: rates ?? [] }, settings, {
      products: products ?? [],
      lines: lines ?? [],
    }),
    kinds,
    desired(base),
  );

const told = ({ changes, warnings }: ReturnType<typeof propose>): readonly string[] =>
  [...changes.flatMap((change) => change.warnings), ...warnings].map(({ code }) => code).sort();

for (const row of rows)
  test(row.title, () => {
    const found = proposed(row);
    assert.equal(codes(found.problems), []);
    assert.equal(
      found.changes.map(({ action, address, reason }) => `${action} ${address}: ${reason}`),
      row.expected,
    );
    assert.equal(told(found), [...(row.warnings ?? [])].sort());
    assert.equal(codes(found.refusals), row.refusals ?? []);
  });

const changesOf = (row: Omit<Row, 'title' | 'expected'>): readonly Change[] =>
  onlyRepairs(proposed({ ...row, title: '', expected: [] }), live({}), kinds).changes;

test('a repair takes drift alone, and what it waits for only when that is drift too', () => {
  const both = { ledger_accounts: two, settings: { 'ledger_accounts.payments': 'a' } };
  const gone = { base: both, file: both, accounts: [account('2', '2', 'B')], settings: { [payments]: '2' } };
  assert.equal(
    changesOf(gone).map(({ address }) => address),
    ['ledger_accounts.a', payments],
  );
  const renamed = { ...both, ledger_accounts: { a: { nominal_code: '1', name: 'New' }, b: two.b } };
  const had = { ...both, ledger_accounts: { a: { nominal_code: '1', name: 'Old' }, b: two.b } };
  // The account that the setting needs is a conflict: it is not made, so the setting cannot be set.
  assert.equal(changesOf({ ...gone, base: had, file: renamed }), []);
});

test('a repair makes nothing anew that may only have got another code by hand', () => {
  const file = one(cash('Cash'));
  assert.equal(changesOf({ base: file, file, accounts: [account('1', '1091', 'Cash')] }), []);
});

test('a gap beside a field that is right already is a gap, no drift', () => {
  const file: File = {
    ledger_accounts: two,
    tax_rates: { r: { code: 'R' } },
    lines: [{ rule: 'all', account: 'a', rate: 'r', overwrite: true }],
  };
  const rate = internal('r', { code: 'R', name: null, effective_tax_rate: '0%', description: null });
  const filled = line(payable('p'), 'l', { ledger_account_id: '1' });
  const state = live({ ledger_accounts: accountsAb, tax_rates: [rate] }, {}, { lines: [filled] });
  for (const base of [null, desired(file)]) {
    const proposal = propose(desired(file), state, kinds, base);
    const { drifted, gaps, pending } = differencesOf(seal(proposal, { ...by, base: base && 'b' }));
    assert.equal([drifted.length, pending.length, gaps.length], [0, 0, 1]);
  }
});

test('a plan that is limited is not refused for what it leaves out', () => {
  const base = desired({ ledger_accounts: { ...two, cash: cash('Cash') } });
  const file = desired({
    ledger_accounts: { a: { nominal_code: '1', name: 'New' } },
    policy: { prune: 'removed' },
  });
  const state = live({ ledger_accounts: [...accountsAb, account('3', '1090', 'Somebody’s')] });
  const whole = propose(file, state, kinds, base);
  assert.equal(codes(whole.refusals), ['PRUNE_CONFLICT']);
  const limited = limit(whole, ['ledger_accounts.a'], file, state, kinds);
  assert.equal(limited.refusals, []);
});

test('of two policies the stricter holds, and that is said', () => {
  const loose = desired({ policy: { prune: 'all', maxDeletes: 99, maxOverwrites: 5, protect: [] } });
  const strict = desired({
    policy: { prune: 'removed', maxDeletes: 3, maxOverwrites: 100, protect: ['ledger_accounts.cash'] },
  });
  assert.equal(underBothPolicies(loose, strict).policy, {
    prune: 'removed',
    maxDeletes: 3,
    maxOverwrites: 5,
    protect: ['ledger_accounts.cash'],
  });
  assert.equal(codes(policyHeld(loose, strict)), ['POLICY_STRICTER']);
  assert.equal(policyHeld(strict, strict), []);
  assert.equal(policyHeld(loose, null), []);
});

const guarded = (base: File, file: File, accounts: readonly LiveObject[]): readonly string[] => {
  const state = live({ ledger_accounts: accounts });
  const held = underBothPolicies(desired(file), desired(base));
  const proposal = propose(held, state, kinds, desired(base));
  const allowed = { in_use: [], deletes: null, overwrites: null, dirty: false };
  return codes(guard({ proposal, uses: [], live: state, kinds, allowed, desired: held, production: null }));
};

test('what the base protects stays protected when key and protection leave the file together', () => {
  const policy = { protect: ['ledger_accounts.cash'], prune: 'removed' } as const;
  const base = { ...one(cash('Cash')), policy };
  const file: File = { ledger_accounts: {}, policy: { prune: 'removed' } };
  assert.equal(guarded(base, file, [account('1', '1090', 'Cash')]), ['PROTECTED']);
  const named: File = { ledger_accounts: {}, removed: { ledger_accounts: [{ code: '1090' }] } };
  assert.equal(guarded(base, named, [account('1', '1090', 'Cash')]), ['PROTECTED']);
});

test('what a rule undoes counts as an overwrite, also when it is drift', () => {
  const policy = { maxOverwrites: 0 };
  const file: File = {
    ledger_accounts: two,
    products: [{ rule: 'all', when: {}, account: 'a', overwrite: true }],
    policy,
  };
  const state = live(
    { ledger_accounts: accountsAb },
    {},
    { products: [product('p1', { ledger_account_id: '2' })] },
  );
  const proposal = propose(desired(file), state, kinds, desired(file));
  assert.equal(
    proposal.changes.map(({ reason }) => reason),
    ['drift'],
  );
  const allowed = { in_use: [], deletes: null, overwrites: null, dirty: false };
  assert.equal(
    codes(
      guard({ proposal, uses: [], live: state, kinds, allowed, desired: desired(file), production: null }),
    ),
    ['TOO_MANY_OVERWRITES'],
  );
});

test.run();
