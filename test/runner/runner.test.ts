import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FileResult, runFiles } from '../../scripts/test/run-files.ts';

const fixtures = 'test/runner/fixtures';

/** What each fixture must come to: how many tests pass, and a text that one of its failures must hold. */
const rows: Readonly<Record<string, readonly [passed: number, failure: RegExp | null]>> = {
  'green.test.ts': [2, null],
  'odd#name %20.test.ts': [1, null],
  'skipped.test.ts': [1, null],
  'leaves-child.test.ts': [1, null],
  'assertion.test.ts': [1, /does not hold/],
  'no-tests.test.ts': [0, /no tests/],
  'run-forgotten.test.ts': [0, /did not run/],
  'before-throws.test.ts': [0, /no database/],
  'before-each-throws.test.ts': [0, /no fixture/],
  'after-throws.test.ts': [1, /cannot clean up/],
  'after-each-throws.test.ts': [0, /the real failure/],
  'throws-text.test.ts': [0, /no Error: 'a text'/],
  'import-fails.test.ts': [1, /broken on import/],
  'only.test.ts': [1, /\.only is left in/],
  'only-all.test.ts': [1, /\.only is left in/],
  'never-settles.test.ts': [0, /never settles/],
  'exits.test.ts': [0, /process\.exit/],
  'exit-code.test.ts': [1, /exit code 3/],
  'prints-secret.test.ts': [1, /printed: a bearer token/],
  'late-throw.test.ts': [0, /ended during this test/],
  'open-handle.test.ts': [1, /open: .*TCPServerWrap/],
  'too-long.test.ts': [0, /computes for ever/],
};

const test = suite('the test runner');
const results = new Map<string, FileResult>();

test.before(async () => {
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const options = {
    workers: 2,
    timeoutSeconds: 4,
    bail: false,
    graceMs: 300,
    env: () => env,
    cwd: process.cwd(),
  };
  const files = Object.keys(rows).map((name) => `${fixtures}/${name}`);
  await runFiles(files, options, (result) => results.set(result.file.slice(fixtures.length + 1), result));
});

for (const [name, [passed, failure]] of Object.entries(rows)) {
  test(`${name}: ${failure === null ? 'is green' : 'is red'}`, () => {
    const result = results.get(name);
    const told = (result?.failures ?? []).map(({ title, text }) => `${title}: ${text}`).join('\n');
    assert.is(result?.passed, passed);
    if (failure === null) assert.is(told, '');
    else assert.match(told, failure);
  });
}

test('every fixture has a row', () => {
  assert.equal(readdirSync(fixtures).sort(), Object.keys(rows).sort());
});

for (const [what, file, exitCode, lastLine] of [
  ['a green run ends with 0', 'green.test.ts', 0, '2 passed, 0 failed'],
  ['a red run ends with 1', 'assertion.test.ts', 1, '1 passed, 1 failed'],
  ['a run without any file ends with 1', 'no-such-file', 1, '0 passed, 1 failed'],
] as const) {
  test(what, () => {
    const args = ['--import', 'tsx', 'scripts/test.ts', `${fixtures}/${file}`];
    const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    assert.is(stdout.trimEnd().split('\n').at(-1), lastLine);
    assert.is(status, exitCode);
  });
}

test('a run that bails starts no file after a failure', () => {
  const files = ['assertion.test.ts', 'green.test.ts'].map((name) => `${fixtures}/${name}`);
  const args = ['--import', 'tsx', 'scripts/test.ts', ...files, '--bail', '--workers', '1'];
  const { status, stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  assert.is(status, 1);
  assert.match(stdout, 'assertion.test.ts');
  assert.not.match(stdout, 'green.test.ts');
});

test.run();
