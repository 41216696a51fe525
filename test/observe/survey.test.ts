import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Stop } from '../../src/model/problem.ts';
import type { ReadEvent } from '../../src/observe/each-payable.ts';
import { type Context, explainAddress, type SurveyOptions, survey } from '../../src/pipeline.ts';
import { ReadFailed } from '../../src/providers/contract.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import { addObject, emptyOrganization } from '../../src/providers/memory/organization.ts';
import { codes, desired, inShort, kinds, line, payable, product } from '../plan/build.ts';

const test = suite('pipeline: survey');

const options: SurveyOptions = {
  target: [],
  allowed: { in_use: [], deletes: null, overwrites: null, dirty: false },
  configuration: { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false },
  base: null,
  notes: [],
};

function seeded() {
  const organization = emptyOrganization(kinds);
  const cash = addObject(organization, 'ledger_accounts', { name: 'Cash', nominal_code: '1090' });
  const old = addObject(organization, 'ledger_accounts', { name: 'Old', nominal_code: '1180' });
  organization.settings = { ...organization.settings, 'settings.ledger_accounts.payments': old.id };
  return { organization, cash, old };
}

const contextOf = (
  organization: ReturnType<typeof seeded>['organization'],
): Context & { calls: readonly { operation: string; id: string | null }[] } => {
  const provider = memoryProvider({ organization });
  return { provider, now: () => new Date(0), version: '0.0.0', calls: provider.calls };
};

const file = desired({
  ledger_accounts: {
    cash: { name: 'Cash clearing', nominal_code: '1090' },
    income: { name: 'Income', nominal_code: '4010' },
  },
  removed: { ledger_accounts: [{ code: '1180' }] },
  settings: { 'ledger_accounts.payments': 'income' },
});

test('a plan for production from an uncommitted file foretells that its apply is refused', async () => {
  const production = { ...file, environment: 'production' as const };
  const dirty = { ...options.configuration, dirty: true };
  const told = async (wanted: typeof file, look: Partial<SurveyOptions>) => {
    const { plan, refused } = await survey(wanted, { ...options, ...look }, contextOf(seeded().organization));
    assert.not(refused);
    return plan.warnings.filter(({ code }) => code === 'DIRTY_CONFIGURATION').map(({ severity }) => severity);
  };
  assert.equal(await told(production, { configuration: dirty }), ['warning']);
  assert.equal(await told(production, {}), []);
  assert.equal(await told(file, { configuration: dirty }), []);
  const allowed = { ...options.allowed, dirty: true };
  assert.equal(await told(production, { configuration: dirty, allowed }), []);
});

test('creates, updates, settings and deletes come out in order, and nothing refuses them', async () => {
  const { organization, old } = seeded();
  const { plan, refused } = await survey(file, options, contextOf(organization));
  assert.equal(inShort(plan.changes), [
    'update ledger_accounts.cash',
    'create ledger_accounts.income',
    'set settings.ledger_accounts.payments',
    `delete ledger_accounts[${old.id}]`,
  ]);
  assert.equal(
    plan.changes.map(({ depends_on }) => depends_on),
    [[], [], ['ledger_accounts.income'], ['settings.ledger_accounts.payments']],
  );
  assert.equal(plan.observed.references, {
    [`ledger_accounts[${old.id}]`]: { id: old.id, code: '1180', name: 'Old', external: false },
  });
  assert.not(refused);
});

test('what would be deleted and is still used is refused, and the plan is whole', async () => {
  const { organization, old } = seeded();
  organization.products = [
    {
      id: 'p1',
      name: 'Hour',
      type: null,
      external_reference: null,
      currency: null,
      ledger_account_id: old.id,
    },
  ];
  const { plan, refused } = await survey(file, options, contextOf(organization));
  assert.ok(refused);
  assert.is(plan.changes.length, 4);
  assert.equal(codes(plan.warnings), ['IN_USE_NOT_READ', 'CONNECTION_NONE', 'IN_USE']);
  assert.equal(plan.warnings[2]?.uses, [{ by: 'product', id: 'p1', label: 'Hour' }]);
});

test('only what the file needs is read: no uses without a delete, no settings without a setting', async () => {
  const context = contextOf(seeded().organization);
  await survey(desired({ ledger_accounts: {} }), options, context);
  assert.equal(
    context.calls.map(({ operation }) => operation),
    ['list'],
  );
});

test('a look-up that finds nothing because no accounting system is connected says so', async () => {
  const context = contextOf(seeded().organization);
  const wanted = desired({ external: { tax_rates: { standard: { code: 'OUTPUT2' } } } });
  try {
    await survey(wanted, options, context);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, Stop);
    if (!(error instanceof Stop)) throw error;
    assert.is(error.exitCode, 3);
    assert.equal(codes(error.problems), ['LOOKUP_NONE']);
    assert.match(error.problems[0]?.hint ?? '', /connected/);
  }
  assert.equal(
    context.calls.map(({ operation }) => operation),
    ['list', 'connections'],
  );
});

const bills = (count: number, status: string) =>
  Array.from({ length: count }, (_, at) => payable(`${status}${at}`, { status }));

test('what reading lines costs is told before the first of them is read, and then how far it is', async () => {
  const { organization } = seeded();
  organization.payables = [...bills(90, 'draft'), ...bills(10, 'paid')];
  const context = contextOf(organization);
  const told: string[] = [];
  const notify = (event: ReadEvent): void => {
    const read = context.calls.filter(({ operation }) => operation === 'lineItems').length;
    if (event.type === 'estimate') told.push(`${event.requests} in ${event.seconds}s, ${read} read`);
    if (event.type === 'progress') told.push(`${event.done}/${event.total}`);
  };
  const wanted = desired({ lines: [{ account: { code: '1090' } }] });
  const { live } = await survey(wanted, options, { ...context, notify });
  assert.is(told[0], '90 in 3s, 0 read');
  assert.equal(
    told.slice(1),
    Array.from({ length: 90 }, (_, at) => `${at + 1}/90`),
  );
  assert.is(live.payables?.read.length, 90);
});

test('a line that fails ends the reading: nothing more is started, and the failure is thrown', async () => {
  const { organization } = seeded();
  organization.payables = bills(500, 'draft');
  const faults = [{ on: 'lineItems', index: 10, effect: { type: 'fails' } }] as const;
  const provider = memoryProvider({ organization, faults });
  const wanted = desired({ lines: [{ account: { code: '1090' } }] });
  const failure = await survey(wanted, options, { provider, now: () => new Date(0), version: '0.0.0' }).then(
    () => null,
    (error: unknown) => error,
  );
  assert.instance(failure, ReadFailed);
  assert.ok(provider.calls.length < 150, `${provider.calls.length} calls`);
});

test('an entry that means no product ends the plan before any write, as bad input', async () => {
  const context = contextOf(seeded().organization);
  const wanted = desired({ products: [{ by: { by: 'name', text: 'none' }, account: { code: '1090' } }] });
  const failure = await survey(wanted, options, context).then(
    () => null,
    (error: unknown) => error,
  );
  if (!(failure instanceof Stop)) throw new Error('not stopped');
  assert.is(failure.exitCode, 3);
  assert.equal(codes(failure.problems), ['ASSIGNMENT_NONE']);
});

test('moving every line away from an account and deleting it is one plan, and nothing is read twice', async () => {
  const { organization, old } = seeded();
  const bill = payable('b', { status: 'paid' });
  organization.settings = { 'settings.ledger_accounts.payments': null };
  organization.payables = [bill, payable('c')];
  organization.lines = new Map([['b', [line(bill, 'l', { ledger_account_id: old.id }).line]]]);
  organization.products = [product('p', { ledger_account_id: old.id })];
  const context = contextOf(organization);
  const wanted = desired({
    removed: { ledger_accounts: [{ code: '1180' }] },
    products: [{ when: {}, account: { code: '1090' } }],
    lines: [{ when: { payable: { status: ['paid'] } }, account: { code: '1090' } }],
  });
  const { plan, refused } = await survey(wanted, options, context);
  assert.equal(inShort(plan.changes), [
    'assign assignments.products.p',
    'assign assignments.line_items.b/l',
    `delete ledger_accounts[${old.id}]`,
  ]);
  assert.not(refused);
  const read = context.calls
    .map(({ operation, id }) => (id === null ? operation : `${operation} ${id}`))
    .sort();
  assert.equal(read, [
    'connections',
    'invoices',
    'lineItems b',
    'lineItems c',
    'list',
    'payables',
    'payables',
    'products',
    'settings',
  ]);
});

test('an address is explained with what that takes and no more', async () => {
  const { organization, old } = seeded();
  organization.products = [product('p', { ledger_account_id: old.id })];
  const asked = async (wanted: typeof file, address: string) => {
    const context = contextOf(organization);
    const explanation = await explainAddress(wanted, address, context);
    return [explanation?.type, context.calls.map(({ operation }) => operation).sort()];
  };
  assert.equal(await asked(file, 'assignments.products.p'), ['product_assignment', ['list', 'products']]);
  assert.equal(await asked(desired({}), 'settings.ledger_accounts.payments'), [
    'setting',
    ['list', 'settings'],
  ]);
  assert.equal(await asked(desired({}), `ledger_accounts[${old.id}]`), ['unkeyed', ['list']]);
  assert.equal(await asked(file, 'tax_rates.none'), [undefined, ['list']]);
});

test.run();
