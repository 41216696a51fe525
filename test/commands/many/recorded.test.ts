import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openSandbox, openWorkbench } from '../workbench.ts';
import { documentOf, problemsIn } from './document.ts';
import { chart, extending, fleetOf, idOf, pathOf, write } from './fleet.ts';

/* Each organization has a base of its own: what was applied to it, as its ref says. */

const test = suite('what was applied to many organizations');
const { emulator, environment } = await openSandbox({ seed: null });
const bench = await openWorkbench();
test.after(async () => {
  await emulator.close();
  await bench.remove();
});
const { GIT_CONFIG_GLOBAL: _, ...rest } = process.env;
const git = (...args: readonly string[]) =>
  execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], {
    cwd: bench.folder,
    env: rest,
    extendEnv: false,
  });
write(bench.folder, { ...fleetOf(3), '.gitignore': '.ledgerform/\nplans/\nremote.git/\n' });
await git('init', '-q', '-b', 'main');
await git('init', '-q', '--bare', 'remote.git');
await git('remote', 'add', 'origin', './remote.git');
const commit = async (): Promise<string> => {
  await git('add', '.');
  await git('commit', '-qm', 'change');
  return (await git('rev-parse', 'HEAD')).stdout;
};
const refs = async (): Promise<readonly string[]> =>
  (await git('ls-remote', 'origin', 'refs/ledgerform/*')).stdout.split('\n');
const run = (...args: readonly string[]) => bench.run([...args, '-c', 'orgs'], environment);
const rename = (number: number, name: string): void => {
  const books = emulator.organization(idOf(number));
  const account = books.all('ledger_accounts').find(({ nominal_code: code }) => code === '1090');
  assert.ok(account);
  books.put('ledger_accounts', { ...account, name });
};

test('--record keeps each of them apart', async () => {
  const first = await commit();
  const ran = await run('apply', '--auto-approve', '--record');
  assert.is(ran.code, 0, ran.stdout + ran.stderr);
  assert.match(
    ran.stdout,
    `\nRecorded for 3 organizations: refs/ledgerform/<organization id> is ${first.slice(0, 12)}, pushed to origin.\n`,
  );
  assert.equal(
    await refs(),
    [1, 2, 3].map((each) => `${first}\trefs/ledgerform/${idOf(each)}`),
  );
});

test('a saved plan whose configuration has changed since is refused where it has changes, and else nothing to do and not recorded', async () => {
  // Two changes that were planned at once: the second is merged when the first is applied.
  const tax = (code: string) => `tax_rates: { own: { name: Own, code: ${code}, effective_tax_rate: 5% } }\n`;
  const before = await refs();
  write(bench.folder, { [pathOf(1)]: extending(1, tax('A')) });
  const planned = await commit();
  assert.is((await run('plan', '--out', 'plans')).code, 0);
  write(bench.folder, { [pathOf(2)]: extending(2, tax('B')) });
  const applied = () => bench.run(['apply', 'plans', '--record', '--waves', '1,100%', '--json'], environment);
  const document = documentOf(await applied());
  assert.equal(
    document.organizations.map(({ apply, exit_code: code }) => [code, apply?.outcome]),
    [
      [0, 'applied'],
      [0, undefined],
      [0, 'nothing'],
    ],
  );
  assert.equal(problemsIn(document), { [`plans/sandbox-${idOf(2)}.json`]: ['PLAN_OUTDATED'] });
  assert.is(document.exit_code, 0);
  assert.equal(await refs(), [
    `${planned}\trefs/ledgerform/${idOf(1)}`,
    before[1],
    `${planned}\trefs/ledgerform/${idOf(3)}`,
  ]);
  const told = await bench.run(['apply', 'plans'], environment);
  assert.match(told.stdout, 'warning PLAN_OUTDATED');
  // With changes it is refused, whatever came of the others.
  write(bench.folder, { [pathOf(1)]: extending(1, tax('C')) });
  assert.is((await run('plan', '--out', 'plans')).code, 0);
  write(bench.folder, { [pathOf(1)]: extending(1), [pathOf(2)]: extending(2, tax('B')) });
  const refused = await bench.run(['apply', 'plans', '--json'], environment);
  assert.equal(
    documentOf(refused).organizations.map(({ exit_code: code }) => code),
    [4, 0, 0],
  );
  assert.is(refused.code, 5);
  write(bench.folder, { [pathOf(1)]: extending(1), [pathOf(2)]: extending(2) });
});

test('drift tells for each what drifted from what is not applied yet, and --repair undoes only that', async () => {
  rename(2, 'Kasse');
  write(bench.folder, {
    [pathOf(3)]: extending(3, 'tax_rates: { own: { name: Own, code: OWN, effective_tax_rate: 5% } }\n'),
  });
  await commit();
  const drifted = documentOf(await run('drift', '--json'));
  assert.equal(
    drifted.organizations.map(({ exit_code: code }) => code),
    [0, 2, 0],
  );
  const ran = await run('drift', '--repair', '--auto-approve', '--json');
  const repaired = documentOf(ran);
  assert.equal(
    repaired.organizations.map(({ apply, exit_code: code }) => [code, apply?.summary.applied]),
    [
      [0, 0],
      [0, 1],
      [0, 0],
    ],
    JSON.stringify(repaired.organizations.map(({ problems }) => problems)),
  );
  const after = documentOf(await run('drift', '--json'));
  assert.is(after.exit_code, 0);
  // What is not applied yet was no part of the repair.
  assert.is(after.organizations[2]?.plan?.changes.length, 1);
});

test('a remote that cannot be asked is told once, and nothing counts as recorded that was not pushed', async () => {
  await git('remote', 'set-url', 'origin', './elsewhere.git');
  await git('commit', '-q', '--allow-empty', '-m', 'next');
  const ran = await run('apply', '--auto-approve', '--record');
  await git('remote', 'set-url', 'origin', './remote.git');
  assert.is(ran.code, 5, ran.stdout);
  assert.is(
    ran.stdout.match(/could not be asked what was last applied: .*\(3 organizations\)\n/g)?.length,
    1,
  );
  assert.match(ran.stdout, 'RECORD_NOT_PUSHED');
  assert.not.match(ran.stdout, 'Recorded for');
});

test('an organization that was never recorded cannot be repaired, and the others can', async () => {
  write(bench.folder, { [pathOf(4)]: extending(4), 'shared/chart.yaml': chart });
  await commit();
  const document = documentOf(await run('drift', '--repair', '--auto-approve', '--json'));
  assert.equal(problemsIn(document), { [pathOf(4)]: ['NO_BASE'] });
  assert.is(document.exit_code, 3);
});

test.run();
