import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Use } from '../../src/model/live.ts';
import type { Allowed } from '../../src/model/plan.ts';
import { type GuardInput, guard } from '../../src/plan/guard.ts';
import { codes, desired, internal, kinds, live, proposal } from './build.ts';

const test = suite('plan/guard');

type File = Parameters<typeof desired>[0];

const nothingAllowed: Allowed = { in_use: [], deletes: null, overwrites: null, dirty: false };
const payments = 'settings.ledger_accounts.payments';
const products = 'settings.ledger_accounts.products';

const accounts = ['1', '2', '3'].map((id) =>
  internal(id, { nominal_code: `${id}0`, name: `Account ${id}`, description: null }),
);

const use = (by: Use['by'], freedBy: string | null = null, id = '2'): Use => ({
  collection: 'ledger_accounts',
  id,
  by,
  userId: `${by}-id`,
  label: `${by} label`,
  freedBy,
});

interface Row {
  readonly title: string;
  readonly file?: File;
  readonly settings?: Readonly<Record<string, string>>;
  readonly uses?: readonly Use[];
  readonly allowed?: Partial<Allowed>;
  readonly production?: GuardInput['production'];
  readonly refused: readonly string[];
}

const remove2: File = { removed: { ledger_accounts: [{ id: '2' }] } };
const pruning = (protect: readonly string[] = []): File => ({
  ledger_accounts: { k: { nominal_code: '10' } },
  policy: { prune: 'all', protect },
});

const rows: readonly Row[] = [
  {
    title: 'nothing is refused where nothing is deleted',
    file: { ledger_accounts: {} },
    uses: [use('product')],
    refused: [],
  },
  { title: 'an unused object may be deleted', file: remove2, uses: [use('product', null, '3')], refused: [] },
  {
    title: 'what a product uses is not deleted',
    file: remove2,
    uses: [use('product', 'assignments.products.p')],
    refused: ['IN_USE'],
  },
  {
    title: 'what an invoice line uses is not deleted',
    file: remove2,
    uses: [use('invoice')],
    refused: ['IN_USE'],
  },
  {
    title: 'what a payable line uses is not deleted',
    file: remove2,
    uses: [use('line_item')],
    refused: ['IN_USE'],
  },
  {
    title: 'what a setting points to is not deleted',
    file: remove2,
    settings: { [payments]: '2' },
    refused: ['IN_USE'],
  },
  {
    title: 'a setting that this plan moves away does not hold its object',
    file: { ...remove2, settings: { 'ledger_accounts.payments': { id: '3' } } },
    settings: { [payments]: '2' },
    refused: [],
  },
  {
    title: 'a setting that this plan clears does not hold its object',
    file: { ...remove2, settings: { 'ledger_accounts.payments': null } },
    settings: { [payments]: '2' },
    refused: [],
  },
  {
    title: 'another setting still holds it',
    file: { ...remove2, settings: { 'ledger_accounts.payments': null } },
    settings: { [payments]: '2', [products]: '2' },
    refused: ['IN_USE'],
  },
  {
    title: 'a setting that this plan points to what it deletes holds it',
    file: { ...remove2, settings: { 'ledger_accounts.payments': { id: '2' } } },
    settings: { [payments]: '1' },
    refused: ['IN_USE'],
  },
  {
    title: 'a setting that stays, as the file says, on what is deleted holds it',
    file: { ...remove2, settings: { 'ledger_accounts.payments': { id: '2' } } },
    settings: { [payments]: '2' },
    refused: ['IN_USE'],
  },
  {
    title: 'an object in use may be deleted where that is allowed',
    file: remove2,
    uses: [use('product')],
    allowed: { in_use: ['ledger_accounts[2]'] },
    refused: [],
  },
  {
    title: 'what is allowed for one object is not for another',
    file: { removed: { ledger_accounts: [{ id: '2' }, { id: '3' }] } },
    uses: [use('product'), use('product', null, '3')],
    allowed: { in_use: ['ledger_accounts[2]'] },
    refused: ['IN_USE'],
  },
  {
    title: 'a protected address of a live object is not deleted',
    file: pruning(['ledger_accounts[2]']),
    refused: ['PROTECTED'],
  },
  {
    title: 'what protects another object refuses nothing',
    file: pruning(['ledger_accounts[9]', 'ledger_accounts.k']),
    refused: [],
  },
  {
    title: 'a protected key does not lose its object by a rename without `was`',
    file: {
      ledger_accounts: { k: { nominal_code: '99', name: 'Account 2' } },
      policy: { prune: 'all', protect: ['ledger_accounts.k'] },
    },
    refused: ['PROTECTED'],
  },
  {
    title: 'max_deletes deletes may go at once',
    file: { ...pruning(), policy: { prune: 'all', maxDeletes: 2 } },
    refused: [],
  },
  {
    title: 'more than max_deletes may not',
    file: { ...pruning(), policy: { prune: 'all', maxDeletes: 1 } },
    refused: ['TOO_MANY_DELETES'],
  },
  {
    title: 'more may go where so many are allowed',
    file: { ...pruning(), policy: { prune: 'all', maxDeletes: 1 } },
    allowed: { deletes: 2 },
    refused: [],
  },
  {
    title: 'a file under `prune: all` that declares nothing is refused',
    file: { ledger_accounts: {}, policy: { prune: 'all' } },
    refused: ['EMPTY_FILE'],
  },
  {
    title: 'an empty section beside something declared is meant',
    file: { ledger_accounts: {}, settings: { 'tax_rates.deductions': null }, policy: { prune: 'all' } },
    refused: [],
  },
  {
    title: 'a file that declares nothing and prunes nothing is fine',
    file: { ledger_accounts: {} },
    refused: [],
  },
  {
    title: 'production is not changed from a configuration that is not committed',
    production: { dirty: true },
    refused: ['DIRTY_CONFIGURATION'],
  },
  { title: 'production is changed from a commit', production: { dirty: false }, refused: [] },
  {
    title: 'production is changed from anything where that is allowed',
    production: { dirty: true },
    allowed: { dirty: true },
    refused: [],
  },
];

const inputOf = (row: Row): GuardInput => {
  const state = live({ ledger_accounts: accounts }, row.settings ?? {});
  return {
    proposal: proposal(row.file ?? {}, state),
    uses: row.uses ?? [],
    live: state,
    kinds,
    allowed: { ...nothingAllowed, ...row.allowed },
    desired: desired(row.file ?? {}),
    production: row.production ?? null,
  };
};

for (const row of rows)
  test(row.title, () => {
    const refusals = guard(inputOf(row));
    assert.equal(codes(refusals), row.refused);
    assert.ok(refusals.every(({ severity, hint }) => severity === 'error' && hint));
  });

test('at most 20 users are named in the message, and all are data', () => {
  const uses = Array.from({ length: 25 }, (_, at) => ({
    ...use('product'),
    userId: `p${at}`,
    label: `Thing ${at}`,
  }));
  const [refusal] = guard(inputOf({ title: '', file: remove2, uses, refused: [] }));
  assert.is(refusal?.uses?.length, 25);
  assert.match(refusal?.message ?? '', /Thing 19 and 5 more/);
  assert.match(refusal?.message ?? '', /Receipts, credit notes, quotes and card transactions were not/);
  assert.is(refusal?.address, 'ledger_accounts[2]');
});

test('a saved plan is guarded against uses without its file', () => {
  const input = inputOf({
    title: '',
    file: { ...pruning(), policy: { prune: 'all', maxDeletes: 0 } },
    uses: [use('product')],
    refused: [],
  });
  assert.equal(codes(guard({ ...input, desired: null })), ['IN_USE']);
});

test('settings that were not read do not count as settings that point to nothing', () => {
  const input = inputOf({ title: '', file: remove2, refused: [] });
  assert.throws(() => guard({ ...input, live: { ...input.live, settings: null } }), /not read/);
});

test.run();
