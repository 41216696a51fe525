import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveConnection, SeenConnections } from '../../src/model/live.ts';
import { errorProblem } from '../../src/model/problem.ts';
import { concernsPushing, withConnections } from '../../src/plan/pushing.ts';
import { codes, type desired, external, internal, line, live, payable, product, proposal } from './build.ts';

const test = suite('plan: what only matters for pushing');

const connection = (status: string | null, fields: Partial<LiveConnection> = {}): LiveConnection => ({
  id: 'c',
  status,
  platform: 'xero',
  last_pull: '2026-01-31T12:00:00Z',
  created_at: null,
  connection_url: null,
  business_name: null,
  errors: [],
  ...fields,
});

const read = (...connections: readonly LiveConnection[]): SeenConnections => ({
  status: 'read',
  connections,
});
const failed: SeenConnections = {
  status: 'failed',
  why: errorProblem('API_REFUSED', 'The API refused to list connections: no.'),
};

type File = Parameters<typeof desired>[0];

const accounts = [internal('a1', { nominal_code: '4010', name: 'Income' })];
const declared: File = { ledger_accounts: { income: { nominal_code: '4010' } } };
const bill = payable('1');
const filled = live(
  { ledger_accounts: accounts },
  {},
  { lines: [line(bill, 'x')], products: [product('p')] },
);
const filling: File = {
  ...declared,
  settings: { 'ledger_accounts.payments': 'income', 'ledger_accounts.products': 'income' },
  products: [{ when: {}, account: 'income' }],
  lines: [{ when: {}, account: 'income' }],
};
const found = proposal(filling, filled);

/** The codes that what was seen of connections adds, and those that it takes away. */
function told(seen: SeenConnections | null, of = found, ofInterest = /^(CONNECTION|PAYABLE|EXTERNAL)_/) {
  const { warnings } = withConnections(of, seen);
  return codes(warnings.filter(({ code }) => ofInterest.test(code)));
}

const rows: readonly [title: string, seen: SeenConnections | null, expected: readonly string[]][] = [
  ['nobody looked: nothing is said of connections', null, ['PAYABLE_MAY_MOVE']],
  ['one that is active and has pulled: nothing to say', read(connection('connected')), ['PAYABLE_MAY_MOVE']],
  ['none: nothing is pushed, so no payable moves', read(), ['CONNECTION_NONE']],
  ['one that was disconnected is none', read(connection('disconnected')), ['CONNECTION_NONE']],
  [
    'a status that nobody knows is not active',
    read(connection('odd'), connection(null)),
    ['CONNECTION_NONE'],
  ],
  ['one that waits for a person', read(connection('pending_auth')), ['CONNECTION_UNAUTHORIZED']],
  [
    'one that has lost its authorisation, beside an old one',
    read(connection('disconnected'), connection('deauthorized')),
    ['CONNECTION_UNAUTHORIZED'],
  ],
  [
    'an active one makes good for all that are not',
    read(connection('deauthorized'), connection('pending_auth'), connection('connected')),
    ['PAYABLE_MAY_MOVE'],
  ],
  [
    'one that has never pulled',
    read(connection('connected', { last_pull: null })),
    ['PAYABLE_MAY_MOVE', 'CONNECTION_NOT_PULLED'],
  ],
  [
    'two that are active',
    read(connection('connected'), connection('connected', { platform: null })),
    ['PAYABLE_MAY_MOVE', 'CONNECTION_SEVERAL'],
  ],
  [
    'two that are active and have never pulled are two things to say',
    read(connection('connected', { last_pull: null }), connection('connected', { last_pull: null })),
    ['PAYABLE_MAY_MOVE', 'CONNECTION_SEVERAL', 'CONNECTION_NOT_PULLED'],
  ],
  ['a list that could not be read', failed, ['PAYABLE_MAY_MOVE', 'CONNECTION_UNKNOWN']],
];

for (const [title, seen, expected] of rows)
  test(title, () => assert.equal(told(seen, found, /^(CONNECTION|PAYABLE)_/), expected));

test('how many assignments and settings are concerned is said', () => {
  for (const seen of [read(), failed, read(connection('pending_auth'))]) {
    const warning = withConnections(found, seen).warnings.find(({ code }) => code.startsWith('CONNECTION_'));
    assert.match(
      warning?.message ?? '',
      '(1 assignment of a product, 1 assignment of a line and 2 settings)',
    );
    assert.is(warning?.severity, 'warning');
  }
});

test('the order in which connections are listed says nothing', () => {
  const [one, other] = [connection('connected'), connection('connected', { platform: 'quickbooks' })];
  assert.equal(withConnections(found, read(one, other)), withConnections(found, read(other, one)));
});

test('assignments and settings are of concern, accounts and rates alone are not', () => {
  assert.ok(concernsPushing(found.changes));
  assert.ok(
    concernsPushing(proposal({ settings: { 'ledger_accounts.payments': { code: '4010' } } }, filled).changes),
  );
  const alone = proposal(
    { ledger_accounts: { n: { nominal_code: '1' } }, tax_rates: { r: { code: 'R' } } },
    live({}),
  );
  assert.is(alone.changes.length, 2);
  assert.not(concernsPushing(alone.changes));
});

const pulled = read(connection('connected'));

test('what the accounting system lacks is told where it has anything, or is known to have been pulled', () => {
  const nothing = proposal(declared, live({ ledger_accounts: accounts }));
  assert.equal(told(null, nothing), []);
  assert.equal(told(read(), nothing), ['CONNECTION_NONE']);
  assert.equal(told(read(connection('connected', { last_pull: null })), nothing), ['CONNECTION_NOT_PULLED']);
  assert.equal(told(failed, nothing), ['CONNECTION_UNKNOWN']);
  assert.equal(told(pulled, nothing), ['EXTERNAL_MISSING']);
  const something = live({ ledger_accounts: [...accounts, external('x', { nominal_code: '404' })] });
  assert.equal(told(null, proposal(declared, something)), ['EXTERNAL_MISSING']);
  assert.equal(told(pulled, proposal(declared, something)), ['EXTERNAL_MISSING'], 'once');
});

const messageOf = (file: File, state: ReturnType<typeof live>): string | undefined =>
  proposal(file, state).warnings.find(({ code }) => code === 'EXTERNAL_MISSING')?.message;

test('of each kind that the file declares it is counted what the accounting system lacks, and of no other', () => {
  const rate = internal('r', { code: 'RED', name: 'Reduced' });
  const state = live({
    ledger_accounts: [external('x', { nominal_code: '404', name: 'Fees' })],
    tax_rates: [rate],
  });
  const accountsAlone: File = { ledger_accounts: { a: { nominal_code: '1' }, b: { nominal_code: '404' } } };
  const ratesAlone: File = { tax_rates: { r: { code: 'RED' } } };
  assert.match(messageOf(accountsAlone, state) ?? '', / of 1 ledger account \(1\) that /);
  assert.match(messageOf(ratesAlone, state) ?? '', / of 1 tax rate \(RED\) that /);
  assert.match(
    messageOf({ ...accountsAlone, ...ratesAlone }, state) ?? '',
    / of 1 ledger account \(1\) and 1 tax rate \(RED\) that /,
  );
  assert.is(messageOf({ settings: { 'ledger_accounts.payments': { code: '404' } } }, state), undefined);
});

test('a counterpart has the same code, or else the same name', () => {
  const state = live({ ledger_accounts: [external('x', { nominal_code: '404', name: 'Fees' })] });
  const lacks = (fields: Readonly<Record<string, string>>): boolean =>
    messageOf({ ledger_accounts: { a: fields } }, state) !== undefined;
  assert.not(lacks({ nominal_code: '404', name: 'Charges' }));
  assert.not(lacks({ nominal_code: '4711', name: 'Fees' }));
  assert.not(lacks({ name: 'Fees' }));
  assert.ok(lacks({ nominal_code: '4711', name: 'Charges' }));
});

test.run();
