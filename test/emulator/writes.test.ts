import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { JsonObject } from '../../src/emulator/json.ts';
import { lineAmounts } from '../../src/emulator/line-amounts.ts';
import { at, type Local, nobody, objects, organization, withLocal } from './local-client.ts';

const test = suite('the emulator’s writes');

const seeded = (members: JsonObject) => ({ seed: { organizations: [{ id: organization, ...members }] } });
const settingsUrl = `/entities/${organization}/settings`;

test('a new account has only what was sent, and is internal', () =>
  withLocal({}, async (local) => {
    const { status, body } = await local.call('POST', '/ledger-accounts', { body: { nominal_code: '0010' } });
    assert.is(status, 201);
    const { id, ...rest } = body;
    assert.match(String(id), /^[0-9a-f-]{36}$/);
    assert.equal(rest, {
      created_at: '2026-01-31T12:00:00.000Z',
      updated_at: '2026-01-31T12:00:00.000Z',
      name: null,
      nominal_code: '0010',
      description: null,
      type: 'Unknown',
      subtype: null,
      status: 'Active',
      currency: null,
      current_balance: null,
      is_bank_account: false,
      is_external: false,
    });
  }));

test('a new tax rate has a rate of 0 unless one is sent', () =>
  withLocal({}, async (local) => {
    const bare = await local.call('POST', '/accounting-tax-rates', { body: { name: 'Reduced' } });
    assert.is(bare.body.effective_tax_rate, 0);
    const given = await local.call('POST', '/accounting-tax-rates', { body: { effective_tax_rate: 750 } });
    assert.is(given.body.effective_tax_rate, 750);
  }));

test('a PATCH changes what it names and the time of the last change; a DELETE is final', () =>
  withLocal(
    seeded({ tax_rates: [{ code: 'RED', name: 'Reduced', effective_tax_rate: 700 }] }),
    async (local) => {
      const [before = {}] = await local.list('/accounting-tax-rates');
      const url = `/accounting-tax-rates/${before.id}`;
      const { status, body } = await local.call('PATCH', url, { body: { effective_tax_rate: 750 } });
      assert.is(status, 200);
      assert.equal(body, { ...before, effective_tax_rate: 750, updated_at: '2026-01-31T12:00:00.000Z' });
      const deleted = await local.call('DELETE', url);
      assert.equal([deleted.status, deleted.text], [204, '']);
      assert.is((await local.call('DELETE', url)).status, 404);
      assert.is((await local.call('GET', url)).status, 404);
    },
  ));

test('external objects are never changed, and can be read', () =>
  withLocal(
    seeded({
      ledger_accounts: [{ name: 'Bank', is_external: true }],
      tax_rates: [{ name: 'VAT', is_external: true }],
    }),
    async (local) => {
      for (const list of ['/ledger-accounts', '/accounting-tax-rates']) {
        const [object = {}] = await local.list(list);
        assert.is((await local.call('PATCH', `${list}/${object.id}`, { body: { name: 'X' } })).status, 409);
        assert.is((await local.call('DELETE', `${list}/${object.id}`)).status, 409);
        assert.equal((await local.call('GET', `${list}/${object.id}`)).body, object);
      }
    },
  ));

test('settings begin empty, keep what is not sent, and take null', () =>
  withLocal({}, async (local) => {
    const accounting = async () => (await local.call('GET', settingsUrl)).body.accounting;
    assert.equal(await accounting(), {
      ledger_account_ids: { payments: null, products: null },
      tax_ids: { deductions: null },
    });
    await local.call('PATCH', settingsUrl, {
      body: { accounting: { ledger_account_ids: { payments: nobody } } },
    });
    await local.call('PATCH', settingsUrl, { body: { accounting: { tax_ids: { deductions: nobody } } } });
    assert.equal(await accounting(), {
      ledger_account_ids: { payments: nobody, products: null },
      tax_ids: { deductions: nobody },
    });
    const cleared = await local.call('PATCH', settingsUrl, {
      body: { accounting: { ledger_account_ids: { payments: null } } },
    });
    assert.is(at(cleared.body, 'accounting', 'ledger_account_ids', 'payments'), null);
    assert.is(at(cleared.body, 'accounting', 'tax_ids', 'deductions'), nobody);
    assert.is(local.emulator.stats().rejected, 0);
  }));

test('settings need no organization header: the path says whose they are', () =>
  withLocal({}, async (local) => {
    assert.is((await local.call('GET', settingsUrl, { headers: { 'x-organization-id': null } })).status, 200);
  }));

test('products are created, changed, cleared and deleted', () =>
  withLocal({}, async (local) => {
    const { status, body } = await local.call('POST', '/products', {
      body: { name: 'A', price: { currency: 'EUR', value: 5 } },
    });
    assert.is(status, 201);
    assert.is(body.type, 'product');
    assert.is(body.entity_id, organization);
    const url = `/products/${body.id}`;
    assert.is(
      (await local.call('PATCH', url, { body: { ledger_account_id: nobody } })).body.ledger_account_id,
      nobody,
    );
    assert.is(
      (await local.call('PATCH', url, { body: { ledger_account_id: null } })).body.ledger_account_id,
      null,
    );
    assert.is((await local.call('DELETE', url)).status, 204);
  }));

const bill = {
  document_id: 'B-1',
  line_items: [{ name: 'Hosting', quantity: 2, unit_price: 1000, tax: 1900 }],
};
const linesOf = async (local: Local) => {
  const [payable = {}] = await local.list('/payables');
  return { payable, url: `/payables/${payable.id}/line-items` };
};

test('lines are listed, created, changed and deleted, and their amounts computed', () =>
  withLocal(seeded({ payables: [bill] }), async (local) => {
    const { url } = await linesOf(local);
    const [line = {}] = await local.list(url);
    assert.equal([line.subtotal, line.tax_amount, line.total], [2000, 380, 2380]);
    assert.not('created_at' in line);
    const changed = await local.call('PATCH', `${url}/${line.id}`, {
      body: { quantity: 3, ledger_account_id: nobody },
    });
    assert.equal([changed.status, changed.body.total, changed.body.ledger_account_id], [200, 3570, nobody]);
    const added = await local.call('POST', url, { body: { name: 'Domain' } });
    assert.equal([added.status, added.body.subtotal], [201, null]);
    assert.equal(
      (await local.list(url)).map(({ name }) => name),
      ['Hosting', 'Domain'],
    );
    assert.is((await local.call('DELETE', `${url}/${line.id}`)).status, 204);
    assert.is((await local.call('GET', `${url}/${line.id}`)).status, 404);
    const replaced = await local.call('PUT', url, { body: { data: [{ name: 'One' }, { name: 'Two' }] } });
    assert.equal(
      objects(replaced.body.data).map(({ name }) => name),
      ['One', 'Two'],
    );
    assert.equal(
      (await local.list(url)).map(({ name }) => name),
      ['One', 'Two'],
    );
  }));

for (const status of [
  'approve_in_progress',
  'waiting_to_be_paid',
  'partially_paid',
  'paid',
  'canceled',
  'rejected',
]) {
  test(`a payable that is ${status} is locked`, () =>
    withLocal(seeded({ payables: [{ ...bill, status }] }), async (local) => {
      const { url } = await linesOf(local);
      const [line = {}] = await local.list(url);
      const answers = [
        await local.call('POST', url, { body: {} }),
        await local.call('PUT', url, { body: { data: [] } }),
        await local.call('PATCH', `${url}/${line.id}`, { body: { ledger_account_id: nobody } }),
        await local.call('DELETE', `${url}/${line.id}`),
      ];
      assert.equal(
        answers.map((each) => each.status),
        [409, 409, 409, 409],
      );
      assert.is(at(answers[0]?.body, 'error', 'message'), "Payable couldn't be updated due to current state");
      assert.equal(await local.list(url), [line]);
    }));
}

const whole = { ...bill, due_date: '2026-03-01', issued_at: '2026-02-01' };
const rate = { is_external: true, effective_tax_rate: 1900 };
const connection = { status: 'connected' };

const moves: readonly [string, JsonObject, JsonObject, string][] = [
  ['everything is there and nothing is connected', { payables: [whole] }, {}, 'new'],
  ['the due date is missing', { payables: [bill] }, {}, 'draft'],
  ['lines no longer add up', { payables: [whole] }, { quantity: 3 }, 'draft'],
  [
    'a connection wants an account that is missing',
    { payables: [whole], connections: [connection], tax_rates: [rate] },
    {},
    'draft',
  ],
  [
    'the account is set',
    { payables: [whole], connections: [connection], tax_rates: [rate] },
    { ledger_account_id: nobody },
    'new',
  ],
  [
    'the tax is unknown over there',
    { payables: [whole], connections: [connection] },
    { ledger_account_id: nobody },
    'draft',
  ],
  [
    'a rate overrides the tax',
    { payables: [whole], connections: [connection] },
    { ledger_account_id: nobody, accounting_tax_rate_id: nobody },
    'new',
  ],
  ['the connection is gone', { payables: [whole], connections: [{ status: 'disconnected' }] }, {}, 'new'],
];

for (const [when, members, change, expected] of moves) {
  test(`after a line is written a draft is ${expected} when ${when}`, () =>
    withLocal(seeded(members), async (local) => {
      const { url } = await linesOf(local);
      const [line = {}] = await local.list(url);
      await local.call('PATCH', `${url}/${line.id}`, { body: { name: 'Hosting', ...change } });
      assert.is((await linesOf(local)).payable.status, expected);
    }));
}

const amounts: readonly [string, JsonObject, readonly (number | null)[]][] = [
  ['the contract’s sample', { quantity: 1, unit_price: 1200, tax: 1250 }, [1200, 150, 1350]],
  ['a quantity that binary fractions miss', { quantity: 1.1, unit_price: 150, tax: 0 }, [165, 0, 165]],
  ['half a unit, rounded up', { quantity: 0.5, unit_price: 3, tax: 0 }, [2, 0, 2]],
  ['a credit, rounded away from zero', { quantity: 0.5, unit_price: -3, tax: 0 }, [-2, 0, -2]],
  ['a tiny quantity', { quantity: 1e-7, unit_price: 10_000_000, tax: 0 }, [1, 0, 1]],
  [
    'a price beyond binary precision',
    { quantity: 1, unit_price: 9_007_199_254_740_991, tax: 0 },
    [9_007_199_254_740_991, 0, 9_007_199_254_740_991],
  ],
  ['no price', { quantity: 1, unit_price: null }, [null, null, null]],
];

for (const [what, line, expected] of amounts) {
  test(`line amounts of ${what} are exact`, () => {
    const { subtotal, tax_amount, total } = lineAmounts(line, 'half_up');
    assert.equal([subtotal, tax_amount, total], expected);
  });
}

test('data can be changed behind the API’s back', () =>
  withLocal({}, async (local) => {
    const books = local.emulator.organization(organization);
    const account = books.put('ledger_accounts', { nominal_code: '1', name: 'Cash' });
    assert.is((await local.call('GET', `/ledger-accounts/${account.id}`)).body.name, 'Cash');
    books.put('ledger_accounts', { id: account.id, name: 'Petty cash' });
    assert.equal(
      (await local.list('/ledger-accounts')).map(({ name, nominal_code }) => [name, nominal_code]),
      [['Petty cash', '1']],
    );
    books.replaceSettings({ accounting: { ledger_account_ids: { payments: account.id } } });
    assert.is(
      at((await local.call('GET', settingsUrl)).body, 'accounting', 'ledger_account_ids', 'payments'),
      account.id,
    );
    const payable = books.put('payables', { status: 'draft' });
    const line = books.putLine(payable.id, { name: 'Hosting' });
    assert.is((await local.list(`/payables/${payable.id}/line-items`)).length, 1);
    books.removeLine(payable.id, line.id);
    assert.equal(books.lines(payable.id), []);
    books.remove('ledger_accounts', account.id);
    assert.equal(books.all('ledger_accounts'), []);
  }));

test.run();
