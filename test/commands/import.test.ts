import { access, lstat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
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
  type Workbench,
} from './workbench.ts';

const test = suite('ledgerform import');
const seed = seedOf({
  tax_rates: [
    { name: 'Standard', code: 'STD', effective_tax_rate: 2000 },
    { name: 'Standard', code: 'std', effective_tax_rate: 1900 },
  ],
  ledger_accounts: [
    { name: 'Cash', nominal_code: '0090' },
    { name: 'Касса', nominal_code: '1e5' },
    { name: 'Rent', nominal_code: '6100' },
    { name: 'Rent', nominal_code: '6100', description: 'a\n::error::b' },
    { name: 'no' },
    { name: `現金 \${var.X}`, nominal_code: '  7  ' },
    { name: 'Fees', nominal_code: '404', is_external: true },
    { name: 'Unused', nominal_code: '405', is_external: true },
  ],
  products: [
    { name: 'Day', type: 'service', external_reference: 'D-1', ledger_account: { nominal_code: '0090' } },
    { name: 'Hour', type: 'service', ledger_account: { nominal_code: '0090' } },
    { name: 'Week', type: 'service', ledger_account: { nominal_code: '0090' } },
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
      line_items: [{ name: 'Rack', ledger_account: { nominal_code: '404' } }],
    },
  ],
  settings: { accounting: { ledger_account_ids: { payments: { nominal_code: '0090' } } } },
});
const { emulator, environment } = await openSandbox({ seed });
test.after(() => emulator.close());

/** Runs with the sandbox at hand, in a folder with these files. */
async function inFolder(
  files: Readonly<Record<string, string>>,
  body: (
    run: (...args: readonly string[]) => ReturnType<Workbench['run']>,
    bench: Workbench,
  ) => Promise<void>,
): Promise<void> {
  const bench = await openWorkbench(files);
  try {
    await body((...args) => bench.run(args, environment), bench);
  } finally {
    await bench.remove();
  }
}

const said = ['import', '--organization', organization, '--env', 'sandbox'];

test('what is imported plans empty, and a second import changes no byte', () =>
  inFolder({}, async (run, bench) => {
    const first = await run(...said, '--name', 'Acme GmbH', '--json');
    assert.is(first.code, 0, first.stderr);
    assert.not.match(first.stderr, 'below `organization`');
    const { file, written, ...rest } = jsonOf(first);
    const { addresses, left_out } = rest as { addresses: string[]; left_out: unknown[] }; // as documented
    assert.equal(file, { path: 'ledgerform.yaml', outcome: 'written' });
    assert.equal(written, {
      tax_rates: 2,
      ledger_accounts: 6,
      'external.ledger_accounts': 1,
      'settings.ledger_accounts': 1,
      'assignments.products': 3,
      'assignments.line_items': 1,
    });
    assert.equal(addresses.slice(2, 4), ['ledger_accounts.cash', 'ledger_accounts.kassa']);
    assert.ok(addresses.includes('ledger_accounts.account_no'));
    assert.ok(addresses.includes('external.ledger_accounts.fees'));
    assert.is(left_out.length, 4);
    assert.equal(rest.ok, true);
    assert.equal(rest.organization, { id: organization, name: 'Acme GmbH' });
    const text = await bench.read('ledgerform.yaml');
    assert.is((await run('plan', '--detailed-exitcode')).code, 0);
    const again = jsonOf(await run('import', '--json'));
    assert.equal(again.file, { path: 'ledgerform.yaml', outcome: 'unchanged' });
    assert.is(await bench.read('ledgerform.yaml'), text);
  }));

test('without a name it is said where one is written', () =>
  inFolder({}, async (run) => {
    assert.match((await run(...said)).stderr, '`name` below `organization` in ledgerform.yaml');
  }));

test('a file that says something else stays, unless it is to be replaced', () => {
  const mine = configuration('# mine\n');
  return inFolder({ 'ledgerform.yaml': mine }, async (run, bench) => {
    const refused = await run('import', '--json');
    assert.is(refused.code, 4);
    assert.equal(codesOf(jsonOf(refused)), ['FILE_EXISTS']);
    assert.is(await bench.read('ledgerform.yaml'), mine);
    const schema = 'schemas/ledgerform.v1.schema.json';
    const { problems, schema: put } = jsonOf(await run('import', '--out', 'orgs/new.yaml', '--json'));
    assert.equal([put, problems], [{ path: schema, outcome: 'written' }, []]);
    assert.is(await bench.read(schema), (await run('schema')).stdout);
    assert.is((await run('plan', '-c', 'orgs/new.yaml', '--detailed-exitcode')).code, 0);
    assert.match((await run('import', '--out', 'my new.yaml')).stdout, "`ledgerform plan -c 'my new.yaml'`");
    assert.match(await bench.read('orgs/new.yaml'), '$schema=../schemas/ledgerform.v1.schema.json');
    const replaced = jsonOf(await run('import', '--force', '--json'));
    assert.equal(replaced.file, { path: 'ledgerform.yaml', outcome: 'replaced' });
    assert.equal(replaced.schema, { path: schema, outcome: 'kept' });
    await bench.write(schema, '{}');
    const again = await run('import', '--json');
    assert.equal([again.code, codesOf(jsonOf(again))], [0, ['SCHEMA_DIFFERS']]);
    assert.match(again.stderr, `ledgerform schema > ${schema}`);
    assert.is(await bench.read(schema), '{}');
    assert.is((await run('plan', '--detailed-exitcode')).code, 0);
  });
});

test('rules take the place of entries, and the plan is empty all the same', () =>
  inFolder({}, async (run, bench) => {
    assert.is((await run(...said, '--rules')).code, 0);
    assert.match(await bench.read('ledgerform.yaml'), '    - rule: service # 3 products\n');
    assert.is((await run('plan', '--detailed-exitcode')).code, 0);
  }));

test('what is printed is the file and nothing else, and nothing is written', () =>
  inFolder({}, async (run, bench) => {
    const printed = await run(...said, '--out', '-', '--skip', 'products', '--all-external');
    assert.is(printed.code, 0, printed.stderr);
    assert.ok(printed.stdout.startsWith('# yaml-language-server: '));
    assert.match(printed.stdout, '    unused: { nominal_code: "405" } # 405 Unused\n');
    assert.not.match(printed.stdout, '  products:\n');
    assert.not.match(printed.stdout, /^\s*::error/m);
    for (const file of ['ledgerform.yaml', 'schemas'])
      await access(join(bench.folder, file)).then(
        () => assert.unreachable('a file was written'),
        () => {},
      );
    await bench.write('printed.yaml', printed.stdout);
    assert.is((await run('plan', '-c', 'printed.yaml', '--detailed-exitcode')).code, 0);
  }));

test('what a file lacks is added to it, every other byte stays, and a second time there is nothing to add', () => {
  const mine = configuration(`# Ours.
ledger_accounts:
  till:   { nominal_code: "0090" }   # the till
assignments:
  products:
    - rule: days
      when: { name: "Day" }
      ledger_account: till
`);
  return inFolder({ 'mine.yaml': mine }, async (run, bench) => {
    const added = await run('import', '--into', 'mine.yaml', '--json');
    assert.is(added.code, 0, added.stderr);
    assert.equal(jsonOf(added).file, { path: 'mine.yaml', outcome: 'extended' });
    const text = await bench.read('mine.yaml');
    let from = 0;
    for (const line of mine.split('\n')) from = text.indexOf(line, from) + line.length;
    assert.ok(from >= mine.length, text);
    assert.match(text, '    payments: till\n');
    assert.match(text, '    fees: { nominal_code: "404" } # 404 Fees\n');
    assert.not.match(text, 'D-1');
    assert.is((await run('plan', '-c', 'mine.yaml', '--detailed-exitcode')).code, 0);
    assert.equal(jsonOf(await run('import', '--into', 'mine.yaml', '--json')).file, {
      path: 'mine.yaml',
      outcome: 'unchanged',
    });
    assert.is(await bench.read('mine.yaml'), text);
  });
});

test('a file that a link leads to is added to, and the link stays', () =>
  inFolder({ 'real.yaml': configuration('ledger_accounts: {}\n') }, async (run, bench) => {
    await symlink('real.yaml', join(bench.folder, 'linked.yaml'));
    const added = await run('import', '--into', 'linked.yaml', '--json');
    assert.is(added.code, 0, added.stdout);
    assert.ok((await lstat(join(bench.folder, 'linked.yaml'))).isSymbolicLink());
    assert.match(await bench.read('real.yaml'), /nominal_code: "0090"/);
  }));

const wrong: readonly (readonly [title: string, args: readonly string[], code: string])[] = [
  ['nobody says whose organization it is', ['import', '-c', 'new.yaml'], 'OPTION_INVALID'],
  ['the id is no UUID', ['import', '--organization', 'acme'], 'OPTION_INVALID'],
  [
    'the configuration is about another one',
    ['import', '-c', 'ledgerform.yaml', ...said.slice(1, 2), organization.replace('9d2b', '9d2c')],
    'OPTION_INVALID',
  ],
  ['the environment is another one', ['import', '--env', 'production'], 'ENVIRONMENT_CONFLICT'],
  [
    'two files are named to add to',
    ['import', '--into', 'ledgerform.yaml', '-c', 'ledgerform.yaml'],
    'OPTION_INVALID',
  ],
  ['it shall write and add', ['import', '--into', 'ledgerform.yaml', '--out', 'x.yaml'], 'OPTION_INVALID'],
  ['an option is that of the command above', ['import', 'csv', 'chart.csv', '--rules'], 'OPTION_INVALID'],
  ['a part is unknown', ['import', '--skip', 'invoices'], 'OPTION_INVALID'],
  ['the file to add to is not there', ['import', '--into', 'none.yaml'], 'FILE_NOT_FOUND'],
  ['the file to add to is broken', ['import', '--into', 'broken.yaml'], 'UNKNOWN_KEY'],
];
for (const [title, args, code] of wrong)
  test(`where ${title}, nothing is read or written (exit 3)`, () =>
    inFolder(
      {
        'ledgerform.yaml': configuration(''),
        'broken.yaml': configuration('ledgers: {}\n'),
      },
      async (run) => {
        const ran = await run(...args, '--json');
        assert.is(ran.code, 3, ran.stdout);
        assert.equal(codesOf(jsonOf(ran)), [code]);
      },
    ));

test('a list that cannot be read to its end is no empty list: nothing is written (exit 1)', async () => {
  const broken = await openSandbox({
    seed,
    faults: [{ method: 'GET', path: '/products', kind: 'status', code: 403 }],
  });
  const bench = await openWorkbench();
  try {
    const ran = await bench.run([...said, '--json'], broken.environment);
    assert.is(ran.code, 1, ran.stdout);
    await bench.read('ledgerform.yaml').then(
      () => assert.unreachable('a file was written'),
      () => {},
    );
  } finally {
    await bench.remove();
    await broken.emulator.close();
  }
});

test.run();
