import { createServer } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { fetch } from 'undici';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Stop } from '../../src/model/problem.ts';
import { checkUrl } from '../../src/providers/tesouro/base-url.ts';
import { openConnections } from '../../src/providers/tesouro/dispatcher.ts';
import { client, failure, organizationId, tokenAnswer, withService } from './fake-service.ts';

const test = suite('safety');

const other = '11111111-2087-4738-ba91-7359683c49a4';
const empty = { json: { data: [] } };

for (const [text, url] of [
  ['https://api.sandbox.tesouro.com/v1', 'https://api.sandbox.tesouro.com/v1'],
  ['https://api.sandbox.tesouro.com/finops/v1//', 'https://api.sandbox.tesouro.com/finops/v1'],
  ['http://127.0.0.1:8080/v1', 'http://127.0.0.1:8080/v1'],
  ['http://localhost/v1/', 'http://localhost/v1'],
  ['http://[::1]:9/v1', 'http://[::1]:9/v1'],
  ['https://api.tesouro.com', 'https://api.tesouro.com'],
] as const)
  test(`${text} is a base URL`, () => {
    assert.is(checkUrl(text), url);
  });

for (const text of [
  'http://api.tesouro.com/v1',
  'http://127.0.0.1.evil.example/v1',
  'http://localhost.evil.example/v1',
  'ftp://127.0.0.1/',
  'file:///etc/passwd',
  'api.tesouro.com/v1',
  '',
  'https://user:hunter2@api.tesouro.com/v1',
  'https://hunter2@api.tesouro.com/v1',
  'https://user:hunter2@api tesouro com/v1',
  '//user:hunter2@api.tesouro.com/v1',
  'user:hunter2@api.tesouro.com/v1',
  'hunter2',
  'hunter2://api.tesouro.com',
  'https://api.tesouro.com/v1?secret=hunter2',
  'https://api.tesouro.com/v1#hunter2',
  'http://[::1%25hunter2]/v1',
  'http://0.0.0.0/v1',
  'http://128.0.0.1/v1',
  'http://localhost./v1',
])
  test(`"${text}" is URL_INVALID`, () => {
    try {
      checkUrl(text);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof Stop && error.exitCode === 3);
      assert.is(error.problems[0]?.code, 'URL_INVALID');
      assert.not.match(JSON.stringify(error.problems) + error.message, 'hunter2');
    }
  });

test('a client is not made for an unusable URL, be it the API’s, the token’s or a proxy’s', () =>
  withService(
    () => empty,
    async (service) => {
      for (const options of [
        { baseUrl: 'http://api.tesouro.com/v1' },
        { credentials: { ...client, tokenUrl: 'http://sso.example/token' } },
        { environment: { HTTPS_PROXY: 'proxy.example 3128' } },
      ])
        assert.throws(
          () => service.connect(options),
          (error: unknown) => error instanceof Stop && error.problems[0]?.code === 'URL_INVALID',
        );
    },
  ));

for (const status of [301, 302, 303, 307, 308])
  for (const from of ['the API', 'the token endpoint'])
    for (const to of ['another host', 'the same host'])
      test(`a ${status} of ${from} to ${to} is not followed, and the error says where it points to`, () =>
        withService(
          () => empty,
          (elsewhere) =>
            withService(
              (request) =>
                request.path.endsWith('/token') && from === 'the API'
                  ? tokenAnswer()
                  : {
                      status,
                      headers: { location: `${to === 'another host' ? elsewhere.origin : ''}/login?x=1` },
                    },
              async (service) => {
                const provider = service.connect({ credentials: client });
                const error = await failure(service.until(provider.list('ledger_accounts')));
                assert.is(error.problem.code, 'API_ANSWER');
                assert.match(
                  error.problem.message,
                  `${to === 'another host' ? elsewhere.origin : ''}/login.`,
                );
                const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
                assert.is.not(written.status, 'done');
                assert.equal(elsewhere.received, []);
                assert.ok(service.received.every(({ path }) => path.startsWith('/v1/')));
              },
            ),
        ));

test('an answer of another organization ends the run: nothing more is sent', () =>
  withService(
    () => ({ ...empty, headers: { 'x-organization-id': other } }),
    async (service) => {
      const provider = service.connect();
      const error = await failure(service.until(provider.list('ledger_accounts')));
      assert.is(error.problem.code, 'WRONG_ORGANIZATION');
      assert.ok(error.endsRun);
      const written = await service.until(provider.remove('ledger_accounts', 'a'));
      assert.is(written.status === 'refused' && written.error.problem.code, 'WRONG_ORGANIZATION');
      assert.is(service.received.length, 1);
    },
  ));

for (const status of [401, 429, 500])
  test(`another organization’s ${status} ends the run: nothing is sent again`, () =>
    withService(
      ({ path }) =>
        path.endsWith('/auth/token')
          ? tokenAnswer()
          : { status, json: { error: { message: 'No.' } }, headers: { 'x-organization-id': other } },
      async (service) => {
        const provider = service.connect({ credentials: client });
        const written = await service.until(provider.remove('ledger_accounts', 'a'));
        assert.is(written.status === 'lost' && written.error.problem.code, 'WRONG_ORGANIZATION');
        assert.equal([service.asked().length, service.tokenCalls().length], [1, 1]);
      },
    ));

test('what waits for its repetition is not sent any more once another organization has answered', () =>
  withService(
    ({ path }) =>
      path.endsWith('/waits') ? { status: 503 } : { ...empty, headers: { 'x-organization-id': other } },
    async (service) => {
      const provider = service.connect();
      const waits = provider.remove('ledger_accounts', 'waits');
      await service.until(new Promise<void>((resolve) => void service.clock.after(10, resolve)));
      const [written] = await service.until(Promise.all([waits, failure(provider.list('ledger_accounts'))]));
      assert.is(written.status === 'lost' && written.error.problem.code, 'WRONG_ORGANIZATION');
      assert.equal(service.received.filter(({ path }) => path.endsWith('/waits')).length, 1);
    },
  ));

test('a write that another organization answers is lost', () =>
  withService(
    () => ({ status: 201, json: { id: 'a', name: 'A' }, headers: { 'x-organization-id': other } }),
    async (service) => {
      const written = await service.until(service.connect().create('ledger_accounts', { name: 'A' }));
      assert.is(written.status === 'lost' && written.error.problem.code, 'WRONG_ORGANIZATION');
    },
  ));

test('the own organization’s id may be answered in other letters', () =>
  withService(
    () => ({ ...empty, headers: { 'x-organization-id': organizationId.toUpperCase() } }),
    async (service) => {
      assert.equal(await service.until(service.connect().list('ledger_accounts')), []);
    },
  ));

for (const [path, hinted] of [
  ['/v1', '/finops/v1'],
  ['/finops/v1', '/v1'],
  ['/v2', '/v1 or /finops/v1'],
  ['', '/v1 or /finops/v1'],
] as const)
  test(`a 404 on the very first call below ${path} says that the base URL may be wrong`, () =>
    withService(
      () => ({ status: 404, json: { error: { message: 'no Route matched' } } }),
      async (service) => {
        const provider = service.connect({ baseUrl: `${service.origin}${path}` });
        const errors = await service.until(
          Promise.all([failure(provider.list('ledger_accounts')), failure(provider.list('tax_rates'))]),
        );
        assert.ok(errors.every((each) => each.problem.code === 'WRONG_BASE_URL'));
        assert.ok(errors[0]?.problem.hint?.includes(`${service.origin}${hinted}.`));
      },
    ));

test('a later 404 is an ordinary refusal', () =>
  withService(
    (_, index) => (index === 0 ? empty : { status: 404, json: {} }),
    async (service) => {
      const provider = service.connect();
      await service.until(provider.list('ledger_accounts'));
      assert.is((await failure(service.until(provider.settings()))).problem.code, 'API_REFUSED');
    },
  ));

for (const value of [
  'proxy.example hunter2',
  'http://us%er:hunter2@proxy.example',
  'ftp://user:hunter2@proxy.example',
  'socks5://user:hunter2@proxy.example',
  'http://user:hunter2@proxy.example:port',
])
  test(`the proxy ${value} is refused without being shown`, () => {
    try {
      openConnections({ HTTPS_PROXY: value }, 1);
      assert.unreachable();
    } catch (error) {
      assert.ok(error instanceof Stop && error.exitCode === 3);
      assert.is(error.problems[0]?.code, 'URL_INVALID');
      assert.not.match(JSON.stringify(error.problems) + error.message, 'hunter2');
    }
  });

interface Proxy {
  readonly url: string;
  readonly asked: readonly string[];
  close(): Promise<void>;
}

/** A proxy that leads every tunnel to one place, or refuses it. */
async function tunnel(target: string | null): Promise<Proxy> {
  const asked: string[] = [];
  const sockets: Socket[] = [];
  const server = createServer((_, response) => response.writeHead(500).end('no tunnel'));
  server.on('connect', (request, socket: Socket) => {
    asked.push(request.url ?? '');
    sockets.push(socket);
    if (target === null) {
      socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n');
      return;
    }
    const { hostname, port } = new URL(target);
    const upstream = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      upstream.pipe(socket).pipe(upstream);
    });
    sockets.push(upstream);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, // a server on a port has such an address
    asked,
    close: async () => {
      for (const each of sockets) each.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function through(environment: Record<string, string>, origin: string, url: string): Promise<string> {
  const connections = openConnections(environment, 2);
  try {
    const response = await fetch(url, { dispatcher: connections.forUrl(url) });
    return `${response.status}`;
  } catch {
    return 'failed';
  } finally {
    await connections.close();
    assert.ok(origin !== '');
  }
}

test('a proxy of the environment leads to the API, but never to this machine or where NO_PROXY says', () =>
  withService(
    () => empty,
    async (service) => {
      const proxy = await tunnel(service.origin);
      try {
        const away = 'http://api.test/v1';
        assert.is(await through({ HTTP_PROXY: proxy.url }, service.origin, away), '200');
        assert.is(await through({ http_proxy: proxy.url }, service.origin, away), '200');
        assert.equal(proxy.asked, ['api.test:80', 'api.test:80']);
        await through({ HTTPS_PROXY: proxy.url }, service.origin, 'https://api.test/v1');
        assert.is(proxy.asked[2], 'api.test:443');
        assert.is(await through({ HTTP_PROXY: proxy.url }, service.origin, service.origin), '200');
        assert.is(
          await through({ HTTP_PROXY: proxy.url, NO_PROXY: '.test' }, service.origin, away),
          'failed',
        );
        assert.is(proxy.asked.length, 3);
      } finally {
        await proxy.close();
      }
    },
  ));

test('a proxy that refuses is an API that cannot be reached', async () => {
  const proxy = await tunnel(null);
  await withService(
    () => empty,
    async (service) => {
      const provider = service.connect({
        baseUrl: 'https://api.test/v1',
        environment: { HTTPS_PROXY: proxy.url },
      });
      const error = await service.until(failure(provider.list('ledger_accounts')));
      assert.is(error.problem.code, 'API_UNREACHABLE');
      assert.is(proxy.asked[0], 'api.test:443');
      assert.match(error.problem.message, '502');
      assert.match(error.problem.hint ?? '', 'HTTPS_PROXY');
      const written = await service.until(provider.create('ledger_accounts', { name: 'A' }));
      assert.is(written.status, 'refused');
    },
  );
  await proxy.close();
});

test.run();
