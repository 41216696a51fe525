import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonOf, openWorkbench, type Ran } from '../commands/workbench.ts';

/*
 * Each folder is a scenario: seed.json is what is live, ledgerform.yaml what shall be, and golden/ the plan that the
 * built command makes of them. UPDATE_GOLDEN=1 writes it anew; read the difference.
 */

const test = suite('the scenarios');
const here = import.meta.dirname;
const names = readdirSync(here, { withFileTypes: true })
  .filter((each) => each.isDirectory())
  .map(({ name }) => name);

for (const name of names)
  test(`${name}: the plan is the golden one; applied, the next is empty; what is refused changes nothing`, async () => {
    const bench = await openWorkbench();
    try {
      cpSync(join(here, name), bench.folder, { recursive: true });
      assert.is((await bench.run(['local', 'reset', '--seed', 'seed.json'])).code, 0);
      const planned = await bench.run(['plan', '--show-all']);
      matches(goldenOf(name, 'plan.txt'), printed(planned));
      matches(goldenOf(name, 'plan.json'), lasting(await bench.run(['plan', '--json'])));
      const applied = await bench.run(['apply', '--auto-approve']);
      assert.is(applied.code, planned.code, applied.stdout + applied.stderr);
      const again = await bench.run(['plan', '--detailed-exitcode']);
      if (planned.code === 0) assert.is(again.code, 0, again.stdout);
      else assert.is(printed(await bench.run(['plan', '--show-all'])), printed(planned));
    } finally {
      await bench.remove();
    }
  });

test('there are some that can be applied and some that cannot', () => {
  const ends = names.map(
    (name) => /exit (\d)\n$/.exec(readFileSync(goldenOf(name, 'plan.txt'), 'utf8'))?.[1],
  );
  assert.equal([...new Set(ends)].sort(), ['0', '3', '4']);
});

test.run();

const goldenOf = (name: string, file: string): string => join(here, name, 'golden', file);

function matches(path: string, text: string): void {
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  assert.snapshot(text, existsSync(path) ? readFileSync(path, 'utf8') : '');
}

const printed = ({ code, stdout }: Ran): string => `${stdout}exit ${code}\n`;

/** The document without what two plans of the same inputs differ in, and without the version. */
function lasting(ran: Ran): string {
  const { created_at, digest, ledgerform_version, observed, ...rest } = jsonOf(ran);
  const { references } = Object(observed);
  return `${JSON.stringify({ ...rest, ...(references && { references }) }, null, 2)}\n`;
}
