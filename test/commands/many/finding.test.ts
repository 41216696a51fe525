import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findConfigurations, leadsToSeveral } from '../../../src/commands/many/find-configurations.ts';
import { matchesName, withoutBraces } from '../../../src/commands/many/name-pattern.ts';
import { Stop } from '../../../src/model/problem.ts';
import { write } from './fleet.ts';

const test = suite<{ root: string }>('what -c leads to');

test.before.each(async (context) => {
  context.root = await realpath(await mkdtemp(join(tmpdir(), 'ledgerform-find-')));
  write(context.root, {
    'repo/.git/HEAD': '',
    'repo/orgs/b/ledgerform.yaml': '',
    'repo/orgs/a/ledgerform.yaml': '',
    'repo/orgs/README.md': '',
    'repo/orgs/c.yml': '',
    'repo/orgs/.hidden/ledgerform.yaml': '',
    'repo/orgs/node_modules/x/ledgerform.yaml': '',
    'repo/orgs/deep/er/d.yaml': '',
    'outside/secret.yaml': '',
  });
});
test.after.each(({ root }) => rm(root, { recursive: true, force: true }));

async function found(root: string, ...texts: readonly string[]): Promise<readonly string[]> {
  const cwd = join(root, 'repo');
  const { candidates } = await findConfigurations(texts, cwd, false);
  return candidates.map(({ named, path }) => `${relative(cwd, path)}${named ? ' named' : ''}`);
}

const rows: readonly (readonly [texts: readonly string[], paths: readonly string[]])[] = [
  [['orgs/*/ledgerform.yaml'], ['orgs/a/ledgerform.yaml', 'orgs/b/ledgerform.yaml']],
  [['orgs/*'], ['orgs/a/ledgerform.yaml', 'orgs/b/ledgerform.yaml', 'orgs/c.yml']],
  [['orgs'], ['orgs/a/ledgerform.yaml', 'orgs/b/ledgerform.yaml', 'orgs/c.yml', 'orgs/deep/er/d.yaml']],
  [['**/*.yaml'], ['orgs/a/ledgerform.yaml', 'orgs/b/ledgerform.yaml', 'orgs/deep/er/d.yaml']],
  [['orgs/**/d.yaml', './orgs/deep/**'], ['orgs/deep/er/d.yaml']],
  [['orgs/{a,b}/ledgerform.yaml'], ['orgs/a/ledgerform.yaml', 'orgs/b/ledgerform.yaml']],
  [['orgs/[!a]/*.yaml'], ['orgs/b/ledgerform.yaml']],
  [['orgs/.hidden/*'], ['orgs/.hidden/ledgerform.yaml']],
  [['orgs/?'], ['orgs/a/ledgerform.yaml', 'orgs/b/ledgerform.yaml']],
  [
    ['orgs/b', 'orgs/a/ledgerform.yaml', 'orgs/*'],
    ['orgs/a/ledgerform.yaml named', 'orgs/b/ledgerform.yaml named', 'orgs/c.yml'],
  ],
];
for (const [texts, paths] of rows)
  test(`${texts.join(' and ')}: ${paths.length}, sorted, each once`, async ({ root }) => {
    assert.equal(await found(root, ...texts), paths);
  });

test('every text that leads to nothing is told together', async ({ root }) => {
  try {
    await found(root, 'orgs/*', 'none', 'no*ne', 'orgs/README/*');
    assert.unreachable();
  } catch (thrown) {
    assert.ok(thrown instanceof Stop);
    assert.equal([thrown.exitCode, thrown.problems.length], [3, 3]);
  }
});

test('links inside the repository are followed, in circles once; what leads out of it is not, and is told', async ({
  root,
}) => {
  const repo = join(root, 'repo');
  symlinkSync(join(repo, 'orgs', 'a'), join(repo, 'orgs', 'z'));
  symlinkSync(join(repo, 'orgs'), join(repo, 'orgs', 'deep', 'round'));
  symlinkSync(join(root, 'outside'), join(repo, 'orgs', 'out'));
  symlinkSync(join(root, 'outside', 'secret.yaml'), join(repo, 'orgs', 'secret.yaml'));
  const { candidates, refused } = await findConfigurations(['orgs'], repo, false);
  const paths = candidates.map(({ path }) => relative(repo, path));
  assert.equal(
    paths.filter((path) => /secret/.test(path)),
    [],
  );
  assert.is(new Set(paths).size, paths.length);
  assert.equal(
    refused.map((path) => relative(repo, path)),
    ['orgs/out', 'orgs/secret.yaml'],
  );
  const allowed = await findConfigurations(['orgs'], repo, true);
  assert.ok(allowed.candidates.some(({ path }) => path.endsWith('secret.yaml')));
  // A folder that is reached over a link alone is not lost.
  const linked = await findConfigurations(['orgs/z/*.yaml'], repo, false);
  assert.is(linked.candidates.length, 1);
});

test('a folder that may not be read is an error, never an empty one', async ({ root }) => {
  const folder = join(root, 'repo', 'orgs', 'closed');
  mkdirSync(folder);
  chmodSync(folder, 0o000);
  // Who may read everything cannot be kept out.
  if (process.getuid?.() === 0) return;
  try {
    await found(root, 'orgs');
    assert.unreachable();
  } catch (thrown) {
    assert.ok(thrown instanceof Stop && thrown.problems[0]?.code === 'FILE_UNREADABLE');
  } finally {
    chmodSync(folder, 0o700);
  }
});

test('one plain file, one folder with a configuration, and what is not there are one', ({ root }) => {
  const cwd = join(root, 'repo');
  for (const text of ['orgs/c.yml', 'orgs/a', 'orgs/none', 'ledgerform.yaml'])
    assert.not(leadsToSeveral(text, cwd), text);
  for (const text of ['orgs', 'orgs/*', 'orgs/{a,b}', 'none/*']) assert.ok(leadsToSeveral(text, cwd), text);
});

test('signs of expressions mean themselves, and braces that are none stay', () => {
  for (const [name, segment, matches] of [
    ['a.b', 'a.b*', true],
    ['axb', 'a.b*', false],
    ['a+(b)$', 'a+(b)*', true],
    ['a', '[b-a]', true],
    ['c', '[a-c]', true],
    ['^', '[\\^]', true],
    ['.a', '*', false],
    ['.a', '.*', true],
    ['node_modules', '*', false],
    ['node_modules', 'node_modules', true],
    ['😀', '?', true],
  ] as const)
    assert.is(matchesName(name, segment), matches, `${name} ${segment}`);
  assert.equal(withoutBraces('a{b,c{d,e}}f'), ['abf', 'acdf', 'acef']);
  assert.equal(withoutBraces('a{b}c'), ['a{b}c']);
  assert.ok(withoutBraces('{a,b}'.repeat(40)).length <= 1001);
});

test.run();
