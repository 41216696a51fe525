import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Stop } from '../../src/model/problem.ts';
import { type Context, type SurveyOptions, survey } from '../../src/pipeline.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import { addObject, emptyOrganization } from '../../src/providers/memory/organization.ts';
import { codes, desired, inShort, kinds } from '../plan/build.ts';

const test = suite('pipeline: survey');

const options: SurveyOptions = {
  target: [],
  allowed: { in_use: [], deletes: null, overwrites: null, dirty: false },
  configuration: { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false },
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
): Context & { calls: readonly { operation: string }[] } => {
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
  assert.equal(codes(plan.warnings), ['IN_USE_NOT_READ', 'IN_USE']);
  assert.equal(plan.warnings[1]?.uses, [{ by: 'product', id: 'p1', label: 'Hour' }]);
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

test.run();
