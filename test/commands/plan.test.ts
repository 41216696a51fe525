import { mkdir, readdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { harmful } from '../render/hostile.ts';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  organization,
  seedOf,
} from './workbench.ts';

const test = suite('ledgerform plan');
const used = seedOf({
  ledger_accounts: [
    { name: 'Old', nominal_code: '1180' },
    { name: 'Bank', nominal_code: '404', is_external: true },
    { name: 'By hand', nominal_code: '7000' },
  ],
  products: [{ name: 'Day', ledger_account: { nominal_code: '1180' } }],
});
const { emulator, environment } = await openSandbox({ seed: used });
const bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
test.after(async () => {
  await emulator.close();
  await bench.remove();
});
const writes = () => emulator.log().filter(({ method, path }) => method !== 'GET' && !path.includes('token'));

test('it shows the organization, the environment and the URL first, and the summary last', async () => {
  const { code, stderr, stdout } = await bench.run(['plan'], environment);
  assert.is(code, 0);
  assert.is(stderr, '');
  assert.ok(stdout.startsWith(`Acme GmbH (${organization}) · sandbox · ${emulator.url}\n`));
  assert.match(stdout, /\+ ledger_accounts\.consulting {2}4010 Consulting income {2}ledgerform\.yaml:5/);
  assert.match(stdout, /id +\(known after apply\)/);
  assert.match(stdout, /2 internal objects are not managed/);
  assert.match(stdout, /Read with \d+ requests\. An apply sends 3 writes/);
  assert.match(stdout, /\nPlan: 2 to create, 1 to set\.\n$/);
  assert.equal(writes(), []);
});

test('--json is the plan document and nothing else; two plans differ only where they may', async () => {
  const documents = [];
  for (const args of [
    ['plan', '--json'],
    ['plan', '--format', 'json', '-q'],
  ]) {
    const { code, stderr, stdout } = await bench.run(args, environment);
    assert.equal([code, stderr], [0, '']);
    const { created_at, digest, observed, ...rest } = jsonOf({ code, stdout, stderr });
    documents.push(rest);
  }
  assert.is(documents[0]?.format_version, '1');
  assert.equal(documents[0], documents[1]);
});

test('--detailed-exitcode is 2 when there are changes', async () => {
  assert.is((await bench.run(['plan', '--detailed-exitcode'], environment)).code, 2);
});

test('--target limits it, and an address that does not exist is exit 3', async () => {
  const one = await bench.run(['plan', '--target', 'ledger_accounts.cash'], environment);
  assert.match(one.stdout, /Limited to ledger_accounts\.cash/);
  assert.match(one.stdout, /Plan: 1 to create\.\n$/);
  const none = await bench.run(['plan', '--target', 'ledger_accounts.kash', '--json'], environment);
  assert.is(none.code, 3);
  assert.equal(codesOf(jsonOf(none)), ['TARGET_UNKNOWN']);
});

test('--out saves the plan for its owner alone, and leaves nothing else behind', async () => {
  const { code, stderr, stdout } = await bench.run(['plan', '--out', 'plan.json', '--json'], environment);
  assert.is(code, 0);
  assert.is(await bench.read('plan.json'), stdout);
  assert.match(stderr, /ledgerform apply plan\.json/);
  assert.is((await stat(join(bench.folder, 'plan.json'))).mode & 0o777, 0o600);
  assert.equal((await readdir(bench.folder)).sort(), ['ledgerform.yaml', 'plan.json']);
});

test('--out never writes through a symbolic link out of the repository', async () => {
  await mkdir(join(bench.folder, 'repository'));
  const inside = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
  const outside = await openWorkbench({});
  await execa('git', ['init', '-q'], { cwd: inside.folder });
  await symlink(outside.folder, join(inside.folder, 'plans'));
  await symlink(join(outside.folder, 'x.json'), join(inside.folder, 'link.json'));
  for (const out of ['plans/plan.json', 'link.json', 'missing/plan.json', '.']) {
    const ran = await inside.run(['plan', '--json', '--out', out], environment);
    assert.is(ran.code, 3, out);
    assert.equal(codesOf(jsonOf(ran)), ['OPTION_INVALID']);
  }
  assert.equal(await readdir(outside.folder), []);
  await Promise.all([inside.remove(), outside.remove()]);
});

test('--show-unchanged and --show-all show the rest', async () => {
  await bench.write(
    'same.yaml',
    configuration('ledger_accounts:\n  old: { nominal_code: "1180", name: Old }\n'),
  );
  const { stdout } = await bench.run(
    ['plan', '-c', 'same.yaml', '--show-unchanged', '--show-all'],
    environment,
  );
  assert.match(stdout, /= ledger_accounts\.old/);
  assert.match(stdout, /ledger_accounts\[[0-9a-f-]{36}\] {2}7000 By hand/);
  assert.match(stdout, /No changes/);
});

test('a plan that a guard refuses is printed whole: exit 4', async () => {
  await bench.write(
    'removed.yaml',
    configuration('removed:\n  ledger_accounts: [{ nominal_code: "1180" }]\n'),
  );
  const human = await bench.run(['plan', '-c', 'removed.yaml'], environment);
  assert.is(human.code, 4);
  assert.match(human.stdout, /- ledger_accounts\[[^\n]*1180 Old/);
  assert.match(human.stdout, /error IN_USE[\s\S]*Day/);
  assert.match(human.stdout, /Refused[^\n]*\n$/);
  const json = await bench.run(['plan', '-c', 'removed.yaml', '--json', '--detailed-exitcode'], environment);
  assert.is(json.code, 4);
  const { changes, warnings } = jsonOf(json);
  assert.ok(Array.isArray(changes) && changes.length === 1);
  assert.ok(
    Array.isArray(warnings) &&
      warnings.some(({ code, severity }) => code === 'IN_USE' && severity === 'error'),
  );
});

test('what an --allow option lets pass is kept in the plan', async () => {
  const found = jsonOf(await bench.run(['plan', '-c', 'removed.yaml', '--json'], environment)).changes;
  const address: unknown = Array.isArray(found) ? found[0]?.address : null;
  const ran = await bench.run(
    ['plan', '-c', 'removed.yaml', '--allow-in-use', String(address), '--json'],
    environment,
  );
  assert.is(ran.code, 0);
  const { config } = jsonOf(ran);
  assert.match(JSON.stringify(config), `"in_use":["${address}"]`);
});

test('a look-up that finds none is exit 3', async () => {
  await bench.write(
    'lookup.yaml',
    configuration('external:\n  ledger_accounts:\n    fees: { nominal_code: "405" }\n'),
  );
  const ran = await bench.run(['plan', '-c', 'lookup.yaml', '--json'], environment);
  assert.is(ran.code, 3);
  assert.equal(codesOf(jsonOf(ran)), ['LOOKUP_NONE']);
});

test('a fragment, a wrong file and a missing file are exit 3, with code frames', async () => {
  await bench.write('fragment.yaml', accounts);
  await bench.write('wrong.yaml', configuration('ledger_accounts: 7\n'));
  for (const [file, expected] of [
    ['fragment.yaml', 'FRAGMENT'],
    ['wrong.yaml', 'WRONG_TYPE'],
    ['no.yaml', 'FILE_NOT_FOUND'],
  ] as const) {
    const ran = await bench.run(['plan', '-c', file, '--json'], environment);
    assert.is(ran.code, 3);
    assert.equal(codesOf(jsonOf(ran)), [expected]);
  }
  const human = await bench.run(['plan', '-c', 'wrong.yaml'], environment);
  assert.is(human.stdout, '');
  assert.match(human.stderr, /> 4 \| ledger_accounts: 7/);
});

test('an API that fails is exit 1, and one that cannot be reached too', async () => {
  emulator.planFaults([{ kind: 'status', code: 403, method: 'GET', path: '/ledger-accounts' }]);
  const refused = await bench.run(['plan', '--json'], environment);
  emulator.planFaults([]);
  assert.is(refused.code, 1);
  assert.is(jsonOf(refused).exit_code, 1);
  const closed = await bench.run(['plan', '--json', '--timeout', '0.5'], {
    ...environment,
    TESOURO_API_URL: 'http://127.0.0.1:9/v1',
  });
  assert.is(closed.code, 1);
  assert.is(jsonOf(closed).ok, false);
});

test('a read that takes too long ends with the timeout', async () => {
  emulator.planFaults([{ kind: 'timeout-before', method: 'GET', path: '/ledger-accounts' }]);
  const ran = await bench.run(['plan', '--json', '--timeout', '0.5'], environment);
  emulator.planFaults([]);
  assert.is(ran.code, 1);
  assert.equal(codesOf(jsonOf(ran)), ['DEADLINE']);
});

test('an interrupted read is exit 130', async () => {
  emulator.planFaults([{ kind: 'timeout-before', method: 'GET', path: '/ledger-accounts' }]);
  const before = emulator.log().length;
  const child = bench.start(['plan', '--json'], environment);
  while (
    !emulator
      .log()
      .slice(before)
      .some(({ path }) => path.includes('ledger-accounts'))
  )
    await new Promise((resolve) => setTimeout(resolve, 20));
  child.kill('SIGINT');
  const { exitCode, stderr, stdout } = await child;
  emulator.planFaults([]);
  assert.is(exitCode, 130);
  assert.equal(codesOf(jsonOf({ code: exitCode, stderr, stdout })), ['INTERRUPTED']);
});

test('-v logs requests and --stats counts them, on stderr, without secrets', async () => {
  const { stderr, stdout } = await bench.run(['plan', '--json', '-v', '--stats'], environment);
  jsonOf({ code: 0, stdout, stderr });
  assert.match(stderr, /^GET \S*\/ledger-accounts\S* 200 \d+ ms/m);
  assert.match(stderr, /^\d+ requests, 0 throttled, 0 retried, [\d.]+ s, peak \d+ MB$/m);
  assert.match(stderr, /^ +1 {2}GET \/ledger-accounts$/m);
  assert.not.match(stderr, environment.TESOURO_CLIENT_SECRET ?? '-');
});

test('there are no colours without a terminal, whatever TERM says', async () => {
  for (const variables of [{}, { TERM: 'xterm-256color' }, { NO_COLOR: '1', FORCE_COLOR: '3' }]) {
    const { stderr, stdout } = await bench.run(['plan'], { ...environment, ...variables });
    assert.not.match(stdout + stderr, harmful);
  }
});

test('hostile names of live objects come out harmless', async () => {
  const evil = '\u001b[31mPlan: 0\u202e\n::error::x';
  const seed = seedOf({
    ledger_accounts: [
      { name: evil, nominal_code: '4010' },
      { name: evil, nominal_code: evil },
    ],
  });
  const other = await openSandbox({ seed });
  for (const args of [
    ['plan', '--show-all'],
    ['plan', '--json'],
    ['list', 'ledger_accounts'],
    ['list', 'ledger_accounts', '--format', 'csv'],
  ]) {
    const { code, stderr, stdout } = await bench.run(args, other.environment);
    assert.is(code, 0);
    assert.not.match(stdout + stderr, harmful);
  }
  await other.emulator.close();
});

test.run();
