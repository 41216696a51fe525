import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ChangedSince, changedSince } from '../../src/git/changed-since.ts';

const test = suite<{ root: string }>('what differs from a revision');
const variables = { PATH: process.env.PATH };

test.before.each(async (context) => {
  context.root = await realpath(await mkdtemp(join(tmpdir(), 'ledgerform-since-')));
});
test.after.each(({ root }) => rm(root, { recursive: true, force: true }));

const git = (root: string, ...args: readonly string[]) =>
  execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });

function write(root: string, name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

async function commit(root: string, files: Readonly<Record<string, string>>): Promise<void> {
  await git(root, 'init', '-q');
  for (const [name, text] of Object.entries(files)) write(root, name, text);
  await git(root, 'add', '.');
  await git(root, 'commit', '-qm', 'first');
}

async function since(root: string, revision = 'HEAD'): Promise<ChangedSince> {
  const found = await changedSince(root, revision, variables);
  if (typeof found === 'string') throw new Error(found);
  return found;
}

test('changed, staged, untracked, ignored and committed files are touched, others are not', async ({
  root,
}) => {
  const names = ['same', 'changed', 'staged', 'later'].map((name) => `${name}.yaml`);
  await commit(root, {
    '.gitignore': 'ignored.yaml\n',
    ...Object.fromEntries(names.map((name) => [name, 'a\n'])),
  });
  const { stdout: first } = await git(root, 'rev-parse', 'HEAD');
  write(root, 'later.yaml', 'b\n');
  await git(root, 'commit', '-qam', 'second');
  write(root, 'staged.yaml', 'b\n');
  await git(root, 'add', 'staged.yaml');
  for (const name of ['changed.yaml', 'untracked.yaml', 'ignored.yaml']) write(root, name, 'b\n');
  const all = [...names, 'untracked.yaml', 'ignored.yaml'];
  const fromFirst = await since(root, first);
  const untouched = (found: ChangedSince) => all.filter((name) => !found.touches(name));
  assert.equal(untouched(fromFirst), ['same.yaml']);
  assert.equal(untouched(await since(root)), ['same.yaml', 'later.yaml']);
});

test('a link counts, and so does what it leads to', async ({ root }) => {
  await commit(root, { 'real/a.yaml': 'a\n', 'other/a.yaml': 'a\n', 'real/b.yaml': 'b\n' });
  symlinkSync('real', join(root, 'link'));
  await git(root, 'add', '.');
  await git(root, 'commit', '-qm', 'link');
  assert.not((await since(root)).touches('link/a.yaml'));
  write(root, 'real/a.yaml', 'x\n');
  assert.ok((await since(root)).touches('link/a.yaml'));
  assert.not((await since(root)).touches('link/b.yaml'));
  rmSync(join(root, 'link'));
  symlinkSync('other', join(root, 'link'));
  assert.ok((await since(root)).touches('link/a.yaml'), 'the link itself has changed');
});

test('of deleted files those with an organization are told', async ({ root }) => {
  await commit(root, {
    'orgs/a.yaml': 'version: 1\norganization: { id: a }\n',
    'orgs/b.yaml': 'organization:\n  id: b\n',
    'shared/chart.yaml': 'tax_rates: {}\n# organization: none\n',
    'notes.txt': 'organization: x\n',
  });
  for (const name of ['orgs/a.yaml', 'shared/chart.yaml', 'notes.txt']) rmSync(join(root, name));
  assert.equal((await since(root)).deleted, ['orgs/a.yaml']);
});

test('a submodule that has moved touches every file in it', async ({ root }) => {
  const [inner, outer] = [join(root, 'inner'), join(root, 'outer')];
  mkdirSync(inner);
  mkdirSync(outer);
  await commit(inner, { 'chart.yaml': 'a\n' });
  await commit(outer, { 'a.yaml': 'a\n' });
  await git(outer, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner, 'charts');
  await git(outer, 'commit', '-qm', 'charts');
  assert.not((await since(outer)).touches('charts/chart.yaml'));
  write(outer, 'charts/chart.yaml', 'b\n');
  assert.ok((await since(outer)).touches('charts/chart.yaml'));
});

test('without a repository, without the revision, and with an option in its place, that is the answer', async ({
  root,
}) => {
  assert.is(await changedSince(root, 'HEAD', variables), 'no repository');
  await commit(root, { 'a.yaml': 'a\n' });
  for (const revision of ['nowhere', '--help', '--output=/tmp/x', '', '-p'])
    assert.is(await changedSince(root, revision, variables), 'no such revision', revision);
});

test('the repository’s settings make Git start no other program', async ({ root }) => {
  await commit(root, { 'a.yaml': 'a\n', '.gitattributes': '*.yaml diff=evil\n' });
  const started = join(root, 'started');
  await git(root, 'config', 'diff.evil.command', `touch ${started}`);
  await git(root, 'config', 'diff.evil.textconv', `touch ${started};cat`);
  await git(root, 'config', 'diff.external', `touch ${started}`);
  write(root, 'a.yaml', 'b\n');
  assert.ok((await since(root)).touches('a.yaml'));
  const { existsSync } = await import('node:fs');
  assert.not(existsSync(started));
});

test.run();
