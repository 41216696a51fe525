import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { configuration, jsonOf, openSandbox, openWorkbench, seedOf } from './workbench.ts';

const test = suite('warnings from the accounting side');

const paid = { object_type: 'payment_record', sync_status: 'done' };
const seed = seedOf({
  ledger_accounts: [
    { name: 'Cash', nominal_code: '1090' },
    { name: 'Bank', nominal_code: '1200' },
  ],
  tax_rates: [{ name: 'Reduced', code: 'RED', effective_tax_rate: 700 }],
  products: [{ name: 'Day', ledger_account: { nominal_code: '1090' } }],
  payables: [
    { document_id: 'B-1', status: 'paid', line_items: [{ name: 'Hosting', tax_rate: { code: 'RED' } }] },
    { document_id: 'B-2', status: 'draft', line_items: [{ name: 'Hosting', tax_rate: { code: 'RED' } }] },
  ],
  settings: { accounting: { ledger_account_ids: { payments: { nominal_code: '1090' } } } },
  connections: [{ platform: 'xero', status: 'deauthorized' }],
  synced_records: [paid, paid, { ...paid, sync_status: 'error' }, { ...paid, object_type: 'bill' }],
});

const file = configuration(`ledger_accounts:
  cash: { name: Cash, nominal_code: "1099", was: { nominal_code: "1090" } }
  bank: { name: Bank, nominal_code: "1200" }
tax_rates:
  reduced: { name: Reduced, code: RED, effective_tax_rate: 8% }
settings:
  ledger_accounts:
    payments: bank
`);

const { emulator, environment } = await openSandbox({ seed });
const bench = await openWorkbench({ 'ledgerform.yaml': file });
test.after(async () => {
  await emulator.close();
  await bench.remove();
});

/** How often each path below the base URL was asked for, since it was asked for the last time. */
let seen = 0;
function asked(path: string): number {
  const log = emulator.log();
  const since = log.slice(seen);
  seen = log.length;
  return since.filter((each) => each.path.endsWith(path)).length;
}

test('--impact says how much uses what changes, and before it what that takes to read', async () => {
  const { code, stderr, stdout } = await bench.run(['plan', '--impact'], environment);
  assert.is(code, 0);
  assert.match(stdout, /CODE_CHANGED: .* 1 product and 1 setting use it;/);
  assert.match(stdout, /TAX_RATE_CHANGED: .* 2 payable lines use it;/);
  assert.match(stdout, /PAYMENTS_ACCOUNT_CHANGED: 2 payment records /);
  assert.match(stderr, /^Reads the lines of 2 payables: about 2 requests/m);
  assert.match(stderr, /^Reads the synchronization records of payments: 1 request or more/m);
  assert.is(asked('/accounting-connections'), 1);
});

test('without it the same is said of what is read anyway, and nothing of lines is read', async () => {
  const { stdout } = await bench.run(['plan'], environment);
  assert.match(stdout, /CODE_CHANGED: .* At least 1 setting uses it\./);
  assert.match(stdout, /To count all that use it: --impact\./);
  assert.is(asked('/payables'), 0);
});

test('every form of output has the warnings', async () => {
  const forms = ['markdown', 'github', 'sarif', 'junit'];
  const reports = forms.flatMap((form) => ['--report', `${form}=${form}.txt`]);
  const ran = await bench.run(['plan', '--json', '--impact', ...reports, '--out', 'plan.json'], environment);
  const document = JSON.stringify(jsonOf(ran));
  const texts = await Promise.all(forms.map((form) => bench.read(`${form}.txt`)));
  for (const text of [document, ...texts.slice(0, 3)]) {
    assert.match(text, /CONNECTION_UNAUTHORIZED/);
    assert.match(text, /2 payable lines use it/);
    assert.match(text, /2 payment records that were already pushed/);
  }
});

test('neither an apply of a saved plan nor drift asks for connections', async () => {
  asked('');
  const drifted = await bench.run(['drift'], environment);
  assert.is(drifted.code, 2);
  assert.is(asked('/accounting-connections'), 0);
  const applied = await bench.run(['apply', 'plan.json'], environment);
  assert.is(applied.code, 0, applied.stderr);
  assert.is(asked('/accounting-connections'), 0);
  const again = await bench.run(['plan', '--impact', '--detailed-exitcode'], environment);
  assert.is(again.code, 0);
  assert.is(asked('/accounting-connections'), 0, 'nothing changes, so nothing is of concern');
});

test('apply says the same as plan before it asks, and with many organizations each has its own', async () => {
  const back = file.replace('payments: bank', 'payments: cash');
  await bench.write('ledgerform.yaml', back);
  const one = await bench.run(['apply', '--auto-approve', '--impact'], environment);
  assert.is(one.code, 0);
  assert.match(one.stdout, /PAYMENTS_ACCOUNT_CHANGED: 2 payment records /);
  assert.match(one.stdout, /CONNECTION_UNAUTHORIZED/);
  await bench.write('ledgerform.yaml', file);
  const many = await bench.run(['plan', '--impact', '--shard', '1/1', '--json'], environment);
  assert.is(many.code, 0, many.stderr);
  assert.match(many.stdout, /2 payment records that were already pushed/);
});

test.run();
