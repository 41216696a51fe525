import { rmSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openWorkbench } from '../workbench.ts';
import { chart, extending, fleetOf, idOf, pathOf, write } from './fleet.ts';

/* What must not be done, held by a few local organizations: fast enough to be tried with each fault of the program. */

const test = suite('what is not done to many organizations');
const bench = await openWorkbench();
test.after(() => bench.remove());
const local = (number: number, body = ''): string => extending(number, body, 'local');
write(bench.folder, {
  ...fleetOf(0),
  ...Object.fromEntries([1, 2, 3].map((each) => [pathOf(each), local(each)])),
});
interface One {
  readonly path: string;
  readonly exit_code: number;
  readonly apply?: { readonly outcome: string };
  readonly problems?: readonly { readonly code: string }[];
}
async function run(...args: readonly string[]): Promise<readonly (readonly [number, number, string])[]> {
  const { stdout } = await bench.run([...args, '-c', 'orgs', '--json']);
  const { organizations }: { readonly organizations: readonly One[] } = JSON.parse(stdout);
  return organizations.map(({ exit_code: code, path, problems = [] }) => [
    Number(/\d+/.exec(path)?.[0] ?? 0),
    code,
    problems.map((each) => each.code).join(),
  ]);
}

test('of two files about one organization none is planned', async () => {
  write(bench.folder, { 'orgs/again-3/ledgerform.yaml': local(3) });
  assert.equal(await run('validate'), [
    [3, 3, 'ORGANIZATION_TWICE'],
    [1, 0, ''],
    [2, 0, ''],
    [3, 3, 'ORGANIZATION_TWICE'],
  ]);
  rmSync(`${bench.folder}/orgs/again-3`, { recursive: true });
});

test('after a wave with a failure nothing more is written', async () => {
  await bench.run(['apply', '-c', 'orgs', '--auto-approve']);
  write(bench.folder, {
    'shared/chart.yaml': chart.replace('Consulting income', 'Fees'),
    'by-hand.yaml': local(1, 'ledger_accounts: { fees: { name: By hand, nominal_code: "4010" } }\n').replace(
      /^extends.*\n/m,
      '',
    ),
  });
  assert.is((await bench.run(['plan', '-c', 'orgs', '--out', 'plans'])).code, 0);
  assert.is((await bench.run(['apply', '-c', 'by-hand.yaml', '--auto-approve'])).code, 0);
  const ran = await bench.run(['apply', 'plans', '--waves', '1,100%', '--json']);
  const { organizations }: { readonly organizations: readonly One[] } = JSON.parse(ran.stdout);
  assert.equal(
    organizations.map(({ apply, exit_code: code, problems = [] }) => [
      code,
      apply?.outcome,
      problems.map((each) => each.code).join(),
    ]),
    [
      [4, 'refused', ''],
      [1, undefined, 'NOT_STARTED'],
      [1, undefined, 'NOT_STARTED'],
    ],
  );
  assert.is(ran.code, 1);
  assert.match(ran.stdout, `plans/local-${idOf(1)}.json was refused in an earlier wave`);
});

test('an organization that fails before its turn stops what comes after its wave, and a broken file nothing', async () => {
  const waves = ['apply', '--auto-approve', '--waves', '1,100%'];
  write(bench.folder, {
    [pathOf(1)]: local(1, 'external: { ledger_accounts: { lost: { nominal_code: "9999" } } }\n'),
  });
  assert.equal(await run(...waves), [
    [1, 3, 'LOOKUP_NONE'],
    [2, 1, 'NOT_STARTED'],
    [3, 1, 'NOT_STARTED'],
  ]);
  write(bench.folder, { [pathOf(1)]: local(1, 'tax_rats: {}\n') });
  assert.equal(await run(...waves), [
    [1, 3, 'UNKNOWN_KEY'],
    [2, 0, ''],
    [3, 0, ''],
  ]);
});

test('drift tells no refusals of guards, which judge an apply', async () => {
  const accounts = 'ledger_accounts: { fees: { name: Fees, nominal_code: "7000" } }\n';
  const strict = local(9, 'policy: { prune: all, max_deletes: 0 }\n');
  write(bench.folder, { 'looked-at/a/ledgerform.yaml': local(9, accounts) });
  assert.is((await bench.run(['apply', '-c', 'looked-at/a', '--auto-approve'])).code, 0);
  write(bench.folder, { 'looked-at/a/ledgerform.yaml': strict });
  assert.match((await bench.run(['plan', '-c', 'looked-at'])).stdout, 'TOO_MANY_DELETES');
  const drifted = await bench.run(['drift', '-c', 'looked-at']);
  assert.is(drifted.code, 2);
  assert.not.match(drifted.stdout, 'TOO_MANY_DELETES');
});

test('an apply of which everything is refused says so once', async () => {
  const { code, stdout } = await bench.run(['apply', '-c', 'looked-at', '--auto-approve']);
  assert.is(code, 4);
  assert.is(stdout.match(/^error TOO_MANY_DELETES/gm)?.length, 1);
  assert.is(stdout.match(/^organization .* result$/gm)?.length, 1);
  assert.match(stdout, /^Apply: 1 refused\.$/m);
});

test('a saved plan that a guard refuses is refused, also where it is out of date and has no changes', async () => {
  const empty = local(9, 'policy: { prune: all }\n').replace(/^extends.*\n/m, '');
  write(bench.folder, { 'looked-at/a/ledgerform.yaml': empty });
  await bench.run(['plan', '-c', 'looked-at', '--out', 'refused']);
  write(bench.folder, { 'looked-at/a/ledgerform.yaml': `${empty}# later\n` });
  assert.is((await bench.run(['apply', 'refused'])).code, 4);
});

test('fragments alone, and options that are about one organization, are exit 3', async () => {
  for (const args of [
    ['plan', '-c', 'shared'],
    ['plan', '-c', 'orgs', '--show-unchanged'],
    ['drift', '-c', 'orgs', '--accept'],
    ['apply', 'plans', '--changed-since', 'HEAD'],
  ])
    assert.is((await bench.run(args)).code, 3, args.join(' '));
});

test.run();
