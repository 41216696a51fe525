import { rmSync } from 'node:fs';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openWorkbench } from '../workbench.ts';
import { documentOf, problemsIn } from './document.ts';
import { chart, extending, fleetOf, nameOf, pathOf, write } from './fleet.ts';

const test = suite('--changed-since');
const bench = await openWorkbench();
test.after(() => bench.remove());
const git = (...args: readonly string[]) =>
  execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: bench.folder });
write(bench.folder, {
  ...fleetOf(4),
  'shared/other.yaml': chart,
  [pathOf(2)]: extending(2).replace('chart.yaml', 'other.yaml'),
});
await git('init', '-q', '-b', 'main');
await git('add', '.');
await git('commit', '-qm', 'first');

async function taken(...args: readonly string[]): Promise<readonly string[]> {
  const ran = await bench.run(['validate', '-c', 'orgs/*', '--changed-since', 'main', '--json', ...args]);
  return documentOf(ran).organizations.map(({ path }) => path);
}

test('only those are taken whose files differ, whatever they extend and however new they are', async () => {
  assert.equal(await taken(), []);
  write(bench.folder, { [pathOf(1)]: extending(1, 'tax_rates: {}\n'), [pathOf(5)]: extending(5) });
  assert.equal(await taken(), [pathOf(1), pathOf(5)]);
  write(bench.folder, { 'shared/other.yaml': `${chart}tax_rates: {}\n` });
  assert.equal(await taken(), [pathOf(1), pathOf(2), pathOf(5)]);
  assert.equal(await taken('--shard', '2/2'), [pathOf(2)]);
});

test('what cannot be loaded is taken, and what is gone is told', async () => {
  write(bench.folder, { 'shared/chart.yaml': 'tax_rates: [\n' });
  rmSync(`${bench.folder}/orgs/${nameOf(4)}`, { recursive: true });
  const ran = await bench.run(['validate', '-c', 'orgs/*', '--changed-since', 'main', '--json']);
  assert.equal(Object.keys(problemsIn(documentOf(ran))), [pathOf(1), pathOf(3), pathOf(5)]);
  assert.is(ran.stderr, `${pathOf(4)} is no longer there: nothing is done about its organization.\n`);
  assert.is(ran.code, 3);
});

test('nothing touched is no error; a revision that is not here is, and one configuration can be asked about too', async () => {
  write(bench.folder, { 'shared/chart.yaml': chart });
  await git('add', '.');
  await git('commit', '-qm', 'second');
  const { code, stdout } = await bench.run(['validate', '-c', 'orgs/*', '--changed-since', 'main']);
  assert.equal([code, stdout.split('\n').at(-2)], [0, 'Validate: no organization.']);
  const one = await bench.run(['validate', '-c', pathOf(2), '--changed-since', 'main~1', '--json']);
  assert.is(documentOf(one).organizations.length, 1);
  const unknown = await bench.run(['validate', '-c', 'orgs/*', '--changed-since', 'v9', '--json']);
  assert.equal([unknown.code, JSON.parse(unknown.stdout).problems[0].code], [3, 'OPTION_INVALID']);
});

test.run();
