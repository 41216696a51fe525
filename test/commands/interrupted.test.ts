import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  accounts,
  codesOf,
  configuration,
  jsonOf,
  openSandbox,
  openWorkbench,
  type Sandbox,
  type Workbench,
} from './workbench.ts';

const test = suite<{ sandbox: Sandbox; bench: Workbench }>('an interrupted apply');
test.before.each(async (context) => {
  context.sandbox = await openSandbox();
  context.bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
});
test.after.each(async ({ bench, sandbox }) => {
  await sandbox.emulator.close();
  await bench.remove();
});

test('Ctrl-C finishes what is in flight and starts nothing more; the next run ends it', async ({ bench }) => {
  const { emulator, environment } = await openSandbox({ latencyMs: 40 });
  const many = Array.from(
    { length: 40 },
    (_, at) => `  a${at}: { nominal_code: "${5000 + at}", name: A${at} }\n`,
  );
  await bench.write('many.yaml', configuration(`ledger_accounts:\n${many.join('')}`));
  const child = bench.start(
    ['apply', '--auto-approve', '--json', '-c', 'many.yaml', '--concurrency', '2'],
    environment,
  );
  while (
    emulator.log().filter(({ method, path }) => method === 'POST' && path.includes('ledger-accounts'))
      .length < 4
  )
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  const { exitCode, stderr, stdout } = await child;
  assert.is(exitCode, 130);
  const report = jsonOf({ code: exitCode, stdout, stderr });
  const history = jsonOf(await bench.run(['history', '--json']));
  assert.match(JSON.stringify(history.runs), `"run":"${report.run}"`);
  assert.match((await bench.run(['history'])).stdout, /partial +\d+\/40/, 'of all that was planned');
  assert.match(JSON.stringify(report.outcomes), 'skipped');
  assert.is((await bench.run(['apply', '--auto-approve', '-c', 'many.yaml', '-q'], environment)).code, 0);
  const posts = emulator
    .log()
    .filter(({ method, path }) => method === 'POST' && path.includes('ledger-accounts'));
  assert.is(posts.length, 40);
  await emulator.close();
});

test('a second Ctrl-C stops at once, and the next run still ends it without twins', async ({ bench }) => {
  const { emulator, environment } = await openSandbox({ latencyMs: 300 });
  const child = bench.start(['apply', '--auto-approve', '--json', '--settle', '5'], environment);
  while (!emulator.log().some(({ method, path }) => method === 'POST' && path.includes('ledger-accounts')))
    await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  child.kill('SIGTERM');
  const { exitCode } = await child;
  assert.is(exitCode, 130);
  assert.is((await bench.run(['apply', '--auto-approve', '-q'], environment)).code, 0);
  const list = jsonOf(await bench.run(['list', 'ledger_accounts', '--json'], environment));
  assert.ok(Array.isArray(list.objects) && list.objects.length === 2);
  await emulator.close();
});

test('two signals at once while it reads still leave one document', async ({ bench }) => {
  let reads = 0;
  const { emulator, environment } = await openSandbox({
    onRequest: ({ method }) => {
      if (method !== 'GET') return undefined;
      reads += 1;
      // Several lists are read side by side, and a third signal would end it at once.
      if (reads === 1) for (const signal of ['SIGINT', 'SIGTERM'] as const) child.kill(signal);
      return new Promise(() => {});
    },
  });
  const child = bench.start(['apply', '--auto-approve', '--json'], environment);
  try {
    const { exitCode, stderr, stdout } = await child;
    assert.is(exitCode, 130);
    assert.equal(codesOf(jsonOf({ code: exitCode, stdout, stderr })), ['INTERRUPTED']);
  } finally {
    await emulator.close();
  }
});

test('a reader that goes away does not end an apply', async ({ bench, sandbox: { environment } }) => {
  const child = bench.start(['apply', '--auto-approve'], environment);
  child.stdout?.destroy();
  const { exitCode, stderr } = await child;
  assert.is(exitCode, 0);
  assert.not.match(String(stderr), /EPIPE/);
  assert.is((await bench.run(['plan', '--detailed-exitcode'], environment)).code, 0);
});

test.run();
