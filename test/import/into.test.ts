import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveProduct } from '../../src/model/live.ts';
import {
  addObject,
  emptyOrganization,
  type MemoryOrganization,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { importInto, planOf } from './importing.ts';

const test = suite('files with what they lack');
const plain = { rules: false, allExternal: false };
const uuid = (at: number): string => `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;

const head = `version: 1
organization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }
environment: sandbox
`;

function world(): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  const cash = addObject(organization, 'ledger_accounts', { name: 'Cash', nominal_code: '1000' });
  addObject(organization, 'ledger_accounts', { name: 'Rent', nominal_code: '6100' });
  const fees = { name: 'Fees', nominal_code: '404' };
  const external = addObject(organization, 'ledger_accounts', fees, { external: true });
  const product = (at: number, name: string, id: string | null): LiveProduct => ({
    ...{ id: uuid(at), name, type: 'service', external_reference: null, currency: 'EUR' },
    ledger_account_id: id,
  });
  organization.products = [
    product(1, 'Day', cash.id),
    product(2, 'Web shop', external.id),
    product(3, 'Web page', external.id),
    product(4, 'Web host', external.id),
    product(5, 'Mug', null),
  ];
  organization.settings = { ...organization.settings, 'settings.ledger_accounts.payments': cash.id };
  return organization;
}

/** What is added, and that nothing else is changed. */
async function added(body: string, asked = plain): Promise<string> {
  const text = head + body;
  const organization = world();
  const before = (await planOf(text, organization)).changes.map(({ address }) => address);
  const into = await importInto(text, organization, asked);
  assert.equal(into.composed.leftOut, []);
  const after = (await planOf(into.text, organization)).changes.map(({ address }) => address);
  assert.equal(after, before, 'a plan has nothing more to do');
  assert.is((await importInto(into.text, organization, asked)).text, into.text, 'a second time adds nothing');
  const mine = text.split('\n');
  let at = 0;
  const rest = into.text.split('\n').filter((line) => line !== mine[at] || ++at === 0);
  assert.is(at, mine.length, into.text);
  return rest.join('\n').trim();
}

const all = `ledger_accounts:
  cash: { nominal_code: "1000" }
  rent: { nominal_code: "6100" }
external:
  ledger_accounts:
    fees: { nominal_code: "404" }
settings: { ledger_accounts: { payments: cash } }
assignments:
  products:
    - product: { name: Day }
      ledger_account: cash
    - rule: web
      when: { name: "Web*" }
      ledger_account: fees
`;

const cases: readonly (readonly [title: string, body: string, added: string])[] = [
  ['nothing is added where all is said', all, ''],
  [
    'what is found by another key has that one, and an entry stands before the first rule',
    all.replaceAll('cash', 'till').replace('    - product: { name: Day }\n      ledger_account: till\n', ''),
    '- product: { name: Day }\n      ledger_account: till',
  ],
  [
    'a setting that is not stated is set',
    all.replace('settings: { ledger_accounts: { payments: cash } }\n', ''),
    'settings:\n  ledger_accounts:\n    payments: cash',
  ],
  ['a setting that is stated stays, whatever is live', all.replace('payments: cash', 'payments: rent'), ''],
  [
    'what is to be removed is not declared',
    all
      .replace('  rent: { nominal_code: "6100" }\n', '')
      .concat('removed: { ledger_accounts: [{ nominal_code: "6100" }] }\n'),
    '',
  ],
  [
    'a key that is taken is not given again',
    all
      .replace('  rent: { nominal_code: "6100" }\n', '  rent: { nominal_code: "1000", name: Cash }\n')
      .replace('  cash: { nominal_code: "1000" }\n', '')
      .replaceAll('cash', 'rent'),
    'rent_6100:\n    name: Rent\n    nominal_code: "6100"',
  ],
  [
    'what is external says so beside its key',
    all.slice(0, all.indexOf('external:')),
    `external:
  ledger_accounts:
    fees: { nominal_code: "404" } # 404 Fees
settings:
  ledger_accounts:
    payments: cash
assignments:
  products:
    - product: { name: Day }
      ledger_account: cash
    - product: { name: Web host }
      ledger_account: fees
    - product: { name: Web page }
      ledger_account: fees
    - product: { name: Web shop }
      ledger_account: fees`,
  ],
];
for (const [title, body, expected] of cases) test(title, async () => assert.is(await added(body), expected));

test('what `prune: all` would delete is what the file lacks', async () => {
  const without = all.replace('  rent: { nominal_code: "6100" }\n', '');
  const text = `${head}${without}policy: { prune: all }\n`;
  const organization = world();
  assert.is((await planOf(text, organization)).changes.length, 1);
  const into = await importInto(text, organization, plain);
  assert.match(into.text, '  rent:\n    name: Rent\n    nominal_code: "6100"\n');
  assert.equal((await planOf(into.text, organization)).changes, []);
});

test('what a rule leaves as it is, because there is something already, is an exception that the file lacks', async () => {
  const body = all
    .replace('ledger_account: fees', 'ledger_account: rent')
    .replace('name: "Web*"', 'name: "Web*", type: service');
  const exceptions = ['host', 'page', 'shop']
    .map((name) => `    - product: { name: Web ${name} }\n      ledger_account: fees`)
    .join('\n');
  for (const rules of [false, true]) assert.is(await added(body, { ...plain, rules }), exceptions.trim());
  // What the rule would change is no exception to it.
  assert.is(await added(`${body}      overwrite: true\n`), '');
});

test('what the file says otherwise than it is live is told', async () => {
  const text = head + all.replace('{ nominal_code: "6100" }', '{ nominal_code: "6100", name: Office }');
  const into = await importInto(text.replace('payments: cash', 'payments: rent'), world(), plain);
  assert.equal(
    into.differing.map(({ address, label }) => [address, label]),
    [
      ['ledger_accounts.rent', '6100 Office'],
      ['settings.ledger_accounts.payments', 'payments ledger account'],
    ],
  );
  assert.equal((await importInto(head + all, world(), plain)).differing, []);
});

test('rules are added behind all there is', async () => {
  const body = all.slice(0, all.indexOf('    - rule: web'));
  assert.is(
    await added(body, { ...plain, rules: true }),
    '- rule: web\n      when: { name: "Web*" }\n      ledger_account: fees',
  );
});

test('what the editor cannot write is left out and told, and the rest is added', async () => {
  const text = `${head}settings: &none {}\npolicy: *none\n`;
  const organization = world();
  const { composed, text: after } = await importInto(text, organization, plain);
  const lines = new Set(text.split('\n'));
  assert.is(
    after
      .split('\n')
      .filter((line) => line !== '' && lines.has(line))
      .join('\n'),
    text.trimEnd(),
  );
  assert.equal(
    composed.leftOut.map(({ address }) => address),
    ['settings.ledger_accounts.payments'],
  );
  assert.equal((await planOf(after, organization)).changes, []);
  assert.match(after, '  cash:\n    name: Cash\n');
});

test.run();
