import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openSandbox, openWorkbench } from '../workbench.ts';
import { documentOf, problemsIn } from './document.ts';
import { extending, fleetOf, idOf, pathOf, write } from './fleet.ts';

/* A folder of plans is written over and applied as a whole: nothing else may be lost in it, and nothing be missing from it. */

const test = suite('a folder of plans');
const bench = await openWorkbench();
test.after(() => bench.remove());
write(bench.folder, {
  ...fleetOf(0),
  ...Object.fromEntries([1, 2].map((each) => [pathOf(each), extending(each, '', 'local')])),
});
const plan = (out: string, ...args: readonly string[]) =>
  bench.run(['plan', '-c', 'orgs', '--out', out, ...args]);
const planOf = (number: number): string => `local-${idOf(number)}.json`;
const codeOf = async (...args: readonly string[]): Promise<readonly unknown[]> => {
  const { code, stdout } = await bench.run([...args, '--json']);
  return [code, JSON.parse(stdout).problems?.[0]?.code];
};

test('files that are no plans of an earlier run are never deleted', async () => {
  for (const [name, text] of [
    ['local-settings.json', '{}'],
    [planOf(7), '{ "format_version": "1" }'],
    [planOf(8), '{ "digest": "x" }'],
    [planOf(9), 'no JSON'],
    ['plans.json', '{ "mine": true }'],
  ] as const) {
    rmSync(join(bench.folder, 'kept'), { recursive: true, force: true });
    write(bench.folder, { [`kept/${name}`]: text });
    assert.equal(await codeOf('plan', '-c', 'orgs', '--out', 'kept'), [3, 'OPTION_INVALID'], name);
    assert.is(readFileSync(join(bench.folder, 'kept', name), 'utf8'), text);
  }
});

test('the plans of an earlier run are replaced', async () => {
  assert.is((await plan('plans')).code, 0);
  assert.is((await bench.run(['plan', '-c', pathOf(1), '-c', 'orgs/none*', '--out', 'plans'])).code, 3);
  assert.equal(readdirSync(join(bench.folder, 'plans')).sort(), [planOf(1), planOf(2), 'plans.json']);
  assert.is((await plan('plans', '--shard', '1/2')).code, 0);
  assert.equal(readdirSync(join(bench.folder, 'plans')).sort(), [planOf(1), 'plans.json']);
});

test('an empty folder is no folder of plans, and one in which a plan is missing is not applied', async () => {
  mkdirSync(join(bench.folder, 'empty'));
  assert.equal(await codeOf('apply', 'empty'), [3, 'PLAN_UNREADABLE']);
  assert.is((await plan('plans')).code, 0);
  rmSync(join(bench.folder, 'plans', planOf(2)));
  assert.equal(await codeOf('apply', 'plans'), [3, 'PLAN_UNREADABLE']);
});

test('a run without anything to plan leaves a folder that can be applied', async () => {
  write(bench.folder, { [pathOf(1)]: extending(1, 'wrong: {}\n', 'local') });
  assert.is((await bench.run(['plan', '-c', pathOf(1), '--shard', '1/1', '--out', 'none'])).code, 3);
  assert.equal(readdirSync(join(bench.folder, 'none')), ['plans.json']);
  const ran = await bench.run(['apply', 'none', '--json']);
  assert.equal([ran.code, documentOf(ran).organizations], [0, []]);
  write(bench.folder, { [pathOf(1)]: extending(1, '', 'local') });
});

test('a run that was stopped saves nothing, and the earlier plans stay', async () => {
  const { emulator, environment } = await openSandbox({ seed: null });
  write(
    bench.folder,
    Object.fromEntries([1, 2].map((each) => [`sandbox/${each}/ledgerform.yaml`, extending(each)])),
  );
  const planned = () => bench.run(['plan', '-c', 'sandbox', '--out', 'saved', '--json'], environment);
  assert.is((await planned()).code, 0);
  const before = readdirSync(join(bench.folder, 'saved'));
  // The first organization is read, and then the credentials are worth nothing any more.
  emulator.planFaults([
    { method: 'GET', path: `/entities/${idOf(2)}/settings`, kind: 'status', code: 401, times: 10 },
  ]);
  const ran = await planned();
  assert.is(ran.code, 1);
  assert.ok(Object.values(problemsIn(documentOf(ran))).length > 0);
  assert.match(ran.stderr, 'Nothing was saved');
  assert.equal(readdirSync(join(bench.folder, 'saved')), before);
  await emulator.close();
});

test.run();
