import { chmod, writeFile } from 'node:fs/promises';
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
  type Sandbox,
} from './workbench.ts';

interface Context {
  bench: GitBench;
  sandbox: Sandbox;
}

const test = suite<Context>('--record');
test.before.each(async (context) => {
  context.bench = await openGitBench({ 'ledgerform.yaml': configuration(accounts) });
  context.sandbox = await openSandbox();
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});

const ref = `refs/ledgerform/${organization}`;
const record = ['apply', '--auto-approve', '--record'];
const writesOf = ({ emulator }: Sandbox) =>
  emulator.log().filter(({ method, path }) => method !== 'GET' && !path.includes('token'));

test('after a proven apply the ref is at the commit, here and at the remote; also when there was nothing to do', async ({
  bench,
  sandbox,
}) => {
  const first = await bench.git('rev-parse', 'HEAD');
  const done = await bench.run(record, sandbox.environment);
  assert.is(done.code, 0);
  assert.match(done.stderr, /Recorded: refs\/ledgerform\//);
  assert.equal([await bench.atRemote(ref), await bench.git('rev-parse', ref)], [first, first]);
  const second = await bench.commit({ 'README.md': 'more\n' });
  assert.is((await bench.run([...record, '--json'], sandbox.environment)).code, 0);
  assert.equal([await bench.atRemote(ref), await bench.git('rev-parse', ref)], [second, second]);
  const plan = await bench.run(['plan', '--json', '--base', 'applied'], sandbox.environment);
  assert.is((jsonOf(plan).config as { base: string }).base, second);
});

test('it is refused, before any write, where nobody could say which commit is applied', async ({
  bench,
  sandbox,
}) => {
  const refused = async (args: readonly string[], code = 'RECORD_REFUSED') => {
    const ran = await bench.run([...args, '--json'], sandbox.environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, [code]], args.join(' '));
  };
  await refused([...record, '--target', 'ledger_accounts.cash']);
  await bench.run(['plan', '--out', 'plan.json', '--target', 'ledger_accounts.cash'], sandbox.environment);
  await refused(['apply', 'plan.json', '--record']);
  await bench.write('ledgerform.yaml', `${configuration(accounts)}# a note\n`);
  await refused(record);
  await bench.run(['plan', '--out', 'plan.json'], sandbox.environment);
  await refused(['apply', 'plan.json', '--record']);
  await bench.git('checkout', '-q', 'ledgerform.yaml');
  await bench.write('extended.yaml', 'ledger_accounts: {}\n');
  await bench.write('extending.yaml', configuration('extends: [extended.yaml]\n'));
  await bench.git('add', 'extending.yaml');
  await bench.git('commit', '-qm', 'without what it extends');
  await refused([...record, '-c', 'extending.yaml']);
  await bench.commit({ 'local.yaml': configuration(accounts, 'local') });
  await refused([...record, '-c', 'local.yaml']);
  const plain = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
  const outside = await plain.run([...record, '--json'], sandbox.environment);
  assert.equal([outside.code, codesOf(jsonOf(outside))], [3, ['NO_REPOSITORY']]);
  await plain.remove();
  assert.equal(writesOf(sandbox), []);
  assert.is(await bench.atRemote(ref), '');
});

test('it is refused where the commit does not say the environment, or holds another one of the organization', async ({
  bench,
  sandbox,
}) => {
  const refused = async (args: readonly string[]) => {
    const ran = await bench.run([...record, ...args, '--json'], sandbox.environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['RECORD_REFUSED']], ran.stdout);
  };
  const unsaid = configuration(accounts).replace('environment: sandbox\n', '');
  await bench.commit({ 'unsaid.yaml': unsaid });
  await refused(['-c', 'unsaid.yaml', '--env', 'sandbox']);
  await bench.git('rm', '-q', 'unsaid.yaml');
  await bench.commit({ 'production.yaml': configuration(accounts, 'production') });
  await refused([]);
  assert.equal(writesOf(sandbox), []);
});

test('it holds the file against what was recorded before: what has left the file since is not lost', async ({
  bench,
  sandbox,
}) => {
  const pruned = (text: string) => configuration(`${text}policy: { prune: removed }\n`);
  await bench.commit({ 'ledgerform.yaml': pruned(accounts) });
  assert.is((await bench.run(record, sandbox.environment)).code, 0);
  await bench.commit({
    'ledgerform.yaml': pruned(accounts.replace(/ {2}consulting:[\s\S]*?(?= {2}cash:)/, '')),
  });
  const ran = await bench.run([...record, '--json'], sandbox.environment);
  const { outcomes } = jsonOf(ran) as { outcomes: { action: string }[] };
  assert.equal([ran.code, outcomes.map(({ action }) => action)], [0, ['delete']]);
});

test('an apply that does not record says that something is recorded', async ({ bench, sandbox }) => {
  assert.is((await bench.run(record, sandbox.environment)).code, 0);
  const ran = await bench.run(['apply', '--auto-approve'], sandbox.environment);
  assert.match(ran.stderr, /refs\/ledgerform\/.*--record keeps it/);
  assert.match((await bench.run(['plan'], sandbox.environment)).stderr, /--base applied/);
});

test('of a saved plan it is HEAD, when HEAD has its configuration: as after a squash merge', async ({
  bench,
  sandbox,
}) => {
  await bench.git('checkout', '-qb', 'topic');
  await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('4010', '4020')) });
  assert.is((await bench.run(['plan', '--out', 'plan.json'], sandbox.environment)).code, 0);
  await bench.git('checkout', '-q', 'main');
  await bench.git('merge', '-q', '--squash', 'topic');
  const merged = await bench.commit({});
  assert.is((await bench.run(['apply', 'plan.json', '--record'], sandbox.environment)).code, 0);
  assert.is(await bench.atRemote(ref), merged);
});

test('of a saved plan it is its own commit, when HEAD no longer has its configuration at all', async ({
  bench,
  sandbox,
}) => {
  const planned = await bench.git('rev-parse', 'HEAD');
  assert.is((await bench.run(['plan', '--out', 'plan.json'], sandbox.environment)).code, 0);
  await bench.git('rm', '-q', 'ledgerform.yaml');
  await bench.commit({});
  assert.is((await bench.run(['apply', 'plan.json', '--record'], sandbox.environment)).code, 0);
  assert.is(await bench.atRemote(ref), planned);
});

test('an older commit than the one that was applied is refused before any write', async ({
  bench,
  sandbox,
}) => {
  const older = await bench.git('rev-parse', 'HEAD');
  const newer = await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('4010', '4020')) });
  assert.is((await bench.run(record, sandbox.environment)).code, 0);
  const before = writesOf(sandbox).length;
  await bench.git('checkout', '-q', older);
  for (const again of [true, false]) {
    if (again) await bench.git('update-ref', '-d', ref);
    const ran = await bench.run([...record, '--json'], sandbox.environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [4, ['RECORD_BEHIND']]);
  }
  // Beside it is no better than behind it, unless somebody who has rewritten the history says so.
  await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('4010', '4030')) });
  const beside = await bench.run([...record, '--json'], sandbox.environment);
  assert.equal([beside.code, codesOf(jsonOf(beside))], [4, ['RECORD_BEHIND']]);
  assert.is(writesOf(sandbox).length, before);
  assert.is(await bench.atRemote(ref), newer);
  const [, commands = ''] = /rewritten history: (git [^"]+)"/.exec(beside.stdout) ?? [];
  for (const command of commands.split(' && ')) await bench.git(...command.split(' ').slice(1));
  assert.is((await bench.run(record, sandbox.environment)).code, 0);
  assert.is(await bench.atRemote(ref), await bench.git('rev-parse', 'HEAD'));
});

test('where the history that would tell is not here, it says how to get it', async ({ bench, sandbox }) => {
  assert.is((await bench.run(record, sandbox.environment)).code, 0);
  await bench.commit({});
  await bench.commit({});
  await bench.git('push', '-q', 'origin', 'main');
  const shallow = join(bench.folder, 'shallow');
  await git(bench.folder, 'clone', '-q', '--depth', '1', `file://${bench.remote}`, shallow);
  const config = ['-c', 'shallow/ledgerform.yaml'];
  const lacking = await bench.run([...record, ...config, '--json'], sandbox.environment);
  assert.equal([lacking.code, codesOf(jsonOf(lacking))], [3, ['BASE_NOT_FETCHED']]);
  await git(shallow, 'fetch', '-q', 'origin', '+refs/ledgerform/*:refs/ledgerform/*', '--depth', '1');
  const unknown = await bench.run([...record, ...config, '--json'], sandbox.environment);
  assert.equal([unknown.code, codesOf(jsonOf(unknown))], [3, ['BASE_NOT_FETCHED']]);
  await git(shallow, 'fetch', '-q', '--unshallow');
  assert.is((await bench.run([...record, ...config], sandbox.environment)).code, 0);
});

test('a push that fails is exit 5 with the command; what was applied is recorded here, and the command does it', async ({
  bench,
  sandbox,
}) => {
  const hook = join(bench.remote, 'hooks', 'pre-receive');
  await writeFile(hook, '#!/bin/sh\necho "not today" >&2\nexit 1\n');
  await chmod(hook, 0o755);
  const head = await bench.git('rev-parse', 'HEAD');
  const ran = await bench.run([...record, '--json'], sandbox.environment);
  const report = jsonOf(ran);
  assert.is(ran.code, 5);
  assert.equal([report.outcome, report.converged, codesOf(report)], ['applied', true, ['RECORD_NOT_PUSHED']]);
  assert.equal([await bench.atRemote(ref), await bench.git('rev-parse', ref)], ['', head]);
  const [, command = ''] = /By hand: git ([^"]+)"/.exec(ran.stdout) ?? [];
  await chmod(hook, 0o644);
  await bench.git(...command.split(' '));
  assert.is(await bench.atRemote(ref), head);
  assert.is((await bench.run(record, sandbox.environment)).code, 0);
});

test('an apply that is not proven is not recorded', async ({ bench }) => {
  const failing = await openSandbox({
    faults: [{ kind: 'status', method: 'POST', path: '/ledger-accounts', nth: 1, code: 422 }],
  });
  assert.is((await bench.run(record, failing.environment)).code, 5);
  assert.is(await bench.atRemote(ref), '');
  await failing.emulator.close();
});

test.run();
