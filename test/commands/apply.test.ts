import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  type Sandbox,
  seedOf,
  type Workbench,
} from './workbench.ts';

const test = suite<{ sandbox: Sandbox; bench: Workbench }>('ledgerform apply');
test.before.each(async (context) => {
  context.sandbox = await openSandbox();
  context.bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});
const writesTo = ({ emulator }: Sandbox) =>
  emulator.log().filter(({ method, path }) => method !== 'GET' && !path.includes('token'));

test('it plans, applies and proves; the second run has nothing to do', async ({
  bench,
  sandbox: { environment },
}) => {
  const first = await bench.run(['apply', '--auto-approve'], environment);
  assert.is(first.code, 0);
  assert.match(
    first.stdout,
    /Plan: 2 to create, 1 to set\.\n[\s\S]*✓ created ledger_accounts\.cash[\s\S]*\nApply: 3 applied; [^\n]*\n$/,
  );
  assert.is((await bench.run(['plan', '--detailed-exitcode'], environment)).code, 0);
  const second = await bench.run(['apply', '--auto-approve'], environment);
  assert.is(second.code, 0);
  assert.match(second.stdout, /nothing to do/);
});

test('--json is the report and nothing else', async ({ bench, sandbox: { environment } }) => {
  const ran = await bench.run(['apply', '--auto-approve', '--json'], environment);
  assert.is(ran.code, 0);
  const { converged, format_version, outcome, run, summary } = jsonOf(ran);
  assert.equal([format_version, outcome, converged], ['1', 'applied', true]);
  assert.equal(summary, { applied: 3, failed: 0, skipped: 0, already_done: 0, overtaken: 0 });
  assert.equal(await readdir(join(bench.folder, '.ledgerform', 'runs')), [`${run}.jsonl`]);
  const again = jsonOf(await bench.run(['apply', '--auto-approve', '--json'], environment));
  assert.equal([again.outcome, again.run], ['nothing', null]);
});

test('without a terminal and without --auto-approve it is refused before anything is read', async ({
  bench,
  sandbox,
}) => {
  const ran = await bench.run(['apply', '--json'], sandbox.environment);
  assert.is(ran.code, 3);
  assert.equal(codesOf(jsonOf(ran)), ['APPROVAL_NEEDED']);
  assert.equal(sandbox.emulator.log(), []);
  assert.is((await bench.run(['apply', '-c', 'no.yaml'], {})).code, 3);
});

test('one refused write: the rest is done, what depends on it is skipped, exit 5', async ({
  bench,
  sandbox: { emulator, environment },
}) => {
  emulator.planFaults([{ kind: 'status', code: 422, method: 'POST', path: '/ledger-accounts', nth: 2 }]);
  const ran = await bench.run(
    ['apply', '--auto-approve', '--json', '--concurrency', '1', '--settle', '0.1'],
    environment,
  );
  assert.is(ran.code, 5);
  const report = jsonOf(ran);
  assert.is(report.outcome, 'partial');
  assert.match(JSON.stringify(report.summary), '"applied":1,"failed":1,"skipped":1');
  const human = await bench.run(['apply', '--auto-approve'], environment);
  assert.is(human.code, 0);
});

test('a refused plan is shown and not applied: exit 4', async ({ bench, sandbox }) => {
  const text = 'policy: { prune: all }\nledger_accounts: {}\n';
  await bench.write('empty.yaml', configuration(text));
  for (const args of [[], ['--json']]) {
    const ran = await bench.run(
      ['apply', '--auto-approve', '-c', 'empty.yaml', ...args],
      sandbox.environment,
    );
    assert.is(ran.code, 4);
    if (args.length > 0)
      assert.equal([jsonOf(ran).outcome, ...codesOf(jsonOf(ran))], ['refused', 'EMPTY_FILE']);
    else assert.match(ran.stdout, /EMPTY_FILE[\s\S]*Refused/);
  }
  assert.equal(writesTo(sandbox), []);
});

test('production is changed from commits only', async ({ bench, sandbox: { environment } }) => {
  await bench.write('ledgerform.yaml', configuration(accounts, 'production'));
  const git = (...args: readonly string[]) =>
    execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: bench.folder });
  await git('init', '-q');
  const dirty = await bench.run(['apply', '--auto-approve', '--json'], environment);
  assert.is(dirty.code, 4);
  assert.equal(codesOf(jsonOf(dirty)), ['DIRTY_CONFIGURATION']);
  const shown = await bench.run(['apply', '--auto-approve'], environment);
  assert.match(shown.stdout, /DIRTY_CONFIGURATION[\s\S]*Refused[^\n]*\n$/);
  await git('add', 'ledgerform.yaml');
  await git('commit', '-qm', 'Accounts');
  const plan = jsonOf(await bench.run(['plan', '--json'], environment));
  assert.match(JSON.stringify(plan.config), /"git_commit":"[0-9a-f]{40}"/);
  assert.is((await bench.run(['apply', '--auto-approve'], environment)).code, 0);
  await bench.write(
    'ledgerform.yaml',
    `${configuration(accounts, 'production')}  # more\ntax_rates:\n  a: { code: A }\n`,
  );
  assert.is((await bench.run(['apply', '--auto-approve'], environment)).code, 4);
  assert.is((await bench.run(['apply', '--auto-approve', '--allow-dirty'], environment)).code, 0);
});

test('a live object that a seed holds is adopted, not created again', async ({ bench }) => {
  const seed = seedOf({ ledger_accounts: [{ name: 'Cash', nominal_code: ' 1090 ' }] });
  const { emulator, environment } = await openSandbox({ seed });
  const { summary } = jsonOf(await bench.run(['plan', '--json'], environment));
  assert.match(JSON.stringify(summary), '"create":1,"update":1');
  await emulator.close();
});

test.run();
