import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  type Sandbox,
  seedOf,
  type Workbench,
} from './workbench.ts';

const test = suite<{ sandbox: Sandbox; bench: Workbench }>('assignments on the command line');
const seed = seedOf({
  ledger_accounts: [{ name: 'Cash', nominal_code: '1090' }],
  products: Array.from({ length: 6 }, (_, at) => ({
    name: `Consulting ${at}`,
    type: 'service',
    external_reference: `SKU-${at}`,
    ...(at === 5 ? { ledger_account: { nominal_code: '1090' } } : {}),
  })),
  payables: [
    { document_id: 'INV-1', status: 'new', counterpart_name: 'Hetzner', line_items: [{ name: 'Hosting' }] },
  ],
});
const body = `ledger_accounts:
  consulting: { name: Consulting income, nominal_code: "4010" }
assignments:
  products:
    - product: { external_reference: SKU-0 }
      ledger_account: consulting
    - rule: consulting
      when: { type: service, name: "Consult*" }
      ledger_account: consulting
      overwrite: true
  line_items:
    - payable: { document_id: INV-1 }
      line_item: { name: Hosting }
      ledger_account: { nominal_code: "1090" }
`;
test.before.each(async (context) => {
  context.sandbox = await openSandbox({ seed });
  context.bench = await openWorkbench({ 'ledgerform.yaml': configuration(body) });
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});

test('a plan groups what a rule changes, by code and name', async ({ bench, sandbox: { environment } }) => {
  const { code, stderr, stdout } = await bench.run(['plan'], environment);
  assert.is(code, 0, stderr);
  assert.match(stderr, /Reads the lines of 1 payable: about 1 request/);
  assert.match(
    stdout,
    /\n {2}~ rule consulting {2}ledgerform\.yaml:\d+\n {6}4 products {2}ledger_account \(none\) -> 4010 Consulting income \(known after apply\)\n {10}SKU-1 Consulting 1\n {10}SKU-2 Consulting 2\n/,
  );
  assert.match(stdout, /\n {6}1 product {2}ledger_account 1090 Cash -> 4010 Consulting income/);
  assert.match(
    stdout,
    /\n {2}\+ SKU-0 Consulting 0 {2}assignments\.products\.[0-9a-f-]{36} {2}ledgerform\.yaml:\d+\n/,
  );
  assert.match(stdout, /\n {2}\+ INV-1 Hetzner \/ Hosting .*\n {6}ledger_account {2}\(none\) -> 1090 Cash\n/);
  assert.match(stdout, /\nPlan: 1 to create, 7 to assign\.\n$/);
  const json = jsonOf(await bench.run(['plan', '--json', '-q'], environment));
  assert.is(Array.isArray(json.changes) && json.changes.length, 8);
});

test('an apply tells the same by rule, and the second one has nothing to do', async ({ bench, sandbox }) => {
  const { environment } = sandbox;
  const { code, stdout } = await bench.run(['apply', '--auto-approve', '-q'], environment);
  assert.is(code, 0, stdout);
  assert.match(stdout, /✓ assigned 5 products by rule consulting {2}ledgerform\.yaml:\d+\n/);
  assert.match(stdout, /✓ assigned INV-1 Hetzner \/ Hosting\n/);
  const again = jsonOf(await bench.run(['apply', '--auto-approve', '--json', '-q'], environment));
  assert.is(again.outcome, 'nothing');
});

test('a saved plan tells what was filled meanwhile as overtaken', async ({
  bench,
  sandbox: { environment },
}) => {
  const gaps = configuration(body.replace('      overwrite: true\n', ''));
  await bench.write('ledgerform.yaml', gaps);
  const other = configuration(`assignments:
  products:
    - product: { external_reference: SKU-1 }
      ledger_account: { nominal_code: "1090" }
`);
  await bench.write('other.yaml', other);
  assert.is((await bench.run(['plan', '--out', 'plan.json', '-q'], environment)).code, 0);
  assert.is((await bench.run(['apply', '-c', 'other.yaml', '--auto-approve', '-q'], environment)).code, 0);
  const { code, stdout } = await bench.run(['apply', 'plan.json', '-q'], environment);
  assert.is(code, 0, stdout);
  assert.match(stdout, /= SKU-1 Consulting 1 was overtaken: /);
  assert.match(stdout, /✓ assigned 3 products by rule consulting/);
  assert.match(stdout, /1 overtaken/);
});

test('a gap that only a rule would fill is no drift; what is assigned otherwise is', async ({
  bench,
  sandbox: { environment },
}) => {
  const rule = (more: string) =>
    configuration(`assignments:
  products:
    - when: { type: service }
      ledger_account: { nominal_code: "1090" }${more}
`);
  await bench.write('ledgerform.yaml', rule(''));
  const gaps = await bench.run(['drift'], environment);
  assert.is(gaps.code, 0, gaps.stderr);
  assert.match(
    gaps.stdout,
    /\nGaps that rules would fill, no drift\n {2}\+ rule {2}ledgerform\.yaml:\d+\n {6}5 products {2}ledger_account \(none\) -> 1090 Cash\n/,
  );
  assert.match(gaps.stdout, /\nNo drift; 5 gaps that rules would fill\.\n$/);
  assert.not.match(gaps.stdout, /Products|Product assignments|no base revision/);
  const { changes, summary } = jsonOf(await bench.run(['drift', '--json'], environment));
  assert.is(Array.isArray(changes) && changes.length, 5);
  assert.match(JSON.stringify(summary), '"assign":5');
  await bench.write('ledgerform.yaml', configuration(body));
  const { code, stdout } = await bench.run(['drift'], environment);
  assert.is(code, 2);
  const [drifted = '', apart = ''] = stdout.split('Gaps that rules would fill, no drift');
  assert.match(drifted, /Product assignments\n(.*\n)* {6}1 product {2}ledger_account 1090 Cash ->/);
  assert.not.match(drifted, /4 products/);
  assert.match(apart, /4 products {2}ledger_account \(none\) -> 4010 Consulting income/);
  assert.match(
    stdout,
    /\nPlan: 1 to create, 3 to assign; apart from that 4 gaps that rules would fill, no drift\.\n$/,
  );
});

test.run();
