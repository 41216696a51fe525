import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findPty } from '../ui/pty.ts';

const test = suite('tests in a terminal and in a browser');

/** Runs `scripts/ui.ts` where there is this one file, with these programs or with those of this machine. */
function ran(name: string, text: string, path = process.env.PATH) {
  const folder = mkdtempSync(join(tmpdir(), 'ledgerform-ui-'));
  try {
    for (const shared of ['node_modules', 'scripts']) symlinkSync(resolve(shared), join(folder, shared));
    mkdirSync(join(folder, 'test/ui'), { recursive: true });
    writeFileSync(join(folder, 'test/ui', name), text);
    const { LEDGERFORM_CHROMIUM: _, NODE_V8_COVERAGE: __, ...env } = process.env;
    const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/ui.ts'], {
      cwd: folder,
      env: { ...env, PATH: path },
      encoding: 'utf8',
    });
    return { status, stdout, last: stdout.trimEnd().split('\n').at(-1) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

for (const name of ['x.ui.ts', 'x.page.ui.ts'])
  test(`${name} is said to be not run where its program is missing, and counts for nothing`, () => {
    const { last, status, stdout } = ran(name, 'throw new Error("run");\n', '');
    assert.match(stdout, `not run: ${name}: `);
    assert.equal([last, status], ['0 passed, 0 failed', 0]);
  });

// Without a program that makes terminals nothing of this can be seen.
if (findPty() !== null)
  test('a file that cannot start is a failure', () => {
    for (const text of ["import './missing.ts';\n", '']) {
      const { last, status } = ran('x.ui.ts', text);
      assert.equal([last, status], ['0 passed, 1 failed', 1], text);
    }
  });

test('CI runs them', () => {
  assert.match(readFileSync('scripts/ci.ts', 'utf8'), "checkTests(script('scripts/ui.ts')");
});

test.run();
