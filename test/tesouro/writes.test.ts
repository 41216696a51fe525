import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LiveObject } from '../../src/model/live.ts';
import type { Provider, Written } from '../../src/providers/contract.ts';
import {
  client,
  closedOrigin,
  type Script,
  type Scripted,
  tokenAnswer,
  withService,
} from './fake-service.ts';

const test = suite('writes');

const words = { error: { message: 'no' } };
const stored = { id: 'a', name: 'A', nominal_code: '1', description: null };

/** The script for writes; reads find what is stored. */
const writing =
  (write: Scripted): Script =>
  ({ method }) =>
    method === 'GET' ? { json: stored } : write;

const create = (provider: Provider) => provider.create('ledger_accounts', { name: 'A', nominal_code: '1' });
const update = (provider: Provider): Promise<Written<LiveObject>> =>
  provider.update('ledger_accounts', 'a', { name: 'A' });
const remove = (provider: Provider): Promise<Written<null>> => provider.remove('ledger_accounts', 'a');

const creates: readonly (readonly [string, Scripted, 'refused' | 'lost', number])[] = [
  ...[400, 401, 403, 404, 405, 406, 409, 422].map(
    (status) => [`${status}`, { status, json: words }, 'refused', 1] as const,
  ),
  ...[402, 408, 410, 411, 413, 415, 418, 451, 500, 502, 503, 504].map(
    (status) => [`${status}`, { status, json: words }, 'lost', 1] as const,
  ),
  ['a 429 that does not end', { status: 429, json: { message: 'API rate limit exceeded' } }, 'refused', 20],
  ['a broken connection', 'reset', 'lost', 1],
  ['no answer', 'hang', 'lost', 1],
  ['a body that breaks off', 'cut', 'lost', 1],
  [
    'broken JSON',
    { status: 201, text: '{"id":', headers: { 'content-type': 'application/json' } },
    'lost',
    1,
  ],
  [
    'a success of another content type',
    { status: 201, text: '{"id":"a"}', headers: { 'content-type': 'text/html' } },
    'lost',
    1,
  ],
  ['a success without a body', { status: 204 }, 'lost', 1],
  ['a success without an id', { status: 201, json: { name: 'A' } }, 'lost', 1],
  ['a redirect', { status: 302, headers: { location: 'https://elsewhere.example/' } }, 'lost', 1],
];
for (const [name, answer, status, sent] of creates)
  test(`a create that is answered by ${name} is ${status}`, () =>
    withService(writing(answer), async (service) => {
      // An answer of another kind first, so that a 404 is not the very first one.
      const provider = service.connect();
      await service.until(provider.settings());
      const written = await service.until(create(provider));
      assert.is(written.status, status);
      assert.is(service.received.filter((each) => each.method === 'POST').length, sent);
    }));

test('a create that could not connect is refused, after it was tried again', () =>
  withService(writing({ json: stored }), async (service) => {
    const provider = service.connect({ baseUrl: `${await closedOrigin()}/v1` });
    const written = await service.until(create(provider));
    assert.is(written.status, 'refused');
    assert.is(written.status === 'refused' && written.error.problem.code, 'API_UNREACHABLE');
    assert.is(provider.traffic().requests, 6);
  }));

test('a create that is answered by 429 first is sent again', () =>
  withService(
    (_, index) =>
      index === 0 ? { status: 429, headers: { 'retry-after': '2' } } : { status: 201, json: stored },
    async (service) => {
      const written = await service.until(create(service.connect()));
      assert.is(written.status, 'stored');
      assert.ok(service.clock.now() >= 2000);
    },
  ));

const changes: readonly (readonly [string, Scripted, 'refused' | 'lost', number])[] = [
  ...[400, 401, 403, 405, 406, 409, 410, 413, 415, 422].map(
    (status) => [`${status}`, { status, json: words }, 'refused', 1] as const,
  ),
  ...[408, 500, 502, 503, 504].map((status) => [`${status}`, { status, json: words }, 'lost', 6] as const),
  ['a 429 that does not end', { status: 429 }, 'refused', 20],
  ['broken connections', 'reset', 'lost', 6],
  ['no answers', 'hang', 'lost', 6],
  ['a redirect', { status: 302, headers: { location: '/x' } }, 'lost', 1],
];
const verbs: readonly (readonly [string, (provider: Provider) => Promise<Written<LiveObject | null>>])[] = [
  ['an update', update],
  ['a removal', remove],
];
for (const [name, answer, status, sent] of changes)
  for (const [verb, act] of verbs)
    test(`${verb} that is answered by ${name} is ${status}`, () =>
      withService(writing(answer), async (service) => {
        const provider = service.connect();
        await service.until(provider.settings());
        assert.is((await service.until(act(provider))).status, status);
        assert.is(service.received.filter((each) => each.method !== 'GET').length, sent);
      }));

test('an update that is refused after an attempt without an answer is lost: the first may have been carried out', () =>
  withService(
    (_, index) => (index === 0 ? 'reset' : { status: 409, json: words }),
    async (service) => {
      const written = await service.until(update(service.connect()));
      assert.is(written.status, 'lost');
    },
  ));

test('what was lost before the token expired stays lost', () => {
  let writes = 0;
  return withService(
    ({ path }) => {
      if (path.endsWith('/token')) return tokenAnswer();
      writes += 1;
      return writes === 1 ? 'reset' : { status: writes === 2 ? 401 : 409, json: words };
    },
    async (service) => {
      assert.is((await service.until(update(service.connect({ credentials: client })))).status, 'lost');
      assert.is(service.tokenCalls().length, 2);
    },
  );
});

test('an update that is broken off in the pause after an attempt without an answer is lost', () =>
  withService(
    () => 'reset',
    async (service) => {
      const written = update(service.connect());
      await service.until(new Promise<void>((resolve) => void service.clock.after(10, resolve)));
      service.abort.abort();
      assert.is((await service.until(written)).status, 'lost');
      assert.is(service.received.length, 1);
    },
  ));

for (const [name, first] of [
  ['first', null],
  ['repeated', 'reset'],
] as const)
  test(`a ${name} removal that finds 404 is done`, () =>
    withService(
      ({ method }, index) => {
        if (method === 'GET') return { json: stored };
        return first !== null && index === 1 ? first : { status: 404, json: words };
      },
      async (service) => {
        const provider = service.connect();
        await service.until(provider.settings());
        assert.equal(await service.until(remove(provider)), {
          status: 'stored',
          stored: null,
          requestId: 'req-1',
        });
      },
    ));

for (const [name, answer] of [
  ['204', { status: 204 }],
  ['200 and a body', { json: { data: [] } }],
  ['200 and no JSON', { text: 'gone' }],
] as const)
  test(`a removal that is answered by ${name} is done`, () =>
    withService(writing(answer), async (service) => {
      assert.is((await service.until(remove(service.connect()))).status, 'stored');
    }));

test('a create sends what is stated, in the API’s units and without nulls, and says what is stored', () =>
  withService(
    () => ({
      status: 201,
      json: { id: 'n', code: 'R', name: 'Reduced', effective_tax_rate: 0, is_external: false },
    }),
    async (service) => {
      const fields = { code: 'R', name: 'Reduced', effective_tax_rate: '7.25%', description: null };
      const written = await service.until(service.connect().create('tax_rates', fields));
      assert.equal(JSON.parse(service.received[0]?.body ?? ''), {
        code: 'R',
        name: 'Reduced',
        effective_tax_rate: 725,
      });
      assert.equal(written, {
        status: 'stored',
        requestId: 'req-1',
        stored: {
          id: 'n',
          external: false,
          status: null,
          fields: { name: 'Reduced', code: 'R', effective_tax_rate: '0%', description: null },
        },
      });
      assert.equal(service.asked(), ['POST /v1/accounting-tax-rates']);
    },
  ));

test('an update sends null to clear', () =>
  withService(
    () => ({ json: { id: 'a~b', name: null, description: 'x' } }),
    async (service) => {
      const provider = service.connect();
      await service.until(provider.update('ledger_accounts', 'a~b', { name: null, description: 'x' }));
      assert.equal(service.asked(), ['PATCH /v1/ledger-accounts/a~b']);
      assert.equal(JSON.parse(service.received[0]?.body ?? ''), { name: null, description: 'x' });
    },
  ));

for (const [name, answer] of [
  ['no body', { status: 204 }],
  ['no JSON', { text: 'ok' }],
  ['broken JSON', { text: '{', headers: { 'content-type': 'application/json' } }],
  ['only part of what was sent', { json: { id: 'a' } }],
  ['another object', { json: { id: 'b', name: 'A' } }],
  ['a value that cannot be understood', { json: { id: 'a', name: 7 } }],
] as const)
  test(`after an update that is answered with ${name} the object is read`, () =>
    withService(writing(answer), async (service) => {
      const written = await service.until(update(service.connect()));
      assert.is(written.status === 'stored' && written.stored.fields.nominal_code, '1');
      assert.equal(service.asked(), ['PATCH /v1/ledger-accounts/a', 'GET /v1/ledger-accounts/a']);
    }));

test('after a create that tells only the id the object is read; when that fails nobody knows what is stored', () =>
  withService(
    ({ method }) => (method === 'GET' ? { status: 403, json: words } : { status: 201, json: { id: 'a' } }),
    async (service) => {
      assert.is((await service.until(create(service.connect()))).status, 'lost');
      assert.equal(service.asked(), ['POST /v1/ledger-accounts', 'GET /v1/ledger-accounts/a']);
    },
  ));

const payments = 'settings.ledger_accounts.payments';
const deductions = 'settings.tax_rates.deductions';

test('settings are read right before, and the complete part is sent with nulls and without unknown members', () =>
  withService(
    ({ method, body }) =>
      method === 'GET'
        ? {
            json: {
              currency: {},
              accounting: {
                ledger_account_ids: { payments: 'old', products: 'p', other: 'x' },
                tax_ids: { deductions: null },
              },
            },
          }
        : { json: { currency: {}, ...JSON.parse(body) } },
    async (service) => {
      const written = await service.until(service.connect().writeSettings({ [payments]: 'new' }));
      assert.equal(
        service.received.map((each) => each.method),
        ['GET', 'PATCH'],
      );
      assert.equal(JSON.parse(service.received[1]?.body ?? ''), {
        accounting: { ledger_account_ids: { payments: 'new', products: 'p' }, tax_ids: { deductions: null } },
      });
      assert.equal(written.status === 'stored' && written.stored, {
        [payments]: 'new',
        'settings.ledger_accounts.products': 'p',
        [deductions]: null,
      });
    },
  ));

for (const [name, accounting, ids, sent] of [
  [
    'a group that is null and stays empty is sent as null',
    null,
    { [deductions]: 'd' },
    { ledger_account_ids: null, tax_ids: { deductions: 'd' } },
  ],
  [
    'clearing sends null',
    { ledger_account_ids: { payments: 'a', products: null }, tax_ids: null },
    { [payments]: null },
    { ledger_account_ids: { payments: null, products: null }, tax_ids: null },
  ],
] as const)
  test(name, () =>
    withService(
      ({ method, body }) => (method === 'GET' ? { json: { accounting } } : { json: JSON.parse(body) }),
      async (service) => {
        await service.until(service.connect().writeSettings(ids));
        assert.equal(JSON.parse(service.received[1]?.body ?? ''), { accounting: sent });
      },
    ),
  );

test('settings that are not answered with the settings are read again', () =>
  withService(
    ({ method }) =>
      method === 'GET'
        ? { json: { accounting: { ledger_account_ids: { payments: 'q' } } } }
        : { status: 204 },
    async (service) => {
      const written = await service.until(service.connect().writeSettings({ [payments]: 'new' }));
      assert.is(written.status === 'stored' && written.stored[payments], 'q');
      assert.is(service.received.length, 3);
    },
  ));

test('settings that cannot be read are not written: refused', () =>
  withService(
    () => 'reset',
    async (service) => {
      assert.is(
        (await service.until(service.connect().writeSettings({ [payments]: 'new' }))).status,
        'refused',
      );
      assert.ok(service.received.every((each) => each.method === 'GET'));
    },
  ));

test('a failing read before the settings is told as nothing sent, whatever answered', () =>
  withService(
    () => ({ status: 403, json: { error: { message: 'No.' } } }),
    async (service) => {
      const written = await service.until(service.connect().writeSettings({ [payments]: 'new' }));
      assert.equal([written.status, written.status === 'refused' && written.error.status], ['refused', null]);
    },
  ));

test('a repetition of the settings keeps what somebody else set meanwhile', () => {
  const stored = { payments: 'old', products: 'p' };
  let writes = 0;
  return withService(
    ({ body, method }) => {
      const answer = { json: { accounting: { ledger_account_ids: { ...stored } } } };
      if (method === 'GET') return answer;
      writes += 1;
      if (writes === 1) stored.products = 'set by somebody else';
      if (writes < 4) return { status: writes === 2 ? 429 : 503, headers: { 'retry-after': '2' } };
      Object.assign(stored, JSON.parse(body).accounting.ledger_account_ids);
      return { json: { accounting: { ledger_account_ids: { ...stored } } } };
    },
    async (service) => {
      const written = await service.until(service.connect().writeSettings({ [payments]: 'new' }));
      assert.is(written.status, 'stored');
      assert.equal(stored, { payments: 'new', products: 'set by somebody else' });
      assert.equal(
        service.received.map(({ method }) => method),
        ['GET', 'PATCH', 'GET', 'PATCH', 'GET', 'PATCH', 'GET', 'PATCH'],
      );
      assert.ok(service.clock.now() >= 4000, 'each Retry-After is waited for');
    },
  );
});

test('settings whose answer is lost are looked at, and not sent again when they are there', () => {
  const stored = { payments: 'old' };
  return withService(
    ({ body, method }) => {
      if (method === 'GET') return { json: { accounting: { ledger_account_ids: { ...stored } } } };
      Object.assign(stored, JSON.parse(body).accounting.ledger_account_ids);
      return 'reset';
    },
    async (service) => {
      const written = await service.until(service.connect().writeSettings({ [payments]: 'new' }));
      assert.is(written.status === 'stored' && written.stored[payments], 'new');
      assert.equal(
        service.received.map(({ method }) => method),
        ['GET', 'PATCH', 'GET'],
      );
    },
  );
});

test('settings that fail for good are sent six times; refused ones once', () =>
  withService(
    ({ method }) =>
      method === 'GET'
        ? { json: { accounting: {} } }
        : { status: 500, json: { error: { message: 'Down.' } } },
    async (service) => {
      const written = await service.until(service.connect().writeSettings({ [payments]: 'new' }));
      assert.is(written.status, 'lost');
      assert.is(service.received.filter(({ method }) => method === 'PATCH').length, 6);
    },
  ));

test('of a created object at least the id is kept when what it stores cannot be read', () =>
  withService(
    ({ method }) => (method === 'POST' ? { status: 201, json: { id: 'made-1' } } : { status: 404, json: {} }),
    async (service) => {
      const provider = service.connect();
      const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
      assert.equal([written.status, written.status === 'lost' && written.id], ['lost', 'made-1']);
    },
  ));

test.run();
