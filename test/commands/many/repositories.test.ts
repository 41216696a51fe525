import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openWorkbench } from '../workbench.ts';
import { documentOf, problemsIn } from './document.ts';
import { idOf, write } from './fleet.ts';

/* Each repository has paths of its own: configurations of several can be called the same. */

const test = suite('organizations in several repositories');
const bench = await openWorkbench();
test.after(() => bench.remove());
const books = (number: number, body: string): string =>
  `version: 1\norganization: { id: ${idOf(number)}, name: Company ${number} }\nenvironment: local\n${body}`;
const rate = (code: string): string =>
  `tax_rates: { a: { name: Rate ${code}, code: ${code}, effective_tax_rate: 5% } }\n`;
const [first, second] = ['one/ledgerform.yaml', 'two/ledgerform.yaml'];
write(bench.folder, { [first]: books(1, rate('A')), [second]: books(2, rate('B')) });
for (const folder of ['one', 'two']) await execa('git', ['init', '-q', join(bench.folder, folder)]);
const run = (...args: readonly string[]) => bench.run([...args, '-c', 'one', '-c', 'two']);

test('each has its own result, under its path from where the run began', async () => {
  const document = documentOf(await run('apply', '--auto-approve', '--json'));
  assert.equal(
    document.organizations.map(({ apply, organization, path }) => [
      path,
      organization?.id,
      apply?.summary.applied,
      existsSync(join(bench.folder, path, '..', '.ledgerform', 'runs')),
    ]),
    [
      [first, idOf(1), 1, true],
      [second, idOf(2), 1, true],
    ],
  );
});

test('what is wrong in one is told with its path and its own lines', async () => {
  write(bench.folder, { [second]: books(2, '# two\ntax_rats: {}\n') });
  const ran = await run('plan');
  assert.is(ran.code, 3);
  assert.match(ran.stdout, 'two/ledgerform.yaml:5:1');
  assert.match(ran.stdout, '5 | tax_rats: {}');
  write(bench.folder, { [second]: books(2, rate('B')) });
});

test('the same books in both are an error for both, and no plan is saved', async () => {
  write(bench.folder, { [second]: books(1, rate('B')) });
  const ran = await run('plan', '--out', 'plans', '--json');
  assert.equal(problemsIn(documentOf(ran)), {
    [first]: ['ORGANIZATION_TWICE'],
    [second]: ['ORGANIZATION_TWICE'],
  });
  assert.match(ran.stdout, 'two/ledgerform.yaml is about the same organization');
});

test.run();
