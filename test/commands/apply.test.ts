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
  assert.equal(codesOf(jsonOf(ran)), ['STALE']);
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

test('one refused write: the rest is done, what depends on it is skipped, exit 5', async ({
  bench,
  sandbox: { emulator, environment },
}) => {
  emulator.planFaults([{ kind: 'status', code: 422, method: 'POST', path: '/ledger-accounts', nth: 2 }]);
  const ran = await bench.run(['apply', '--auto-approve', '--json', '--concurrency', '1'], environment);
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
    if (args.length > 0) assert.equal(codesOf(jsonOf(ran)), ['EMPTY_FILE']);
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

test('Ctrl-C finishes what is in flight and starts nothing more; the next run ends it', async ({ bench }) => {
  const { emulator, environment } = await openSandbox({ latencyMs: 40 });
  const many = Array.from(
    { length: 40 },
    (_, at) => `  a${at}: { nominal_code: "${5000 + at}", name: A${at} }\n`,
  );
  await bench.write('many.yaml', configuration(`ledger_accounts:\n${many.join('')}`));
  const child = bench.start(
    ['apply', '--auto-approve', '--json', '-c', 'many.yaml', '--concurrency', '2'],
    environment,
  );
  while (
    emulator.log().filter(({ method, path }) => method === 'POST' && path.includes('ledger-accounts'))
      .length < 4
  )
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  const { exitCode, stderr, stdout } = await child;
  assert.is(exitCode, 130);
  const report = jsonOf({ code: exitCode, stdout, stderr });
  const history = jsonOf(await bench.run(['history', '--json']));
  assert.match(JSON.stringify(history.runs), `"run":"${report.run}"`);
  assert.match(JSON.stringify(report.outcomes), 'skipped');
  assert.is((await bench.run(['apply', '--auto-approve', '-c', 'many.yaml', '-q'], environment)).code, 0);
  const posts = emulator
    .log()
    .filter(({ method, path }) => method === 'POST' && path.includes('ledger-accounts'));
  assert.is(posts.length, 40);
  await emulator.close();
});

test('a second Ctrl-C stops at once, and the next run still ends it without twins', async ({ bench }) => {
  const { emulator, environment } = await openSandbox({ latencyMs: 300 });
  const child = bench.start(['apply', '--auto-approve', '--json', '--settle', '5'], environment);
  while (!emulator.log().some(({ method, path }) => method === 'POST' && path.includes('ledger-accounts')))
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  child.kill('SIGTERM');
  const { exitCode } = await child;
  assert.is(exitCode, 130);
  assert.is((await bench.run(['apply', '--auto-approve', '-q'], environment)).code, 0);
  const list = jsonOf(await bench.run(['list', 'ledger_accounts', '--json'], environment));
  assert.ok(Array.isArray(list.objects) && list.objects.length === 2);
  await emulator.close();
});

test('a reader that goes away does not end an apply', async ({ bench, sandbox: { environment } }) => {
  const child = bench.start(['apply', '--auto-approve'], environment);
  child.stdout?.destroy();
  const { exitCode, stderr } = await child;
  assert.is(exitCode, 0);
  assert.not.match(String(stderr), /EPIPE/);
  assert.is((await bench.run(['plan', '--detailed-exitcode'], environment)).code, 0);
});

test('a run record that cannot be written stops it before the first write', async ({ bench, sandbox }) => {
  await bench.write('.ledgerform', 'in the way');
  const ran = await bench.run(['apply', '--auto-approve', '--json'], sandbox.environment);
  assert.equal([ran.code === 0, writesTo(sandbox)], [false, []]);
  assert.match(ran.stdout, /RECORD_UNWRITABLE/);
});

test('a live object that a seed holds is adopted, not created again', async ({ bench }) => {
  const seed = seedOf({ ledger_accounts: [{ name: 'Cash', nominal_code: ' 1090 ' }] });
  const { emulator, environment } = await openSandbox({ seed });
  const { summary } = jsonOf(await bench.run(['plan', '--json'], environment));
  assert.match(JSON.stringify(summary), '"create":1,"update":1');
  await emulator.close();
});

test.run();
