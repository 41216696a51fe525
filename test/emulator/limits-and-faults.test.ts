import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Fault, faultKinds, parseFault } from '../../src/emulator/faults.ts';
import { describeSwitches, parseSwitch } from '../../src/emulator/switches.ts';
import { at, type Local, objects, organization, withLocal } from './local-client.ts';

const test = suite('the emulator’s limits, faults and switches');

const create = (local: Local) => local.call('POST', '/ledger-accounts', { body: { nominal_code: '1' } });
const count = (local: Local) => local.emulator.organization(organization).all('ledger_accounts').length;

async function failed(run: Promise<unknown>): Promise<string> {
  try {
    await run;
    return 'nothing failed';
  } catch (error) {
    return error instanceof Error && error.cause instanceof Error && 'code' in error.cause
      ? String(error.cause.code)
      : String(error);
  }
}

test('over the limit it is 429 with Retry-After and its own body; the next second passes', () =>
  withLocal({ rateLimit: 3 }, async (local) => {
    for (const remaining of ['1', '0']) {
      const { status, headers } = await local.call('GET', '/ledger-accounts');
      assert.equal([status, headers.get('ratelimit-remaining')], [200, remaining]);
    }
    const { status, headers, body } = await local.call('GET', '/ledger-accounts');
    assert.equal([status, headers.get('retry-after'), headers.get('ratelimit-remaining')], [429, '1', '0']);
    assert.equal(body, { message: 'API rate limit exceeded' });
    assert.is(local.emulator.stats().throttled, 1);
    local.clock.time += 1000;
    assert.is((await local.call('GET', '/ledger-accounts')).status, 200);
  }));

test('a throttled write is not done', () =>
  withLocal({ rateLimit: 1 }, async (local) => {
    assert.is((await create(local)).status, 429);
    assert.is(count(local), 0);
  }));

test('without a limit the headers allow more than anybody sends', () =>
  withLocal({}, async (local) => {
    const { headers } = await local.call('GET', '/ledger-accounts');
    assert.ok(Number(headers.get('ratelimit-remaining')) >= 100_000);
  }));

test('whoever watches requests sees them before anything is done, and may hold them back', async () => {
  let release = () => {};
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const seen: string[] = [];
  const onRequest = ({ method, path }: { readonly method: string; readonly path: string }) => {
    seen.push(`${method} ${path}`);
    return method === 'POST' && path === '/ledger-accounts' ? held : undefined;
  };
  await withLocal({ onRequest }, async (local) => {
    const creating = create(local);
    await local.call('GET', '/ledger-accounts');
    assert.is(count(local), 0);
    release();
    assert.is((await creating).status, 201);
    assert.is(count(local), 1);
  });
  assert.equal(seen.slice(1).sort(), ['GET /ledger-accounts', 'POST /ledger-accounts']);
});

const broken: readonly [string, string, number][] = [
  ['POST * reset-before', 'ECONNRESET', 0],
  ['POST * reset-after-commit', 'ECONNRESET', 1],
  ['POST * truncated', 'UND_ERR_SOCKET', 1],
  ['POST * cut-headers', 'UND_ERR_SOCKET', 1],
];

for (const [text, code, stored] of broken) {
  test(`${text}: the client sees a broken connection, and ${stored} account is stored`, () =>
    withLocal({}, async (local) => {
      local.emulator.planFaults([parseFault(text)]);
      assert.is(await failed(create(local)), code);
      assert.is(count(local), stored);
      assert.is(local.emulator.log().at(-1)?.status, null);
    }));
}

const silent: readonly [string, number][] = [
  ['POST /ledger-accounts timeout-before', 0],
  ['POST /ledger-accounts timeout-after-commit', 1],
];

for (const [text, stored] of silent) {
  test(`${text}: no answer ever comes, and ${stored} account is stored`, () =>
    withLocal({ faults: [parseFault(text)] }, async (local) => {
      const call = failed(create(local));
      const arrived = () => local.emulator.log().some(({ path }) => path === '/ledger-accounts');
      while (!arrived()) await local.call('GET', '/products');
      assert.is(count(local), stored);
      await local.emulator.close();
      assert.match(await call, /ECONNRESET|UND_ERR_SOCKET/);
    }));
}

test('a late commit comes after the connection broke', () =>
  withLocal({ faults: [parseFault('POST /ledger-accounts late-commit ms=60000')] }, async (local) => {
    assert.is(await failed(create(local)), 'ECONNRESET');
    assert.is(count(local), 0);
    local.emulator.settle();
    assert.is(count(local), 1);
  }));

test('a status is answered instead of doing it, or after doing it', () =>
  withLocal(
    { faults: [parseFault('POST /ledger-accounts status code=503 retry-after=7 times=1')] },
    async (local) => {
      const before = await create(local);
      assert.equal([before.status, before.headers.get('retry-after'), count(local)], [503, '7', 0]);
      assert.is((await create(local)).status, 201);
      local.emulator.planFaults([parseFault('POST /ledger-accounts status code=500 after=commit')]);
      assert.is((await create(local)).status, 500);
      assert.is(count(local), 2);
    },
  ));

test('a pause can be asked for by a date, and a limit can be said to be used up', () =>
  withLocal({ faults: [parseFault('GET * status code=429 retry-date=90 rate-limit=30')] }, async (local) => {
    const { status, headers } = await local.call('GET', '/ledger-accounts');
    assert.is(status, 429);
    assert.is(Date.parse(headers.get('retry-after') ?? ''), local.clock.time + 90_000);
    assert.equal([headers.get('ratelimit-limit'), headers.get('ratelimit-remaining')], ['30', '0']);
    local.emulator.planFaults([parseFault('GET * status code=429')]);
    const bare = await local.call('GET', '/ledger-accounts');
    assert.equal([bare.headers.get('retry-after'), bare.headers.get('ratelimit-limit')], [null, null]);
  }));

test('a fault can be meant for one object, by what is in the body', () =>
  withLocal({ faults: [parseFault('POST * status code=409 body=*4010*')] }, async (local) => {
    const post = async (code: string) =>
      (await local.call('POST', '/ledger-accounts', { body: { nominal_code: code } })).status;
    assert.equal([await post('4010'), await post('4011'), await post('4010')], [409, 201, 409]);
  }));

test('a value can be stored otherwise, of an object and of the settings', () =>
  withLocal({}, async (local) => {
    local.emulator.planFaults([parseFault('stored-otherwise field=nominal_code value="7"')]);
    assert.is((await create(local)).body.nominal_code, '7');
    local.emulator.planFaults([
      parseFault('PATCH * stored-otherwise field=accounting.ledger_account_ids.payments value=null'),
    ]);
    const [{ id = null } = {}] = await local.list('/ledger-accounts');
    const body = { accounting: { ledger_account_ids: { payments: id, products: id } } };
    const answer = await local.call('PATCH', `/entities/${organization}/settings`, { body });
    assert.equal(at(answer.body, 'accounting', 'ledger_account_ids'), { payments: null, products: id });
  }));

test('one list can lag while the others do not', () =>
  withLocal({ faults: [parseFault('GET /ledger-accounts lag ms=500 times=2')] }, async (local) => {
    const seen = async (path: string) => objects((await local.call('GET', path)).body.data).length;
    await create(local);
    await local.call('POST', '/accounting-tax-rates', { body: { code: 'A' } });
    assert.equal([await seen('/ledger-accounts'), await seen('/accounting-tax-rates')], [0, 1]);
    local.clock.time += 500;
    assert.is(await seen('/ledger-accounts'), 1);
  }));

test('with a code the other organization answers with a failure', () =>
  withLocal({ faults: [parseFault('POST * wrong-organization code=503')] }, async (local) => {
    const { status, headers } = await create(local);
    assert.is(status, 503);
    assert.is.not(headers.get('x-organization-id'), organization);
    assert.is(count(local), 0);
  }));

test('the log tells which requests a fault struck', () =>
  withLocal({ faults: [parseFault('GET /products status nth=2')] }, async (local) => {
    for (const path of ['/products', '/payables', '/products']) await local.call('GET', path);
    assert.equal(
      local.emulator.log().map(({ path, fault }) => [path, fault?.kind ?? null]),
      [
        ['/auth/token', null],
        ['/products', null],
        ['/payables', null],
        ['/products', 'status'],
      ],
    );
  }));

test('an emulator can begin with what another one holds, and both go their own way', () =>
  withLocal({}, async (first) => {
    await create(first);
    await withLocal({ contents: first.emulator.contents() }, async (second) => {
      await create(second);
      assert.equal([count(first), count(second)], [1, 2]);
      const ids = (await second.list('/ledger-accounts')).map(({ id }) => id);
      assert.is(new Set(ids).size, 2);
    });
  }));

test('an emulator waits by the clock that it is given', async () => {
  const due: (() => void)[] = [];
  const after = (_: number, run: () => void) => {
    due.push(run);
    return () => {};
  };
  await withLocal({ after, faults: [parseFault('POST /ledger-accounts late-commit')] }, async (local) => {
    assert.is(await failed(create(local)), 'ECONNRESET');
    assert.equal([due.length, count(local)], [1, 0]);
    for (const run of due) run();
    assert.is(count(local), 1);
  });
});

test('answers can be no JSON, of another type, or of another organization', () =>
  withLocal({}, async (local) => {
    const get = () => local.call('GET', '/ledger-accounts');
    local.emulator.planFaults([parseFault('GET * not-json')]);
    assert.match((await get()).text, /^<html>/);
    local.emulator.planFaults([parseFault('GET * wrong-content-type')]);
    assert.is((await get()).headers.get('content-type'), 'text/html');
    local.emulator.planFaults([parseFault('GET * wrong-organization')]);
    const { status, headers } = await get();
    assert.is(status, 200);
    assert.is.not(headers.get('x-organization-id'), organization);
  }));

test('a token that expires under way stays expired', () =>
  withLocal({ faults: [parseFault('GET /ledger-accounts expired-token nth=2')] }, async (local) => {
    const status = async () => (await local.call('GET', '/ledger-accounts')).status;
    assert.equal([await status(), await status(), await status()], [200, 400, 400]);
    await local.login();
    assert.is(await status(), 200);
  }));

test('a closed port refuses connections and opens again', () =>
  withLocal({ faults: [parseFault('GET /products refuse-connection ms=60000')] }, async (local) => {
    assert.is((await local.call('GET', '/products')).status, 200);
    assert.is(await failed(local.call('GET', '/ledger-accounts')), 'ECONNREFUSED');
    local.emulator.planFaults([]);
    local.emulator.settle();
    let answer = await failed(local.call('GET', '/ledger-accounts'));
    while (answer === 'ECONNREFUSED') answer = await failed(local.call('GET', '/ledger-accounts'));
    assert.is(answer, 'nothing failed');
  }));

test('a port that two requests close opens once, when both times are over', () => {
  const faults = ['GET /products refuse-connection ms=5', 'GET /payables refuse-connection ms=50'];
  return withLocal({ faults: faults.map((each) => parseFault(each)) }, async (local) => {
    const answers = await Promise.all([local.call('GET', '/products'), local.call('GET', '/payables')]);
    assert.equal(
      answers.map(({ status }) => status),
      [200, 200],
    );
    let answer = await failed(local.call('GET', '/ledger-accounts'));
    while (answer === 'ECONNREFUSED') answer = await failed(local.call('GET', '/ledger-accounts'));
    local.emulator.settle();
    assert.is(await failed(local.call('GET', '/ledger-accounts')), 'nothing failed');
  });
});

test('an emulator that is closed while its port is closed does not open again', async () => {
  let url = '';
  await withLocal({ faults: [parseFault('GET /products refuse-connection ms=60000')] }, async (local) => {
    await local.call('GET', '/products');
    url = local.emulator.url;
  });
  assert.is(await failed(fetch(url)), 'ECONNREFUSED');
});

test('nth counts matching requests only, times says how often', () =>
  withLocal({ faults: [parseFault('GET /products* status nth=2 times=2')] }, async (local) => {
    const seen: number[] = [];
    for (let n = 0; n < 4; n += 1) {
      await local.call('GET', '/ledger-accounts');
      seen.push((await local.call('GET', '/products')).status);
    }
    assert.equal(seen, [200, 500, 500, 200]);
  }));

test('with per=url each URL is counted apart', () =>
  withLocal({ faults: [parseFault('GET * status nth=1 per=url')] }, async (local) => {
    const urls = ['/products', '/products?limit=5', '/products', '/products?limit=5'];
    const seen: number[] = [];
    for (const url of urls) seen.push((await local.call('GET', url)).status);
    assert.equal(seen, [500, 500, 200, 200]);
  }));

const texts: readonly [string, Fault][] = [
  [
    'POST /ledger-accounts reset-after-commit nth=3',
    { kind: 'reset-after-commit', method: 'POST', path: '/ledger-accounts', nth: 3 },
  ],
  ['* * status code=503 times=2', { kind: 'status', code: 503, times: 2 }],
  ['timeout-before', { kind: 'timeout-before' }],
  [
    'patch status after=commit retry-after=0',
    { kind: 'status', method: 'PATCH', after: 'commit', retryAfter: 0 },
  ],
  ['/payables/*/line-items slow ms=5', { kind: 'slow', path: '/payables/*/line-items', ms: 5 }],
  [
    'stored-otherwise field=name value=a=b body=*"4010"* per=url',
    { kind: 'stored-otherwise', field: 'name', value: 'a=b', body: '*"4010"*', per: 'url' },
  ],
];

for (const [text, fault] of texts) {
  test(`the fault "${text}" is understood`, () => {
    assert.equal(parseFault(text), fault);
  });
}

for (const text of [
  '',
  'POST',
  'explode',
  'POST /x reset-before nth=0',
  'POST /x reset-before nth=x',
  'SEND /x slow',
  'GET /x slow colour=red',
  'GET /x status code=99',
  'GET /x status per=request',
  'GET /x status body=',
]) {
  test(`the fault "${text}" is an error that says what can be written`, () => {
    assert.throws(() => parseFault(text), /write|neither/);
  });
}

test('every kind of fault can be written', () => {
  for (const kind of Object.keys(faultKinds)) assert.is(parseFault(`GET /x ${kind}`).kind, kind);
});

test('switches are parsed and described; unknown names and values are errors', () => {
  assert.equal(parseSwitch('list_lag=250ms'), { list_lag: '250ms' });
  assert.equal(parseSwitch(' null_in_patch = refused '), { null_in_patch: 'refused' });
  for (const text of ['null_in_patch', 'colour=red', 'null_in_patch=maybe', 'list_lag=soon', '__proto__=x']) {
    assert.throws(() => parseSwitch(text), /switch/);
  }
  for (const { about, values, fallback } of describeSwitches()) {
    assert.ok(about.length > 10 && values.length > 1 && values[0] === fallback);
  }
});

test('latency delays every answer', () =>
  withLocal({ latencyMs: 30 }, async (local) => {
    const started = performance.now();
    await local.call('GET', '/ledger-accounts');
    assert.ok(performance.now() - started >= 29);
  }));

test.run();
