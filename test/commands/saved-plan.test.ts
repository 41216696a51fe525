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
const writesTo = ({ emulator }: Sandbox) =>
  emulator.log().filter(({ method, path }) => method !== 'GET' && !path.includes('token'));

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

test('a stale plan writes nothing: exit 4', async ({ bench, sandbox }) => {
  const { emulator, environment } = sandbox;
  await bench.write(
    'first.yaml',
    configuration('ledger_accounts:\n  cash: { name: Cash, nominal_code: "1090" }\n'),
  );
  await bench.run(['apply', '--auto-approve', '-c', 'first.yaml'], environment);
  await bench.run(['plan', '--out', 'plan.json'], environment);
  await bench.write(
    'other.yaml',
    configuration('ledger_accounts:\n  cash: { name: Kasse, nominal_code: "1090" }\n'),
  );
  await bench.run(['apply', '--auto-approve', '-c', 'other.yaml'], environment);
  const before = writesTo(sandbox).length;
  const ran = await bench.run(['apply', 'plan.json', '--json'], environment);
  assert.is(ran.code, 4);
  const report = jsonOf(ran);
  assert.equal(codesOf(report), ['STALE']);
  assert.equal([report.outcome, report.converged, report.run], ['refused', false, null]);
  assert.match(JSON.stringify(report.summary), '"applied":0');
  const human = await bench.run(['apply', 'plan.json'], environment);
  assert.is(human.code, 4);
  assert.match(human.stderr, /Kasse/);
  assert.is(writesTo(sandbox).length, before);
  assert.ok(emulator.log().length > before);
});

test('a plan that was edited, cut off or is none is exit 3', async ({ bench, sandbox }) => {
  await bench.run(['plan', '--out', 'plan.json'], sandbox.environment);
  const text = await bench.read('plan.json');
  const files: readonly (readonly [name: string, text: string, code: string])[] = [
    ['edited.json', text.replace('Cash clearing', 'Cash clearings'), 'PLAN_EDITED'],
    ['cut.json', text.slice(0, -100), 'PLAN_UNREADABLE'],
    ['other.json', '{"a":1}', 'PLAN_UNREADABLE'],
    ['newer.json', text.replace('"format_version": "1"', '"format_version": "2"'), 'PLAN_VERSION'],
  ];
  for (const [name, content, expected] of files) {
    await bench.write(name, content);
    const ran = await bench.run(['apply', name, '--json'], sandbox.environment);
    assert.is(ran.code, 3, name);
    assert.equal(codesOf(jsonOf(ran)), [expected]);
  }
  assert.equal(codesOf(jsonOf(await bench.run(['apply', 'none.json', '--json'], sandbox.environment))), [
    'PLAN_UNREADABLE',
  ]);
  assert.equal(writesTo(sandbox), []);
});

test('a plan for another environment, URL or organization is exit 3, one older than its file exit 4', async ({
  bench,
  sandbox,
}) => {
  const { environment } = sandbox;
  await bench.run(['plan', '--out', 'plan.json'], environment);
  const codes = async (args: readonly string[], variables = {}) => {
    const ran = await bench.run(['apply', 'plan.json', '--json', ...args], { ...environment, ...variables });
    return [ran.code, ...codesOf(jsonOf(ran))];
  };
  assert.equal(await codes(['--env', 'production']), [3, 'PLAN_ELSEWHERE']);
  assert.equal(await codes([], { LEDGERFORM_ENV: 'local' }), [3, 'PLAN_ELSEWHERE']);
  assert.equal(await codes(['--api-url', 'https://example.com/v1']), [3, 'PLAN_ELSEWHERE']);
  assert.equal(await codes(['--target', 'ledger_accounts.cash']), [3, 'OPTION_INVALID']);
  assert.equal(await codes(['--allow-deletes', '5']), [3, 'OPTION_INVALID']);
  await bench.write('ledgerform.yaml', `${configuration(accounts)}# a word\n`);
  assert.equal(await codes([]), [4, 'PLAN_OUTDATED']);
  await bench.write('ledgerform.yaml', configuration(accounts).replace('9d2b4c8f', '0d2b4c8f'));
  assert.equal(await codes([]), [3, 'PLAN_ELSEWHERE']);
  assert.equal(writesTo(sandbox), []);
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
  for (const name of ['pipe', 'large.json', '.', '/dev/zero']) {
    const ran = await bench.run(['apply', name, '--json'], environment);
    assert.equal([ran.code, ...codesOf(jsonOf(ran))], [3, 'PLAN_UNREADABLE'], name);
    assert.match(ran.stdout, 'cannot be read');
  }
});

test.run();
