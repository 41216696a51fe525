import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeOf } from '../../src/apply/report.ts';
import { type Problem, Stop } from '../../src/model/problem.ts';
import type { Effect } from '../../src/providers/memory/fault.ts';
import {
  commitLate,
  type MemoryOrganization,
  storedObjects,
} from '../../src/providers/memory/organization.ts';
import {
  addPayable,
  type Declaration,
  declare,
  doubles,
  organizationWith,
  planFor,
  pointers,
  productOf,
  run,
} from './world.ts';

/*
 * Every write of a plan with creates, updates, settings, assignments, deletes and dependencies goes wrong in every way, one at a time.
 * Whatever happened, the run ends, says so, and a second run converges: from the same saved plan, and from a new one.
 */

const declaration: Declaration = {
  ledger_accounts: {
    cash: { name: 'Cash', nominal_code: '1000' },
    bank: { name: 'Bank', nominal_code: '1010', description: 'Current account' },
    income: { name: 'Income', nominal_code: '4000', description: null },
    renumbered: { name: 'Clearing', nominal_code: '1090' },
    takes_over: { name: 'Old clearing', nominal_code: '1190' },
    nameless: { name: 'Suspense' },
  },
  tax_rates: {
    reduced: { name: 'Reduced', code: 'RED', effective_tax_rate: '7.5%' },
    zero: { name: 'Zero', code: 'ZERO', effective_tax_rate: '0%' },
  },
  settings: {
    'settings.ledger_accounts.payments': 'ledger_accounts.cash',
    'settings.ledger_accounts.products': 'ledger_accounts.income',
    'settings.tax_rates.deductions': 'tax_rates.zero',
  },
  products: [
    { product: 'SKU-1', ledger_account: 'ledger_accounts.cash' },
    { product: 'SKU-2', ledger_account: null },
    { when: { type: ['service'] }, overwrite: true, ledger_account: 'ledger_accounts.income' },
  ],
  line_items: [
    { line: 'INV-1/Cloud', ledger_account: 'ledger_accounts.bank', tax_rate: 'tax_rates.reduced' },
    { when: {}, ledger_account: 'ledger_accounts.income', tax_rate: 'tax_rates.zero' },
  ],
  prune: 'all',
};

function before(): MemoryOrganization {
  const organization = organizationWith({
    ledger_accounts: [
      { name: 'Income', nominal_code: '4000', description: 'All income' },
      { name: 'Petty cash', nominal_code: '1900' },
      { name: 'Clearing', nominal_code: '1090', description: 'kept' },
      { name: 'Stale clearing', nominal_code: '1190' },
    ],
    tax_rates: [
      { name: 'Reduced', code: 'red', effective_tax_rate: '7%' },
      { name: 'Gone', code: 'GONE', effective_tax_rate: '3%' },
    ],
  });
  const id = (number: number): string => `00000000-0000-4000-8000-00000000000${number}`;
  const [income, petty, gone] = [id(1), id(2), id(6)];
  organization.settings = { ...organization.settings, 'settings.ledger_accounts.payments': petty };
  organization.products = [
    productOf('SKU-1', petty),
    productOf('SKU-2', income),
    productOf('SKU-3', petty),
    productOf('SKU-4', null),
    productOf('SKU-5', null, { type: 'product' }),
  ];
  // The rate and the account that lines leave are deleted by the same plan.
  addPayable(organization, 'INV-1', { Cloud: [petty, gone], Support: [income, null] });
  addPayable(organization, 'INV-2', { Paid: [income, null] }, { status: 'paid' });
  organization.movesOn = true;
  return organization;
}

const effects: readonly Effect[] = [
  { type: 'refused', status: 422 },
  { type: 'refused', status: null },
  { type: 'refused', status: 401, endsRun: true },
  { type: 'lost_before' },
  { type: 'lost_after' },
  { type: 'lost_before', endsRun: true },
  { type: 'lost_after', endsRun: true },
  { type: 'late', reads: 1 },
  { type: 'late', reads: 5 },
  { type: 'late', reads: 6 },
  { type: 'late', reads: Number.POSITIVE_INFINITY },
];

const desired = declare(declaration);
const clean = before();
const writes = await run(await planFor(desired, clean), desired, clean);
const count = writes.provider.calls.filter(({ write }) => write).length;

const table = suite('every write goes wrong in every way');

table('the plan of the table has creates, updates, deletes and settings, and applies', async () => {
  assert.is(exitCodeOf(writes.report), 0);
  assert.is(writes.report.outcome, 'applied');
  const operations = new Set(writes.provider.calls.map(({ operation }) => operation));
  for (const operation of [
    'create',
    'update',
    'remove',
    'writeSettings',
    'assignProduct',
    'assignLineItem',
  ] as const)
    assert.ok(operations.has(operation), operation);
  assert.ok(count >= 15);
  assert.is((await planFor(desired, clean)).changes.length, 0);
});

for (const effect of effects)
  for (let index = 0; index < count; index += 1)
    for (const again of ['the saved plan', 'a new plan'] as const)
      table(`write ${index}: ${JSON.stringify(effect)}, then ${again}`, () => once(effect, index, again));

async function once(effect: Effect, index: number, again: 'the saved plan' | 'a new plan'): Promise<void> {
  const organization = before();
  const plan = await planFor(desired, organization);
  const first = await run(plan, desired, organization, { faults: [{ on: 'write', index, effect }] });
  assert.is(first.report.outcomes.length, plan.changes.length);
  const complete = first.report.outcomes.every(
    ({ status }) => status === 'applied' || status === 'already_done',
  );
  assert.is(exitCodeOf(first.report) === 0, complete && first.report.converged);
  if (effect.type === 'refused') assert.is.not(exitCodeOf(first.report), 0);
  const sent = first.lines.flatMap((line) =>
    line.type === 'write' ? [`${line.write} ${line.address}`] : [],
  );
  const told = first.lines.flatMap((line) =>
    line.type === 'outcome' ? [`${line.write} ${line.address}`] : [],
  );
  assert.equal(new Set(told), new Set(sent), 'every write in the record has its outcome');

  if (doubles(organization).length > 0) {
    const named = [...first.report.problems, ...first.report.outcomes.flatMap(({ error }) => error ?? [])];
    assertTwins(named, organization);
    assert.is(exitCodeOf(first.report), 5);
  }
  commitLate(organization);
  if (doubles(organization).length > 0) {
    assert.is(effect.type, 'late', 'only a commit that comes after all looks makes twins');
    const stop = await refusalOf(
      again === 'a new plan' ? () => planFor(desired, organization) : () => run(plan, null, organization),
    );
    assertTwins(stop.problems, organization);
    return;
  }
  const next = again === 'a new plan' ? await planFor(desired, organization) : plan;
  const second = await run(next, again === 'a new plan' ? desired : null, organization);
  assert.is(exitCodeOf(second.report), 0, JSON.stringify(second.report.outcomes));
  assert.equal(doubles(organization), []);
  assert.equal((await planFor(desired, organization)).changes, []);
  assert.equal(assigned(organization), assigned(clean));
}

/** What products and lines point to, by name: ids of what was created differ between runs. */
function assigned(organization: MemoryOrganization): string {
  const names = new Map(
    ['ledger_accounts', 'tax_rates'].flatMap((collection) =>
      [...storedObjects(organization, collection).values()].map(({ id, fields }) => [id, fields.name]),
    ),
  );
  const text = (_: string, value: unknown): unknown =>
    typeof value === 'string' ? (names.get(value) ?? 'gone') : value;
  return JSON.stringify(pointers(organization), text, 1);
}

async function refusalOf(act: () => Promise<unknown>): Promise<Stop> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Stop) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}

/** The key and both ids are named. */
function assertTwins(problems: readonly Problem[], organization: MemoryOrganization): void {
  const twins = problems.find(({ code }) => code === 'TWINS' || code === 'IDENTITY_AMBIGUOUS');
  assert.ok(twins, JSON.stringify(problems));
  const [collection = '', key = ''] = (twins?.address ?? '').split('.');
  const name = { ...declaration.ledger_accounts, ...declaration.tax_rates }[key]?.name;
  const ids = [...storedObjects(organization, collection).values()].filter(
    ({ fields }) => fields.name === name,
  );
  assert.is(ids.length, 2);
  for (const { id } of ids) assert.ok(twins?.message.includes(id), twins?.message);
}

table(
  'a commit that comes after the repeated create makes twins, which are named and not deleted',
  async () => {
    let found = 0;
    for (let index = 0; index < count; index += 1) {
      const organization = before();
      const plan = await planFor(desired, organization);
      const faults = [{ on: 'write', index, effect: { type: 'late', reads: 6 } }] as const;
      const { report } = await run(plan, desired, organization, { faults });
      if (doubles(organization).length > 0) found += 1;
      else
        assert.is(
          report.problems.some(({ code }) => code === 'TWINS'),
          false,
        );
    }
    assert.ok(found > 0);
  },
);

table.run();
