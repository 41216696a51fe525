import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Json } from '../../src/emulator/json.ts';
import { at, type Local, organization, withLocal } from './local-client.ts';

const test = suite('connections of the local environment');

const connections = '/accounting-connections';
const first = '33333333-0000-4000-8000-000000000000';
const seed = { organizations: [{ id: organization, name: '<Acme> & Co', connections: [{ id: first }] }] };

const read = async ({ call }: Local, id: Json | undefined = first) =>
  (await call('GET', `${connections}/${id}`)).body;

/** Answers the page of a connection, as a browser does. */
const answer = (url: Json | undefined, text: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(String(url), {
    method: 'POST',
    body: `answer=${text}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });

test('a new connection waits for its page, and is connected and pulls once a person has answered it', () =>
  withLocal({}, async (local) => {
    const created = await local.call('POST', connections);
    const { id, connection_url, status } = created.body;
    assert.equal([created.status, status], [201, 'pending_auth']);
    assert.is(connection_url, `${local.root}/authorise/${id}`);
    const page = await fetch(String(connection_url));
    assert.is(page.status, 200);
    assert.match(await page.text(), /<form method="post">/);
    assert.is((await read(local, id)).status, 'pending_auth');
    assert.is((await answer(connection_url, 'quickbooks_online')).status, 200);
    const connected = await read(local, id);
    assert.equal(
      [connected.status, connected.platform, connected.last_pull],
      ['connected', 'quickbooks_online', null],
    );
    local.clock.time += 1000;
    assert.is((await read(local, id)).last_pull, new Date(local.clock.time).toISOString());
  }));

test('whoever refuses on the page leaves a connection that does not work, and its page asks no more', () =>
  withLocal({ seed }, async (local) => {
    await local.call('POST', `${connections}/${first}/disconnect`);
    const { id, connection_url } = (await local.call('POST', connections)).body;
    const before = await (await fetch(String(connection_url))).text();
    assert.ok(before.includes('&lt;Acme&gt; &amp; Co') && !before.includes('<Acme>'));
    const after = await (await answer(connection_url, 'refuse')).text();
    assert.not.match(after, /<form/);
    const refused = await read(local, id);
    assert.is(refused.status, 'deauthorized');
    assert.type(at(refused.errors, 0, 'message'), 'string');
    await answer(connection_url, 'xero');
    assert.is((await read(local, id)).status, 'deauthorized');
  }));

test('another site cannot answer the page, and a page of no connection is 404', () =>
  withLocal({}, async (local) => {
    const { id, connection_url } = (await local.call('POST', connections)).body;
    const sent = await answer(connection_url, 'xero', { origin: 'https://elsewhere.example' });
    assert.is(sent.status, 403);
    assert.is((await read(local, id)).status, 'pending_auth');
    assert.is((await answer(connection_url, 'nonsense')).status, 422);
    assert.is((await read(local, id)).status, 'pending_auth');
    const origin = local.root.replace('127.0.0.1', 'localhost');
    assert.is((await answer(connection_url, 'xero', { origin })).status, 200);
    assert.is((await read(local, id)).status, 'connected');
    assert.is((await fetch(`${local.root}/authorise/${first}`)).status, 404);
    assert.is((await fetch(String(connection_url), { method: 'DELETE' })).status, 405);
  }));

const post = (url: string, form: Readonly<Record<string, string>>) =>
  fetch(url, { method: 'POST', body: new URLSearchParams(form) });

test('what a person makes on the page of the accounting system comes with the next pull', () =>
  withLocal({ seed }, async (local) => {
    const url = `${local.root}/accounting-system/${organization}`;
    const rate = { what: 'tax_rate', code: 'RR', name: '<b>5%</b>', percent: '5.5%' };
    assert.is((await post(url, rate)).status, 200);
    const page = await (await post(url, { what: 'ledger_account', code: '215', name: 'Workshops' })).text();
    assert.ok(page.includes('&lt;b&gt;5%&lt;/b&gt;') && page.includes('Workshops') && !page.includes('<b>'));
    const wrong = [
      { ...rate, percent: '5' },
      { ...rate, percent: '101%' },
      { ...rate, code: ' ' },
      { what: 'all' },
    ];
    for (const form of wrong) assert.is((await post(url, form)).status, 422, JSON.stringify(form));
    assert.equal(await local.list('/ledger-accounts'), []);
    await local.call('POST', `${connections}/${first}/sync`);
    local.clock.time += 1000;
    const [account = {}] = await local.list('/ledger-accounts');
    assert.equal([account.nominal_code, account.name, account.is_external], ['215', 'Workshops', true]);
    const rates = await local.list('/accounting-tax-rates');
    assert.equal(
      rates.map(({ code, effective_tax_rate, total_tax_rate }) => [code, effective_tax_rate, total_tax_rate]),
      [['RR', 550, 550]],
    );
  }));

test('a permission that is withdrawn over there leaves a connection that says so', () =>
  withLocal({ seed }, async (local) => {
    const url = `${local.root}/accounting-system/${organization}`;
    assert.is((await post(url, { what: 'permission' })).status, 200);
    const { errors, status } = await read(local);
    assert.is(status, 'deauthorized');
    assert.type(at(errors, 0, 'message'), 'string');
    assert.is((await post(url, { what: 'permission' })).status, 422);
    assert.is((await fetch(`${local.root}/accounting-system/${first}`)).status, 404);
  }));

test('a pull moves last_pull at the time at which it is over, whenever somebody looks', () =>
  withLocal({ seed }, async (local) => {
    const started = local.clock.time;
    const { last_pull } = await read(local);
    assert.is((await local.call('POST', `${connections}/${first}/sync`)).status, 202);
    local.clock.time += 999;
    assert.is((await read(local)).last_pull, last_pull);
    local.clock.time += 60_000;
    assert.is((await read(local)).last_pull, new Date(started + 1000).toISOString());
  }));

test('a pull that was asked for while one runs is the same pull', () =>
  withLocal({ seed }, async (local) => {
    const started = local.clock.time;
    await local.call('POST', `${connections}/${first}/sync`);
    local.clock.time += 600;
    assert.is((await local.call('POST', `${connections}/${first}/sync`)).status, 202);
    local.clock.time += 5000;
    assert.is((await read(local)).last_pull, new Date(started + 1000).toISOString());
  }));

test('a disconnect ends the pull that runs, and then a new connection may be made', () =>
  withLocal({ seed }, async (local) => {
    const { last_pull } = await read(local);
    assert.is((await local.call('POST', connections)).status, 409);
    await local.call('POST', `${connections}/${first}/sync`);
    const { body } = await local.call('POST', `${connections}/${first}/disconnect`);
    assert.is(body.status, 'disconnected');
    local.clock.time += 5000;
    assert.is((await read(local)).last_pull, last_pull);
    assert.is((await local.call('POST', `${connections}/${first}/sync`)).status, 409);
    assert.is((await local.call('POST', connections)).status, 201);
    assert.is((await local.list(connections)).length, 2);
  }));

test('a connection that loses its permission while a pull runs is not pulled', () =>
  withLocal({ seed }, async (local) => {
    const { last_pull } = await read(local);
    await local.call('POST', `${connections}/${first}/sync`);
    const errors = [{ message: 'the permission has expired' }];
    local.emulator
      .organization(organization)
      .put('connections', { id: first, status: 'deauthorized', errors });
    local.clock.time += 5000;
    const after = await read(local);
    assert.equal([after.status, after.last_pull, after.errors], ['deauthorized', last_pull, errors]);
  }));

test('what goes on when a process ends is over in the next one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-local-'));
  try {
    const options = { file: join(folder, 'local.json'), switches: { authorisation: '500ms' } } as const;
    const id = await withLocal(options, async (local) => (await local.call('POST', connections)).body.id);
    await withLocal(options, async (local) => {
      assert.is((await read(local, id)).status, 'pending_auth');
      local.clock.time += 1500;
      const { last_pull, status } = await read(local, id);
      assert.equal([status, last_pull], ['connected', new Date(local.clock.time).toISOString()]);
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

test('unknown connections are 404, and bodies are refused', () =>
  withLocal({ seed }, async ({ call }) => {
    const nobody = `${connections}/00000000-0000-4000-8000-00000000dead`;
    for (const verb of ['sync', 'disconnect']) {
      assert.is((await call('POST', `${nobody}/${verb}`)).status, 404);
      assert.is((await call('POST', `${connections}/${first}/${verb}`, { body: {} })).status, 422);
    }
    assert.is((await call('POST', connections, { body: { platform: 'xero' } })).status, 422);
  }));

test.run();
