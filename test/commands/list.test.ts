import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  organization,
  seedOf,
} from './workbench.ts';

const test = suite('ledgerform list');
const seed = seedOf({
  ledger_accounts: [
    { name: 'Cash', nominal_code: '1090' },
    { name: '銀行存款', nominal_code: '1002' },
    { name: '=HYPERLINK("x")', nominal_code: '-5' },
    { name: 'Fees', nominal_code: '404', is_external: true },
  ],
  tax_rates: [{ name: 'Standard', code: 'STD', effective_tax_rate: 2000 }],
  products: [
    { name: 'Day', type: 'service', external_reference: 'D-1', ledger_account: { nominal_code: '1090' } },
    { name: 'Mug', type: 'product', external_reference: 'M-1' },
  ],
  payables: [
    {
      document_id: 'INV-1',
      status: 'new',
      counterpart_name: 'Hetzner',
      line_items: [{ name: 'Hosting' }, { name: 'Domain', ledger_account: { nominal_code: '404' } }],
    },
    {
      document_id: 'INV-2',
      status: 'paid',
      counterpart_name: 'Hetzner',
      line_items: [{ name: 'Rack' }],
    },
  ],
  settings: { accounting: { ledger_account_ids: { payments: { nominal_code: '1090' } } } },
});
const { emulator, environment } = await openSandbox({ seed });
const body = `ledger_accounts:
  cash: { name: Cash, nominal_code: "1090" }
external:
  ledger_accounts:
    fees: { nominal_code: "404" }
settings:
  ledger_accounts: { payments: cash }
assignments:
  products:
    - product: { external_reference: D-1 }
      ledger_account: cash
  line_items:
    - rule: hetzner
      when: { payable: { counterpart_name: "Hetz*" }, line_item: { name: "Host*" } }
      ledger_account: fees
`;
const bench = await openWorkbench({ 'ledgerform.yaml': configuration(body) });
test.after(async () => {
  await emulator.close();
  await bench.remove();
});
const objects = async (...args: readonly string[]): Promise<readonly Record<string, unknown>[]> => {
  const ran = await bench.run(['list', ...args, '--json'], environment);
  assert.is(ran.code, 0);
  const found = jsonOf(ran).objects;
  if (!Array.isArray(found)) throw new Error('no objects');
  return found;
};

test('a table starts with whose it is, and shows the key that manages each', async () => {
  const { code, stdout } = await bench.run(['list', 'ledger_accounts'], environment);
  assert.is(code, 0);
  assert.match(stdout, /^Acme GmbH/);
  assert.match(stdout, /ledger_accounts\.cash +Cash +1090/);
  assert.match(stdout, /external\.ledger_accounts\.fees +Fees +404/);
  assert.match(stdout, /\n4 objects\n$/);
});

test('--internal, --external and --match narrow it', async () => {
  assert.equal(
    (await objects('ledger_accounts', '--external')).map(({ name }) => name),
    ['Fees'],
  );
  assert.is((await objects('ledger_accounts', '--internal')).length, 3);
  assert.is((await objects('ledger_accounts', '--internal', '--external')).length, 4);
  assert.equal(
    (await objects('ledger_accounts', '--match', 'CASH')).map(({ key }) => key),
    ['ledger_accounts.cash'],
  );
});

test('only the one collection is read', async () => {
  const before = emulator.log().length;
  await objects('tax_rates');
  assert.equal(
    emulator
      .log()
      .slice(before)
      .filter(({ method }) => method === 'GET')
      .map(({ path }) => path.split('/').at(-1)),
    ['accounting-tax-rates'],
  );
});

test('CSV is nothing but CSV, and no formula', async () => {
  const { code, stderr, stdout } = await bench.run(
    ['list', 'ledger_accounts', '--format', 'csv'],
    environment,
  );
  assert.equal([code, stderr], [0, '']);
  const [titles, ...rows] = stdout.split('\r\n');
  assert.is(titles, 'id,key,name,nominal_code,description,status,origin');
  assert.is(rows.length, 5);
  assert.ok(stdout.includes(`"'=HYPERLINK(""x"")",'-5`));
});

test('each kind has its list', async () => {
  assert.equal(
    (await objects('tax_rates')).map(({ code, effective_tax_rate }) => [code, effective_tax_rate]),
    [['STD', '20%']],
  );
  assert.equal(
    (await objects('products')).map(({ external_reference, name }) => [name, external_reference]),
    [
      ['Day', 'D-1'],
      ['Mug', 'M-1'],
    ],
  );
  assert.equal(
    (await objects('payables')).map(({ counterpart_name, document_id }) => [document_id, counterpart_name]),
    [
      ['INV-1', 'Hetzner'],
      ['INV-2', 'Hetzner'],
    ],
  );
  assert.equal(
    (await objects('line_items')).map(({ name }) => name),
    ['Hosting', 'Domain', 'Rack'],
  );
  const [payments] = await objects('settings');
  assert.equal([payments?.key, payments?.object], ['settings.ledger_accounts.payments', '1090 Cash']);
});

test('products and lines name their account and what assigns them', async () => {
  assert.equal(
    (await objects('products')).map(({ assigned_by, ledger_account }) => [ledger_account, assigned_by]),
    [
      ['1090 Cash', 'ledgerform.yaml:13'],
      [null, null],
    ],
  );
  const lines = await objects('line_items');
  assert.equal(
    lines.map(({ assigned_by, document_id, ledger_account, status }) => [
      document_id,
      status,
      ledger_account,
      assigned_by,
    ]),
    [
      ['INV-1', 'new', null, 'rule hetzner (ledgerform.yaml:16)'],
      ['INV-1', 'new', '404 Fees', null],
      ['INV-2', 'paid', null, null],
    ],
  );
  const [hosting] = lines;
  assert.is(hosting?.key, `assignments.line_items.${hosting?.id}`);
});

test('--unassigned shows what lacks an account, of payables that can still be changed', async () => {
  const names = async (...args: readonly string[]) =>
    (await objects(...args, '--unassigned')).map(({ name }) => name);
  assert.equal(await names('products'), ['Mug']);
  assert.equal(await names('products', '--match', 'day'), []);
  assert.equal(await names('line_items'), ['Hosting']);
  assert.equal(
    (await objects('payables', '--unassigned')).map((each) => [each.document_id, each.unassigned_lines]),
    [['INV-1', '1 of 2']],
  );
});

test('a rule that would only fill a gap does not assign what has another account', async () => {
  const rules = (account: string, more = '') =>
    configuration(`${body.slice(0, body.indexOf('assignments:'))}assignments:
  products:
    - { rule: all, when: { type: [service, product] }, ledger_account: ${account}${more} }
`);
  const by = async (text: string): Promise<readonly unknown[]> => {
    await bench.write('rules.yaml', text);
    const ran = await bench.run(['list', 'products', '-c', 'rules.yaml', '--json'], environment);
    const { objects } = jsonOf(ran);
    if (!Array.isArray(objects)) throw new Error(ran.stdout);
    return objects.map(({ assigned_by }) => assigned_by);
  };
  const all = 'rule all (rules.yaml:13)';
  assert.equal(await by(rules('fees')), [null, all]);
  assert.equal(await by(rules('cash')), [all, all]);
  assert.equal(await by(rules('fees', ', overwrite: true')), [all, all]);
});

test('--unassigned is for what can be assigned', async () => {
  for (const kind of ['ledger_accounts', 'tax_rates', 'settings']) {
    const ran = await bench.run(['list', kind, '--unassigned', '--json'], environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['OPTION_INVALID']]);
  }
});

test('a table of lines is for a controller first, with whole ids at its end', async () => {
  const { code, stderr, stdout } = await bench.run(['list', 'line_items', '--unassigned'], environment);
  assert.is(code, 0);
  assert.match(
    stdout,
    /\ndocument_id +counterpart_name +status +name +description +ledger_account +tax_rate +assigned_by +id\nINV-1 +Hetzner +new +Hosting +rule hetzner \(ledgerform\.yaml:16\) +[0-9a-f-]{36}\/[0-9a-f-]{36}\n/,
  );
  assert.match(stderr, /^Reads the lines of 1 payable: about 1 request/);
});

test('what lines cost is told before, and not with -q', async () => {
  const quiet = await bench.run(['list', 'line_items', '-q'], environment);
  assert.equal([quiet.code, quiet.stderr], [0, '']);
  const told = await bench.run(['list', 'line_items', '--format', 'csv'], environment);
  assert.match(told.stderr, /^Reads the lines of 2 payables: about 2 requests/);
  assert.match(told.stdout, /^document_id,counterpart_name,/);
});

test('Ctrl-C while lines are read ends with 130', async () => {
  const many = Array.from({ length: 60 }, (_, at) => ({
    document_id: `INV-${at}`,
    status: 'new',
    counterpart_name: 'Hetzner',
    line_items: [{ name: 'Hosting' }],
  }));
  const slow = await openSandbox({ seed: seedOf({ payables: many }), latencyMs: 200 });
  const child = bench.start(['list', 'line_items', '--json', '--concurrency', '1'], slow.environment);
  for (
    let tries = 0;
    tries < 1000 && !slow.emulator.log().some(({ path }) => path.includes('line-items'));
    tries += 1
  )
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  const { exitCode, stdout } = await child;
  assert.is(exitCode, 130);
  assert.is(jsonOf({ code: exitCode, stdout, stderr: '' }).exit_code, 130);
  await slow.emulator.close();
});

test('one object in full, by its id or by its key', async () => {
  const [cash] = await objects('ledger_accounts', 'cash');
  assert.is(cash?.nominal_code, '1090');
  assert.equal(await objects('ledger_accounts', String(cash?.id)), [cash]);
  const [line] = await objects('line_items', '--match', 'domain');
  assert.equal(await objects('line_items', String(line?.id)), [line]);
  const human = await bench.run(['list', 'ledger_accounts', 'ledger_accounts.cash'], environment);
  assert.match(human.stdout, /\nkey +ledger_accounts\.cash\n/);
});

test('an id that is not there is exit 3; so is --external where there is none', async () => {
  const none = await bench.run(['list', 'products', organization, '--json'], environment);
  assert.is(none.code, 3);
  assert.equal(codesOf(jsonOf(none)), ['ID_NOT_FOUND']);
  assert.is((await bench.run(['list', 'settings', '--external'], environment)).code, 3);
});

test.run();
