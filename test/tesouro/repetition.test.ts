import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { closedOrigin, failure, type Scripted, withService } from './fake-service.ts';

const test = suite('repetition');

const empty = { json: { data: [] } };

/** These answers, then an empty list. */
const first =
  (...answers: readonly Scripted[]) =>
  (_: unknown, index: number): Scripted =>
    answers[index] ?? empty;

for (const [name, answer] of [
  ['429', { status: 429 }],
  ['408', { status: 408 }],
  ['500', { status: 500 }],
  ['502', { status: 502, text: '<html><title>Bad Gateway</title>' }],
  ['503', { status: 503 }],
  ['504', { status: 504 }],
  ['a broken connection', 'reset'],
  ['a body that breaks off', 'cut'],
  ['silence', 'hang'],
] as const)
  test(`a read is repeated after ${name}`, () =>
    withService(first(answer, answer), async (service) => {
      const provider = service.connect();
      assert.equal(await service.until(provider.list('ledger_accounts')), []);
      assert.is(provider.traffic().requests, 3);
      assert.is(provider.traffic().retried, 2);
    }));

for (const [name, answer, code] of [
  ['500', { status: 500, json: { error: { message: 'boom' } } }, 'API_ANSWER'],
  ['broken connections', 'reset', 'API_UNREACHABLE'],
  ['silence', 'hang', 'API_UNREACHABLE'],
  ['429', { status: 429, json: { message: 'API rate limit exceeded' } }, 'API_LIMIT'],
] as const)
  test(`a read gives up on ${name} after a bounded number of attempts`, () =>
    withService(
      () => answer,
      async (service) => {
        const error = await service.until(failure(service.connect().list('ledger_accounts')));
        assert.is(error.problem.code, code);
        assert.is(service.received.length, code === 'API_LIMIT' ? 20 : 6);
      },
    ));

for (const [name, answer] of [
  ['400', { status: 400, json: {} }],
  ['403', { status: 403, json: {} }],
  ['422', { status: 422, json: {} }],
  ['a redirect', { status: 301, headers: { location: 'https://x.example' } }],
  ['no JSON', { text: 'hello' }],
  ['broken JSON', { text: '{"data":', headers: { 'content-type': 'application/json' } }],
  ['an empty body', { status: 204 }],
] as const)
  test(`a read is not repeated after ${name}, which is a failure and no empty list`, () =>
    withService(
      () => answer,
      async (service) => {
        const error = await service.until(failure(service.connect().list('ledger_accounts')));
        assert.ok(['API_REFUSED', 'API_ANSWER'].includes(error.problem.code));
        assert.is(service.received.length, 1);
      },
    ));

test('where nobody listens a read says so', async () => {
  const origin = await closedOrigin();
  await withService(first(), async (service) => {
    const provider = service.connect({ baseUrl: `${origin}/v1` });
    const error = await service.until(failure(provider.list('ledger_accounts')));
    assert.is(error.problem.code, 'API_UNREACHABLE');
    assert.match(error.problem.message, 'ECONNREFUSED');
    assert.is(error.status, null);
  });
});

test('the pauses between attempts grow', () =>
  withService(first('reset', 'reset', 'reset', 'reset', 'reset'), async (service) => {
    const times: number[] = [];
    const provider = service.connect({ log: () => times.push(service.clock.now()) });
    await service.until(provider.list('ledger_accounts'));
    const pauses = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    assert.equal(pauses, [125, 250, 500, 1000, 2000]);
  }));

const january = Date.UTC(2026, 0, 1);
for (const [name, value, least, most] of [
  ['seconds', '7', 7000, 7100],
  ['a date', new Date(january + 9000).toUTCString(), 8000, 9100],
  ['a date that has passed', new Date(january - 9000).toUTCString(), 100, 300],
  ['nonsense', 'soon', 1000, 1100],
  ['an hour', '3600', 120_000, 121_000],
] as const)
  test(`Retry-After with ${name} is followed after a 429`, () =>
    withService(first({ status: 429, headers: { 'retry-after': value } }), async (service) => {
      await service.until(service.connect().list('ledger_accounts'));
      const waited = service.clock.now();
      assert.ok(waited >= least && waited <= most, `waited ${waited} ms`);
    }));

test('Retry-After is followed after a 503', () =>
  withService(first({ status: 503, headers: { 'retry-after': '7' } }), async (service) => {
    await service.until(service.connect().list('ledger_accounts'));
    assert.is(service.clock.now(), 7000);
  }));

test('a 429 stops all calls, and one of them tries before the others go on', () => {
  let open = false;
  return withService(
    (request) => {
      if (request.path.endsWith('/products')) return { status: 429, headers: { 'retry-after': '5' } };
      return open ? empty : { status: 429, headers: { 'retry-after': '5' } };
    },
    async (service) => {
      const provider = service.connect();
      const lists = Promise.all(Array.from({ length: 10 }, () => provider.list('ledger_accounts')));
      await service.until(new Promise<void>((resolve) => void service.clock.after(4000, resolve)));
      // Nobody sends more before the first answers.
      assert.is(service.received.length, 2);
      await service.until(new Promise<void>((resolve) => void service.clock.after(2000, resolve)));
      assert.is(service.received.length, 3);
      open = true;
      await service.until(lists);
      assert.is(service.received.length, 13);
      assert.is(provider.traffic().throttled, 3);
    },
  );
});

test('a repeated call goes before those that still wait', () =>
  withService(first({ status: 429, headers: { 'retry-after': '1' } }), async (service) => {
    const provider = service.connect({ rateLimit: 1 });
    await service.until(
      Promise.all([provider.list('tax_rates'), provider.list('ledger_accounts'), provider.connections()]),
    );
    assert.equal(
      service.asked().map((each) => each.replace('GET /v1/', '')),
      ['accounting-tax-rates', 'accounting-tax-rates', 'ledger-accounts', 'accounting-connections'],
    );
  }));

test('a request is given up after 30 seconds', () =>
  withService(
    () => 'hang',
    async (service) => {
      const written = await service.until(service.connect().create('ledger_accounts', { name: 'A' }));
      assert.is(written.status, 'lost');
      assert.is(service.clock.now(), 30_000);
    },
  ));

test('the deadline is of the whole run, not of a request', () =>
  withService(
    () => 'hang',
    async (service) => {
      const provider = service.connect({ deadlineSeconds: 45 });
      const error = await service.until(failure(provider.list('ledger_accounts')));
      assert.is(error.problem.code, 'DEADLINE');
      assert.ok(error.endsRun);
      assert.is(service.clock.now(), 45_000);
      assert.is((await service.until(failure(provider.settings()))).problem.code, 'DEADLINE');
      assert.is(service.received.length, 2);
    },
  ));

test('no pause is begun that the deadline would cut: the failure is told at once', () =>
  withService(
    () => ({ status: 503, headers: { 'retry-after': '20' } }),
    async (service) => {
      const error = await service.until(
        failure(service.connect({ deadlineSeconds: 10 }).list('ledger_accounts')),
      );
      assert.is(error.status, 503);
      assert.is(service.clock.now(), 0);
    },
  ));

test('a write that waits when the time is over was not sent; one on its way is lost', () =>
  withService(
    () => 'hang',
    async (service) => {
      const provider = service.connect({ deadlineSeconds: 5, concurrency: 1 });
      const both = [
        provider.create('ledger_accounts', { name: 'A' }),
        provider.create('ledger_accounts', { name: 'B' }),
      ];
      const written = await service.until(Promise.all(both));
      assert.equal(
        written.map((each) => [each.status, each.status === 'stored' ? null : each.error.problem.code]),
        [
          ['lost', 'DEADLINE'],
          ['refused', 'DEADLINE'],
        ],
      );
      assert.is(service.received.length, 1);
    },
  ));

test('an abort breaks everything off at once: reads fail, what was sent is lost, what waited was not sent', () =>
  withService(
    () => 'hang',
    async (service) => {
      const provider = service.connect({ concurrency: 2 });
      const read = failure(provider.list('ledger_accounts'));
      const writes = ['A', 'B'].map((name) => provider.create('ledger_accounts', { name }));
      await service.until(new Promise<void>((resolve) => void service.clock.after(10, resolve)));
      service.abort.abort();
      const [error, written] = await service.until(Promise.all([read, Promise.all(writes)]));
      assert.is(error.problem.code, 'INTERRUPTED');
      assert.ok(error.endsRun);
      assert.equal(
        written.map((each) => each.status),
        ['lost', 'refused'],
      );
      assert.is((await service.until(failure(provider.settings()))).problem.code, 'INTERRUPTED');
      assert.is(service.received.length, 2);
      assert.is(service.clock.now(), 10);
    },
  ));

test('a close breaks off what is still under way or waiting: nothing is sent again', () =>
  withService(
    () => 'hang',
    async (service) => {
      const provider = service.connect({ concurrency: 1 });
      const reads = Promise.all([failure(provider.list('ledger_accounts')), failure(provider.settings())]);
      await service.until(new Promise<void>((resolve) => void service.clock.after(10, resolve)));
      await provider.close();
      const errors = await reads;
      assert.equal(
        errors.map((each) => each.problem.code),
        ['INTERRUPTED', 'INTERRUPTED'],
      );
      assert.is((await failure(provider.settings())).problem.code, 'INTERRUPTED');
      assert.is(service.received.length, 1);
      assert.is(service.clock.now(), 10);
    },
  ));

test('an abort ends a pause', () =>
  withService(
    () => ({ status: 429, headers: { 'retry-after': '100' } }),
    async (service) => {
      const read = failure(service.connect().list('ledger_accounts'));
      await service.until(new Promise<void>((resolve) => void service.clock.after(10, resolve)));
      service.abort.abort();
      assert.is((await service.until(read)).problem.code, 'INTERRUPTED');
      assert.is(service.clock.now(), 10);
    },
  ));

test('requests are counted by operation and logged without query, header or body', () =>
  withService(
    first('reset', { status: 429, headers: { 'retry-after': '1', 'ratelimit-limit': '12' } }),
    async (service) => {
      const provider = service.connect();
      await service.until(provider.lineItems('b1'));
      assert.equal(provider.traffic(), {
        requests: 3,
        byOperation: { 'GET /payables/{payable_id}/line-items': 3 },
        throttled: 1,
        retried: 2,
        limitPerSecond: 12,
      });
      const line = { method: 'GET', path: '/v1/payables/b1/line-items' };
      assert.equal(
        service.log.map(({ ms, ...rest }) => rest),
        [
          { ...line, status: null, requestId: null, attempt: 1 },
          { ...line, status: 429, requestId: 'req-1', attempt: 2 },
          { ...line, status: 200, requestId: 'req-1', attempt: 3 },
        ],
      );
    },
  ));

test('no more requests are under way than the user allows', () => {
  let [underWay, most] = [0, 0];
  return withService(
    () => {
      underWay += 1;
      most = Math.max(most, underWay);
      setImmediate(() => {
        underWay -= 1;
      });
      return empty;
    },
    async (service) => {
      const provider = service.connect({ concurrency: 3 });
      await service.until(Promise.all(Array.from({ length: 20 }, () => provider.list('ledger_accounts'))));
      assert.ok(most <= 3, `${most} at once`);
    },
  );
});

test.run();
