import { readFileSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
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

const test = suite('ledgerform explain');
const seed = seedOf({
  ledger_accounts: [
    { name: 'Cash', nominal_code: '1090' },
    { name: 'By hand', nominal_code: '9999' },
    { name: 'Fees', nominal_code: '404', is_external: true },
  ],
  products: [{ name: 'Consulting day', type: 'service', external_reference: 'D-1' }],
  payables: [
    { document_id: 'INV-1', status: 'new', counterpart_name: 'Hetzner', line_items: [{ name: 'Hosting' }] },
    { document_id: 'INV-2', status: 'new', counterpart_name: 'Amazon', line_items: [{ name: 'Disks' }] },
  ],
  settings: { accounting: { ledger_account_ids: { payments: { nominal_code: '9999' } } } },
});
const { emulator, environment } = await openSandbox({ seed });
const body = `extends: [base.yaml]
ledger_accounts:
  cash: { name: Cash box }
settings:
  ledger_accounts: { payments: cash }
assignments:
  products:
    - rule: days
      when: { name: "*day" }
      ledger_account: cash
    - rule: goods
      when: { type: product }
      ledger_account: fees
  line_items:
    - payable: { document_id: INV-1 }
      line_item: { name: Hosting }
      ledger_account: fees
`;
const base = `ledger_accounts:
  cash: { name: Cash, nominal_code: "1090" }
external:
  ledger_accounts:
    fees: { nominal_code: "404" }
assignments:
  products:
    - rule: services
      when: { type: service }
      ledger_account: fees
`;
const bench = await openWorkbench({ 'ledgerform.yaml': configuration(body), 'base.yaml': base });
test.after(async () => {
  await emulator.close();
  await bench.remove();
});
const ajv = new Ajv2020({ allowUnionTypes: true });
addFormats.default(ajv);
const fits = ajv.compile(JSON.parse(readFileSync('schemas/explain.v1.schema.json', 'utf8')));
const explained = async (address: string): Promise<Record<string, unknown>> => {
  const ran = await bench.run(['explain', address, '--json'], environment);
  assert.is(ran.code, 0, ran.stdout);
  const document = jsonOf(ran);
  assert.ok(fits(document), JSON.stringify(fits.errors));
  const { found_by: _, ...incomplete } = document;
  assert.not.ok(fits(incomplete));
  return document;
};
const text = async (address: string): Promise<string> => {
  const ran = await bench.run(['explain', address], environment);
  assert.is(ran.code, 0, ran.stderr);
  return ran.stdout;
};
const idsOf = async (kind: string): Promise<readonly string[]> => {
  const { objects } = jsonOf(await bench.run(['list', kind, '--json'], environment));
  if (!Array.isArray(objects)) throw new Error('no objects');
  return objects.map(({ id }: { readonly id: string }) => id);
};

test('an entry says the layer of each value, what is live and by what it was found', async () => {
  await explained('ledger_accounts.cash');
  await explained('external.ledger_accounts.fees');
  await explained('settings.ledger_accounts.payments');
  const shown = await text('ledger_accounts.cash');
  assert.match(shown, /^Acme GmbH/);
  assert.match(shown, /\n {2}found by +nominal_code: "1090"\n/);
  assert.match(shown, /\n {2}name +"Cash box" +ledgerform\.yaml:6:\d+ +"Cash"\n/);
  assert.match(shown, /\n {2}nominal_code +"1090" +base\.yaml:2:\d+ +"1090"\n/);
  assert.match(shown, /A plan would update it:\n/);
});

test('an external entry, a setting and an object without a key', async () => {
  assert.match(
    await text('external.ledger_accounts.fees'),
    /404 Fees \(id [^)]+\), of the accounting system/,
  );
  assert.match(await text('settings.ledger_accounts.payments'), /ledger_account +1090 .* 9999 By hand\n/);
  assert.match(await text('settings.ledger_accounts.products'), /stated +nowhere/);
  const [cash, byHand] = await idsOf('ledger_accounts');
  assert.match(await text(`ledger_accounts[${byHand}]`), /9999 By hand/);
  assert.is((await explained(`ledger_accounts[${cash}]`)).address, 'ledger_accounts.cash');
});

test('values that a layer hides stand below the one that won', async () => {
  const shown = await text('ledger_accounts.cash');
  assert.match(
    shown,
    /\n {2}name +"Cash box" +ledgerform\.yaml:6:17 +"Cash"\n {4}hidden +"Cash" +base\.yaml:2:17\n/,
  );
  assert.not.match(await text('external.ledger_accounts.fees'), /hidden|dropped/);
});

test('a group: what the chart states is shown below what the company makes of it', async () => {
  const companies = await openWorkbench();
  await cp('examples/group', companies.folder, { recursive: true });
  const seedFile = join(companies.folder, 'seed.json');
  assert.is((await companies.run(['local', 'reset', '--seed', seedFile])).code, 0);
  const ran = await companies.run(['explain', 'ledger_accounts.site_visits', '-c', 'leeds']);
  assert.is(ran.code, 0, ran.stderr);
  assert.match(
    ran.stdout,
    /\n {2}name +"Site visits and surveys" +leeds\/ledgerform\.yaml:14:11[^\n]*\n {4}hidden +"Site visits" +shared\/chart\.yaml:18:11\n/,
  );
  const setting = await companies.run(['explain', 'settings.ledger_accounts.payments', '-c', 'lyon']);
  assert.match(setting.stdout, /\n {4}hidden +ledger_accounts\.card_clearing +shared\/chart\.yaml:32:5\n/);
  const dropped = await companies.run(['explain', 'ledger_accounts.card_clearing', '-c', 'lyon', '--json']);
  assert.equal([dropped.code, codesOf(jsonOf(dropped))], [3, ['TARGET_UNKNOWN']]);
  const { problems } = jsonOf(dropped);
  assert.match(
    JSON.stringify(problems),
    /shared\/chart\.yaml:23:3 states it, and null drops it at lyon\/ledgerform\.yaml:19:3/,
  );
  await companies.remove();
});

test('an entry that was dropped and declared anew says where it was dropped', async () => {
  await bench.write(
    'low.yaml',
    'ledger_accounts: { cash: { nominal_code: "1", name: Low } }\nexternal: { ledger_accounts: { fees: { name: Fees } } }\n',
  );
  await bench.write('middle.yaml', 'extends: [low.yaml]\nledger_accounts: { cash: null }\n');
  await bench.write(
    'anew.yaml',
    configuration(
      'extends: [middle.yaml]\nledger_accounts: { cash: { nominal_code: "1090" } }\nexternal: { ledger_accounts: { fees: { nominal_code: "404" } } }\n',
    ),
  );
  const cash = await bench.run(['explain', 'ledger_accounts.cash', '-c', 'anew.yaml'], environment);
  assert.match(cash.stdout, /\n {2}dropped +middle\.yaml:2:20 /);
  assert.match(cash.stdout, /\n {2}name +\(not managed\) +"Cash"\n {4}hidden +"Low" +low\.yaml:1:53\n/);
  const fees = await bench.run(['explain', 'external.ledger_accounts.fees', '-c', 'anew.yaml'], environment);
  assert.match(
    fees.stdout,
    /\n {2}stated +anew\.yaml:6:32 {2}nominal_code: "404"\n {2}hidden +low\.yaml:2:32 {2}name: "Fees"\n/,
  );
  const json = jsonOf(
    await bench.run(['explain', 'external.ledger_accounts.fees', '-c', 'anew.yaml', '--json'], environment),
  );
  assert.ok(fits(json), JSON.stringify(fits.errors));
});

test('of a product: the rule that won, and why the others did not', async () => {
  const [id] = await idsOf('products');
  const address = `assignments.products.${id}`;
  const { items } = await explained(address);
  if (!Array.isArray(items)) throw new Error('no items');
  assert.equal(
    items.map(({ rule, unmet, verdict }) => [rule, verdict, unmet]),
    [
      ['days', 'won', []],
      ['goods', 'unmet', ['type']],
      ['services', 'beaten', []],
    ],
  );
  const shown = await text(address);
  assert.match(shown, /✓ rule days {2}ledgerform\.yaml:\d+:\d+ {2}won/);
  assert.match(shown, /· rule goods .* does not match: type/);
  assert.match(
    shown,
    /· rule services {2}base\.yaml:\d+:\d+ {2}lost: it matches too, but the rule days \(ledgerform\.yaml:\d+:\d+\) has/,
  );
});

test('of a line only its payable is read', async () => {
  const [hosting, disks] = await idsOf('line_items');
  const before = emulator.log().length;
  const { change, live } = await explained(`assignments.line_items.${hosting}`);
  assert.match(JSON.stringify(live), 'INV-1 Hetzner / Hosting');
  assert.match(JSON.stringify(change), '"action":"assign"');
  const lines = emulator
    .log()
    .slice(before)
    .filter(({ path }) => path.includes('line-items'));
  assert.is(lines.length, 1);
  const other = await explained(`assignments.line_items.${disks}`);
  assert.equal([other.origin, other.change, other.problems], [null, null, []]);
});

test('what is not there is exit 3, with what may have been meant', async () => {
  for (const address of [
    'ledger_accounts.cahs',
    'nothing',
    `ledger_accounts[${organization}]`,
    `assignments.products.${organization}`,
    `assignments.line_items.${organization}/${organization}`,
  ]) {
    const ran = await bench.run(['explain', address, '--json'], environment);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['TARGET_UNKNOWN']], address);
  }
  const { stderr } = await bench.run(['explain', 'ledger_accounts.cahs'], environment);
  assert.match(stderr, /Did you mean ledger_accounts\.cash\?/);
  const [id = ''] = await idsOf('products');
  for (const called of [id, 'D-1']) {
    const ran = await bench.run(['explain', called], environment);
    assert.match(ran.stderr, new RegExp(`Did you mean assignments\\.products\\.${id}\\?`));
  }
});

test.run();
