import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openSandbox, openWorkbench } from '../workbench.ts';
import { documentOf, problemsIn } from './document.ts';
import { extending, fleetOf, idOf, nameOf, pathOf, write } from './fleet.ts';

/* Thirty organizations behind one emulator: what one of them does to the others, and what all of them cost. */

const count = 30;
const test = suite('many organizations');
const { emulator, environment } = await openSandbox({
  seed: { organizations: [{ id: idOf(1), ledger_accounts: [{ name: 'Fees', nominal_code: '4010' }] }] },
  rateLimit: 120,
});
const bench = await openWorkbench();
write(bench.folder, fleetOf(count));
test.after(async () => {
  await emulator.close();
  await bench.remove();
});
const all = ['-c', 'orgs/*/ledgerform.yaml'];
const settingsOf = (number: number): string => `/entities/${idOf(number)}/settings`;
const requests = () => emulator.log().length;

test('a plan has a line for each, the same changes once, and a summary last; a fragment is named as skipped', async () => {
  const before = emulator.stats().requests;
  const { code, stderr, stdout } = await bench.run(['plan', '-c', '.'], environment);
  assert.equal([code, stderr], [0, '']);
  assert.ok(stdout.startsWith(`30 organizations · sandbox ${emulator.url}\n`), stdout.slice(0, 200));
  for (let number = 1; number <= count; number += 1)
    assert.match(stdout, new RegExp(`^Company ${number} +${pathOf(number)} +sandbox `, 'm'));
  assert.match(stdout, /shared\/chart\.yaml +skipped$/m);
  assert.is(stdout.split('29 organizations: the same 3 changes').length, 3);
  assert.is(stdout.split('+ ledger_accounts.cash ').length, 3, 'once for the group, once for the other');
  assert.match(stdout, /Read with 90 requests\. An apply sends 90 writes/);
  assert.match(stdout, /\nPlan: 29 organizations: the same 3 changes; 1 differ; 1 skipped\.\n$/);
  // One token for all, and what each needs: its accounts, its settings and, because one of these changes, its connections.
  assert.is(emulator.stats().requests - before, 1 + 3 * count);
});

test('one limiter serves them all: with the service’s limit not one request is refused', () => {
  assert.is(emulator.log().filter(({ status }) => status === 429).length, 0);
  assert.is(emulator.log().filter(({ path }) => path.endsWith('/auth/token')).length, 1);
});

test('--json has every plan and groups that are a partition, as its schema says', async () => {
  const ran = await bench.run(['plan', ...all, '--json', '--detailed-exitcode'], environment);
  const document = documentOf(ran);
  assert.equal([ran.code, document.exit_code], [2, 2]);
  assert.equal(
    document.organizations.map(({ path }) => path),
    Array.from({ length: count }, (_, at) => pathOf(at + 1)),
  );
  assert.equal(
    document.groups.map(({ addresses, organizations }) => [addresses.length, organizations.length]),
    [
      [3, 29],
      [3, 1],
    ],
  );
  assert.equal(document.groups.flatMap(({ organizations }) => organizations).sort().length, count);
  assert.ok(document.organizations.every(({ plan }) => plan?.changes.length === 3));
});

test('the shards of a list have every organization once', async () => {
  const seen: string[] = [];
  for (const part of [1, 2, 3]) {
    const document = documentOf(
      await bench.run(['validate', ...all, '--shard', `${part}/3`, '--json'], environment),
    );
    seen.push(...document.organizations.map(({ path }) => path));
  }
  assert.equal(
    seen.sort(),
    Array.from({ length: count }, (_, at) => pathOf(at + 1)),
  );
});

test('what is broken, refused by the API or there twice does not stop the others', async () => {
  emulator.planFaults([{ method: 'GET', path: settingsOf(5), kind: 'status', code: 403 }]);
  write(bench.folder, {
    [pathOf(3)]: extending(3, 'ledger_acounts: {}\n'),
    'orgs/twice/ledgerform.yaml': extending(4),
  });
  const ran = await bench.run(['plan', ...all, '--json'], environment);
  emulator.planFaults([]);
  write(bench.folder, { [pathOf(3)]: extending(3) });
  rmSync(join(bench.folder, 'orgs', 'twice'), { recursive: true });
  const document = documentOf(ran);
  assert.equal(problemsIn(document), {
    [pathOf(3)]: ['UNKNOWN_KEY'],
    [pathOf(4)]: ['ORGANIZATION_TWICE'],
    [pathOf(5)]: ['API_REFUSED'],
    'orgs/twice/ledgerform.yaml': ['ORGANIZATION_TWICE'],
  });
  assert.equal([ran.code, document.exit_code], [1, 1]);
  assert.is(document.organizations.filter(({ plan }) => plan).length, count - 3);
});

test('a refused credential stops the run, and the others are told as not started', async () => {
  const before = requests();
  const ran = await bench.run(['plan', ...all, '--json'], { ...environment, TESOURO_CLIENT_SECRET: 'wrong' });
  const document = documentOf(ran);
  assert.is(ran.code, 1);
  const codes = Object.values(problemsIn(document)).flat();
  assert.is(codes.length, count);
  assert.equal([...new Set(codes)].sort(), ['AUTH_FAILED', 'NOT_STARTED']);
  assert.ok(requests() - before <= 8, 'the token was asked for by those that were under way, if that');
});

test('a folder of plans replaces an earlier one, is refused where it holds anything else, and is applied as a whole', async () => {
  const plans = join(bench.folder, 'plans');
  const first = await bench.run(['plan', ...all, '--shard', '1/3', '--out', 'plans', '-q'], environment);
  assert.is(first.code, 0);
  assert.is(readdirSync(plans).length, 10 + 1);
  await bench.run(['plan', '-c', pathOf(1), '-c', pathOf(2), '--out', 'plans', '-q'], environment);
  assert.equal(readdirSync(plans).sort(), [
    'plans.json',
    ...[1, 2].map((each) => `sandbox-${idOf(each)}.json`),
  ]);

  const ran = await bench.run(['apply', 'plans', '--json'], environment);
  const document = documentOf(ran);
  assert.equal([ran.code, document.exit_code], [0, 0]);
  assert.equal(
    document.organizations.map(({ path, apply }) => [path, apply?.outcome]),
    [1, 2].map((each) => [`plans/sandbox-${idOf(each)}.json`, 'applied']),
  );
  const again = await bench.run(
    ['plan', '-c', pathOf(1), '-c', pathOf(2), '--detailed-exitcode'],
    environment,
  );
  assert.is(again.code, 0);
  assert.match(again.stdout, /\nPlan: 2 without changes\.\n$/);

  writeFileSync(join(plans, 'notes.txt'), '');
  const before = requests();
  const refused = await bench.run(['plan', ...all, '--out', 'plans', '--json'], environment);
  assert.equal([refused.code, requests() - before], [3, 0]);
  assert.is(readdirSync(plans).length, 4);
});

test('waves stop after the first with a failure, and the rest is told as not started', async () => {
  emulator.planFaults([{ method: 'PATCH', path: settingsOf(4), kind: 'status', code: 422 }]);
  const part = [3, 4, 5, 6, 7].flatMap((each) => ['-c', pathOf(each)]);
  const ran = await bench.run(
    ['apply', ...part, '--auto-approve', '--waves', '1,50%,100%', '--json'],
    environment,
  );
  emulator.planFaults([]);
  const document = documentOf(ran);
  assert.equal([ran.code, document.exit_code], [5, 5]);
  assert.equal(
    document.organizations.map(({ apply, exit_code: code, problems = [] }) => [
      apply?.outcome,
      code,
      problems.map((each) => each.code).join(),
    ]),
    [
      ['applied', 0, ''],
      ['partial', 5, ''],
      ['applied', 0, ''],
      [undefined, 1, 'NOT_STARTED'],
      [undefined, 1, 'NOT_STARTED'],
    ],
  );
});

test('an apply of all ends with nothing left, and each run has a record of its own', async () => {
  const runs = join(bench.folder, '.ledgerform', 'runs');
  const before = readdirSync(runs).length;
  const { code, stdout } = await bench.run(['apply', ...all, '--auto-approve'], environment);
  assert.is(code, 0, stdout.slice(-1000));
  assert.match(stdout, /\nApply: 26 with \d+ changes applied; 4 with nothing to do\.\n$/);
  assert.is(readdirSync(runs).length - before, 26);
  const again = await bench.run(['drift', ...all], environment);
  assert.is(again.code, 0);
  assert.match(again.stdout, /\nDrift: 30 without drift\.\n$/);
  assert.is(emulator.log().filter(({ status }) => status === 429).length, 0);
});

test('nobody is asked where there is no terminal, and other commands take one configuration', async () => {
  assert.is((await bench.run(['apply', ...all], environment)).code, 3);
  assert.is((await bench.run(['list', 'settings', '-c', pathOf(1), '-c', pathOf(2)], environment)).code, 3);
});

test('what matches nothing is exit 3, before anything is read', async () => {
  for (const text of ['nowhere/*.yaml', 'orgs/none.yaml', 'orgs/{a,b}']) {
    const ran = await bench.run(['plan', ...all, '-c', text, '--json'], environment);
    assert.equal([ran.code, JSON.parse(ran.stdout).problems[0].code], [3, 'FILE_NOT_FOUND'], text);
  }
});

test('validate checks fragments as well, and mends a file that several extend once', async () => {
  write(bench.folder, {
    'shared/chart.yaml': fleetOf(0)['shared/chart.yaml']?.replace('"1090"', '1090') ?? '',
  });
  const broken = documentOf(await bench.run(['validate', '-c', '.', '--json']));
  assert.is(broken.exit_code, 3);
  assert.is(broken.organizations.filter(({ exit_code: code }) => code === 3).length, count + 1);
  const ran = await bench.run(['validate', '-c', '.', '--fix']);
  assert.is(ran.code, 0);
  assert.is(ran.stderr, 'fixed 1 problem in shared/chart.yaml\n');
  assert.match(ran.stdout, /\nValidate: 30 valid; 1 fragment valid\.\n$/);
  assert.is(readFileSync(join(bench.folder, 'shared/chart.yaml'), 'utf8'), fleetOf(0)['shared/chart.yaml']);
});

test('one plain file and one folder with a configuration are one organization, as ever', async () => {
  for (const way of [pathOf(1), `orgs/${nameOf(1)}`]) {
    const { stdout } = await bench.run(['plan', '-c', way, '--json'], environment);
    assert.is(JSON.parse(stdout).organization.id, idOf(1));
  }
  assert.ok(!existsSync(join(bench.folder, 'orgs', '.ledgerform')));
});

test.run();
