import { mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codesOf, command, jsonOf, openWorkbench, organization } from './workbench.ts';

const test = suite('ledgerform fmt');

const loose = `environment: local\nversion: 1\norganization: {id: ${organization}}\nextends: [base.yaml]\n`;
const tidy = `version: 1\norganization: { id: ${organization} }\nenvironment: local\nextends: [base.yaml]\n`;
const base = 'ledger_accounts:\n    a: {nominal_code: "1", name: A}\n';
const tidyBase = 'ledger_accounts:\n  a: { name: A, nominal_code: "1" }\n';

test('a configuration and what it extends are formatted, and then nothing is left to do', async () => {
  const bench = await openWorkbench({ 'ledgerform.yaml': loose, 'base.yaml': base });
  const checked = await bench.run(['fmt', '--check']);
  assert.is(checked.code, 2);
  assert.match(checked.stdout, /base\.yaml\n {2}.*ledger_accounts/);
  assert.is(await bench.read('base.yaml'), base);
  const done = await bench.run(['fmt']);
  assert.equal([done.code, done.stdout], [0, 'base.yaml\nledgerform.yaml\n']);
  assert.equal([await bench.read('ledgerform.yaml'), await bench.read('base.yaml')], [tidy, tidyBase]);
  const before = await stat(join(bench.folder, 'base.yaml'));
  const again = await bench.run(['fmt', '--json']);
  assert.equal(jsonOf(again), {
    format_version: '1',
    ok: true,
    exit_code: 0,
    files: [
      { path: 'base.yaml', changed: false },
      { path: 'ledgerform.yaml', changed: false },
    ],
    problems: [],
  });
  assert.is((await stat(join(bench.folder, 'base.yaml'))).ino, before.ino);
  await bench.remove();
});

test('a folder means its configurations and no file of another program; one that is wrong keeps no other from being formatted', async () => {
  const other = 'version:   "3"\nservices: {a:   1}\n';
  const bench = await openWorkbench({ 'base.yaml': base, 'compose.yaml': other });
  await mkdir(join(bench.folder, 'orgs'));
  await bench.write('orgs/ledgerform.yaml', 'version: [\n');
  const ran = await bench.run(['fmt', '.', '--json']);
  assert.is(ran.code, 3);
  assert.equal(codesOf(jsonOf(ran)), ['YAML_SYNTAX']);
  assert.is(await bench.read('base.yaml'), tidyBase);
  assert.is(await bench.read('compose.yaml'), other);
  const named = await bench.run(['fmt', 'compose.yaml', '--json']);
  assert.equal([named.code, codesOf(jsonOf(named))], [3, ['NOT_OURS']]);
  await bench.remove();
});

test('links that go round in circles and names that are too long lead to nothing, and keep no other from being formatted', async () => {
  const bench = await openWorkbench({ 'base.yaml': base });
  await symlink('loop.yaml', join(bench.folder, 'loop.yaml'));
  for (const path of ['loop.yaml', `${'a'.repeat(300)}.yaml`]) {
    const ran = await bench.run(['fmt', path, '--json']);
    assert.equal([ran.code, codesOf(jsonOf(ran))], [3, ['FILE_NOT_FOUND']]);
  }
  const whole = await bench.run(['fmt', '.']);
  assert.equal([whole.code, whole.stdout], [0, 'base.yaml\n']);
  await bench.remove();
});

test('a file that a link leads to is formatted where it is; one outside of the repository is not', async () => {
  const bench = await openWorkbench();
  const away = await openWorkbench({ 'base.yaml': base });
  await mkdir(join(bench.folder, '.git'));
  await bench.write('real.yaml', base);
  await symlink('real.yaml', join(bench.folder, 'link.yaml'));
  await symlink(join(away.folder, 'base.yaml'), join(bench.folder, 'away.yaml'));
  assert.is((await bench.run(['fmt', 'link.yaml'])).code, 0);
  assert.is(await bench.read('real.yaml'), tidyBase);
  assert.is((await bench.run(['fmt', 'away.yaml'])).code, 3);
  assert.is(await away.read('base.yaml'), base);
  await bench.remove();
  await away.remove();
});

test('stdin is printed, with the line for editors where its path is known, and nothing is printed where it is wrong', async () => {
  const bench = await openWorkbench();
  await mkdir(join(bench.folder, 'schemas'));
  await writeFile(join(bench.folder, 'schemas', 'ledgerform.v1.schema.json'), '{}');
  const piped = (input: string, ...args: readonly string[]) =>
    execa(process.execPath, [...command, 'fmt', '-', ...args], {
      cwd: bench.folder,
      input,
      reject: false,
      stripFinalNewline: false,
    });
  const bare = await piped(base);
  assert.equal([bare.exitCode, bare.stdout], [0, tidyBase]);
  const known = await piped(base, '--stdin-path', 'orgs/a.yaml');
  assert.is(
    known.stdout,
    `# yaml-language-server: $schema=../schemas/ledgerform.v1.schema.json\n${tidyBase}`,
  );
  const wrong = await piped('ledger_accounts: [');
  assert.equal([wrong.exitCode, wrong.stdout], [3, '']);
  const checked = await piped(base, '--check');
  assert.is(checked.exitCode, 2);
  await bench.remove();
});

test('what init writes is in canonical form, whatever it is asked', async () => {
  for (const environment of ['local', 'production']) {
    const bench = await openWorkbench();
    const name = 'A "B" # Ünï: NO';
    const made = await bench.run([
      'init',
      '--organization',
      organization,
      '--name',
      name,
      '--environment',
      environment,
      '--ci',
      'none',
    ]);
    assert.is(made.code, 0, made.stderr);
    const { code, stdout } = await bench.run(['fmt', '--check']);
    assert.equal([code, stdout], [0, '']);
    await bench.remove();
  }
});

test('a plan that was saved before is refused after, and a new one is empty', async () => {
  const bench = await openWorkbench({
    'ledgerform.yaml': `version: 1\norganization: {id: ${organization}}\nledger_accounts: { a: {name: A} }\n`,
  });
  assert.is((await bench.run(['plan', '--out', 'plan.json'])).code, 0);
  assert.is((await bench.run(['fmt'])).code, 0);
  assert.is((await bench.run(['apply', 'plan.json'])).code, 4);
  await bench.remove();
});

test('unclear wishes are refused', async () => {
  const bench = await openWorkbench({ 'ledgerform.yaml': loose });
  for (const args of [
    ['a.yaml', '-c', 'b.yaml'],
    ['-', 'a.yaml'],
    ['--stdin-path', 'a.yaml'],
    ['-', '--json'],
    ['nothing.yaml'],
  ])
    assert.is((await bench.run(['fmt', ...args])).code, 3, args.join(' '));
  assert.is(await readFile(join(bench.folder, 'ledgerform.yaml'), 'utf8'), loose);
  await bench.remove();
});

test.run();
