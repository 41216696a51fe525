import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  at,
  form,
  grant,
  type Local,
  nobody,
  oidc,
  organization,
  otherOrganization,
  withLocal,
} from './local-client.ts';

const test = suite('the emulator’s tokens, headers and refusals');

const statusOf = async (
  local: Local,
  path = '/ledger-accounts',
  headers: Record<string, string | null> = {},
) => (await local.call('GET', path, { headers })).status;

test('both token endpoints give tokens that work, under both prefixes', () =>
  withLocal({}, async (local) => {
    const { body } = await oidc(local.root, form);
    assert.is(body.token_type, 'Bearer');
    assert.is(body.expires_in, 1800);
    const headers = { authorization: `Bearer ${body.access_token}` };
    assert.is(await statusOf(local, '/ledger-accounts', headers), 200);
    for (const prefix of ['/v1', '/finops/v1']) {
      assert.is((await local.call('POST', '/auth/token', { prefix, body: grant })).status, 200);
      assert.is((await local.call('GET', '/ledger-accounts', { prefix })).status, 200);
    }
    assert.is((await local.call('GET', '/ledger-accounts', { prefix: '/v2' })).status, 404);
  }));

test('wrong credentials are 401 at both endpoints', () =>
  withLocal({}, async (local) => {
    const wrong = { ...grant, client_secret: 'wrong' };
    assert.is((await local.call('POST', '/auth/token', { body: wrong })).status, 401);
    assert.is((await oidc(local.root, { ...form, client_id: nobody })).status, 401);
  }));

test('a missing, made-up, bare or revoked token is 401', () =>
  withLocal({}, async (local) => {
    assert.is(await statusOf(local, '/ledger-accounts', { authorization: null }), 401);
    assert.is(await statusOf(local, '/ledger-accounts', { authorization: 'Bearer made-up' }), 401);
    assert.is(await statusOf(local, '/ledger-accounts', { authorization: local.token }), 401);
    const { client_id = '', client_secret = '' } = grant;
    const revoked = await local.call('POST', '/auth/revoke', {
      body: { client_id, client_secret, token: local.token },
    });
    assert.is(revoked.status, 200);
    assert.is(await statusOf(local), 401);
  }));

test('an expired token is 400 with its own message, and a new one works', () =>
  withLocal({}, async (local) => {
    local.clock.time += 1799_999;
    assert.is(await statusOf(local), 200);
    local.clock.time += 1;
    const { status, body } = await local.call('GET', '/ledger-accounts');
    assert.is(status, 400);
    assert.equal(body, { error: { message: 'The token has been expired.' } });
    await local.login();
    assert.is(await statusOf(local), 200);
  }));

test('a request without the version header is 400 with error.type', () =>
  withLocal({}, async (local) => {
    const { status, body } = await local.call('GET', '/ledger-accounts', {
      headers: { 'x-finops-version': null },
    });
    assert.is(status, 400);
    assert.is(at(body, 'error', 'type'), 'missing_api_version');
  }));

test('answers carry id, time, organization, version and both families of limit headers', () =>
  withLocal({ rateLimit: 30 }, async (local) => {
    const { headers } = await local.call('GET', '/ledger-accounts');
    assert.match(headers.get('x-request-id') ?? '', /^[0-9a-f-]{36}$/);
    assert.match(headers.get('x-process-time') ?? '', /^0\.\d+$/);
    assert.is(headers.get('x-organization-id'), organization);
    assert.is(headers.get('x-tesouro-version'), '2025-06-23');
    const limits = [
      'ratelimit-limit',
      'ratelimit-remaining',
      'ratelimit-reset',
      'x-ratelimit-limit-second',
      'x-ratelimit-remaining-second',
    ];
    assert.equal(
      limits.map((name) => headers.get(name)),
      ['30', '28', '1', '30', '28'],
    );
    const again = await local.call('GET', '/ledger-accounts');
    assert.is.not(again.headers.get('x-request-id'), headers.get('x-request-id'));
  }));

const refused: readonly [string, string, string, object, string][] = [
  ['an unknown member', 'POST', '/ledger-accounts', { body: { colour: 'red' } }, 'body.colour'],
  ['a wrong type', 'POST', '/ledger-accounts', { body: { nominal_code: 10 } }, 'body.nominal_code'],
  ['a null in a POST', 'POST', '/ledger-accounts', { body: { description: null } }, 'body.description'],
  ['a text that is too long', 'POST', '/ledger-accounts', { body: { name: 'x'.repeat(501) } }, 'body.name'],
  [
    'a rate above 100 %',
    'POST',
    '/accounting-tax-rates',
    { body: { effective_tax_rate: 10001 } },
    'body.effective_tax_rate',
  ],
  [
    'a rate with decimals',
    'POST',
    '/accounting-tax-rates',
    { body: { effective_tax_rate: 7.5 } },
    'body.effective_tax_rate',
  ],
  ['a product without name', 'POST', '/products', { body: {} }, 'body.name'],
  [
    'a price without currency',
    'POST',
    '/products',
    { body: { name: 'A', price: { value: 1 } } },
    'body.price.currency',
  ],
  ['a body that is no JSON', 'POST', '/ledger-accounts', { raw: '{"name":' }, 'body'],
  ['a body that is no object', 'POST', '/ledger-accounts', { raw: '[]' }, 'body'],
  [
    'another content type',
    'POST',
    '/ledger-accounts',
    { raw: '{}', headers: { 'content-type': 'text/plain' } },
    'body',
  ],
  ['a body where none belongs', 'DELETE', `/ledger-accounts/${nobody}`, { body: {} }, 'body'],
  ['an unknown query parameter', 'GET', '/ledger-accounts?nominal_code=1', {}, 'query.nominal_code'],
  ['a limit of 0', 'GET', '/ledger-accounts?limit=0', {}, 'query.limit'],
  ['a limit above 250', 'GET', '/ledger-accounts?limit=251', {}, 'query.limit'],
  ['a limit above 100', 'GET', '/products?limit=101', {}, 'query.limit'],
  ['a limit that is no number', 'GET', '/products?limit=many', {}, 'query.limit'],
  ['a limit given twice', 'GET', '/products?limit=1&limit=2', {}, 'query.limit'],
  ['another sort member', 'GET', '/ledger-accounts?sort=nominal_code', {}, 'query.sort'],
  ['a status that does not exist', 'GET', '/payables?status__in=approved', {}, 'query.status__in.0'],
  ['an id that is no UUID', 'GET', '/ledger-accounts/4010', {}, 'path.ledger_account_id'],
  [
    'an unknown setting',
    'PATCH',
    `/entities/${organization}/settings`,
    { body: { accounting: { colour: null } } },
    'body.accounting.colour',
  ],
];

for (const [what, method, path, options, place] of refused) {
  test(`${what} is refused with 422, names its place and is counted`, () =>
    withLocal({}, async (local) => {
      const { status, body } = await local.call(method, path, options);
      assert.is(status, 422);
      const places = Array.isArray(body.detail) ? body.detail.map((each) => String(at(each, 'loc'))) : [];
      assert.ok(places.includes(place.replaceAll('.', ',')), `${places.join(' ')} lacks ${place}`);
      assert.is(local.emulator.stats().rejected, 1);
    }));
}

test('a null in a PATCH is no violation, whatever the switch does with it', () =>
  withLocal({ switches: { null_in_patch: 'refused' } }, async (local) => {
    const { body } = await local.call('POST', '/ledger-accounts', { body: { description: 'old' } });
    const patched = await local.call('PATCH', `/ledger-accounts/${body.id}`, { body: { description: null } });
    assert.is(patched.status, 422);
    assert.is(local.emulator.stats().rejected, 0);
  }));

test('a null for a member that can never be empty is refused and counted', () =>
  withLocal({}, async (local) => {
    const { body } = await local.call('POST', '/products', { body: { name: 'A' } });
    assert.is((await local.call('PATCH', `/products/${body.id}`, { body: { name: null } })).status, 422);
    assert.is(local.emulator.stats().rejected, 1);
  }));

test('unknown ids and paths are 404, other methods 405, what is not served 501', () =>
  withLocal({}, async (local) => {
    for (const path of [
      'ledger-accounts',
      'accounting-tax-rates',
      'products',
      'payables',
      'receivables',
      'accounting-connections',
    ]) {
      assert.is((await local.call('GET', `/${path}/${nobody}`)).status, 404, path);
    }
    assert.is((await local.call('GET', '/ledger_accounts')).status, 404);
    assert.is((await local.call('PUT', '/ledger-accounts')).status, 405);
    assert.is(
      (await local.call('GET', '/receipts/00000000-0000-4000-8000-000000000000/line-items')).status,
      501,
    );
    assert.is(local.emulator.stats().rejected, 0);
  }));

test('organizations do not see each other', () =>
  withLocal({}, async (local) => {
    const { body } = await local.call('POST', '/ledger-accounts', { body: { name: 'Ours' } });
    const theirs = { organization: otherOrganization };
    assert.is((await local.call('GET', `/ledger-accounts/${body.id}`, theirs)).status, 404);
    assert.is(
      (await local.call('PATCH', `/ledger-accounts/${body.id}`, { ...theirs, body: { name: 'X' } })).status,
      404,
    );
    assert.is((await local.call('DELETE', `/ledger-accounts/${body.id}`, theirs)).status, 404);
    assert.equal((await local.call('GET', '/ledger-accounts', theirs)).body.data, []);
    assert.is((await local.call('GET', `/ledger-accounts/${body.id}`)).body.name, 'Ours');
  }));

test('the log and the counters say what was asked', () =>
  withLocal({}, async (local) => {
    await local.call('GET', '/ledger-accounts?limit=1', { prefix: '/finops/v1' });
    await local.call('GET', `/products/${nobody}`);
    const { emulator } = local;
    assert.equal(emulator.stats().byOperation, { createToken: 1, listLedgerAccounts: 1, getProduct: 1 });
    assert.is(emulator.stats().requests, 3);
    assert.equal(
      emulator.log().map(({ method, path, query, status }) => [method, path, query, status]),
      [
        ['POST', '/auth/token', '', 200],
        ['GET', '/ledger-accounts', 'limit=1', 200],
        ['GET', `/products/${nobody}`, '', 404],
      ],
    );
  }));

test('it listens on the loopback address only', () =>
  withLocal({}, async ({ emulator }) => {
    assert.is(emulator.url, `http://127.0.0.1:${emulator.port}/v1`);
  }));

test.run();
