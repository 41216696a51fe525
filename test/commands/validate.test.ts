import { mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { harmful } from '../render/hostile.ts';
import { accounts, codesOf, configuration, jsonOf, openWorkbench, organization } from './workbench.ts';

const test = suite('ledgerform validate');
const bench = await openWorkbench({
  'ledgerform.yaml': configuration(accounts, 'local'),
  'wrong.yaml': configuration(
    'ledger_accounts:\n  cash:\n    nominal_code: 0400\n    colour: red\n',
    'local',
  ),
  'fragment.yaml': accounts,
  'child.yaml': configuration('extends: [fragment.yaml]\n', 'local'),
});
test.after(() => bench.remove());

test('a valid file is valid, without network and credentials', async () => {
  const { code, stderr, stdout } = await bench.run(['validate']);
  assert.is(code, 0);
  assert.is(stderr, '');
  assert.match(stdout, new RegExp(`^Acme GmbH \\(${organization}\\) · local`));
  assert.match(stdout, /Valid: ledgerform\.yaml\.\n$/);
  assert.equal(jsonOf(await bench.run(['validate', '--json'])), { ok: true, problems: [] });
});

test('every error is told with its place, code frame and fix: exit 3', async () => {
  const { code, stdout } = await bench.run(['validate', '-c', 'wrong.yaml']);
  assert.is(code, 3);
  assert.match(stdout, /CODE_NOT_TEXT wrong\.yaml:6:19/);
  assert.match(stdout, /> 6 \| {5}nominal_code: 0400/);
  assert.match(stdout, /UNKNOWN_KEY wrong\.yaml:7/);
  const document = jsonOf(await bench.run(['validate', '-c', 'wrong.yaml', '--json']));
  assert.is(document.ok, false);
  assert.equal(codesOf(document), ['CODE_NOT_TEXT', 'UNKNOWN_KEY']);
});

test('a fragment is checked alone, and with the file that extends it', async () => {
  assert.match((await bench.run(['validate', '-c', 'fragment.yaml'])).stdout, /fragment/);
  assert.match((await bench.run(['validate', '-c', 'child.yaml'])).stdout, /with 1 file that it extends/);
});

test('a folder means its ledgerform.yaml; a file that is not there is exit 3', async () => {
  await mkdir(join(bench.folder, 'org'));
  await bench.write('org/ledgerform.yaml', configuration('', 'local'));
  assert.is((await bench.run(['validate', '-c', 'org'])).code, 0);
  const missing = await bench.run(['validate', '-c', 'none.yaml', '--json']);
  assert.is(missing.code, 3);
  assert.equal(codesOf(jsonOf(missing)), ['FILE_NOT_FOUND']);
});

test('a link that goes round in circles and a name that is too long are no files: exit 3', async () => {
  await symlink('loop.yaml', join(bench.folder, 'loop.yaml'));
  for (const path of ['loop.yaml', `${'a'.repeat(300)}.yaml`])
    for (const command of ['validate', 'plan', 'history']) {
      const { code, stdout } = await bench.run([command, '-c', path, '--json']);
      if (command !== 'history') assert.is(code, 3);
      assert.not.match(stdout, /INTERNAL/);
    }
});

test('--fix quotes a code and leaves every other byte alone', async () => {
  const text = configuration(
    'ledger_accounts: # ours\r\n  cash:   { nominal_code: 0400 } # keep\r\n',
    'local',
  );
  await bench.write('fix.yaml', text);
  const { code, stderr } = await bench.run(['validate', '-c', 'fix.yaml', '--fix']);
  assert.is(code, 0);
  assert.match(stderr, /fixed 1 problem/);
  assert.is(await bench.read('fix.yaml'), text.replace('0400', '"0400"'));
});

test('a value of the environment that contradicts the file is exit 3', async () => {
  await bench.write('sandbox.yaml', configuration(accounts));
  const { code, stderr, stdout } = await bench.run([
    'validate',
    '-c',
    'sandbox.yaml',
    '--env',
    'production',
    '--json',
  ]);
  assert.is(code, 3);
  assert.equal(codesOf(jsonOf({ code, stdout, stderr })), ['ENVIRONMENT_CONFLICT']);
});

test('hostile names in a file come out harmless', async () => {
  await bench.write('hostile.yaml', configuration('"\\u001b[31mx\\n::error::\\u202e": 1\n', 'local'));
  const { code, stdout } = await bench.run(['validate', '-c', 'hostile.yaml']);
  assert.is(code, 3);
  assert.not.match(stdout, harmful);
});

test.run();
