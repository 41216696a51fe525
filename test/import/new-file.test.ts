import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveProduct } from '../../src/model/live.ts';
import {
  addObject,
  emptyOrganization,
  type MemoryOrganization,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { importNew, planOf } from './importing.ts';

const test = suite('new files of what is live');
const plain = { rules: false, allExternal: false };

const uuid = (at: number): string => `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;
const product = (at: number, more: Partial<LiveProduct>): LiveProduct => ({
  ...{ id: uuid(at), name: `Product ${at}`, type: 'service', external_reference: null, currency: 'EUR' },
  ...{ ledger_account_id: null, ...more },
});

function world(make: (organization: MemoryOrganization) => void): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  make(organization);
  return organization;
}

/** What stands behind the head, without comments at its end of file. */
const bodyOf = (text: string): string => text.slice(text.indexOf('environment: sandbox\n') + 21);

test('an empty organization gives a file that says nothing but whose it is', async () => {
  const { text } = await importNew(emptyOrganization(kinds), plain);
  assert.is(bodyOf(text), '');
  assert.is(text.split('\n')[0], '# yaml-language-server: $schema=./schemas/ledgerform.v1.schema.json');
});

test('sections stand in the order of the language', async () => {
  const organization = world((made) => {
    addObject(made, 'ledger_accounts', { name: 'Cash', nominal_code: '1000' });
    addObject(made, 'tax_rates', { name: 'Standard', code: 'STD' });
    addObject(made, 'ledger_accounts', { name: 'Fees', nominal_code: '404' }, { external: true });
    addObject(made, 'tax_rates', { name: 'Pulled', code: 'OUT' }, { external: true });
  });
  const { text } = await importNew(organization, { ...plain, allExternal: true });
  const sections = text.split('\n').filter((line) => /^\w.*:/.test(line));
  assert.equal(
    sections.map((line) => line.replace(/:.*/, '')),
    ['version', 'organization', 'environment', 'tax_rates', 'ledger_accounts', 'external'],
  );
});

test('external objects are look-ups that say what they find, and only those that something refers to', async () => {
  const organization = world((made) => {
    const fees = addObject(
      made,
      'ledger_accounts',
      { name: 'Bank fees', nominal_code: '404' },
      { external: true },
    );
    addObject(made, 'ledger_accounts', { name: 'Unused', nominal_code: '405' }, { external: true });
    made.products = [product(1, { ledger_account_id: fees.id })];
  });
  const { text } = await importNew(organization, plain);
  assert.match(text, '    bank_fees: { nominal_code: "404" } # 404 Bank fees\n');
  assert.not.match(text, 'Unused');
  assert.match(text, '      ledger_account: bank_fees\n');
  const all = await importNew(organization, { ...plain, allExternal: true });
  assert.match(all.text, '    unused: { nominal_code: "405" } # 405 Unused\n');
  assert.match(all.text, '  # Pulled from the accounting system');
});

test('of two external objects with one code, each is found by its id, and what is archived says so', async () => {
  const organization = world((made) => {
    const old = { external: true, status: 'Archived' };
    const one = addObject(made, 'ledger_accounts', { name: 'Fees', nominal_code: '404' }, { external: true });
    addObject(made, 'ledger_accounts', { name: 'Fees', nominal_code: '404' }, old);
    made.products = [product(1, { ledger_account_id: one.id })];
  });
  const { text } = await importNew(organization, { ...plain, allExternal: true });
  assert.match(
    text,
    /fees_00000000000040008000000000000001: \{ id: 00000000-0000-4000-8000-000000000001 \} # 404 Fees\n/,
  );
  assert.match(text, / # 404 Fees · Archived\n/);
});

test('a text of the service ends no comment and inserts no variable', async () => {
  const organization = world((made) => {
    const name = `Cash\nledger_accounts: {} # \u2028 \${var.SECRET}`;
    const cash = addObject(made, 'ledger_accounts', { name, nominal_code: '1' }, { external: true });
    made.products = [product(1, { name, ledger_account_id: cash.id })];
  });
  const { text } = await importNew(organization, plain);
  assert.match(text, `# 1 Cash\\nledger_accounts: {} # \\u2028 \${var.SECRET}\n`);
  assert.equal((await planOf(text, organization)).changes, []);
});

test('no line is one that a CI runner would obey, and what nobody sees is shown', async () => {
  const organization = world((made) => {
    const description = 'Cash\n::error::no\n##[group]no';
    addObject(made, 'ledger_accounts', { name: 'Ca\u200bsh', nominal_code: 'x ##vso[y]', description });
  });
  const { text } = await importNew(organization, plain);
  assert.match(text, '    description: "Cash\\n::error::no\\n##\\u005Bgroup]no"\n');
  assert.match(text, '    name: "Ca\\u200Bsh"\n    nominal_code: "x ##vso\\u005By]"\n');
  assert.equal((await planOf(text, organization)).changes, []);
});

test('what the proof objects to is left out and told, and the rest is written', async () => {
  const organization = world((made) => {
    addObject(made, 'ledger_accounts', { name: 'One', nominal_code: '1' }, { id: 'no-uuid' });
    addObject(made, 'ledger_accounts', { name: 'Other', nominal_code: '1' });
    addObject(made, 'ledger_accounts', { name: 'Fine', nominal_code: '2' });
    made.products = [
      product(1, { ledger_account_id: 'no-uuid' }),
      product(2, { ledger_account_id: uuid(99) }),
    ];
  });
  const { composed, text } = await importNew(organization, plain);
  assert.equal((await planOf(text, organization)).changes, []);
  assert.equal(
    composed.leftOut.map(({ address }) => address),
    [
      'ledger_accounts[no-uuid]',
      'ledger_accounts.other',
      `assignments.products.${uuid(1)}`,
      `assignments.products.${uuid(2)}`,
    ],
  );
  assert.match(text, '# - ledger_accounts[no-uuid] (1 One): ');
  assert.match(text, '  fine:\n');
  assert.match(text, '# What this file does not say');
});

test('a document number names a payable only where none of any status has it as well', async () => {
  const organization = world((made) => {
    const cash = addObject(made, 'ledger_accounts', { name: 'Cash', nominal_code: '1' });
    const more = { counterpart_id: null, counterpart_name: 'Hetzner', currency: 'EUR', created_at: null };
    made.payables = [
      { id: uuid(1), status: 'new', document_id: 'INV-1', ...more },
      { id: uuid(2), status: 'paid', document_id: 'INV-1', ...more },
      { id: uuid(3), status: 'draft', document_id: 'INV-2', ...more },
      // The service is asked for a number as it stores it.
      { id: uuid(4), status: 'draft', document_id: ' INV-3', ...more },
    ];
    const line = (at: number, name: string) => ({
      ...{ id: uuid(10 + at), payable_id: uuid(at), name, description: 'August' },
      ...{ ledger_account_id: cash.id, accounting_tax_rate_id: null },
    });
    made.lines = new Map([1, 2, 3, 4].map((at) => [uuid(at), [line(at, 'Hosting')]]));
  });
  const { text } = await importNew(organization, plain);
  assert.is(
    bodyOf(text).slice(bodyOf(text).indexOf('assignments:')),
    `assignments:
  line_items:
    - payable: { id: ${uuid(1)} } # INV-1 Hetzner / Hosting
      line_item: { name: Hosting }
      ledger_account: cash
    - payable: { document_id: INV-2 } # Hetzner
      line_item: { name: Hosting }
      ledger_account: cash
    - payable: { id: ${uuid(4)} } # INV-3 Hetzner / Hosting
      line_item: { name: Hosting }
      ledger_account: cash
`,
  );
});

test.run();
