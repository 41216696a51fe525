import { chmod, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type GitBench, openGitBench } from './git-repository.ts';
import {
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  organization,
  type Sandbox,
  seedOf,
} from './workbench.ts';

interface Context {
  bench: GitBench;
  sandbox: Sandbox;
}

const test = suite<Context>('ledgerform drift --accept');

const chart = `# The chart of the group
ledger_accounts:
  consulting: { name: Consulting income, nominal_code: "4010" } # fees
  cash:
    name: Cash clearing   # by hand
    nominal_code: "1090"
  old: { nominal_code: "0400" }
`;
const own = `extends: [chart.yaml]
settings:
  ledger_accounts:
    payments: cash # all of them
assignments:
  products:
    - product: { external_reference: SKU-1 }
      ledger_account: consulting
    - rule: everything
      when: { name: "*" }
      ledger_account: consulting
      overwrite: true
removed:
  ledger_accounts: [{ nominal_code: "1180" }]
`;
const other = `version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a5 }\nextends: [../chart.yaml]\n`;

const products = [
  { name: 'First', type: 'service', external_reference: 'SKU-1' },
  { name: 'Second', type: 'service', external_reference: 'SKU-2' },
];

test.before.each(async (context) => {
  context.bench = await openGitBench({
    'ledgerform.yaml': configuration(own).replaceAll('\n', '\r\n'),
    'chart.yaml': chart,
    'lyon/ledgerform.yaml': other,
  });
  context.sandbox = await openSandbox({ seed: seedOf({ products }) });
  const { bench, sandbox } = context;
  const applied = await bench.run(['apply', '--auto-approve', '--record', '-q'], sandbox.environment);
  if (applied.code !== 0) throw new Error(applied.stdout + applied.stderr);
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});

const books = ({ emulator }: Sandbox) => emulator.organization(organization);
const accountId = (sandbox: Sandbox, code: string): string =>
  books(sandbox)
    .all('ledger_accounts')
    .find(({ nominal_code }) => nominal_code === code)?.id ?? 'none';
const change = (sandbox: Sandbox, code: string, fields: Readonly<Record<string, string>>) =>
  books(sandbox).put('ledger_accounts', { id: accountId(sandbox, code), ...fields });

test('what is live is written into the own file, byte by byte otherwise kept, and a plan shows none of it: exit 0', async ({
  bench,
  sandbox,
}) => {
  const before = await bench.read('ledgerform.yaml');
  change(sandbox, '1090', { name: 'Kasse' });
  const late = books(sandbox).put('ledger_accounts', {
    name: 'New',
    nominal_code: '0900',
    is_external: false,
  });
  books(sandbox).put('ledger_accounts', { name: 'Back', nominal_code: '1180', is_external: false });
  for (const product of books(sandbox).all('products'))
    books(sandbox).put('products', { id: product.id, ledger_account_id: late.id });
  books(sandbox).remove('ledger_accounts', accountId(sandbox, '0400'));
  const [, second] = books(sandbox).all('products');
  await chmod(join(bench.folder, 'ledgerform.yaml'), 0o640);
  const ran = await bench.run(['drift', '--accept', '--json'], sandbox.environment);
  const report = jsonOf(ran);
  assert.equal(
    [ran.code, report.ok, report.written, report.problems],
    [0, true, ['ledgerform.yaml'], []],
    ran.stdout,
  );
  const after = await bench.read('ledgerform.yaml');
  const expected = before
    .replace('ledger_account: consulting', 'ledger_account: { nominal_code: "0900" }')
    .replace(
      '    - product: { ext',
      `    - product: { id: ${second?.id} }\r\n      ledger_account: { nominal_code: "0900" }\r\n    - product: { ext`,
    )
    .replace('[{ nominal_code: "1180" }]', '[]')
    .concat('ledger_accounts:\r\n  cash:\r\n    name: Kasse\r\n  old: null\r\n');
  assert.is(after, expected);
  assert.is((await stat(join(bench.folder, 'ledgerform.yaml'))).mode & 0o777, 0o640);
  assert.is(await bench.read('chart.yaml'), chart);
  assert.is((await bench.run(['validate'], sandbox.environment)).code, 0);
  for (const args of [
    ['plan', '--detailed-exitcode'],
    ['plan', '--detailed-exitcode', '--base', 'applied'],
    ['drift'],
    ['drift', '--accept'],
  ])
    assert.is((await bench.run(args, sandbox.environment)).code, 0, args.join(' '));
  assert.is(await bench.read('ledgerform.yaml'), after);
});

test('people see what was written as a difference of the file', async ({ bench, sandbox }) => {
  change(sandbox, '1090', { name: 'Kasse' });
  const { code, stdout } = await bench.run(['drift', '--accept'], sandbox.environment);
  assert.is(code, 0);
  assert.match(
    stdout,
    /\nledgerform\.yaml\n(?: {2}\| .*\n)? {2}\+ ledger_accounts:\n {2}\+ {3}cash:\n {2}\+ {5}name: Kasse\n/,
  );
  assert.match(stdout, /\nAccepted: 1 change, written into ledgerform\.yaml\.\n$/);
});

test('--accept=base writes the extended file and names who else extends it', async ({ bench, sandbox }) => {
  change(sandbox, '1090', { name: 'Kasse' });
  const ran = await bench.run(['drift', '--accept=base', '--json'], sandbox.environment);
  const { extended_by: others, written } = jsonOf(ran);
  assert.equal([ran.code, written, others], [0, ['chart.yaml'], ['lyon/ledgerform.yaml']]);
  assert.is(await bench.read('chart.yaml'), chart.replace('Cash clearing ', 'Kasse '));
  assert.is((await bench.run(['plan', '--detailed-exitcode'], sandbox.environment)).code, 0);
  await bench.write('chart.yaml', chart);
  const quiet = await bench.run(['drift', '--accept=base', '-q'], sandbox.environment);
  assert.match(quiet.stdout, /\nAlso extended by lyon\/ledgerform\.yaml: /);
});

test('a conflict and what cannot be written are listed, the rest is written: exit 2', async ({
  bench,
  sandbox,
}) => {
  change(sandbox, '1090', { name: 'Kasse' });
  change(sandbox, '4010', { name: 'Beratung' });
  await bench.write('chart.yaml', chart.replace('Consulting income', 'Advice'));
  books(sandbox).remove('ledger_accounts', accountId(sandbox, '0400'));
  await bench.write(
    'ledgerform.yaml',
    `${await bench.read('ledgerform.yaml')}policy: { protect: [ledger_accounts.old] }\n`,
  );
  const ran = await bench.run(['drift', '--accept', '--json'], sandbox.environment);
  const report = jsonOf(ran);
  assert.equal([ran.code, report.ok, report.accepted], [2, false, ['ledger_accounts.cash']], ran.stdout);
  assert.equal(codesOf(report), ['NOT_ACCEPTED', 'NOT_ACCEPTED']);
  const markdown = await bench.run(['drift', '--accept', '--format', 'markdown'], sandbox.environment);
  assert.is(markdown.code, 2);
  assert.match(markdown.stdout, /NOT_ACCEPTED/);
  const again = await bench.run(['drift', '--accept'], sandbox.environment);
  assert.is(again.code, 2);
  assert.match(again.stdout, /Left for a person to decide: 2 changes\n {2}ledger_accounts\.old/);
});

test('nothing is written without a base, with --repair, or to any other place', async ({
  bench,
  sandbox,
}) => {
  const before = await bench.read('ledgerform.yaml');
  change(sandbox, '1090', { name: 'Kasse' });
  for (const args of [['--accept', '--repair'], ['--accept=own']]) {
    const ran = await bench.run(['drift', '--json', ...args], sandbox.environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['OPTION_INVALID']]);
  }
  await bench.git('push', '-q', 'origin', '--delete', `refs/ledgerform/${organization}`);
  const ran = await bench.run(['drift', '--json', '--accept'], sandbox.environment);
  assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['NO_BASE']]);
  assert.is(await bench.read('ledgerform.yaml'), before);
});

test('hostile names from the API are quoted in the file and cannot move the terminal', async ({
  bench,
  sandbox,
}) => {
  change(sandbox, '1090', { name: `\u009b2J: "x" # \${var.HOME}` });
  const ran = await bench.run(['drift', '--accept'], sandbox.environment);
  assert.is(ran.code, 2);
  assert.not.match(ran.stdout, /\u009b/);
  change(sandbox, '1090', { name: `a: "x" # \${var.HOME}` });
  assert.is((await bench.run(['drift', '--accept'], sandbox.environment)).code, 0);
  assert.match(await bench.read('ledgerform.yaml'), /name: "a: \\"x\\" # \$\$\{var\.HOME\}"/);
  assert.is((await bench.run(['plan', '--detailed-exitcode'], sandbox.environment)).code, 0);
});

test('a file that somebody changes meanwhile is not written over: exit 1', async ({ bench }) => {
  // Here nothing of the file is live, so there is something to write.
  const slow = await openSandbox({ seed: seedOf({ products }), latencyMs: 400 });
  try {
    const running = bench.start(['drift', '--accept', '--json'], slow.environment);
    // Once it asks the API it has read its files.
    while (slow.emulator.log().length === 0) await new Promise((done) => setImmediate(done));
    const changed = `${await bench.read('ledgerform.yaml')}# mine\n`;
    await bench.write('ledgerform.yaml', changed);
    const { exitCode, stderr, stdout } = await running;
    assert.equal([exitCode, codesOf(jsonOf({ code: 0, stdout, stderr }))], [1, ['FILE_CHANGED']]);
    assert.is(await bench.read('ledgerform.yaml'), changed);
  } finally {
    await slow.emulator.close();
  }
});

test.run();
