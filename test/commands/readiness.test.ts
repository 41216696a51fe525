import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codesOf, configuration, jsonOf, openSandbox, openWorkbench, seedOf } from './workbench.ts';

const test = suite('ledgerform readiness');
const bench = await openWorkbench({
  'ledgerform.yaml': configuration('settings: { ledger_accounts: { payments: { nominal_code: "090" } } }\n'),
});
const { emulator, environment } = await openSandbox({
  seed: seedOf({
    ledger_accounts: [{ nominal_code: '090', name: 'Bank', is_external: true }],
    connections: [
      { platform: 'xero', created_at: '2026-01-01T00:00:00Z', last_pull: '2026-01-01T12:00:00Z' },
    ],
    products: Array.from({ length: 12 }, (_, at) => ({ name: `Product ${at}` })),
  }),
  now: () => new Date(),
});
const run = (...args: readonly string[]) => bench.run(['readiness', ...args], environment);
test.after(async () => {
  await emulator.close();
  await bench.remove();
});

test('it says what is missing and that the next apply mends some of it, and exits 2', async () => {
  const { code, stderr, stdout } = await run();
  assert.is(code, 2);
  assert.match(stderr, /^Reads connections, .*: 13 requests or more, under a second at/);
  assert.match(stdout, /^Acme GmbH /);
  assert.match(stdout, 'PAYMENTS_ACCOUNT_UNSET payments\n');
  assert.match(stdout, 'ledgerform apply mends it');
  assert.match(stdout, '… and 2 more groups (--show-all)');
  assert.match(stdout, /\nNot ready: 2 gaps block, 2 warnings\.\n$/);
  assert.match((await run('--show-all')).stdout, 'assignments.products.');
});

test('--json prints one document, and reports hold the same', async () => {
  const ran = await run('--json', '--report', 'json=ready.json', '--report', 'junit=ready.xml');
  const document = jsonOf(ran);
  assert.equal([ran.code, document.ready, document.max_age_minutes], [2, false, 120]);
  assert.is(await bench.read('ready.json'), ran.stdout);
  assert.match(
    await bench.read('ready.xml'),
    '<testcase classname="ledgerform.yaml" name="products can be pushed">',
  );
});

test('a type can be asked for alone, several times, and a warning is no failure', async () => {
  const bills = jsonOf(await run('--json', '--type', 'bills', '--max-age', '1'));
  assert.equal(bills.ready, true);
  const both = await run('--type', 'payments', '--type', 'bills', '--max-age', '999999999');
  assert.is(both.code, 3);
  const { code, stdout } = await run('--type', 'payments', '--type', 'bills', '-q');
  assert.is(code, 2);
  assert.not.match(stdout, 'products  ');
});

test('what it does not know is refused', async () => {
  for (const args of [
    ['--type', 'receipts'],
    ['--max-age', '0'],
    ['--format', 'csv'],
    ['-c', 'a.yaml', '-c', 'b.yaml'],
  ]) {
    const ran = await run(...args, '--json');
    assert.equal(
      [ran.code, codesOf(JSON.parse(ran.stdout.trim() === '' ? '{"problems":[]}' : ran.stdout))],
      [3, ['OPTION_INVALID']],
    );
  }
});

test('a service that does not answer ends it with 1, in every report', async () => {
  const { code, stdout } = await bench.run(['readiness', '--format', 'markdown', '--timeout', '1'], {
    ...environment,
    TESOURO_API_URL: 'http://127.0.0.1:9',
  });
  assert.is(code, 1);
  assert.match(stdout, '### Ledgerform readiness: failed');
});

test.run();
