import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveLineItem, LiveProduct } from '../../src/model/live.ts';
import {
  addObject,
  emptyOrganization,
  type MemoryOrganization,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { desiredOf, importNew } from './importing.ts';

const test = suite('rules in place of entries');
const asked = { rules: true, allExternal: false };
const uuid = (at: number): string => `00000000-0000-4000-9000-${String(at).padStart(12, '0')}`;

type Row = readonly [name: string, account: 'a' | 'b' | null, type?: string];

function productsOf(rows: readonly Row[]): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  const ids = accountsIn(organization);
  organization.products = rows.map(
    ([name, account, type = 'service'], at): LiveProduct => ({
      ...{ id: uuid(at), name, type, external_reference: null, currency: 'EUR' },
      ledger_account_id: account && ids[account],
    }),
  );
  return organization;
}

function accountsIn(organization: MemoryOrganization): Readonly<Record<'a' | 'b', string>> {
  const [a, b] = ['a', 'b'].map(
    (name) => addObject(organization, 'ledger_accounts', { name, nominal_code: name }).id,
  );
  return { a: a ?? '', b: b ?? '' };
}

/** Rules as their conditions and account, and entries as what they name. */
async function itemsOf(organization: MemoryOrganization): Promise<readonly string[]> {
  const { text } = await importNew(organization, asked);
  const { lineItems, products } = (await desiredOf(text)).assignments;
  return [...products, ...lineItems].map((item) => {
    const what =
      item.type === 'rule' ? item.when : 'product' in item ? item.product.text : item.line_item.text;
    const targets = Object.values(item.targets).map((each) =>
      each?.type === 'key' ? each.address.split('.')[1] : '?',
    );
    return `${JSON.stringify(what)} ${targets.join(' ')}`;
  });
}

const services = (...rows: readonly Row[]): Promise<readonly string[]> => itemsOf(productsOf(rows));

test('where all of one type share an account, one rule says so', async () =>
  assert.equal(await services(['A', 'a'], ['B', 'a'], ['C', 'a'], ['D', 'b', 'product']), [
    '"D" b',
    '{"type":["service"]} a',
  ]));

test('two are no rule', async () => assert.equal(await services(['A', 'a'], ['B', 'a']), ['"A" a', '"B" a']));

test('a gap of today stays one: a rule that would fill it is none', async () =>
  assert.equal(await services(['Web host', 'a'], ['Web shop', 'a'], ['Web page', 'a'], ['Advice', null]), [
    '{"name":["Web*"]} a',
  ]));

test('a gap whose name begins alike keeps the entries', async () =>
  assert.equal(await services(['Web host', 'a'], ['Web shop', 'a'], ['Web page', 'a'], ['Webinar', null]), [
    '"Web host" a',
    '"Web page" a',
    '"Web shop" a',
  ]));

test('few exceptions are entries, which beat the rule', async () =>
  assert.equal(await services(['A', 'a'], ['B', 'a'], ['C', 'a'], ['D', 'a'], ['E', 'b'], ['F', 'a']), [
    '"E" b',
    '{"type":["service"]} a',
  ]));

test('a rule that is wrong about more than a quarter is none', async () =>
  assert.equal(
    (await services(['A', 'a'], ['B', 'a'], ['C', 'a'], ['D', 'b'], ['E', 'b'])).filter((each) =>
      each.startsWith('{'),
    ),
    [],
  ));

test('a narrower rule stands before the wider one that is wrong about its members', async () => {
  const wide = Array.from({ length: 20 }, (_, at): Row => [`x${at}`, 'a']);
  const narrow = Array.from({ length: 5 }, (_, at): Row => [`Web ${at}`, 'b']);
  assert.equal(await services(...wide, ...narrow), ['{"name":["Web*"]} b', '{"type":["service"]} a']);
});

test('a name with the sign that stands for any text is no condition', async () =>
  assert.equal(await services(['W*b', 'a', 'x'], ['W*b', 'a', 'y'], ['W*b', 'a', 'z']), [
    `${JSON.stringify(uuid(0))} a`,
    `${JSON.stringify(uuid(1))} a`,
    `${JSON.stringify(uuid(2))} a`,
  ]));

test('lines of one vendor share account and rate, and one with another rate is an entry', async () => {
  const organization = emptyOrganization(kinds);
  const { a } = accountsIn(organization);
  const rate = addObject(organization, 'tax_rates', { name: 'r', code: 'r' }).id;
  const line = (at: number, tax: string | null): LiveLineItem => ({
    ...{ id: uuid(at), payable_id: uuid(100), name: `Hosting ${at}`, description: null },
    ...{ ledger_account_id: a, accounting_tax_rate_id: tax },
  });
  organization.payables = [
    {
      ...{ id: uuid(100), status: 'new', document_id: 'INV-1', counterpart_id: null },
      ...{ counterpart_name: 'Hetzner', currency: 'EUR', created_at: null },
    },
  ];
  const lines = [1, 2, 3, 4].map((at) => line(at, rate));
  organization.lines = new Map([[uuid(100), lines]]);
  const rule = '{"payable":{"counterpart_name":["Hetzner"],"status":["draft","new"]},"line_item":{}} a r';
  assert.equal(await itemsOf(organization), [rule]);
  // A rule that says a rate would fill the gap of the fifth line.
  organization.lines = new Map([[uuid(100), [...lines, line(5, null)]]]);
  assert.is((await itemsOf(organization)).filter((each) => each.startsWith('{')).length, 0);
});

test.run();
