import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openWorkbench, organization } from '../commands/workbench.ts';
import { openLanguageServer } from './language-server.ts';

const test = suite('written files in an editor');
const bench = await openWorkbench({ 'chart.csv': 'code,name\n0980,Cash\n' });
const server = await openLanguageServer(bench.folder);

test.after(async () => {
  assert.is(await server.close(), '');
  await bench.remove();
});

test('the first line of each file that is written leads to the schema', async () => {
  const whose = ['--organization', organization];
  const commands = [
    ['init', ...whose, '-c', 'orgs/acme'],
    ['import', 'csv', 'chart.csv', '--out', 'shared/charts/uk.yaml'],
    ['import', ...whose, '--out', 'new/ledgerform.yaml'],
    ['fmt', 'plain.yaml'],
  ];
  await bench.write('plain.yaml', 'tax_rates: {}\n');
  for (const args of commands) assert.is((await bench.run(args)).code, 0, args.join(' '));
  for (const file of files) {
    const text = await bench.read(file);
    assert.equal(await server.open(text, file).marks, [], file);
    // It is the schema that says so.
    const wrong = await server.open(`${text}\nunknown: 1\n`, file).marks;
    assert.match(wrong[0]?.message ?? '', 'unknown is not allowed', file);
    const moved = await server.open(text, join(dirname(file), 'deeper', 'a.yaml')).marks;
    assert.match(moved[0]?.message ?? '', 'Unable to load schema', file);
  }
});

const files = ['orgs/acme/ledgerform.yaml', 'shared/charts/uk.yaml', 'new/ledgerform.yaml', 'plain.yaml'];

test.run();
