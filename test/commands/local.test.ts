import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { localCredentials } from '../../src/emulator/emulator.ts';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openWorkbench,
  seedOf,
  type Workbench,
} from './workbench.ts';

const test = suite<{ bench: Workbench }>('the local environment');
test.before.each(async (context) => {
  const seed = seedOf({ ledger_accounts: [{ name: 'Cash', nominal_code: '1090' }] });
  context.bench = await openWorkbench({
    'ledgerform.yaml': configuration(accounts, 'local'),
    'seed.json': JSON.stringify(seed),
  });
});
test.after.each(({ bench }) => bench.remove());

/** Starts a server, hands its document over, and answers its exit code after a Ctrl-C. */
async function serving(
  bench: Workbench,
  args: readonly string[],
  use: (server: { readonly url: string; readonly file: string | null }) => Promise<void>,
): Promise<number | undefined> {
  const child = bench.start(['local', 'start', '--port', '0', '--json', ...args]);
  let text = '';
  for await (const chunk of child.stdout ?? []) {
    text += chunk;
    if (text.endsWith('}\n')) break;
  }
  try {
    await use(JSON.parse(text));
  } finally {
    child.kill('SIGINT');
  }
  return (await child).exitCode;
}

test('it runs in this process, needs no credentials and keeps its data', async ({ bench }) => {
  const first = await bench.run(['apply', '--auto-approve']);
  assert.is(first.code, 0);
  assert.match(first.stdout, /^Acme GmbH \([^)]*\) · local\n/);
  assert.is(jsonOf(await bench.run(['plan', '--json'])).api_url, 'local');
  assert.is((await bench.run(['plan', '--detailed-exitcode'])).code, 0);
});

test('looking leaves no file behind', async ({ bench }) => {
  assert.is((await bench.run(['plan'])).code, 0);
  assert.match(await bench.read('.ledgerform/local.json').catch(() => 'none'), /none/);
});

test('LEDGERFORM_ENV fills in the environment where the file has none', async ({ bench }) => {
  await bench.write('ledgerform.yaml', configuration(accounts, 'local').replace('environment: local\n', ''));
  assert.is(jsonOf(await bench.run(['plan', '--json'])).environment, 'local');
  const ran = await bench.run(['plan', '--json'], { LEDGERFORM_ENV: 'sandbox' });
  assert.equal(codesOf(jsonOf(ran)), ['CREDENTIALS_MISSING']);
});

test('reset empties it; with a seed it holds exactly that', async ({ bench }) => {
  await bench.run(['apply', '--auto-approve']);
  assert.is((await bench.run(['local', 'reset'])).code, 0);
  assert.match(JSON.stringify(jsonOf(await bench.run(['plan', '--json'])).summary), '"create":2');
  assert.is((await bench.run(['local', 'reset', '--seed', 'seed.json'])).code, 0);
  assert.match(JSON.stringify(jsonOf(await bench.run(['plan', '--json'])).summary), '"create":1,"update":1');
});

test('reset says what it drops', async ({ bench }) => {
  assert.not.match((await bench.run(['local', 'reset', '--seed', 'seed.json'])).stdout, /dropped/);
  const named = await bench.run(['local', 'reset']);
  assert.match(named.stdout, /\n1 organization was dropped: Acme GmbH\.\n$/);
  const several = {
    organizations: ['1', '2', '3', '4', '5', '6', '7'].map((id) => ({ id: uuid(id), tax_rates: [rate] })),
  };
  await bench.write('several.json', JSON.stringify(several));
  await bench.run(['local', 'reset', '--seed', 'several.json']);
  const { stdout } = await bench.run(['local', 'reset']);
  assert.match(
    stdout,
    new RegExp(`\\n7 organizations were dropped: ${uuid('1')}, .*${uuid('5')} and 2 more\\.\\n`),
  );
});

test('a damaged file is emptied all the same', async ({ bench }) => {
  await bench.run(['local', 'reset', '--seed', 'seed.json']);
  await bench.write('.ledgerform/local.json', '{');
  assert.is((await bench.run(['local', 'reset'])).code, 0);
});

const uuid = (digit: string): string => `${digit.repeat(8)}-0000-4000-8000-000000000000`;
const rate = { name: 'Standard', code: 'STD', effective_tax_rate: 2000 };

test('a server says what makes it another than the usual one', async ({ bench }) => {
  const child = bench.start([
    'local',
    'start',
    '--port',
    '0',
    '--in-memory',
    '--json',
    '--latency',
    '5',
    '--rate-limit',
    '20',
    '--switch',
    'texts=trimmed',
    '--fault',
    'POST slow',
  ]);
  let text = '';
  for await (const chunk of child.stderr ?? []) {
    text += chunk;
    if (text.includes('latency')) break;
  }
  child.kill('SIGINT');
  await child;
  assert.is(
    text,
    'In force:\n  switch texts=trimmed\n  fault POST slow\n  limit 20 requests a second\n  latency 5 ms before each answer\n',
  );
});

test('a wrong seed is exit 3 and loses nothing', async ({ bench }) => {
  await bench.run(['apply', '--auto-approve']);
  await bench.write('wrong.json', '{"organizations":[{"id":"x","colour":1}]}');
  await bench.write('broken.json', '{');
  for (const seed of ['wrong.json', 'broken.json', 'none.json']) {
    const { code, stdout } = await bench.run(['local', 'reset', '--seed', seed, '--json']);
    assert.is(code, 3);
    assert.not.match(stdout, /ENOENT|Unexpected token|Expected property/);
  }
  assert.is((await bench.run(['plan', '--detailed-exitcode'])).code, 0);
});

test('a server serves what was seeded, and its usual end is exit 0', async ({ bench }) => {
  const code = await serving(bench, ['--seed', 'seed.json', '--in-memory'], async ({ file, url }) => {
    assert.is(file, null);
    const plan = jsonOf(await bench.run(['plan', '--json'], { TESOURO_API_URL: url }));
    assert.is(plan.api_url, url);
    assert.match(JSON.stringify(plan.summary), '"create":1,"update":1');
  });
  assert.is(code, 0);
});

test('a real secret never goes to a local environment', async ({ bench }) => {
  await serving(bench, ['--in-memory'], async ({ url }) => {
    const real = { TESOURO_API_URL: url, TESOURO_CLIENT_ID: 'real', TESOURO_CLIENT_SECRET: 'real-secret' };
    // The server would refuse any but its own.
    assert.is((await bench.run(['plan'], real)).code, 0);
    assert.is.not(localCredentials.secret, 'real-secret');
  });
});

test('faults, switches, latency and a rate limit do what they say', async ({ bench }) => {
  const args = [
    '--in-memory',
    '--switch',
    'texts=trimmed',
    '--switch',
    'codes=upper',
    '--rate-limit',
    '20',
    '--latency',
    '5',
  ];
  const code = await serving(
    bench,
    [...args, '--fault', 'POST /ledger-accounts reset-after-commit nth=1'],
    async ({ url }) => {
      const ran = await bench.run(['apply', '--auto-approve', '--json'], { TESOURO_API_URL: url });
      assert.is(ran.code, 0);
      const list = jsonOf(await bench.run(['list', 'ledger_accounts', '--json'], { TESOURO_API_URL: url }));
      assert.ok(Array.isArray(list.objects) && list.objects.length === 2);
    },
  );
  assert.is(code, 0);
});

test('a fault, a switch or a seed that is not understood is exit 3', async ({ bench }) => {
  for (const args of [
    ['--fault', 'POST explode'],
    ['--switch', 'colour=red'],
    ['--switch', 'texts'],
    ['--seed', 'none.json'],
  ]) {
    const ran = await bench.run(['local', 'start', '--port', '0', '--json', ...args]);
    assert.is(ran.code, 3, args.join(' '));
    assert.is(jsonOf(ran).ok, false);
  }
});

test('a port or a file that is in use is told', async ({ bench }) => {
  await serving(bench, ['--seed', 'seed.json'], async ({ url }) => {
    const port = new URL(url).port;
    const taken = await bench.run(['local', 'start', '--port', port, '--in-memory', '--json']);
    assert.equal([taken.code, ...codesOf(jsonOf(taken))], [3, 'OPTION_INVALID']);
    assert.match(taken.stdout, new RegExp(`port ${port} is in use.*\n.*\n?[\\s\\S]*--port`));
    assert.not.match(taken.stdout, /EADDRINUSE/);
    const reset = await bench.run(['local', 'reset', '--json']);
    assert.is(reset.code, 3);
    assert.match(reset.stdout, /Stop the server with Ctrl-C first/);
    const locked = await bench.run(['plan', '--json']);
    assert.is(locked.code, 3);
    assert.match(locked.stdout, /TESOURO_API_URL/);
  });
});

test.run();
