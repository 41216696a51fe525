import { readFile } from 'node:fs/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { schemaFiles } from '../../src/commands/schema-files.ts';
import { openWorkbench } from './workbench.ts';

const test = suite('ledgerform schema');
const bench = await openWorkbench();
test.after(() => bench.remove());

for (const [name, file] of Object.entries(schemaFiles))
  test(`the schema of ${name} is printed as it is published`, async () => {
    const { code, stderr, stdout } = await bench.run(['schema', name]);
    assert.equal([code, stderr], [0, '']);
    assert.is(stdout, await readFile(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'));
    assert.is(JSON.parse(stdout).$schema, 'https://json-schema.org/draft/2020-12/schema');
  });

test('without a name it is the configuration’s; another name is exit 3', async () => {
  assert.is((await bench.run(['schema'])).stdout, (await bench.run(['schema', 'config', '--json'])).stdout);
  assert.is((await bench.run(['schema', 'state'])).code, 3);
});

test.run();
