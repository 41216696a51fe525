import { mkdtemp, rename, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type GitBench, git, openGitBench } from './git-repository.ts';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  organization,
  type Ran,
  seedOf,
} from './workbench.ts';

interface Context {
  bench: GitBench;
}

const test = suite<Context>('--base');
const seed = seedOf({
  ledger_accounts: [
    { name: 'Consulting income', nominal_code: '4010' },
    { name: 'Kasse', nominal_code: '1090' },
  ],
});
const { emulator, environment } = await openSandbox({ seed });
test.before.each(async (context) => {
  context.bench = await openGitBench({ 'ledgerform.yaml': configuration(accounts) });
});
test.after.each(({ bench }) => bench.remove());
test.after(() => emulator.close());

const ref = `refs/ledgerform/${organization}`;

/** `update ledger_accounts.cash: drift`, in order. */
const reasonsOf = (ran: Ran): readonly string[] => {
  const { changes } = jsonOf(ran) as { changes: { action: string; address: string; reason: string }[] };
  return changes.map(({ action, address, reason }) => `${action} ${address}: ${reason}`);
};
const warningsOf = (ran: Ran): readonly string[] =>
  (jsonOf(ran) as { warnings: { code: string }[] }).warnings.map(({ code }) => code);
const baseOf = (ran: Ran): unknown => (jsonOf(ran).config as { base: unknown }).base;

test('the file at the revision is the third side, and the plan names its commit in full', async ({
  bench,
}) => {
  const first = await bench.git('rev-parse', 'HEAD');
  await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('Consulting income', 'Advice')) });
  const ran = await bench.run(['plan', '--json', '--base', 'HEAD~1'], environment);
  assert.is(ran.code, 0);
  assert.equal(reasonsOf(ran), [
    'update ledger_accounts.consulting: config',
    'update ledger_accounts.cash: drift',
    'set settings.ledger_accounts.payments: drift',
  ]);
  assert.is(baseOf(ran), first);
  assert.match((await bench.run(['plan', '--base', first], environment)).stdout, /\(drift\)/);
  assert.equal((jsonOf(ran).summary as { drift: number }).drift, 2);
});

test('what is not committed is the file, and the work tree is left alone', async ({ bench }) => {
  await bench.write('ledgerform.yaml', configuration(accounts.replace('"4010"', '"4011"')));
  const ran = await bench.run(['plan', '--json', '--base', 'HEAD'], environment);
  // By the base it is known that 4010 was this key.
  assert.is(reasonsOf(ran)[0], 'update ledger_accounts.consulting: config');
  assert.match(await bench.git('status', '--porcelain'), /^ ?M ledgerform.yaml$/);
});

test('what the file extends is read at the revision as well, through links', async ({ bench }) => {
  await bench.commit({ 'charts/real.yaml': accounts });
  await symlink('real.yaml', join(bench.folder, 'charts', 'base.yaml'));
  await symlink('charts', join(bench.folder, 'linked'));
  const extending = 'extends: [linked/base.yaml]\n';
  await bench.commit({ 'ledgerform.yaml': configuration(extending) });
  await bench.commit({ 'charts/real.yaml': accounts.replace('Consulting income', 'Advice') });
  const ran = await bench.run(['plan', '--json', '--base', 'HEAD~1'], environment);
  assert.is(reasonsOf(ran)[0], 'update ledger_accounts.consulting: config');
});

test('a renamed configuration is found by its organization; a copy is no rename; a new one has no base yet', async ({
  bench,
}) => {
  await bench.git('mv', 'ledgerform.yaml', 'acme.yaml');
  const moved = await bench.run(['plan', '--json', '-c', 'acme.yaml', '--base', 'HEAD'], environment);
  assert.is(reasonsOf(moved)[0], 'update ledger_accounts.cash: drift');
  await bench.commit({});
  await bench.commit({
    'ledgerform.yaml': 'ledger_accounts: {}\n',
    'orgs/acme.yaml': await bench.read('acme.yaml'),
  });
  const copied = await bench.run(['plan', '--json', '-c', 'orgs/acme.yaml', '--base', 'HEAD~1'], environment);
  assert.is(copied.code, 0);
  assert.is(baseOf(copied), null);
  assert.ok(warningsOf(copied).includes('NO_BASE_YET'));
  assert.is(reasonsOf(copied)[0], 'update ledger_accounts.cash: config');
});

test('a renamed configuration that does not validate at the base is an error; one whose organization stands elsewhere is found', async ({
  bench,
}) => {
  await bench.commit({ 'ledgerform.yaml': configuration(`${accounts}nonsense: 1\n`) });
  await bench.git('mv', 'ledgerform.yaml', 'acme.yaml');
  await bench.commit({ 'acme.yaml': configuration(accounts) });
  const invalid = await bench.run(['plan', '--json', '-c', 'acme.yaml', '--base', 'HEAD~1'], environment);
  assert.equal([invalid.code, codesOf(jsonOf(invalid))], [3, ['BASE_INVALID']]);
  // The id is in a file that both extend, so the renamed one does not say it.
  await bench.commit({ 'whose.yaml': configuration(''), 'acme.yaml': `extends: [whose.yaml]\n${accounts}` });
  await bench.git('mv', 'acme.yaml', 'renamed.yaml');
  const found = await bench.run(['plan', '--json', '-c', 'renamed.yaml', '--base', 'HEAD'], environment);
  assert.is(reasonsOf(found)[0], 'update ledger_accounts.cash: drift');
});

test('in a clone without contents, what cannot be read is told with the fetch that brings it', async ({
  bench,
}) => {
  await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('Cash clearing', 'Till')) });
  await bench.git('push', '-q', 'origin', 'main');
  await git(bench.remote, 'config', 'uploadpack.allowFilter', 'true');
  const partial = join(bench.folder, 'partial');
  await git(bench.folder, 'clone', '-q', '--filter=blob:none', `file://${bench.remote}`, partial);
  // Nothing can be fetched behind anybody's back.
  await git(partial, 'remote', 'set-url', 'origin', `file://${bench.remote}-gone`);
  const ran = await bench.run(
    ['plan', '--json', '-c', 'partial/ledgerform.yaml', '--base', 'HEAD~1'],
    environment,
  );
  assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['BASE_INVALID']]);
  assert.match(ran.stdout, /--refetch/);
});

test('a path that became a fragment leads to the file that the organization moved to', async ({ bench }) => {
  await bench.commit({
    'ledgerform.yaml': accounts,
    'acme.yaml': configuration('extends: [ledgerform.yaml]\n'),
  });
  const ran = await bench.run(['plan', '--json', '-c', 'acme.yaml', '--base', 'HEAD~1'], environment);
  assert.is(reasonsOf(ran)[0], 'update ledger_accounts.cash: drift');
});

test('a base that does not validate or is about something else is an error, never an empty base', async ({
  bench,
}) => {
  const other = configuration(accounts).replace(organization, '1d2b4c8f-2087-4738-ba91-7359683c49a4');
  await bench.commit({ 'ledgerform.yaml': 'version: 1\nledger_acounts: {}\norganization: { id: 7 }\n' });
  await bench.commit({ 'ledgerform.yaml': other });
  await bench.commit({
    'ledgerform.yaml': configuration(`${accounts}policy: { max_deletes: \${var.MAX} }\n`),
  });
  await bench.commit({ 'ledgerform.yaml': configuration(accounts, 'production') });
  await bench.commit({ 'ledgerform.yaml': configuration(accounts) });
  for (const [revision, code] of [
    ['HEAD~4', 'BASE_INVALID'],
    ['HEAD~3', 'BASE_ELSEWHERE'],
    ['HEAD~2', 'BASE_INVALID'],
    ['HEAD~1', 'BASE_ELSEWHERE'],
    ['nowhere', 'BASE_UNKNOWN'],
    ['HEAD:ledgerform.yaml', 'BASE_UNKNOWN'],
  ]) {
    const ran = await bench.run(['plan', '--json', '--base', revision ?? ''], environment);
    assert.is(ran.code, 3, revision);
    assert.equal(codesOf(jsonOf(ran)), [code], revision);
  }
});

test('explain shows what the base stated beside the file and what is live', async ({ bench }) => {
  await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('Cash clearing', 'Till')) });
  const args = ['explain', 'ledger_accounts.cash', '--base', 'HEAD~1'];
  const human = await bench.run(args, environment);
  assert.match(human.stdout, /name +"Till".*"Kasse"\n +base +"Cash clearing"/);
  const { fields } = jsonOf(await bench.run([...args, '--json'], environment)) as {
    fields: { name: string; base?: string }[];
  };
  assert.equal(
    fields.map(({ base, name }) => [name, base]),
    [
      ['name', 'Cash clearing'],
      ['nominal_code', '1090'],
      ['description', undefined],
    ],
  );
  const setting = await bench.run(
    ['explain', 'settings.ledger_accounts.payments', '--base', 'HEAD~1'],
    environment,
  );
  assert.match(setting.stdout, /base +1090 Kasse/);
});

test('outside of a repository, and without Git, it says so', async ({ bench }) => {
  const plain = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
  const outside = await plain.run(['plan', '--json', '--base', 'HEAD'], environment);
  assert.equal([outside.code, codesOf(jsonOf(outside))], [3, ['NO_REPOSITORY']]);
  await plain.remove();
  const without = { ...environment, PATH: bench.folder };
  const missing = await bench.run(['plan', '--json', '--base', 'HEAD'], without);
  assert.equal([missing.code, codesOf(jsonOf(missing))], [3, ['NO_REPOSITORY']]);
  assert.is((await bench.run(['plan'], without)).code, 0);
});

test('a detached head, a linked work tree and a folder below are no difference', async ({ bench }) => {
  await bench.git('checkout', '-q', '--detach');
  const elsewhere = await mkdtemp(join(tmpdir(), 'ledgerform-tree-'));
  const tree = join(elsewhere, 'tree');
  await bench.git('worktree', 'add', '-q', tree, 'HEAD');
  for (const file of ['ledgerform.yaml', join(tree, 'ledgerform.yaml')]) {
    const ran = await bench.run(['plan', '--json', '-c', file, '--base', 'HEAD'], environment);
    assert.is(reasonsOf(ran)[0], 'update ledger_accounts.cash: drift', file);
  }
  await rm(elsewhere, { recursive: true });
});

test('in a shallow clone a revision that is not there is told with the fetch that brings it', async ({
  bench,
}) => {
  await bench.commit({});
  await bench.git('push', '-q', 'origin', 'main');
  const shallow = join(bench.folder, 'shallow');
  await git(bench.folder, 'clone', '-q', '--depth', '1', `file://${bench.remote}`, shallow);
  const config = ['-c', 'shallow/ledgerform.yaml'];
  const ran = await bench.run(['plan', '--json', ...config, '--base', 'HEAD~1'], environment);
  assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['BASE_UNKNOWN']]);
  assert.match(ran.stdout, /--unshallow/);
  assert.is((await bench.run(['plan', ...config, '--base', 'HEAD'], environment)).code, 0);
});

test('what lies in a submodule is read at the commit that the revision names', async ({ bench }) => {
  const charts = await openGitBench({ 'uk.yaml': accounts });
  await bench.git('submodule', '--quiet', 'add', charts.remote, 'charts');
  await bench.commit({ 'ledgerform.yaml': configuration('extends: [charts/uk.yaml]\n') });
  await charts.commit({ 'uk.yaml': accounts.replace('Consulting income', 'Advice') });
  await charts.git('push', '-q', 'origin', 'main');
  await git(join(bench.folder, 'charts'), 'pull', '-q', 'origin', 'main');
  await bench.commit({});
  const ran = await bench.run(['plan', '--json', '--base', 'HEAD~1'], environment);
  assert.is(reasonsOf(ran)[0], 'update ledger_accounts.consulting: config');
  await rename(join(bench.folder, 'charts', '.git'), join(bench.folder, 'charts', '.gone'));
  const gone = await bench.run(['plan', '--json', '--base', 'HEAD~1'], environment);
  assert.equal([gone.code, codesOf(jsonOf(gone))], [3, ['BASE_INVALID']]);
  assert.match(gone.stdout, /git submodule update --init/);
  await charts.remove();
});

test('applied: nothing recorded yet is said; what the remote has counts', async ({ bench }) => {
  const plan = ['plan', '--json', '--base', 'applied'];
  const none = await bench.run(plan, environment);
  assert.equal([none.code, baseOf(none)], [0, null]);
  assert.ok(warningsOf(none).includes('NO_BASE_YET'));
  const first = await bench.git('rev-parse', 'HEAD');
  // Recorded here alone is recorded for nobody else.
  await bench.git('update-ref', ref, first);
  assert.is(baseOf(await bench.run(plan, environment)), null);
  await bench.git('push', '-q', 'origin', ref);
  const found = await bench.run(plan, environment);
  assert.is(baseOf(found), first);
  assert.is(reasonsOf(found)[0], 'update ledger_accounts.cash: drift');
});

test('applied: a commit that this clone lacks is told with the fetch that brings it', async ({ bench }) => {
  const other = join(bench.folder, 'other');
  await git(bench.folder, 'clone', '-q', bench.remote, other);
  await git(other, 'commit', '-q', '--allow-empty', '-m', 'elsewhere');
  await git(other, 'push', '-q', 'origin', `HEAD:${ref}`);
  const ran = await bench.run(['plan', '--json', '--base', 'applied'], environment);
  assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['BASE_NOT_FETCHED']]);
  const [, fetch = ''] = /git (fetch origin '[^']+')/.exec(ran.stdout) ?? [];
  await bench.git(...fetch.replaceAll("'", '').split(' '));
  assert.is((await bench.run(['plan', '--base', 'applied'], environment)).code, 0);
});

test('applied: a remote that cannot be asked ends the run, and its credentials are not told', async ({
  bench,
}) => {
  await bench.git('remote', 'set-url', 'origin', 'https://user:hunter2-token@127.0.0.1:1/books.git');
  const ran = await bench.run(['plan', '--json', '--base', 'applied'], environment);
  assert.equal([ran.code, codesOf(jsonOf(ran))], [1, ['REMOTE_UNREACHABLE']]);
  assert.not.match(ran.stdout + ran.stderr, /hunter2/);
});

test('applied: without any remote, what is recorded here counts; an unknown remote is an error', async ({
  bench,
}) => {
  await bench.git('remote', 'rename', 'origin', 'upstream');
  await bench.git('update-ref', ref, 'HEAD');
  const local = await bench.run(['plan', '--json', '--base', 'applied'], environment);
  assert.is(baseOf(local), await bench.git('rev-parse', 'HEAD'));
  const named = await bench.run(['plan', '--json', '--base', 'applied', '--remote', 'upstream'], environment);
  assert.is(baseOf(named), null);
  for (const remote of ['nowhere', bench.remote]) {
    const ran = await bench.run(['plan', '--json', '--base', 'applied', '--remote', remote], environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['OPTION_INVALID']]);
  }
});

test.run();
