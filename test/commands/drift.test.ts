import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accounts, codesOf, configuration, jsonOf, openSandbox, openWorkbench, seedOf } from './workbench.ts';

const test = suite('ledgerform drift');
const seed = seedOf({ ledger_accounts: [{ name: 'Kasse', nominal_code: '1090' }] });
const { emulator, environment } = await openSandbox({ seed });
const bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
test.after(async () => {
  await emulator.close();
  await bench.remove();
});

test('without a base --repair and --accept are refused before anything is read', async () => {
  for (const args of [['--repair'], ['--accept'], ['--accept=base']]) {
    const ran = await bench.run(['drift', '--json', ...args], environment);
    assert.is(ran.code, 3);
    assert.equal(codesOf(jsonOf(ran)), ['NO_BASE']);
  }
  assert.equal(emulator.log(), []);
});

test('what only a repair can mean is refused without one, before anything is read', async () => {
  for (const option of [
    ['--auto-approve'],
    ['--settle', '3'],
    ['--allow-deletes', '3'],
    ['--allow-overwrites', '3'],
    ['--allow-in-use', 'ledger_accounts.cash'],
    ['--allow-dirty'],
    ['--accept', '--auto-approve'],
  ]) {
    const ran = await bench.run(['drift', '--json', ...option], environment);
    assert.equal([ran.code, ...codesOf(jsonOf(ran))], [3, 'OPTION_INVALID'], option.join(' '));
  }
  const repair = await bench.run(['drift', '--json', '--repair', '--auto-approve'], environment);
  assert.equal(codesOf(jsonOf(repair)), ['NO_BASE']);
  assert.equal(emulator.log(), []);
});

test('without a base every difference is shown, and that it may be no drift: exit 2', async () => {
  const { code, stdout } = await bench.run(['drift'], environment);
  assert.is(code, 2);
  assert.match(stdout, /no base revision[^\n]*cannot tell drift/);
  assert.match(stdout, /"Kasse" -> "Cash clearing"/);
  const json = await bench.run(['drift', '--json'], environment);
  assert.is(json.code, 2);
  assert.is(jsonOf(json).format_version, '1');
});

test('it writes nothing, and after an apply there is none: exit 0', async () => {
  assert.not.ok(emulator.log().some(({ method, path }) => method !== 'GET' && !path.includes('token')));
  assert.is((await bench.run(['apply', '--auto-approve'], environment)).code, 0);
  assert.is((await bench.run(['drift'], environment)).code, 0);
});

test('what a guard would refuse is drift all the same', async () => {
  await bench.write(
    'protected.yaml',
    configuration(
      'policy: { prune: all, max_deletes: 0 }\nledger_accounts:\n  cash: { nominal_code: "1090" }\n',
    ),
  );
  const { code, stdout } = await bench.run(['drift', '-c', 'protected.yaml'], environment);
  assert.is(code, 2);
  assert.not.match(stdout, /Refused/);
});

test.run();
