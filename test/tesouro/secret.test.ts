import { inspect } from 'node:util';
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createCall } from '../../src/providers/tesouro/call.ts';
import { canBeSecret, Secret } from '../../src/providers/tesouro/secret.ts';
import type { Call } from '../../src/providers/tesouro/send.ts';
import { tokenRequest } from '../../src/providers/tesouro/token-request.ts';
import { fixedToken } from '../../src/providers/tesouro/tokens.ts';
import { client, failure, organizationId, type Scripted, tokenAnswer, withService } from './fake-service.ts';

const test = suite('secrets');

const shownBy = (value: unknown): string =>
  [
    `${value}`,
    String(value),
    JSON.stringify({ value }),
    inspect(value, { depth: 20, showHidden: true, getters: true }),
    inspect({ value }, { customInspect: false, depth: 20, showHidden: true, getters: true }),
  ].join('\n');

test('a secret, and what is made of it, shows itself to nobody who does not ask', () => {
  const secret = new Secret('hidden');
  for (const each of [secret, secret.within((text) => `Bearer ${text}`)]) {
    assert.not.match(shownBy(each), 'hidden');
    assert.not.match(new Error(`${each}`, { cause: each }).message, 'hidden');
  }
  assert.is(secret.reveal(), 'hidden');
  assert.is(secret.within((text) => `Bearer ${text}`).reveal(), 'Bearer hidden');
});

test('whoever is given a request before it is sent is given no secret with it', async () => {
  const calls: Call[] = [];
  const refuse = async (call: Call): Promise<never> => {
    calls.push(call);
    throw new Error('sent', { cause: call });
  };
  const token = new Secret('tok-abc-123');
  const call = createCall({
    send: refuse,
    tokens: fixedToken(token),
    organizationId,
    baseUrl: 'https://api.test/v1',
  });
  const list = {
    operation: 'GET /x',
    fromStored: false,
    starts: false,
    method: 'GET',
    url: 'https://api.test/v1/x',
    headers: {},
    body: null,
  };
  const thrown = [
    await call(list).catch((error: unknown) => error),
    await tokenRequest(client, 'https://api.test/v1', refuse)().catch((error: unknown) => error),
    await tokenRequest({ ...client, tokenUrl: 'https://x.test/openid/connect/token' }, '', refuse)().catch(
      (error: unknown) => error,
    ),
  ];
  assert.is(calls.length, 3);
  for (const each of [...calls, ...thrown]) assert.not.match(shownBy(each), /tok-abc-123|top-secret-1/);
});

const secrets = ['top-secret-1', 'tok-abc-123'];
const leaking = secrets.join(' and ');
const echoes: Readonly<Record<string, Scripted>> = {
  'an error envelope': { status: 422, json: { error: { message: leaking } } },
  'plain text': { status: 500, text: leaking },
  'a title': { status: 502, text: `<title>${leaking}</title>` },
  'a redirect': { status: 302, headers: { location: `https://${secrets[1]}@x.example/${secrets[1]}` } },
  'a request id': { status: 400, json: {}, headers: { 'x-request-id': secrets[1] ?? '' } },
  'another organization': { json: {}, headers: { 'x-organization-id': secrets[1] ?? '' } },
  'a rejected token': { status: 401, json: { error: { message: leaking } } },
  'a first 404': { status: 404, json: { message: leaking } },
  'unusable data': { json: { data: leaking } },
  'a break': 'reset',
};
for (const [name, answer] of Object.entries(echoes))
  test(`an error from ${name} that echoes the secrets does not show them`, () =>
    withService(
      (request) => (request.path.endsWith('/token') ? tokenAnswer('tok-abc-123') : answer),
      async (service) => {
        const provider = service.connect({ credentials: client });
        const read = await service.until(failure(provider.list('ledger_accounts')));
        const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
        const thrown = await service.until(provider.settings().catch((error: unknown) => error));
        for (const each of [read, written, service.log, provider, thrown])
          for (const secret of secrets) assert.not.match(shownBy(each), secret);
      },
    ));

test('the token endpoint’s echo of the secret is not shown', () =>
  withService(
    () => ({ status: 401, json: { error: 'invalid_client', error_description: `bad ${secrets[0]}` } }),
    async (service) => {
      const provider = service.connect({ credentials: client });
      const error = await failure(service.until(provider.list('ledger_accounts')));
      assert.not.match(shownBy(error), String(secrets[0]));
      assert.match(error.problem.message, '[secret]');
    },
  ));

for (const [name, token] of [
  ['a line break', 'tok-abc-123\nx'],
  ['a blank', 'tok-abc 123'],
  ['a sign of another script', 'tok-abc-123-é'],
] as const)
  test(`a token with ${name} is refused without being shown`, () =>
    withService(
      () => tokenAnswer(token),
      async (service) => {
        const provider = service.connect({ credentials: client });
        const thrown = await service.until(provider.settings().catch((error: unknown) => error));
        assert.not.match(shownBy(thrown), 'tok-abc');
        assert.is((await service.until(failure(provider.settings()))).problem.code, 'AUTH_FAILED');
        assert.is(service.asked().length, 0);
        assert.is(canBeSecret(token), false);
      },
    ));

test('an object that holds the token is read without it', () => {
  const token = 'tok-abc-123-of-a-usual-length';
  return withService(
    () => ({ json: { data: [{ id: 'a', name: `Bearer ${token}`, is_external: false }] } }),
    async (service) => {
      const provider = service.connect({ credentials: { type: 'token', token: new Secret(token) } });
      const found = await service.until(provider.list('ledger_accounts'));
      assert.is(found.length, 1);
      assert.not.match(shownBy(found), token);
    },
  );
});

test('a service that hands out the same token again is understood', () => {
  const token = 'tok-abc-123-of-a-usual-length';
  return withService(
    (request) => (request.path.endsWith('/token') ? tokenAnswer(token) : { status: 401, json: {} }),
    async (service) => {
      const provider = service.connect({ credentials: client });
      await service.until(failure(provider.list('ledger_accounts')));
      assert.equal(
        service.received.slice(-2).map(({ headers }) => headers.authorization ?? 'none'),
        ['none', `Bearer ${token}`],
      );
    },
  );
});

const text = 'a"b&c/+d=e<1234\'%{}';
const entities = (each: string): string => each.replace(/[&"'<]/g, (sign) => `&#${sign.charCodeAt(0)};`);
const encodings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (each) => each,
  'in a header': (each) => `Authorization: Bearer ${each}`,
  'percent-encoded': encodeURIComponent,
  'percent-encoded twice': (each) => encodeURIComponent(encodeURIComponent(each)),
  'in a form': (each) => new URLSearchParams({ client_secret: each, scope: 'x' }).toString(),
  'in JSON': (each) => JSON.stringify({ each }),
  'in JSON in JSON': (each) => JSON.stringify(JSON.stringify({ each })),
  'escaped sign by sign': (each) =>
    [...each].map((sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`).join(''),
  'in HTML': entities,
  'in Base64': (each) => Buffer.from(each).toString('base64'),
  'in a Basic header': (each) => Buffer.from(`client:${each}`).toString('base64'),
  'in Base64 for URLs': (each) => Buffer.from(`id:${each}:x`).toString('base64url'),
};
for (const [name, encode] of Object.entries(encodings))
  test(`an echo ${name} is hidden`, () => {
    for (const secret of [text, 'short-one-1', `${text.repeat(3)}${'eyJhbGciOiJSUzI1NiIs'.repeat(200)}`]) {
      const said = new Secret(secret).hideInWords(`before ${encode(secret)} after`);
      assert.match(said, /^before .*\[secret\].* after$/);
      assert.ok(said.length < encode('').length + 60, said.slice(0, 500));
    }
  });

test('an echo that is cut off is hidden as far as it goes', () => {
  const secret = new Secret('eyJhbGciOiJSUzI1NiIsInR5cCI6');
  assert.is(secret.hideInWords('token eyJhbGciOiJSUzI1… is bad'), 'token [secret]… is bad');
});

const visible = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
  minLength: 4,
  maxLength: 60,
});
const around = fc.array(fc.string({ unit: fc.constantFrom('~', ' ', '\n', 'é', '|') }), { minLength: 2 });
test('any secret anywhere in any text is hidden, and the rest of the text stays', () =>
  fc.assert(
    fc.property(
      visible.filter((each) => !/[~|]/.test(each)),
      around,
      (secret, texts) => {
        const said = new Secret(secret).hideInWords(texts.join(secret));
        assert.is(said, texts.join('[secret]'));
      },
    ),
  ));

test('a large text is searched in bounded time, whatever is in it', () => {
  const secret = new Secret(`eyJhbGciOiJSUzI1NiIs${'abc'.repeat(1300)}`);
  const started = performance.now();
  for (const piece of ['x', '\\', '%25', 'eyJhbGciOiJ', 'eyJhbGciOiJSUzI1NiIsabc', '&#000'])
    secret.hideInWords(piece.repeat(1_000_000));
  assert.ok(performance.now() - started < 10_000);
});

test.run();
