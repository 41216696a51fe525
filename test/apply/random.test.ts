import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { exitCodeOf } from '../../src/apply/report.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.ts';
import { Stop } from '../../src/model/problem.ts';
import type { Fields } from '../../src/model/value.ts';
import type { Effect, MemoryFault } from '../../src/providers/memory/fault.ts';
import { commitLate, type MemoryOrganization } from '../../src/providers/memory/organization.ts';
import {
  type Applied,
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
 * Random files against random organizations, with any number of faults, lagging lists and a Ctrl-C anywhere. Always: the
 * run ends with one outcome for each change; no key gets two objects but by a commit that comes after all looks, and then
 * it is named; the next run without faults converges, from the saved plan as from a new one.
 */

const text = fc.constantFrom('Cash', 'Bank', 'Income', 'Räume\nand more');
const account = fc.record({ name: text, description: fc.option(text) }, { requiredKeys: [] });
const rate = fc.record(
  { name: text, effective_tax_rate: fc.constantFrom('7.5%', '0%', '20%'), description: fc.option(text) },
  { requiredKeys: [] },
);
const code = fc.integer({ min: 1, max: 9 }).map(String);
const codes = <T>(fields: fc.Arbitrary<T>) =>
  fc.dictionary(code, fields, { maxKeys: 7, noNullPrototype: true });

const effect: fc.Arbitrary<Effect> = fc.oneof(
  fc.constant<Effect>({ type: 'refused', status: 422 }),
  fc.constant<Effect>({ type: 'refused', status: null }),
  fc.boolean().map((endsRun): Effect => ({ type: 'lost_before', endsRun })),
  fc.boolean().map((endsRun): Effect => ({ type: 'lost_after', endsRun })),
  fc.integer({ min: 0, max: 9 }).map((reads): Effect => ({ type: 'late', reads })),
  fc.constant<Effect>({ type: 'late', reads: Number.POSITIVE_INFINITY }),
);
const writeFault = fc.record({ on: fc.constant('write' as const), index: fc.nat(20), effect });
const readFault = fc.record({
  on: fc.constant('read' as const),
  // The first reads are those before any write; their failure ends the run, which is no matter of this test.
  index: fc.integer({ min: 14, max: 24 }),
  effect: fc.constant<Effect>({ type: 'fails' }),
});
const faults: fc.Arbitrary<readonly MemoryFault[]> = fc.array(fc.oneof(writeFault, readFault), {
  maxLength: 5,
});

const world = fc.record({
  file: fc.record({
    accounts: codes(account),
    rates: codes(rate),
    prune: fc.constantFrom('never' as const, 'all' as const),
  }),
  live: fc.record({
    accounts: codes(account),
    rates: codes(rate),
    pays: fc.nat(5),
    products: fc.array(fc.nat(9), { maxLength: 5 }),
    lines: fc.array(fc.tuple(fc.nat(9), fc.nat(9)), { maxLength: 5 }),
    movesOn: fc.boolean(),
  }),
  pays: fc.nat(5),
  assigned: fc.record({
    product: fc.option(fc.nat(9)),
    line: fc.option(fc.nat(9)),
    rules: fc.array(fc.record({ account: fc.nat(9), rate: fc.nat(9), overwrite: fc.boolean() }), {
      maxLength: 2,
    }),
  }),
  faults,
  lag: fc.nat(2),
  concurrency: fc.constantFrom(1, 3, 30),
  stopAt: fc.option(fc.nat(20)),
});
type World = typeof world extends fc.Arbitrary<infer T> ? T : never;

const property = suite('random files, organizations and faults');

property('the run ends, and the next one converges', async () => {
  await fc.assert(
    fc.asyncProperty(world, fc.boolean(), async (each, fromSavedPlan) => {
      const organization = organizationOf(each);
      const { desired, plan } = await proposed(each, organization);
      const control = new AbortController();
      let calls = 0;
      const first = await run(plan, desired, organization, {
        faults: each.faults,
        memory: { lag: each.lag, onCall: () => void (calls++ === each.stopAt && control.abort()) },
        context: { concurrency: each.concurrency, stop: control.signal },
      });
      assert.equal(
        first.report.outcomes.map(({ address }) => address),
        plan.changes.map(({ address }) => address),
      );
      assertHonest(first);

      commitLate(organization);
      if (doubles(organization).length > 0) {
        assert.ok(each.faults.some((fault) => fault.effect.type === 'late'));
        await assertNamed(
          fromSavedPlan ? () => run(plan, null, organization) : () => planFor(desired, organization),
        );
        return;
      }
      const next = fromSavedPlan ? plan : await planFor(desired, organization);
      const second = await run(next, fromSavedPlan ? null : desired, organization);
      assert.is(exitCodeOf(second.report), 0, JSON.stringify(second.report));
      assert.equal((await planFor(desired, organization)).changes, []);
    }),
    { numRuns: 400, includeErrorInReport: true },
  );
});

property('what a second writer assigned meanwhile is never overwritten', async () => {
  const moves = fc.array(fc.record({ at: fc.nat(5), field: fc.nat(2), to: fc.nat(9) }), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(world, moves, async (each, meanwhile) => {
      const organization = organizationOf(each);
      const { plan } = await proposed(each, organization);
      const before = held(organization);
      for (const move of meanwhile) assignBySecond(organization, move);
      const moved = held(organization);
      const provider = await runOrRefuse(plan, organization);
      const after = held(organization);
      if (provider === null) assert.equal(after, moved, 'a refused plan writes nothing');
      for (const [place, value] of moved)
        if (value !== before.get(place)) assert.is(after.get(place), value, place);
    }),
    { numRuns: 300, includeErrorInReport: true },
  );
});

/** What every product and line points to, value by value. */
function held(organization: MemoryOrganization): ReadonlyMap<string, unknown> {
  const all = Object.entries(pointers(organization));
  return new Map(
    all.flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.map((each: unknown, index): [string, unknown] => [`${name} ${index}`, each])
        : [[name, value]],
    ),
  );
}

function assignBySecond(
  organization: MemoryOrganization,
  { at, field, to }: { readonly at: number; readonly field: number; readonly to: number },
): void {
  const id = to === 0 ? null : idOf(to);
  if (field === 0) {
    organization.products = organization.products.map((each, index) =>
      index === at ? { ...each, ledger_account_id: id } : each,
    );
    return;
  }
  const ids = field === 1 ? { ledger_account_id: id } : { accounting_tax_rate_id: id };
  const lines = organization.lines.get('payable-INV-1') ?? [];
  const all = lines.map((line, index) => (index === at ? { ...line, ...ids } : line));
  organization.lines = new Map(organization.lines).set('payable-INV-1', all);
}

async function runOrRefuse(plan: Plan, organization: MemoryOrganization): Promise<Applied | null> {
  try {
    return await run(plan, null, organization);
  } catch (error) {
    if (error instanceof Stop && error.exitCode === 4) return null;
    throw error;
  }
}

/** The file and its plan; what a guard would refuse to delete is not pruned. */
async function proposed(each: World, organization: MemoryOrganization) {
  const file = fileOf(each);
  const pruning = declare(file);
  const plan = await planFor(pruning, organization);
  if (plan.warnings.every(({ severity }) => severity !== 'error')) return { desired: pruning, plan };
  const desired = declare({ ...file, prune: 'never' });
  return { desired, plan: await planFor(desired, organization) };
}

/** What a report claims must be true, as far as it can be told from outside. */
function assertHonest({ report, provider, lines }: Applied): void {
  const code = exitCodeOf(report);
  if (code === 0)
    assert.ok(report.outcomes.every(({ status }) => status === 'applied' || status === 'already_done'));
  if (code === 1) assert.is(report.summary.applied, 0);
  assert.is(report.converged && report.outcome === 'partial', false);
  assert.is(sum(report), report.outcomes.length);
  const writes = provider.calls.filter(({ write }) => write).length;
  const recorded = new Set(lines.flatMap((line) => (line.type === 'write' ? [line.write] : [])));
  assert.is(recorded.size, writes, 'each write that is sent is in the record');
  for (const { id, error } of report.outcomes) if (error?.code === 'TWINS') assert.is(id, null);
}

const sum = ({ summary }: ApplyReport): number =>
  Object.values(summary).reduce((total, each) => total + each, 0);

async function assertNamed(act: () => Promise<unknown>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    assert.ok(error.problems.some(({ code }) => code === 'TWINS' || code === 'IDENTITY_AMBIGUOUS'));
    return;
  }
  assert.unreachable('two objects of one key were passed over in silence');
}

function fileOf({ file, pays, assigned, live }: World): Declaration {
  const accounts = Object.entries(file.accounts).map(([key, fields]): [string, Fields] => [
    `k${key}`,
    { nominal_code: key, ...fields },
  ]);
  const rates = Object.entries(file.rates).map(([key, fields]): [string, Fields] => [
    `r${key}`,
    { code: key, ...fields },
  ]);
  const [target] = accounts[pays] ?? [];
  return {
    // Never empty: a file that declares nothing is refused under `prune: all`.
    ledger_accounts: { ...Object.fromEntries(accounts), always: { nominal_code: '100', name: 'Always' } },
    tax_rates: Object.fromEntries(rates),
    settings: { 'settings.ledger_accounts.payments': target ? `ledger_accounts.${target}` : null },
    ...itemsOf(assigned, live, [...accounts.map(([key]) => key), 'always'], Object.keys(file.rates)),
    prune: file.prune,
  };
}

/** Items for what is there: one product and one line by name, and rules for all. */
function itemsOf(
  { product, line, rules }: World['assigned'],
  live: World['live'],
  accounts: readonly string[],
  rates: readonly string[],
): Pick<Declaration, 'products' | 'line_items'> {
  const accountAt = (at: number): string | null =>
    at < accounts.length ? `ledger_accounts.${accounts[at]}` : null;
  const rateAt = (at: number): string | null => (at < rates.length ? `tax_rates.r${rates[at]}` : null);
  const pointsOf = (rule: World['assigned']['rules'][number]) => ({
    when: {},
    ledger_account: accountAt(rule.account),
    ...(rule.overwrite && { overwrite: true as const }),
  });
  return {
    products: [
      ...(product !== null && live.products.length > 0
        ? [{ product: 'SKU-0', ledger_account: accountAt(product) }]
        : []),
      ...rules.map(pointsOf),
    ],
    line_items: [
      ...(line !== null && live.lines.length > 0
        ? [{ line: 'INV-1/0', ledger_account: accountAt(line), tax_rate: rateAt(line) }]
        : []),
      ...rules.map((rule) => ({ ...pointsOf(rule), tax_rate: rateAt(rule.rate) })),
    ],
  };
}

const idOf = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function organizationOf({ live }: World): MemoryOrganization {
  const organization = organizationWith({
    ledger_accounts: Object.entries(live.accounts).map(([key, fields]) => ({ nominal_code: key, ...fields })),
    tax_rates: Object.entries(live.rates).map(([key, fields]) => ({ code: key, ...fields })),
  });
  const payments = live.pays > 0 && live.pays <= Object.keys(live.accounts).length ? idOf(live.pays) : null;
  organization.settings = { ...organization.settings, 'settings.ledger_accounts.payments': payments };
  // Some of these ids are of no object, or of one that the plan deletes.
  const stored = Object.keys(live.accounts).length + Object.keys(live.rates).length;
  const pointer = (number: number): string | null =>
    number === 0 ? null : idOf(number > stored ? 900 + number : number);
  organization.products = live.products.map((at, index) => productOf(`SKU-${index}`, pointer(at)));
  const lines = live.lines.map(([account, rate], index) => [
    String(index),
    [pointer(account), pointer(rate + Object.keys(live.accounts).length)],
  ]);
  addPayable(organization, 'INV-1', Object.fromEntries(lines));
  organization.movesOn = live.movesOn;
  return organization;
}

property.run();
