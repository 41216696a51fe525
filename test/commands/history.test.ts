import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { accounts, codesOf, configuration, jsonOf, openSandbox, openWorkbench } from './workbench.ts';

const test = suite('ledgerform history');
const { emulator, environment } = await openSandbox();
const bench = await openWorkbench({ 'ledgerform.yaml': configuration(accounts) });
test.after(async () => {
  await emulator.close();
  await bench.remove();
});

test('nothing was applied yet', async () => {
  assert.match((await bench.run(['history'])).stdout, /No apply is recorded/);
  assert.equal(jsonOf(await bench.run(['history', '--json'])).runs, []);
});

test('an apply is listed and shown with who, where, on which plan and what', async () => {
  const applied = jsonOf(
    await bench.run(['apply', '--auto-approve', '--json'], { ...environment, GITHUB_ACTOR: 'ada' }),
  );
  const run = String(applied.run);
  const list = await bench.run(['history']);
  assert.is(list.code, 0);
  assert.match(list.stdout, new RegExp(`${run} +Acme GmbH +sandbox +ada +applied +3/3`));
  const shown = await bench.run(['history', run]);
  assert.is(shown.code, 0);
  assert.ok(shown.stdout.startsWith('Acme GmbH'));
  assert.match(shown.stdout, /\+ ledger_accounts\.cash {2}1090 Cash clearing/);
  assert.match(shown.stdout, /proven by the end check/);
  const json = jsonOf(await bench.run(['history', run, '--json']));
  assert.ok(Array.isArray(json.changes) && json.changes.length === 3);
  const [first] = json.changes;
  assert.ok(first.outcome.request_id);
  assert.not.match(JSON.stringify(json), environment.TESOURO_CLIENT_SECRET ?? '-');
});

test('a run that does not exist is exit 3, also one that is a path', async () => {
  for (const run of ['20200101T000000Z-000000', '../runs/x', '/etc/passwd']) {
    const ran = await bench.run(['history', run, '--json']);
    assert.is(ran.code, 3);
    assert.equal(codesOf(jsonOf(ran)), ['ID_NOT_FOUND']);
  }
});

test('a run without an end says how much of it is in doubt', async () => {
  const runs = '.ledgerform/runs';
  const [name = ''] = await readdir(join(bench.folder, runs));
  const lines = (await bench.read(`${runs}/${name}`)).trimEnd().split('\n');
  // Without its end, and without the outcome of its last write.
  await bench.write(
    `${runs}/20200102T000000Z-00000a.jsonl`,
    `${lines.slice(0, -2).join('\n')}\n{"type":"out`,
  );
  const { runs: listed } = jsonOf(await bench.run(['history', '--json']));
  const recorded = { applied: 2, already_done: 0, failed: 0, in_doubt: 1 };
  assert.match(JSON.stringify(listed), JSON.stringify({ outcome: 'unfinished', recorded }).slice(1, -1));
  const shown = (await bench.run(['history', '20200102T000000Z-00000a'])).stdout;
  assert.match(shown, /has no end[\s\S]*cut off[\s\S]*1 change in doubt/);
  const list = (await bench.run(['history'])).stdout;
  assert.match(list, /20200102T000000Z-00000a .* unfinished +2\/3 +1/);
});

test('a damaged record is told and hides no other', async () => {
  await bench.write('.ledgerform/runs/20200101T000000Z-000000.jsonl', '{"type":"run"\n\u001b[31m');
  const { code, stderr, stdout } = await bench.run(['history']);
  assert.is(code, 0);
  assert.match(stdout, /20200101T000000Z-000000 +unfinished/);
  assert.match(stdout, /Acme GmbH/);
  assert.match(stderr, /warning/);
});

test.run();
