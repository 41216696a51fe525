import { truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { maxPlanBytes } from '../../src/plan/parse-plan.ts';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  type Sandbox,
  type Workbench,
} from './workbench.ts';

const test = suite<{ sandbox: Sandbox; bench: Workbench }>('a saved plan');
test.before.each(async (context) => {
  context.sandbox = await openSandbox();
  context.bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});

test('a configuration in place of a saved plan is told as such', async ({ bench }) => {
  const { code, stderr } = await bench.run(['apply', 'ledgerform.yaml']);
  assert.is(code, 3);
  assert.match(
    stderr,
    /PLAN_UNREADABLE\n[^\n]*configuration, not a saved plan[^\n]*\n[^\n]*ledgerform apply -c ledgerform\.yaml/,
  );
  assert.not.match((await bench.run(['apply', 'none.json'])).stderr, /ENOENT/);
});

test('an empty plan is saved without a word on applying it', async ({ bench, sandbox: { environment } }) => {
  assert.match(
    (await bench.run(['plan', '--out', 'plan.json'], environment)).stderr,
    /To apply exactly this/,
  );
  await bench.run(['apply', '--auto-approve'], environment);
  const { stderr } = await bench.run(['plan', '--out', 'empty.json'], environment);
  assert.match(stderr, /Saved to empty\.json\./);
  assert.not.match(stderr, /To apply/);
});

test('a saved plan is applied without asking and without its file; twice does nothing', async ({
  bench,
  sandbox: { environment },
}) => {
  assert.is((await bench.run(['plan', '--out', 'plan.json'], environment)).code, 0);
  const elsewhere = await openWorkbench({ 'plan.json': await bench.read('plan.json') });
  const first = await elsewhere.run(['apply', 'plan.json', '--json'], environment);
  assert.is(first.code, 0);
  assert.is(jsonOf(first).outcome, 'applied');
  const second = jsonOf(await elsewhere.run(['apply', 'plan.json', '--json'], environment));
  assert.equal(second.summary, { applied: 0, failed: 0, skipped: 0, already_done: 3, overtaken: 0 });
  assert.is((await bench.run(['plan', '--detailed-exitcode'], environment)).code, 0);
  await elsewhere.remove();
});

test('a plan older than its file is refused with a report', async ({ bench, sandbox: { environment } }) => {
  await bench.run(['plan', '--out', 'plan.json'], environment);
  await bench.write('ledgerform.yaml', `${configuration(accounts)}# a word\n`);
  const ran = await bench.run(['apply', 'plan.json', '--json'], environment);
  const { outcome, requests, summary } = jsonOf(ran);
  assert.equal([ran.code, outcome, requests], [4, 'refused', 0]);
  assert.equal(summary, { applied: 0, failed: 0, skipped: 3, already_done: 0, overtaken: 0 });
});

test('a plan older than a layer of its file does not blame the file alone', async ({
  bench,
  sandbox: { environment },
}) => {
  await bench.write('base.yaml', 'ledger_accounts: {}\n');
  await bench.write('ledgerform.yaml', configuration(`extends: [base.yaml]\n${accounts}`));
  await bench.run(['plan', '--out', 'plan.json'], environment);
  await bench.write('base.yaml', 'ledger_accounts: {}\n# a word\n');
  const ran = await bench.run(['apply', 'plan.json'], environment);
  assert.is(ran.code, 4);
  assert.match(ran.stdout + ran.stderr, /ledgerform\.yaml or what it extends/);
});

test('what was allowed when the plan was made is shown when it is applied', async ({
  bench,
  sandbox: { environment },
}) => {
  await bench.run(['plan', '--out', 'plan.json', '--allow-deletes', '12'], environment);
  const ran = await bench.run(['apply', 'plan.json'], environment);
  assert.match(ran.stdout, '--allow-deletes 12');
});

test('what cannot be a plan is refused before it is opened', async ({ bench, sandbox: { environment } }) => {
  await execa('mkfifo', [join(bench.folder, 'pipe')]);
  await bench.write('large.json', '');
  await truncate(join(bench.folder, 'large.json'), maxPlanBytes + 1);
  for (const name of ['pipe', 'large.json', '/dev/zero']) {
    const ran = await bench.run(['apply', name, '--json'], environment);
    assert.equal([ran.code, ...codesOf(jsonOf(ran))], [3, 'PLAN_UNREADABLE'], name);
    assert.match(ran.stdout, 'cannot be read');
  }
  // Of a folder each is told for itself.
  const folder = await bench.run(['apply', '.', '--json'], environment);
  const { organizations } = jsonOf(folder) as { organizations: { path: string; exit_code: number }[] };
  assert.is(folder.code, 3);
  assert.ok(organizations.some(({ exit_code, path }) => path === 'large.json' && exit_code === 3));
});

test.run();
