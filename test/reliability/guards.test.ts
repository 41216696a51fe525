import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import type { Problem } from '../../src/model/problem.ts';
import type { ProblemCode } from '../../src/model/problem-codes.ts';
import { jsonOf } from '../commands/workbench.ts';
import { figures } from './figures.ts';
import { openStand, type Stand, writesOf } from './stand.ts';
import { configurationText, organization, pictureOfEmulator } from './world.ts';

/*
 * What forbids an apply forbids it at the last moment too: whether something moved after the plan was saved, or between the
 * reading that the plan is made of and the reading right before the first write. Each refusal leaves everything as it was
 * and says what to do.
 */

const test = suite('at apply time');
let refused = 0;

interface Refusal {
  readonly title: string;
  /** After `apply`. */
  readonly args: readonly string[];
  readonly code: 1 | 3 | 4;
  readonly problem: ProblemCode;
  /** The file to plan from, when it is another one. */
  readonly configuration?: string;
  /** What becomes of the file after the plan is made. */
  readonly after?: string;
  /** What becomes of the saved plan. */
  readonly edit?: (plan: string) => string;
  /** What somebody does after the plan is made; with `--auto-approve` right before it is read again. */
  readonly meanwhile?: (emulator: Emulator) => void;
  readonly variables?: Readonly<Record<string, string>>;
}

const saved = ['plan.json'];
const direct = ['--auto-approve'];

const accountWith = (code: string, emulator: Emulator): string => {
  const accounts = emulator.organization(organization).all('ledger_accounts');
  const found = accounts.find(({ nominal_code }) => nominal_code === code);
  if (!found) throw new Error(`no account ${code}`);
  return found.id;
};

const somebodyRenames = (emulator: Emulator): void => {
  const id = accountWith('1090', emulator);
  emulator.organization(organization).put('ledger_accounts', { id, name: 'Kasse' });
};

const somebodyUses = (emulator: Emulator): void => {
  const stored = emulator.organization(organization);
  const product = stored.all('products').find(({ name }) => name === "Nobody's product");
  if (!product) throw new Error('no such product');
  stored.put('products', { id: product.id, ledger_account_id: accountWith('1920', emulator) });
};

const breaks =
  (fault: Fault) =>
  (emulator: Emulator): void =>
    emulator.planFaults([{ method: 'GET', path: '/ledger-accounts', ...fault }]);

const withPolicy = (policy: string): string =>
  configurationText.replace(/^policy: .*$/m, `policy: ${policy}`);
const head = configurationText.slice(0, configurationText.indexOf('tax_rates:'));

const stand = await openStand();
const usual = await stand.bench.read('plan.json');
const petty = stand.plan.changes.find(({ label }) => label === '1900 Petty cash');

const policies: readonly (readonly [what: string, configuration: string, problem: ProblemCode])[] = [
  [
    'deletes what is protected',
    withPolicy(`{ max_deletes: 10, max_overwrites: 10, protect: ["${petty?.address}"] }`),
    'PROTECTED',
  ],
  ['deletes too much', withPolicy('{ max_deletes: 2, max_overwrites: 10 }'), 'TOO_MANY_DELETES'],
  ['overwrites too much', withPolicy('{ max_deletes: 10, max_overwrites: 1 }'), 'TOO_MANY_OVERWRITES'],
  ['declares nothing under `prune: all`', `${head}policy: { prune: all }\n`, 'EMPTY_FILE'],
];

const both: readonly (readonly [how: string, args: readonly string[]])[] = [
  ['a saved plan', saved],
  ['a plan just made', direct],
];

const refusals: readonly Refusal[] = [
  ...both.flatMap(([how, args]): readonly Refusal[] => [
    {
      title: `${how} is stale when a value has moved since it was made`,
      args,
      code: 4,
      problem: 'STALE',
      meanwhile: somebodyRenames,
    },
    {
      title: `${how} deletes nothing that is in use since it was made`,
      args,
      code: 4,
      problem: 'IN_USE',
      meanwhile: somebodyUses,
    },
    {
      title: `${how} is not applied to what could not be read again`,
      args,
      code: 1,
      problem: 'API_ANSWER',
      meanwhile: breaks({ kind: 'status', code: 500 }),
    },
    {
      title: `${how} is not applied when another organization answers`,
      args,
      code: 1,
      problem: 'WRONG_ORGANIZATION',
      meanwhile: breaks({ kind: 'wrong-organization' }),
    },
    ...policies.map(
      ([what, configuration, problem]): Refusal => ({
        title: `${how} that ${what} is refused`,
        args,
        code: 4,
        problem,
        configuration,
      }),
    ),
  ]),
  {
    title: 'a plan that was edited is none',
    args: saved,
    code: 3,
    problem: 'PLAN_EDITED',
    edit: (plan) => plan.replace('Clearing', 'Cleaning'),
  },
  {
    title: 'a plan that was cut off is none',
    args: saved,
    code: 3,
    problem: 'PLAN_UNREADABLE',
    edit: (plan) => plan.slice(0, -100),
  },
  ...['0', '2'].map(
    (version): Refusal => ({
      title: `a plan of the format ${version} is not read`,
      args: saved,
      code: 3,
      problem: 'PLAN_VERSION',
      edit: (plan) => plan.replace('"format_version": "1"', `"format_version": "${version}"`),
    }),
  ),
  {
    title: 'another document is no plan',
    args: saved,
    code: 3,
    problem: 'PLAN_UNREADABLE',
    edit: () => '{"a":1}',
  },
  {
    title: 'no plan is none',
    args: ['none.json'],
    code: 3,
    problem: 'PLAN_UNREADABLE',
  },
  {
    title: 'a plan older than its configuration is refused',
    args: saved,
    code: 4,
    problem: 'PLAN_OUTDATED',
    after: `${configurationText}# a word\n`,
  },
  {
    title: 'a plan is not for a configuration of another organization',
    args: saved,
    code: 3,
    problem: 'PLAN_ELSEWHERE',
    after: configurationText.replace('9d2b4c8f', '0d2b4c8f'),
  },
  {
    title: 'a plan is not for another environment',
    args: [...saved, '--env', 'production'],
    code: 3,
    problem: 'PLAN_ELSEWHERE',
  },
  {
    title: 'a plan is not for the environment that a variable names',
    args: saved,
    code: 3,
    problem: 'PLAN_ELSEWHERE',
    variables: { LEDGERFORM_ENV: 'local' },
  },
  {
    title: 'a plan is not for another URL',
    args: [...saved, '--api-url', 'https://example.com/v1'],
    code: 3,
    problem: 'PLAN_ELSEWHERE',
  },
  ...[
    ['--target', 'ledger_accounts.cash'],
    ['--allow-deletes', '5'],
    ['--allow-overwrites', '5'],
    ['--allow-in-use', 'ledger_accounts.cash'],
    ['--allow-dirty'],
  ].map(
    (option): Refusal => ({
      title: `${option[0]} comes too late for a saved plan`,
      args: [...saved, ...option],
      code: 3,
      problem: 'OPTION_INVALID',
    }),
  ),
];

test.after(async () => {
  await stand.close();
  figures('guards', { refusals: refused });
});

for (const each of refusals)
  test(each.title, async () => {
    let reads = 0;
    const isDirect = each.args.includes('--auto-approve');
    let before: readonly string[] = [];
    const happens = (): void => {
      each.meanwhile?.(emulator);
      before = pictureOfEmulator(emulator);
    };
    const emulator = await stand.open({
      onRequest: ({ method, path }) => {
        if (method === 'GET' && path === '/ledger-accounts') reads += 1;
        if (isDirect && reads === 2 && before.length === 0) happens();
        return undefined;
      },
    });
    await prepare(each, stand);
    if (!isDirect || !each.meanwhile) happens();
    await judge(each, stand, emulator);
    assert.equal(pictureOfEmulator(emulator), before);
    assert.equal(writesOf(emulator), []);
    refused += 1;
  });

async function prepare(
  { after, args, configuration, edit }: Refusal,
  { bench, environment }: Stand,
): Promise<void> {
  await bench.write('ledgerform.yaml', configuration ?? configurationText);
  await bench.write('plan.json', usual);
  if (configuration !== undefined && args === saved)
    await bench.run(['plan', '--out', 'plan.json'], environment);
  if (after !== undefined) await bench.write('ledgerform.yaml', after);
  if (edit) await bench.write('plan.json', edit(await bench.read('plan.json')));
}

/** The exit code, the problem, and for each problem what to do about it. */
async function judge(
  { args, code, problem, variables }: Refusal,
  { bench, environment }: Stand,
  emulator: Emulator,
): Promise<void> {
  const asked = emulator.log().length;
  const ran = await bench.run(['apply', ...args, '--json', '-q'], { ...environment, ...variables });
  const words = ran.stdout + ran.stderr;
  assert.is(ran.code, code, words);
  // What the command prints with --json has problems of this form.
  const problems = jsonOf(ran).problems as readonly Problem[];
  assert.equal([...new Set(problems.map((each) => each.code))], [problem], words);
  for (const { hint } of problems) assert.ok(hint, `nothing says what to do: ${words}`);
  if (code === 3) assert.is(emulator.log().length, asked, 'bad input is refused before anybody is asked');
}

test('another organization’s answer in the middle of the writes ends the run', async () => {
  await stand.bench.write('ledgerform.yaml', configurationText);
  const emulator = await stand.open({
    faults: [{ kind: 'wrong-organization', method: 'POST', path: '/ledger-accounts', nth: 2 }],
  });
  const args = ['apply', '--auto-approve', '--json', '-q', '--concurrency', '1'];
  const ran = await stand.bench.run(args, stand.environment);
  assert.is(ran.code, 5, ran.stdout);
  assert.is(writesOf(emulator).length, 2);
  assert.match(ran.stdout, 'WRONG_ORGANIZATION');
});

test.run();
