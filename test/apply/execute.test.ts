import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { ApplyEvent } from '../../src/apply/apply.ts';
import { exitCodeOf } from '../../src/apply/report.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import { Stop } from '../../src/model/problem.ts';
import type { MemoryFault } from '../../src/providers/memory/fault.ts';
import { addObject, changeObject, type MemoryOrganization } from '../../src/providers/memory/organization.ts';
import { allowed, type Declaration, declare, organizationWith, planFor, run } from './world.ts';

const test = suite('applying a plan');

const payments = 'settings.ledger_accounts.payments';
const products = 'settings.ledger_accounts.products';
const cash = { name: 'Cash', nominal_code: '1000' };
const file: Declaration = {
  ledger_accounts: { cash, income: { name: 'Income', nominal_code: '4000' } },
  tax_rates: { reduced: { name: 'Reduced', code: 'RED', effective_tax_rate: '7.5%' } },
  settings: {
    [payments]: 'ledger_accounts.cash',
    [products]: 'ledger_accounts.income',
    'settings.tax_rates.deductions': 'tax_rates.reduced',
  },
};
const desired = declare(file);

async function applied(
  faults: readonly MemoryFault[],
  organization = organizationWith(),
  declared = desired,
) {
  const plan = await planFor(declared, organization);
  return run(plan, declared, organization, { faults });
}

const statuses = ({ outcomes }: ApplyReport): Readonly<Record<string, string>> =>
  Object.fromEntries(
    outcomes.map(({ address, status, error }) => [address, error ? `${status} ${error.code}` : status]),
  );

test('sends all settings in one write and gives each its outcome', async () => {
  const { report, provider } = await applied([]);
  assert.is(provider.calls.filter(({ operation }) => operation === 'writeSettings').length, 1);
  assert.equal(
    Object.keys(provider.calls.find(({ operation }) => operation === 'writeSettings')?.fields ?? {}).length,
    3,
  );
  assert.is(report.summary.applied, 6);
  assert.is(report.converged, true);
});

test('a failed change takes along what depends on it, by name, and nothing else', async () => {
  const { report, provider } = await applied([{ on: 'create', index: 0, effect: { type: 'refused' } }]);
  assert.equal(statuses(report), {
    'ledger_accounts.cash': 'failed API_REFUSED',
    'ledger_accounts.income': 'applied',
    'tax_rates.reduced': 'applied',
    [payments]: 'skipped DEPENDENCY_FAILED',
    [products]: 'applied',
    'settings.tax_rates.deductions': 'applied',
  });
  assert.match(
    report.outcomes.find(({ address }) => address === payments)?.error?.message ?? '',
    'ledger_accounts.cash',
  );
  assert.equal(
    Object.keys(provider.calls.find(({ operation }) => operation === 'writeSettings')?.fields ?? {}),
    [products, 'settings.tax_rates.deductions'],
  );
  assert.is(report.converged, false);
  assert.equal(report.problems, [], 'what the outcomes say is not said twice');
  assert.is(exitCodeOf(report), 5);
});

test('a failure that ends the run starts nothing more', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const faults = [
    { on: 'create', index: 0, effect: { type: 'refused', status: 401, endsRun: true } },
  ] as const;
  const { report, provider } = await run(plan, desired, organization, {
    faults,
    context: { concurrency: 1 },
  });
  assert.is(provider.calls.filter(({ write }) => write).length, 1);
  assert.is(statuses(report)['ledger_accounts.income'], 'skipped NOT_STARTED');
  assert.is(statuses(report)[payments], 'skipped DEPENDENCY_FAILED');
  assert.is(exitCodeOf(report), 5);
});

test('a service that was never reached is exit 1, for nothing was sent', async () => {
  const unreached = (index: number): MemoryFault => ({
    on: 'write',
    index,
    effect: { type: 'refused', status: null },
  });
  const { report } = await applied([0, 1, 2].map(unreached));
  assert.is(report.outcome, 'partial');
  assert.is(exitCodeOf(report), 1);
});

test('a value that is stored otherwise is failed: what was sent, what is stored, what to write', async () => {
  const { report } = await applied([
    { on: 'create', index: 2, effect: { type: 'stored', fields: { effective_tax_rate: '0%' } } },
  ]);
  assert.is(statuses(report)['tax_rates.reduced'], 'failed VALUE_NOT_STORED');
  assert.is(statuses(report)['settings.tax_rates.deductions'], 'skipped DEPENDENCY_FAILED');
  const error = report.outcomes.find(({ address }) => address === 'tax_rates.reduced')?.error;
  assert.match(error?.message ?? '', '7.5%');
  assert.match(error?.message ?? '', '0%');
  assert.match(error?.hint ?? '', 'leave effective_tax_rate out');
  assert.is(exitCodeOf(report), 5);
});

test('a difference that normalization takes away is stored as sent', async () => {
  const { report } = await applied([
    { on: 'create', index: 2, effect: { type: 'stored', fields: { code: 'red', name: ' Reduced' } } },
  ]);
  assert.is(exitCodeOf(report), 0);
});

test('an update and a setting that are stored otherwise are failed', async () => {
  const organization = organizationWith({ ledger_accounts: [{ ...cash, description: 'Old' }] });
  const declared = declare({
    ledger_accounts: { cash: { ...cash, description: 'New' } },
    settings: { [payments]: 'ledger_accounts.cash' },
  });
  const { report, provider } = await applied(
    [
      { on: 'update', index: 0, effect: { type: 'stored', fields: { description: 'Old' } } },
      { on: 'writeSettings', index: 0, effect: { type: 'stored', fields: { [payments]: null } } },
    ],
    organization,
    declared,
  );
  assert.equal(statuses(report), {
    'ledger_accounts.cash': 'failed VALUE_NOT_STORED',
    [payments]: 'failed VALUE_NOT_STORED',
  });
  assert.equal(provider.calls.find(({ operation }) => operation === 'update')?.fields, {
    description: 'New',
  });
});

test('a lost create is adopted, and not one that was there before or belongs to another', async () => {
  const { report, provider } = await applied([{ on: 'create', index: 0, effect: { type: 'lost_after' } }]);
  assert.is(statuses(report)['ledger_accounts.cash'], 'applied');
  assert.is(provider.calls.filter(({ operation }) => operation === 'create').length, 3);
});

test('what is adopted is compared like a stored answer', async () => {
  const { report } = await applied([
    { on: 'create', index: 2, effect: { type: 'lost_after', fields: { effective_tax_rate: '0%' } } },
  ]);
  assert.is(statuses(report)['tax_rates.reduced'], 'failed VALUE_NOT_STORED');
});

const first = '00000000-0000-4000-8000-000000000001';
const second = '00000000-0000-4000-8000-000000000002';

test('however many creates are lost, they share the lists', async () => {
  const many = declare({
    ledger_accounts: Object.fromEntries(
      Array.from({ length: 200 }, (_, index) => [`k${index}`, { nominal_code: String(1000 + index) }]),
    ),
  });
  const faults = Array.from(
    { length: 200 },
    (_, index): MemoryFault => ({ on: 'create', index, effect: { type: 'lost_after' } }),
  );
  const organization = organizationWith();
  const plan = await planFor(many, organization);
  const { report, provider } = await run(plan, many, organization, { faults, context: { concurrency: 200 } });
  assert.is(exitCodeOf(report), 0);
  const lists = provider.calls.filter(({ operation }) => operation === 'list').length;
  assert.ok(lists <= 5, `${lists} lists: one to compare, one for the end check, and few to settle`);
});

test('lost answers are looked for at once, then with growing pauses, for the time to settle', async () => {
  const lost = [0, 1, 2].map(
    (index): MemoryFault => ({ on: 'create', index, effect: { type: 'lost_before' } }),
  );
  const declared = declare({ ledger_accounts: { cash } });
  const { report, pauses, provider } = await applied(lost, organizationWith(), declared);
  assert.is(statuses(report)['ledger_accounts.cash'], 'unknown LOST_ANSWER');
  assert.is(exitCodeOf(report), 5);
  assert.is(
    provider.calls.filter(({ operation }) => operation === 'create').length,
    3,
    'attempts are bounded',
  );
  const one = pauses.slice(0, pauses.length / 3);
  assert.is(
    one.reduce((sum, each) => sum + each, 0),
    2000,
  );
  for (let index = 1; index < one.length - 1; index += 1)
    assert.ok((one[index] ?? 0) > (one[index - 1] ?? 0));
  const operations = provider.calls.map(({ operation }) => operation).slice(1);
  assert.equal(operations.slice(0, 2), ['create', 'list']);
});

test('a create is not repeated as long as the list cannot be read', async () => {
  const fails = Array.from(
    { length: 20 },
    (_, index): MemoryFault => ({ on: 'list', index: index + 1, effect: { type: 'fails' } }),
  );
  const { report, provider } = await applied(
    [{ on: 'create', index: 0, effect: { type: 'lost_before' } }, ...fails],
    organizationWith(),
    declare({ ledger_accounts: { cash } }),
  );
  assert.is(statuses(report)['ledger_accounts.cash'], 'unknown LOST_ANSWER');
  assert.is(provider.calls.filter(({ operation }) => operation === 'create').length, 1);
  assert.ok(report.problems.some(({ code }) => code === 'NOT_CONVERGED'));
});

test('lists that lag behind are read again before anything counts as not converged', async () => {
  const organization = organizationWith({ ledger_accounts: [{ ...cash, name: 'Till' }] });
  const plan = await planFor(desired, organization);
  const { report, pauses } = await run(plan, desired, organization, { memory: { lag: 3 } });
  assert.is(exitCodeOf(report), 0);
  assert.ok(pauses.length > 0);
});

for (const [from, file] of [
  ['the file', desired],
  ['a saved plan', null],
] as const)
  test(`what lists do not show within the time to settle was answered as done, from ${from}: the hint says to wait`, async () => {
    const organization = organizationWith();
    const plan = await planFor(desired, organization);
    const { report } = await run(plan, file, organization, { memory: { lag: 1000 } });
    assert.is(exitCodeOf(report), 5);
    const [problem] = report.problems.filter(({ address }) => address === 'ledger_accounts.cash');
    assert.is(problem?.code, 'NOT_CONVERGED');
    assert.match(problem?.hint ?? '', '--settle');
  });

test('a create that a lagging list hides is not sent twice', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const faults = [{ on: 'create', index: 0, effect: { type: 'lost_after' } }] as const;
  const { report, provider } = await run(plan, desired, organization, { faults, memory: { lag: 3 } });
  assert.is(exitCodeOf(report), 0);
  assert.is(provider.calls.filter(({ operation }) => operation === 'create').length, 3);
});

test('what somebody changes during the apply is found by the end check', async () => {
  const organization = organizationWith({ ledger_accounts: [cash] });
  const declared = declare({ ledger_accounts: { cash }, tax_rates: { zero: { code: 'ZERO' } } });
  const plan = await planFor(declared, organization);
  const meddle = (operation: string): void => {
    if (operation === 'create') changeObject(organization, 'ledger_accounts', first, { name: 'Meddled' });
  };
  const { report } = await run(plan, declared, organization, {
    memory: { onCall: ({ operation }) => meddle(operation) },
  });
  assert.equal(statuses(report), { 'tax_rates.zero': 'applied' });
  assert.equal(
    report.problems.map(({ code, address }) => [code, address]),
    [['NOT_CONVERGED', 'ledger_accounts.cash']],
  );
  assert.is(exitCodeOf(report), 5);
  const saved = organizationWith({ ledger_accounts: [cash] });
  const proof = await run(await planFor(declared, saved), null, saved, {
    memory: {
      onCall: ({ operation }) =>
        operation === 'create' && changeObject(saved, 'ledger_accounts', first, { name: 'Meddled' }),
    },
  });
  assert.is(exitCodeOf(proof.report), 0, 'from a saved plan the proof covers its changes');
});

test('a stale change refuses the whole plan, and nothing is written', async () => {
  const organization = organizationWith({ ledger_accounts: [{ ...cash, name: 'Till' }] });
  const plan = await planFor(desired, organization);
  changeObject(organization, 'ledger_accounts', first, { name: 'Other' });
  const calls = await refused(plan, organization, ['STALE']);
  assert.is(calls, 0);
});

test('uses are read again: what came into use since the plan is not deleted', async () => {
  const organization = organizationWith({ ledger_accounts: [cash] });
  const plan = await planFor(
    declare({ tax_rates: { a: { code: 'A' } }, ledger_accounts: {}, prune: 'all' }),
    organization,
  );
  organization.products = [
    {
      id: 'p',
      name: 'Hour',
      type: 'service',
      external_reference: null,
      currency: null,
      ledger_account_id: first,
    },
  ];
  assert.is(await refused(plan, organization, ['IN_USE']), 0);
  const config = {
    ...plan.config,
    allowed: { ...allowed, in_use: [`ledger_accounts[${first}]`] },
  };
  const { report } = await run({ ...plan, config }, null, organization);
  assert.is(exitCodeOf(report), 0);
});

test('a plan that a guard refused is refused again, before anything is read', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const refusal = { code: 'TOO_MANY_DELETES', severity: 'error', message: 'too many' } as const;
  const place = { file: null, line: null, column: null, address: null, hint: null };
  assert.is(
    await refused({ ...plan, warnings: [{ ...refusal, ...place }] }, organization, ['TOO_MANY_DELETES']),
    0,
  );
});

test('an uncommitted configuration is not applied to production', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  try {
    await run(plan, desired, organization, { input: { production: { dirty: true } } });
    assert.unreachable();
  } catch (error) {
    assert.ok(error instanceof Stop && error.problems[0]?.code === 'DIRTY_CONFIGURATION');
  }
});

test('the second run of the same plan does nothing, and reads only what the plan needs', async () => {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  await run(plan, desired, organization);
  const { report, provider } = await run(plan, null, organization);
  assert.is(report.outcome, 'nothing');
  assert.is(report.converged, true);
  assert.is(report.summary.already_done, plan.changes.length);
  assert.equal(provider.calls.map(({ operation }) => operation).sort(), ['list', 'list', 'settings']);
});

test('a plan without changes is done without a request', async () => {
  const organization = organizationWith();
  const { report, provider } = await applied([], organization, declare({}));
  assert.is(report.outcome, 'nothing');
  assert.is(exitCodeOf(report), 0);
  assert.is(provider.calls.length, 0);
});

test('stopped before the first write, nothing is written and all is left', async () => {
  const { report, provider } = await stopped(0);
  assert.is(provider.calls.filter(({ write }) => write).length, 0);
  assert.ok(report.outcomes.every(({ error }) => error?.code === 'INTERRUPTED'));
  const [why] = report.problems;
  assert.ok(why?.code === 'INTERRUPTED' && why.hint !== null, 'what to do next is said');
  assert.is(exitCodeOf(report), 130);
  assert.is(report.run, null);
});

test('stopped in the middle, what is in flight is finished and nothing more is started', async () => {
  for (let at = 1; at <= 4; at += 1) {
    const { report, provider } = await stopped(at);
    const writes = provider.calls.filter(({ write }) => write).length;
    assert.is(writes, at);
    assert.is(report.summary.applied, at === 4 ? 6 : at, 'the fourth write is that of all settings');
    assert.is(exitCodeOf(report), at === 4 ? 0 : 130);
    assert.is(report.outcomes.length, 6);
  }
});

async function stopped(at: number) {
  const organization = organizationWith();
  const plan = await planFor(desired, organization);
  const control = new AbortController();
  if (at === 0) control.abort();
  let writes = 0;
  const onCall = ({ write }: { readonly write: boolean }): void => {
    if (write) writes += 1;
    if (writes === at) control.abort();
  };
  return run(plan, desired, organization, {
    memory: { onCall },
    context: { stop: control.signal, concurrency: 1 },
  });
}

async function refused(
  plan: Parameters<typeof run>[0],
  organization: MemoryOrganization,
  codes: readonly string[],
) {
  let writes = 0;
  try {
    await run(plan, null, organization, { memory: { onCall: ({ write }) => (writes += write ? 1 : 0) } });
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    assert.is(error.exitCode, 4);
    assert.equal(
      error.problems.map(({ code }) => code),
      codes,
    );
    return writes;
  }
  throw new Error('the plan was not refused');
}

test('an object of another that takes the code during a lost create makes two: both are named', async () => {
  const organization = organizationWith();
  const declared = declare({ ledger_accounts: { cash } });
  const plan = await planFor(declared, organization);
  const { report } = await run(plan, declared, organization, {
    faults: [{ on: 'create', index: 0, effect: { type: 'lost_after' } }],
    memory: {
      onCall: ({ operation }) => operation === 'create' && addObject(organization, 'ledger_accounts', cash),
    },
  });
  assert.is(statuses(report)['ledger_accounts.cash'], 'failed TWINS');
  assert.is(exitCodeOf(report), 5);
});

test('what depends on a lost write goes on as soon as reading shows that it was carried out', async () => {
  const old = { name: 'Old', nominal_code: '1100' };
  const organization = organizationWith({
    ledger_accounts: [cash, old, { name: 'Gone', nominal_code: '1200' }],
  });
  organization.settings = { ...organization.settings, [payments]: second };
  const declared = declare({
    ledger_accounts: { cash: { ...cash, name: 'Till' } },
    settings: { [payments]: 'ledger_accounts.cash' },
    prune: 'all',
  });
  const plan = await planFor(declared, organization);
  const faults = (['update', 'writeSettings', 'remove'] as const).map(
    (on): MemoryFault => ({ on, index: 0, effect: { type: 'lost_after' } }),
  );
  const written: string[] = [];
  const notify = (event: ApplyEvent): void => {
    if (event.type === 'finished') written.push(event.outcome.status);
  };
  const { report } = await run(plan, declared, organization, { faults, context: { notify } });
  assert.equal(written, ['applied', 'applied', 'applied', 'applied']);
  assert.is(exitCodeOf(report), 0);
});

test('a change of which nobody knew is applied when the end check finds it done', async () => {
  const organization = organizationWith({ ledger_accounts: [{ ...cash, name: 'Till' }] });
  const declared = declare({ ledger_accounts: { cash } });
  const plan = await planFor(declared, organization);
  const faults = [{ on: 'update', index: 0, effect: { type: 'late', reads: 6 } }] as const;
  const { report, lines } = await run(plan, declared, organization, { faults });
  assert.equal(statuses(report), { 'ledger_accounts.cash': 'applied' });
  assert.is(exitCodeOf(report), 0);
  assert.equal(
    lines.flatMap((line) => (line.type === 'outcome' ? [line.status] : [])),
    ['unknown', 'applied'],
  );
});

test('a repeated create that is refused looks once more for the object of the first', async () => {
  const organization = organizationWith();
  const declared = declare({ ledger_accounts: { cash } });
  const plan = await planFor(declared, organization);
  const faults: readonly MemoryFault[] = [
    { on: 'create', index: 0, effect: { type: 'late', reads: 6 } },
    { on: 'create', index: 1, effect: { type: 'refused', status: 409 } },
  ];
  const { report } = await run(plan, declared, organization, { faults });
  assert.equal(statuses(report), { 'ledger_accounts.cash': 'applied' });
  assert.is(exitCodeOf(report), 0);
});

test('an object that was there before is not adopted, even when a lagging list still shows its old code', async () => {
  const organization = organizationWith({ ledger_accounts: [cash] });
  const declared = declare({
    ledger_accounts: {
      moved: { name: 'Cash', nominal_code: '1001' },
      fresh: { name: 'Cash', nominal_code: '1000' },
    },
  });
  const entries = declared.entries.map((entry) =>
    entry.key === 'moved' ? { ...entry, was: { code: '1000' } } : entry,
  );
  const plan = await planFor({ ...declared, entries }, organization);
  assert.equal(
    plan.changes.map(({ action }) => action),
    ['update', 'create'],
  );
  const faults = [{ on: 'create', index: 0, effect: { type: 'lost_after' } }] as const;
  const { report } = await run(plan, { ...declared, entries }, organization, {
    faults,
    memory: { lag: 2 },
  });
  assert.equal(
    report.outcomes.map(({ id }) => id),
    [first, second],
  );
  assert.is(exitCodeOf(report), 0);
});

test('an object that another change of this run made is not adopted', async () => {
  const organization = organizationWith();
  const made = await planFor(
    declare({ ledger_accounts: { cash, other: { ...cash, nominal_code: '1001' } } }),
    organization,
  );
  const changes = made.changes.map((each) => ({ ...each, after: cash }));
  const ids: (string | null)[] = [];
  const notify = (event: ApplyEvent): void => {
    if (event.type === 'finished') ids.push(event.outcome.id);
  };
  const faults = [{ on: 'create', index: 1, effect: { type: 'lost_after' } }] as const;
  await run({ ...made, changes }, null, organization, { faults, context: { notify, concurrency: 1 } });
  assert.equal(ids, [first, second]);
});

test.run();
