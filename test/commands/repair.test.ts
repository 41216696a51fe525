import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type GitBench, openGitBench } from './git-repository.ts';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  organization,
  type Ran,
  type Sandbox,
} from './workbench.ts';

interface Context {
  bench: GitBench;
  sandbox: Sandbox;
}

const test = suite<Context>('ledgerform drift with a base');

/** A repository whose configuration is applied and recorded. */
test.before.each(async (context) => {
  context.bench = await openGitBench({ 'ledgerform.yaml': configuration(accounts) });
  context.sandbox = await openSandbox();
  const { bench, sandbox } = context;
  const applied = await bench.run(['apply', '--auto-approve', '--record', '-q'], sandbox.environment);
  if (applied.code !== 0) throw new Error(applied.stderr);
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});

const books = ({ emulator }: Sandbox) => emulator.organization(organization);
const accountOf = (sandbox: Sandbox, code: string) =>
  books(sandbox)
    .all('ledger_accounts')
    .find(({ nominal_code }) => nominal_code === code);
const idOf = (sandbox: Sandbox, code: string): string => accountOf(sandbox, code)?.id ?? 'none';
const rename = (sandbox: Sandbox, code: string, name: string) =>
  books(sandbox).put('ledger_accounts', { id: idOf(sandbox, code), name });
const reasonsOf = (ran: Ran): readonly string[] =>
  (jsonOf(ran) as { changes: { address: string; reason: string }[] }).changes.map(
    ({ address, reason }) => `${address}: ${reason}`,
  );

test('what the file says and was not applied yet is no drift: exit 0, told apart', async ({
  bench,
  sandbox,
}) => {
  await bench.write('ledgerform.yaml', configuration(accounts.replace('Consulting income', 'Advice')));
  const human = await bench.run(['drift'], sandbox.environment);
  assert.is(human.code, 0);
  assert.match(human.stdout, /Not applied yet, no drift\n +~ ledger_accounts\.consulting/);
  assert.match(human.stdout, /No drift; 1 change of the file not applied yet\.\n$/);
  assert.equal(reasonsOf(await bench.run(['drift', '--json'], sandbox.environment)), [
    'ledger_accounts.consulting: config',
  ]);
});

test('what somebody changed is drift, what both changed a conflict: exit 2', async ({ bench, sandbox }) => {
  rename(sandbox, '1090', 'Kasse');
  assert.is((await bench.run(['drift'], sandbox.environment)).code, 2);
  await bench.write('ledgerform.yaml', configuration(accounts.replace('Cash clearing', 'Till')));
  const both = await bench.run(['drift', '--json'], sandbox.environment);
  assert.equal([both.code, reasonsOf(both)], [2, ['ledger_accounts.cash: conflict']]);
  const human = await bench.run(['drift'], sandbox.environment);
  assert.match(human.stdout, /at the base "Cash clearing", live "Kasse", in the file "Till"/);
});

test('--repair undoes drift and leaves what was not applied yet alone: exit 0', async ({
  bench,
  sandbox,
}) => {
  rename(sandbox, '1090', 'Kasse');
  await bench.write('ledgerform.yaml', configuration(accounts.replace('Consulting income', 'Advice')));
  const shown = await bench.run(['drift', '--repair', '--json'], sandbox.environment);
  assert.equal([shown.code, codesOf(jsonOf(shown))], [3, ['APPROVAL_NEEDED']]);
  const ran = await bench.run(['drift', '--repair', '--auto-approve', '--json'], sandbox.environment);
  const report = jsonOf(ran);
  assert.equal([ran.code, report.outcome, report.converged], [0, 'applied', true]);
  assert.is(accountOf(sandbox, '1090')?.name, 'Cash clearing');
  assert.is(accountOf(sandbox, '4010')?.name, 'Consulting income');
  assert.is((await bench.run(['drift'], sandbox.environment)).code, 0);
  const again = await bench.run(['drift', '--repair', '--auto-approve'], sandbox.environment);
  assert.is(again.code, 0);
});

test('--repair leaves a conflict to a person and repairs the rest: exit 2', async ({ bench, sandbox }) => {
  rename(sandbox, '1090', 'Kasse');
  rename(sandbox, '4010', 'Beratung');
  await bench.write('ledgerform.yaml', configuration(accounts.replace('Consulting income', 'Advice')));
  const ran = await bench.run(['drift', '--repair', '--auto-approve'], sandbox.environment);
  assert.is(ran.code, 2);
  assert.match(ran.stdout, /DRIFT_LEFT ledgerform\.yaml:\d+:\d+ ledger_accounts\.consulting/);
  assert.is(accountOf(sandbox, '1090')?.name, 'Cash clearing');
  assert.is(accountOf(sandbox, '4010')?.name, 'Beratung');
});

test('where only a conflict is left nothing is said to be as the file says: exit 2', async ({
  bench,
  sandbox,
}) => {
  rename(sandbox, '4010', 'Beratung');
  await bench.write('ledgerform.yaml', configuration(accounts.replace('Consulting income', 'Advice')));
  const ran = await bench.run(['drift', '--repair', '--auto-approve'], sandbox.environment);
  assert.is(ran.code, 2);
  assert.match(ran.stdout, /\nNothing to repair\.\n/);
  const json = await bench.run(['drift', '--repair', '--auto-approve', '--json'], sandbox.environment);
  assert.equal([json.code, codesOf(jsonOf(json))], [2, ['DRIFT_LEFT']]);
  assert.not.match(ran.stdout, /as the file says|No drift/);
});

test('--repair makes anew what somebody deleted, with the setting that pointed to it', async ({
  bench,
  sandbox,
}) => {
  books(sandbox).remove('ledger_accounts', idOf(sandbox, '1090'));
  const ran = await bench.run(['drift', '--repair', '--auto-approve'], sandbox.environment);
  assert.is(ran.code, 0);
  assert.is((await bench.run(['plan', '--detailed-exitcode'], sandbox.environment)).code, 0);
});

test('--repair makes no twin of what somebody gave another code: exit 2', async ({ bench, sandbox }) => {
  books(sandbox).put('ledger_accounts', { id: idOf(sandbox, '4010'), nominal_code: '4011' });
  const ran = await bench.run(['drift', '--repair', '--auto-approve'], sandbox.environment);
  assert.is(ran.code, 2);
  assert.is(books(sandbox).all('ledger_accounts').length, 2);
  assert.match((await bench.run(['drift'], sandbox.environment)).stdout, /RENAME_SUSPECTED/);
});

test('--repair leaves alone what comes from a variable, which may have changed: exit 2', async ({
  bench,
  sandbox,
}) => {
  const named = accounts.replace('Cash clearing', `Cash \${var.PLACE}`);
  await bench.commit({ 'ledgerform.yaml': configuration(named) });
  const leeds = { ...sandbox.environment, LEDGERFORM_VAR_PLACE: 'Leeds' };
  assert.is((await bench.run(['apply', '--auto-approve', '--record'], leeds)).code, 0);
  const york = { ...leeds, LEDGERFORM_VAR_PLACE: 'York' };
  const ran = await bench.run(['drift', '--repair', '--auto-approve'], york);
  assert.is(ran.code, 2);
  assert.is(accountOf(sandbox, '1090')?.name, 'Cash Leeds');
  assert.match((await bench.run(['drift'], york)).stdout, /VARIABLE_SINCE_BASE/);
});

/** The accounts, one more, and a setting that means one of them. */
const paying = (payments: string, more = '') =>
  configuration(
    `${accounts.replace('settings:', '  other:\n    name: Other\n    nominal_code: "1091"\nsettings:').replace('payments: cash', payments)}${more}`,
  );

test('--repair leaves alone a setting whose account comes from a variable, by its key or by a look-up', async ({
  bench,
  sandbox,
}) => {
  const lookedUp = `external:\n  ledger_accounts:\n    bank: { nominal_code: "\${var.PAY}" }\n`;
  for (const [code, name] of [
    ['404', 'Bank fees'],
    ['405', 'Bank costs'],
  ] as const)
    books(sandbox).put('ledger_accounts', { name, nominal_code: code, is_external: true, status: 'Active' });
  for (const [file, then, now] of [
    [paying(`payments: "\${var.PAY}"`), 'cash', 'other'],
    [paying('payments: bank', lookedUp), '404', '405'],
  ] as const) {
    await bench.commit({ 'ledgerform.yaml': file });
    const before = { ...sandbox.environment, LEDGERFORM_VAR_PAY: then };
    const apply = ['apply', '--auto-approve', '--record', '--base', 'HEAD'];
    const applied = await bench.run(apply, before);
    assert.is(applied.code, 0, applied.stdout + applied.stderr);
    const settings = books(sandbox).settings();
    const after = { ...before, LEDGERFORM_VAR_PAY: now };
    assert.is((await bench.run(['drift', '--repair', '--auto-approve'], after)).code, 2, then);
    assert.equal(books(sandbox).settings(), settings, then);
  }
});

test('--repair stops at the guards of the file', async ({ bench, sandbox }) => {
  const policy = 'policy: { max_deletes: 0 }\n';
  const removed = `${accounts}removed:\n  ledger_accounts: [{ nominal_code: "1180" }]\n${policy}`;
  await bench.commit({ 'ledgerform.yaml': configuration(removed) });
  assert.is((await bench.run(['apply', '--auto-approve', '--record'], sandbox.environment)).code, 0);
  books(sandbox).put('ledger_accounts', { name: 'Old', nominal_code: '1180', is_external: false });
  const drifted = await bench.run(['drift', '--json'], sandbox.environment);
  assert.match(reasonsOf(drifted).join(), /^ledger_accounts\[[^\]]+\]: drift$/);
  const refused = await bench.run(['drift', '--repair', '--auto-approve'], sandbox.environment);
  assert.is(refused.code, 4);
  const allowed = ['--allow-deletes', '1'];
  const ran = await bench.run(['drift', '--repair', '--auto-approve', ...allowed], sandbox.environment);
  assert.is(ran.code, 0);
  assert.is(accountOf(sandbox, '1180'), undefined);
});

test('--base names another base than what was applied', async ({ bench, sandbox }) => {
  rename(sandbox, '1090', 'Kasse');
  await bench.commit({ 'ledgerform.yaml': configuration(accounts.replace('Cash clearing', 'Till')) });
  const applied = await bench.run(['drift', '--json'], sandbox.environment);
  assert.equal(reasonsOf(applied), ['ledger_accounts.cash: conflict']);
  const head = await bench.run(['drift', '--json', '--base', 'HEAD'], sandbox.environment);
  assert.equal(reasonsOf(head), ['ledger_accounts.cash: drift']);
});

test('where nothing was recorded every difference is shown, and --repair is refused', async ({
  bench,
  sandbox,
}) => {
  const ref = `refs/ledgerform/${organization}`;
  await bench.git('push', '-q', 'origin', '--delete', ref);
  rename(sandbox, '1090', 'Kasse');
  const ran = await bench.run(['drift'], sandbox.environment);
  assert.is(ran.code, 2);
  assert.match(ran.stdout, /no base revision/);
  assert.not.match(ran.stdout, /NO_BASE_YET/);
  const repair = await bench.run(['drift', '--repair', '--auto-approve', '--json'], sandbox.environment);
  assert.equal([repair.code, codesOf(jsonOf(repair))], [3, ['NO_BASE']]);
});

test('where the remote cannot be asked nobody knows what was last applied: exit 1, and nothing is repaired', async ({
  bench,
  sandbox,
}) => {
  await bench.git('remote', 'set-url', 'origin', `${bench.remote}-gone`);
  rename(sandbox, '1090', 'Kasse');
  for (const args of [['drift'], ['drift', '--repair', '--auto-approve'], ['drift', '--accept']]) {
    const ran = await bench.run([...args, '--json'], sandbox.environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [1, ['REMOTE_UNREACHABLE']]);
  }
  assert.is(accountOf(sandbox, '1090')?.name, 'Kasse');
  const named = await bench.run(['drift', '--base', 'HEAD'], sandbox.environment);
  assert.is(named.code, 2);
});

test.run();
