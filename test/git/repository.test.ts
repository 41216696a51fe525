import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { differsFromHead, headCommit, repositoryAround } from '../../src/git/repository.ts';
import { runGit } from '../../src/git/run-git.ts';

const test = suite<{ root: string }>('the Git repository');
const variables = { PATH: process.env.PATH, TESOURO_CLIENT_SECRET: 's3cret' };

test.before.each(async (context) => {
  context.root = await realpath(await mkdtemp(join(tmpdir(), 'ledgerform-git-')));
});
test.after.each(({ root }) => rm(root, { recursive: true, force: true }));

const git = (root: string, ...args: readonly string[]) =>
  execa('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.com', ...args], { cwd: root });
async function committed(root: string, files: readonly string[]): Promise<string> {
  await git(root, 'init', '-q');
  for (const file of files) await writeFile(join(root, file), 'version: 1\n');
  await git(root, 'add', '.');
  await git(root, 'commit', '-qm', 'first');
  return (await git(root, 'rev-parse', 'HEAD')).stdout;
}

test('outside of a repository there is no root, no commit and no difference', async ({ root }) => {
  assert.is(repositoryAround(root), null);
  assert.is(await headCommit(root, variables), null);
  assert.is(await differsFromHead(root, [join(root, 'a.yaml')], variables), false);
});

test('the root and the commit are found from a folder below', async ({ root }) => {
  const commit = await committed(root, ['a.yaml']);
  await mkdir(join(root, 'orgs', 'acme'), { recursive: true });
  assert.is(repositoryAround(join(root, 'orgs', 'acme')), root);
  assert.is(await headCommit(root, variables), commit);
});

test('a repository without a commit has none, and its files differ', async ({ root }) => {
  await git(root, 'init', '-q');
  await writeFile(join(root, 'a.yaml'), '');
  assert.is(await headCommit(root, variables), null);
  assert.is(await differsFromHead(root, [join(root, 'a.yaml')], variables), true);
});

test('only the files asked about decide, whatever has happened to them', async ({ root }) => {
  await committed(root, ['a.yaml', 'b.yaml', ':(glob)*.yaml', '.gitignore']);
  const differs = (file: string) => differsFromHead(root, [join(root, file)], variables);
  assert.is(await differs('a.yaml'), false);
  await writeFile(join(root, 'b.yaml'), 'changed\n');
  assert.is(await differs('a.yaml'), false);
  assert.is(await differs('b.yaml'), true);
  await git(root, 'add', 'b.yaml');
  assert.is(await differs('b.yaml'), true);
  assert.is(await differs(':(glob)*.yaml'), false);
  await writeFile(join(root, 'new.yaml'), '');
  assert.is(await differs('new.yaml'), true);
  await writeFile(join(root, '.gitignore'), 'ignored.yaml\n');
  await writeFile(join(root, 'ignored.yaml'), '');
  assert.is(await differs('ignored.yaml'), true);
  await rm(join(root, 'a.yaml'));
  assert.is(await differs('a.yaml'), true);
});

test('a file outside of the repository differs', async ({ root }) => {
  await committed(root, ['a.yaml']);
  assert.is(await differsFromHead(root, [join(root, '..', 'x.yaml')], variables), true);
});

test('what lies in a submodule is as at HEAD while its commit and its file are', async ({ root }) => {
  const charts = await realpath(await mkdtemp(join(tmpdir(), 'ledgerform-charts-')));
  await committed(charts, ['uk.yaml', 'fr.yaml']);
  await committed(root, ['a.yaml']);
  await git(root, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', charts, 'charts');
  await git(root, 'commit', '-qm', 'charts');
  const differs = () =>
    differsFromHead(root, [join(root, 'a.yaml'), join(root, 'charts', 'uk.yaml')], variables);
  assert.is(await differs(), false);
  await writeFile(join(root, 'charts', 'fr.yaml'), 'changed\n');
  assert.is(await differs(), false);
  await git(join(root, 'charts'), 'commit', '-qam', 'another commit than the one that HEAD names');
  assert.is(await differs(), true);
  await git(root, 'commit', '-qam', 'that one');
  assert.is(await differs(), false);
  await writeFile(join(root, 'charts', 'uk.yaml'), 'changed\n');
  assert.is(await differs(), true);
  await rm(charts, { recursive: true });
});

test('a repository inside of the repository that it does not know is other than at HEAD', async ({
  root,
}) => {
  await committed(root, ['a.yaml']);
  await mkdir(join(root, 'inner'));
  await committed(join(root, 'inner'), ['b.yaml']);
  assert.is(await differsFromHead(root, [join(root, 'inner', 'b.yaml')], variables), true);
});

test('without Git installed there is no commit, and nothing is proven to be committed', async ({ root }) => {
  await committed(root, ['a.yaml']);
  assert.is(await headCommit(root, { PATH: root }), null);
  assert.is(await differsFromHead(root, [join(root, 'a.yaml')], { PATH: root }), true);
});

test('no credential reaches Git', async ({ root }) => {
  await committed(root, ['a.yaml']);
  const seen = await runGit(['-c', 'alias.env=!env', 'env'], root, variables);
  assert.match(seen ?? '', /^PATH=/m);
  assert.not.match(seen ?? '', /s3cret|TESOURO/);
});

test('a repository’s settings start no program', async ({ root }) => {
  await committed(root, ['a.yaml']);
  const trap = join(root, 'trap');
  await git(root, 'config', 'core.fsmonitor', `touch ${trap}`);
  await differsFromHead(root, [join(root, 'a.yaml')], variables);
  assert.is((await execa('ls', [trap], { reject: false })).failed, true);
});

test.run();
