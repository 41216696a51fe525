import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listRuns } from '../../src/apply/history.ts';
import { runsFolder } from '../../src/apply/record.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { OnRequest } from '../../src/emulator/exchange.ts';
import type { Problem } from '../../src/model/problem.ts';
import { configuration, jsonOf, openWorkbench, type Ran, type Workbench } from '../commands/workbench.ts';
import { figures } from './figures.ts';
import { assertNamed } from './oracle.ts';
import { isWrite, onStands, recordUndisturbed, type Stand } from './stand.ts';
import { configurationText, organization, pictureOfEmulator, twinsInEmulator } from './world.ts';

/*
 * Two real processes apply to one organization at the same instant. Nothing that the API offers keeps both from creating
 * the same object, so there may be twins: then one of both names the key and both ids, and deleting either one by hand is
 * all it takes. In some rounds chance decides how they meet, in others their first writes wait for each other.
 */

const test = suite('two applies at once');
const undisturbed = await recordUndisturbed();
const seed = randomInt(2 ** 31);
let rounds = 0;
let withTwins = 0;
test.after(() => figures('two-at-once', { rounds, 'rounds with two of a key, all named': withTwins }));

interface Round {
  /** Milliseconds by which the second starts later; null: their first writes wait for each other. */
  readonly offset: number | null;
  /** Both in one folder. */
  readonly shared: boolean;
  readonly concurrency: 1 | 30;
  /** Which of two twins is deleted by hand. */
  readonly deleted: 0 | 1;
}

const meeting: fc.Arbitrary<Round> = fc.record({
  offset: fc.integer({ min: 0, max: 200 }),
  shared: fc.boolean(),
  concurrency: fc.constantFrom(1, 30),
  deleted: fc.constantFrom(0, 1),
});
const colliding: fc.Arbitrary<Round> = fc.record({
  offset: fc.constant(null),
  // Where a record shows that another run is going on, the second one waits.
  shared: fc.constant(false),
  concurrency: fc.constant(1),
  deleted: fc.constantFrom(0, 1),
});
const drawn = (count: number): readonly (Round & { readonly seed: number })[] =>
  [meeting, colliding].flatMap((round) =>
    fc.sample(round, { seed, numRuns: count }).map((each) => ({ ...each, seed })),
  );

test('of one file name every twin, and a run after one deletion comes to the same as one alone', () =>
  onStands(3, drawn(3), async (round, stand) => {
    const emulator = await stand.open(gate(round));
    const both = await runBoth(round, ['--auto-approve'], ['--auto-approve'], stand);
    judge(both, round, emulator);
    await settled(['--auto-approve'], stand, emulator);
  }));

test('of two plans of one moment do no more harm', () =>
  onStands(3, drawn(2), async (round, stand) => {
    const emulator = await stand.open(gate(round));
    const both = await runBoth(round, ['plan.json'], ['plan.json'], stand);
    judge(both, round, emulator);
    await settled(['--auto-approve'], stand, emulator);
  }));

const left = `ledger_accounts:
  consulting: { nominal_code: "4010", name: Consulting income }
  cash: { nominal_code: "1000", name: Cash }
settings: { ledger_accounts: { payments: cash } }
`;
const right = `ledger_accounts:
  consulting: { nominal_code: "4010", name: Consulting }
  hosting: { nominal_code: "6800", name: Hosting }
`;

test('of two files that share a key name both of its objects', () =>
  onStands(3, drawn(3), async (round, stand) => {
    const emulator = await stand.open(gate(round));
    for (const [name, text] of Object.entries({ 'left.yaml': left, 'right.yaml': right }))
      await stand.bench.write(name, configuration(text));
    const files = ['left.yaml', 'right.yaml'] as const;
    const [first, second] = files.map((file) => ['--auto-approve', '-c', file]);
    const both = await runBoth(round, first ?? [], second ?? [], stand);
    judge(both, round, emulator);
    for (const file of files) {
      const args = ['-c', file, '-q', '--settle', '0.2'];
      const ran = await stand.bench.run(['apply', '--auto-approve', ...args], stand.environment);
      assert.is(ran.code, 0, ran.stdout + ran.stderr);
      const planned = await stand.bench.run(
        ['plan', '--detailed-exitcode', ...args.slice(0, 3)],
        stand.environment,
      );
      assert.is(planned.code, 0, planned.stdout);
    }
    assert.equal(twinsInEmulator(emulator), []);
  }));

test('in one folder keep two records', () =>
  onStands(2, [0, 20, 60, 120], async (offset, stand) => {
    const round: Round = { offset, shared: true, concurrency: 30, deleted: 0 };
    await stand.open();
    const both = await runBoth(
      round,
      ['--auto-approve', '--settle', '0.1'],
      ['plan.json', '--settle', '0.1'],
      stand,
    );
    const runs = listRuns(runsFolder(stand.bench.folder));
    for (const { document } of both)
      if (typeof document.run === 'string') {
        const found = runs.find(({ run }) => run === document.run);
        assert.equal([found?.problems, found?.torn], [[], false]);
        assert.is(found?.end?.outcome, document.outcome);
      }
    assert.is(runs.length, both.filter(({ document }) => typeof document.run === 'string').length);
    assert.ok(runs.length > 0);
  }));

/** Lets the first write of both through only when both have arrived. */
function gate({ offset }: Round): { readonly onRequest?: OnRequest } {
  if (offset !== null) return {};
  let arrived = 0;
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return {
    onRequest: (request) => {
      if (!isWrite(request) || arrived === 2) return undefined;
      arrived += 1;
      if (arrived === 2) open();
      return opened;
    },
  };
}

interface Ended {
  readonly ran: Ran;
  readonly document: Record<string, unknown>;
}

async function runBoth(
  { concurrency, offset, shared }: Round,
  first: readonly string[],
  second: readonly string[],
  { bench, environment }: Stand,
): Promise<readonly [Ended, Ended]> {
  const other = shared ? bench : await copyOf(bench);
  const args = ['--json', '-q', '--concurrency', String(concurrency)];
  const run = async (where: Workbench, what: readonly string[]): Promise<Ended> => {
    const ran = await where.run(['apply', ...what, ...args], environment);
    return { ran, document: jsonOf(ran) };
  };
  try {
    const one = run(bench, first);
    await new Promise((resolve) => setTimeout(resolve, offset ?? 0));
    return await Promise.all([one, run(other, second)]);
  } finally {
    if (!shared) await other.remove();
  }
}

async function copyOf(bench: Workbench): Promise<Workbench> {
  const files = { 'ledgerform.yaml': configurationText, 'plan.json': await bench.read('plan.json') };
  return openWorkbench({ ...files, 'left.yaml': configuration(left), 'right.yaml': configuration(right) });
}

/** Every twin is named with both ids by one of both; then one of two is deleted by hand. */
function judge(both: readonly Ended[], { deleted, offset }: Round, emulator: Emulator): void {
  const problems = both.flatMap(({ document }) => problemsIn(document));
  const words = both.map(({ ran }) => `${ran.code}\n${ran.stdout}${ran.stderr}`).join('\n');
  for (const { ran } of both) assert.ok(ran.code === 0 || ran.code === 4 || ran.code === 5, words);
  const pairs = pairsIn(emulator);
  if (offset === null) assert.ok(pairs.length > 0, `the race did not happen\n${words}`);
  for (const ids of pairs) assertNamed(problems, ids);
  if (pairs.length > 0)
    assert.ok(
      both.some(({ ran }) => ran.code === 5),
      words,
    );
  const stored = emulator.organization(organization);
  for (const ids of pairs)
    for (const [at, id] of ids.entries())
      if (at !== deleted) {
        stored.remove('ledger_accounts', id);
        stored.remove('tax_rates', id);
      }
  assert.equal(twinsInEmulator(emulator), []);
  rounds += 1;
  if (pairs.length > 0) withTwins += 1;
}

function problemsIn(document: Record<string, unknown>): readonly Problem[] {
  const { outcomes, problems } = document;
  // What the command prints with --json has these members.
  const told = (outcomes ?? []) as readonly { readonly error: Problem | null }[];
  return [...(problems as readonly Problem[]), ...told.flatMap(({ error }) => error ?? [])];
}

/** The ids of internal objects that have one code, or one name where they have no code. */
function pairsIn(emulator: Emulator): readonly (readonly string[])[] {
  const stored = emulator.organization(organization);
  return (['ledger_accounts', 'tax_rates'] as const).flatMap((collection) => {
    const byIdentity = new Map<string, string[]>();
    for (const { code, id, is_external, name, nominal_code } of stored.all(collection)) {
      if (is_external === true) continue;
      const identity = `${nominal_code ?? code ?? `name ${name}`}`.toUpperCase();
      byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), id]);
    }
    return [...byIdentity.values()].filter(({ length }) => length > 1);
  });
}

async function settled(what: readonly string[], stand: Stand, emulator: Emulator): Promise<void> {
  const args = ['--json', '-q', '--settle', '0.2'];
  const ran = await stand.bench.run(['apply', ...what, ...args], stand.environment);
  assert.is(ran.code, 0, ran.stdout + ran.stderr);
  assert.equal(pictureOfEmulator(emulator), undisturbed.picture);
  const planned = await stand.bench.run(['plan', '--detailed-exitcode', '-q'], stand.environment);
  assert.is(planned.code, 0, planned.stdout);
}

test.run();
