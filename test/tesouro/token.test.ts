import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Credentials } from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import { renewedTokens } from '../../src/providers/tesouro/tokens.ts';
import { fakeClock } from './fake-clock.ts';
import {
  client,
  type FakeService,
  failure,
  type Received,
  type Script,
  tokenAnswer,
  withService,
} from './fake-service.ts';

const test = suite('tokens');

const empty = { json: { data: [], next_pagination_token: null } };
const isToken = (request: Received): boolean => request.path.endsWith('/token');
const bearer = (request: Received): string => request.headers.authorization ?? '';

const listing = (service: FakeService, times = 1, credentials: Credentials = client): Promise<unknown> => {
  const provider = service.connect({ credentials });
  return service.until(Promise.all(Array.from({ length: times }, () => provider.list('ledger_accounts'))));
};

test('nothing is sent before the first call', () =>
  withService(
    () => empty,
    async (service) => {
      service.connect({ credentials: client });
      await new Promise((resolve) => setImmediate(resolve));
      assert.is(service.received.length, 0);
    },
  ));

test('the credentials are exchanged as JSON at the base URL, with the version and without an organization', () =>
  withService(
    (request) => (isToken(request) ? tokenAnswer('abc') : empty),
    async (service) => {
      await listing(service);
      const [token, list] = service.received;
      assert.is(token?.path, '/v1/auth/token');
      assert.equal(JSON.parse(token?.body ?? ''), {
        grant_type: 'client_credentials',
        client_id: 'client-1',
        client_secret: 'top-secret-1',
      });
      assert.is(token?.headers['content-type'], 'application/json');
      assert.is(token?.headers['x-finops-version'], '2025-06-23');
      assert.is(token?.headers['x-tesouro-version'], '2025-06-23');
      assert.is(token?.headers['x-organization-id'], undefined);
      assert.is(list?.headers.authorization, 'Bearer abc');
    },
  ));

for (const status of [404, 405])
  test(`after a ${status} the host’s own token endpoint is asked with a form, and remembered`, () =>
    withService(
      (request) => {
        if (request.path === '/v1/auth/token') return { status, json: {} };
        return isToken(request) ? tokenAnswer('abc', 100) : empty;
      },
      async (service) => {
        const provider = service.connect({ credentials: client });
        await service.until(provider.list('ledger_accounts'));
        await service.until(new Promise<void>((resolve) => void service.clock.after(95_000, resolve)));
        await service.until(provider.list('ledger_accounts'));
        const [first, second, third] = service.tokenCalls();
        assert.is(first?.path, '/v1/auth/token');
        assert.is(second?.path, '/openid/connect/token');
        assert.is(second?.headers['content-type'], 'application/x-www-form-urlencoded');
        const form = new URLSearchParams(second?.body);
        assert.equal(
          [form.get('grant_type'), form.get('client_id'), form.get('client_secret')],
          ['client_credentials', 'client-1', 'top-secret-1'],
        );
        assert.is(third?.path, '/openid/connect/token');
        assert.is(service.tokenCalls().length, 3);
      },
    ));

test('no other token endpoint is asked than the one that is named', () =>
  withService(
    (request) => (isToken(request) ? { status: 404, json: {} } : empty),
    async (service) => {
      const credentials = { ...client, tokenUrl: `${service.origin}/sso/token` };
      const error = await failure(listing(service, 1, credentials));
      assert.is(error.problem.code, 'WRONG_BASE_URL');
      assert.equal(
        service.received.map((each) => [each.path, each.headers['content-type']]),
        [['/sso/token', 'application/json']],
      );
    },
  ));

test('a named endpoint of the OpenID form gets a form', () =>
  withService(
    (request) => (isToken(request) ? tokenAnswer() : empty),
    async (service) => {
      await listing(service, 1, { ...client, tokenUrl: `${service.origin}/x/openid/connect/token` });
      assert.is(service.tokenCalls()[0]?.headers['content-type'], 'application/x-www-form-urlencoded');
    },
  ));

test('two endpoints that are not there say that the base URL may be wrong', () =>
  withService(
    () => ({ status: 404, text: 'not here' }),
    async (service) => {
      assert.is((await failure(listing(service))).problem.code, 'WRONG_BASE_URL');
    },
  ));

const rejections: Readonly<Record<string, ReturnType<Script>>> = {
  '401': { status: 401, json: { error: { message: 'Unauthorized' } } },
  '400 with its own message': { status: 400, json: { error: { message: 'The token has been expired.' } } },
};
for (const [name, rejection] of Object.entries(rejections)) {
  test(`30 calls that a ${name} rejects together renew the token once`, () => {
    let tokens = 0;
    return withService(
      (request) => {
        if (isToken(request)) return tokenAnswer(`token-${++tokens}`);
        return bearer(request) === 'Bearer token-1' ? rejection : empty;
      },
      async (service) => {
        await listing(service, 30);
        assert.is(service.tokenCalls().length, 2);
        assert.is(service.asked().length, 60);
      },
    );
  });

  test(`a new token that a ${name} rejects too is AUTH_FAILED and ends the run`, () => {
    let tokens = 0;
    return withService(
      (request) => (isToken(request) ? tokenAnswer(`token-${++tokens}`) : rejection),
      async (service) => {
        const error = await failure(listing(service));
        assert.is(error.problem.code, 'AUTH_FAILED');
        assert.ok(error.endsRun);
        assert.is(service.tokenCalls().length, 2);
        assert.is(service.asked().length, 2);
      },
    );
  });

  test(`a given token that a ${name} rejects is AUTH_FAILED with a hint, at once`, () =>
    withService(
      () => rejection,
      async (service) => {
        const error = await failure(service.until(service.connect().list('ledger_accounts')));
        assert.is(error.problem.code, 'AUTH_FAILED');
        assert.match(error.problem.hint ?? '', 'TESOURO_ACCESS_TOKEN');
        assert.is(service.received.length, 1);
      },
    ));
}

test('another 400 is no reason to renew', () =>
  withService(
    (request) =>
      isToken(request) ? tokenAnswer() : { status: 400, json: { error: { message: 'Bad limit' } } },
    async (service) => {
      assert.is((await failure(listing(service))).problem.code, 'API_REFUSED');
      assert.is(service.tokenCalls().length, 1);
    },
  ));

test('a token is renewed before it expires', () => {
  let tokens = 0;
  return withService(
    (request) => (isToken(request) ? tokenAnswer(`token-${++tokens}`, 100) : empty),
    async (service) => {
      const provider = service.connect({ credentials: client });
      const after = async (milliseconds: number): Promise<void> => {
        await service.until(new Promise<void>((resolve) => void service.clock.after(milliseconds, resolve)));
        await service.until(provider.list('ledger_accounts'));
      };
      await after(0);
      await after(85_000);
      assert.is(service.tokenCalls().length, 1);
      await after(6000);
      assert.is(service.tokenCalls().length, 2);
      assert.is(service.received.at(-1)?.headers.authorization, 'Bearer token-2');
    },
  );
});

for (const [name, seconds, kept, gone] of [
  ['a number in a string', '100', 80_000, 95_000],
  ['missing', undefined, 250_000, 290_000],
  ['nonsense', 'soon', 250_000, 290_000],
  ['negative', -5, 250_000, 290_000],
] as const)
  test(`expires_in that is ${name} is understood`, () =>
    withService(
      (request) => (isToken(request) ? { json: { access_token: 't', expires_in: seconds } } : empty),
      async (service) => {
        const provider = service.connect({ credentials: client });
        const at = async (moment: number): Promise<number> => {
          await service.until(
            new Promise<void>((resolve) => void service.clock.after(moment - service.clock.now(), resolve)),
          );
          await service.until(provider.list('ledger_accounts'));
          return service.tokenCalls().length;
        };
        assert.equal([await at(0), await at(kept), await at(gone)], [1, 1, 2]);
      },
    ));

for (const status of [400, 401, 403, 422])
  test(`credentials that are refused with ${status} are AUTH_FAILED, and asked for once by 30 calls`, () =>
    withService(
      () => ({ status, json: { error: 'invalid_client', error_description: 'Unknown client' } }),
      async (service) => {
        const provider = service.connect({ credentials: client });
        const calls = Array.from({ length: 30 }, () => failure(provider.list('ledger_accounts')));
        const errors = await service.until(Promise.all(calls));
        assert.ok(
          errors.every(
            (each) => each.problem.code === 'AUTH_FAILED' && each.endsRun && each.status === status,
          ),
        );
        assert.match(errors[0]?.problem.message ?? '', 'invalid_client: Unknown client');
        assert.is((await service.until(failure(provider.settings()))).problem.code, 'AUTH_FAILED');
        assert.is(service.received.length, 1);
      },
    ));

test('an answer without a token is AUTH_FAILED', () =>
  withService(
    () => ({ json: { token_type: 'Bearer' } }),
    async (service) => {
      assert.is((await failure(listing(service))).problem.code, 'AUTH_FAILED');
    },
  ));

test('a token endpoint that fails for a moment is asked again', () =>
  withService(
    (request, index) => {
      if (!isToken(request)) return empty;
      return index === 0 ? { status: 503, text: 'busy' } : index === 1 ? 'reset' : tokenAnswer();
    },
    async (service) => {
      await listing(service);
      assert.is(service.tokenCalls().length, 3);
    },
  ));

test('a create whose token is refused was not carried out', () =>
  withService(
    () => ({ status: 401, json: { error: { message: 'no' } } }),
    async (service) => {
      const provider = service.connect({ credentials: { ...client, secret: new Secret('other') } });
      const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
      assert.is(written.status, 'refused');
    },
  ));

test('a call that was rejected late takes the token that another has renewed', async () => {
  let requests = 0;
  const tokens = renewedTokens(
    async () => ({ token: new Secret(`token-${++requests}`), seconds: 60 }),
    fakeClock(),
  );
  const old = await tokens.current();
  const renewed = await tokens.renew(old);
  assert.is(await tokens.renew(old), renewed);
  assert.is(requests, 2);
});

test('a failing renewal does not make an uncertain write a refused one', () => {
  let [writes, tokens] = [0, 0];
  return withService(
    ({ path }) => {
      if (path.endsWith('/auth/token')) {
        tokens += 1;
        return tokens === 1 ? tokenAnswer() : { status: 403, json: { error: { message: 'Gone.' } } };
      }
      writes += 1;
      return writes === 1 ? 'reset' : { status: 401, json: { error: { message: 'Expired.' } } };
    },
    async (service) => {
      const provider = service.connect({ credentials: client });
      const written = await service.until(provider.update('ledger_accounts', 'a', { name: 'A' }));
      assert.is(written.status === 'lost' && written.error.problem.code, 'AUTH_FAILED');
    },
  );
});

test('a write that gets no token was not sent', () =>
  withService(
    () => ({ status: 403, json: { error: { message: 'Gone.' } } }),
    async (service) => {
      const provider = service.connect({ credentials: client });
      const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
      assert.equal([written.status, written.status === 'refused' && written.error.status], ['refused', null]);
    },
  ));

test.run();
