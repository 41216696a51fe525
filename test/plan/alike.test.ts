import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Change, Plan, ReferenceTarget } from '../../src/model/plan.ts';
import { alike } from '../../src/plan/alike.ts';
import { changes, planOf } from '../render/plan-document.ts';

const test = suite('plans that make the same changes');

const plan = planOf();

const planWith = (
  some: readonly Change[],
  references: Readonly<Record<string, ReferenceTarget>> = plan.observed.references,
): { readonly plan: Plan } => ({
  plan: { ...plan, changes: some, observed: { ...plan.observed, references } },
});
const [first, second] = changes;
if (!first || !second) throw new Error('the document has changes');
const sizes = (...all: readonly { readonly plan: Plan }[]): readonly number[] =>
  alike(all).map(({ members }) => members.length);

test('ids, places and warnings make no difference', () => {
  const same = { ...first, id: 'another', source: null, warnings: [] };
  assert.equal(sizes(planWith([first, second]), planWith([same, second])), [2]);
});

test('action, reason, label, values, number and order of changes do', () => {
  const others: readonly (readonly Change[])[] = [
    [first, { ...second, action: 'update' }],
    [first, { ...second, reason: 'drift' }],
    [first, { ...second, label: 'x' }],
    [first, { ...second, after: { ...second.after, name: 'x' } }],
    [first],
    [second, first],
  ];
  for (const other of others) assert.equal(sizes(planWith([first, second]), planWith(other)), [1, 1]);
});

test('an address that is an id is the same for all, while what it stands for counts', () => {
  const setting = (id: string): Change => ({
    ...first,
    kind: 'setting',
    action: 'set',
    address: 'settings.ledger_accounts.payments',
    before: { ledger_account: `ledger_accounts[${id}]` },
    after: { ledger_account: 'ledger_accounts.cash' },
  });
  const target = (id: string, code: string) => ({
    [`ledger_accounts[${id}]`]: { id, code, name: 'Old', external: false },
  });
  const [one, two] = [planWith([setting('1')], target('1', '1')), planWith([setting('2')], target('2', '1'))];
  assert.equal(sizes(one, two), [2]);
  assert.equal(sizes(one, planWith([setting('2')], target('2', '2'))), [1, 1]);
});

test('addresses of a group name no id', () => {
  const removed = (id: string): Change => ({
    ...first,
    action: 'delete',
    kind: 'ledger_account',
    address: `ledger_accounts[${id}]`,
    before: {},
    after: null,
  });
  const assigned = (id: string): Change => ({
    ...second,
    kind: 'line_item_assignment',
    action: 'assign',
    id,
    address: `assignments.line_items.${id}/${id}`,
  });
  const groups = alike([planWith([removed('1'), assigned('1')]), planWith([removed('2'), assigned('2')])]);
  assert.equal(
    groups.map(({ addresses, members }) => [addresses, members.length]),
    [[['ledger_accounts[*]', 'assignments.line_items.*'], 2]],
  );
});

test('the largest group comes first, and what changes nothing is in none', () => {
  const all = [planWith([first]), planWith([]), planWith([second]), planWith([second])];
  assert.equal(sizes(...all), [2, 1]);
  assert.equal(alike([planWith([])]), []);
});

test.run();
