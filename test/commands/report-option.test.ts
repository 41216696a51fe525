import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resultFormats } from '../../src/commands/common-options.ts';
import { reportFiles } from '../../src/commands/report-option.ts';
import { Stop } from '../../src/model/problem.ts';

const folder = await mkdtemp(join(tmpdir(), 'ledgerform-report-option-'));
await mkdir(join(folder, 'reports'));
await writeFile(join(folder, 'there.md'), 'old');
await symlink(join(folder, 'there.md'), join(folder, 'link.md'));
const test = suite('the option --report');
test.after(() => rm(folder, { recursive: true }));

const plan = { name: 'plan', formats: resultFormats };

test('each form goes into its file, also one that is there already, and a name may have an equals sign', () => {
  assert.equal(reportFiles(['markdown=there.md', 'junit=reports/a=b.xml'], plan, folder), [
    { format: 'markdown', path: join(folder, 'there.md') },
    { format: 'junit', path: join(folder, 'reports', 'a=b.xml') },
  ]);
  assert.equal(reportFiles([], { name: 'list', formats: null }, folder), []);
});

const refused: Readonly<Record<string, readonly string[]>> = {
  'no form': ['plan.md'],
  'no file': ['markdown='],
  'a form that no result has': ['csv=x.csv'],
  'a folder that is not there': ['markdown=none/x.md'],
  'a file in the place of a folder': ['markdown=there.md/x.md'],
  'a folder in the place of a file': ['markdown=reports'],
  'a symbolic link': ['markdown=link.md'],
  'one file twice': ['markdown=x', 'junit=reports/../x'],
};
for (const [what, given] of Object.entries(refused))
  test(`${what} is refused before anything is done`, () => {
    assert.throws(
      () => reportFiles(given, plan, folder),
      (error: unknown) =>
        error instanceof Stop && error.exitCode === 3 && error.problems[0]?.code === 'OPTION_INVALID',
    );
  });

test('a command without a result has no reports', () => {
  assert.throws(
    () => reportFiles(['json=x'], { name: 'list', formats: null }, folder),
    (error: unknown) => error instanceof Stop && error.exitCode === 3,
  );
});

test.run();
