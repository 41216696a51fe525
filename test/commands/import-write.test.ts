import { mkdtemp, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { putAgain, putNew } from '../../src/commands/import-write.ts';
import { Stop } from '../../src/model/problem.ts';

const test = suite('the file that an import writes');
const root = await mkdtemp(join(tmpdir(), 'ledgerform-import-'));
const place = { root, cwd: root };
test.after(() => rm(root, { recursive: true, force: true }));
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

async function stopped(work: Promise<unknown>): Promise<readonly [number, string | undefined]> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Stop) return [error.exitCode, error.problems[0]?.code];
    throw error;
  }
  throw new Error('it went on');
}

test('a new file is written with its folders, and may be read like any other', async () => {
  assert.is(await putNew('orgs/acme/ledgerform.yaml', 'a\n', place, false), 'written');
  assert.is((await stat(join(root, 'orgs/acme/ledgerform.yaml'))).mode & 0o400, 0o400);
  assert.is(await putNew('orgs/acme/ledgerform.yaml', 'a\n', place, false), 'unchanged');
});

test('one that says something else is replaced by force alone', async () => {
  await putNew('a.yaml', 'a\n', place, false);
  assert.equal(await stopped(putNew('a.yaml', 'b\n', place, false)), [4, 'FILE_EXISTS']);
  assert.is(await read('a.yaml'), 'a\n');
  assert.is(await putNew('a.yaml', 'b\n', place, true), 'replaced');
  assert.is(await read('a.yaml'), 'b\n');
});

test('to add to it, the command names it as seen from where somebody is', async () => {
  await putNew('orgs/my books.yaml', 'a\n', place, false);
  const hintIn = async (cwd: string): Promise<string> => {
    const put = putNew('orgs/my books.yaml', 'b\n', { root, cwd: join(root, cwd) }, false);
    const [problem] = await put.then(
      () => [],
      (error) => (error instanceof Stop ? error.problems : []),
    );
    return problem?.hint ?? '';
  };
  assert.match(await hintIn('.'), "--into 'orgs/my books.yaml',");
  assert.match(await hintIn('orgs'), "--into 'my books.yaml',");
  assert.match(await hintIn('other'), "--into '../orgs/my books.yaml',");
});

test('what is no text is no reason to overwrite it', async () => {
  await writeFile(join(root, 'binary.yaml'), Buffer.from([0, 255]));
  assert.equal(await stopped(putNew('binary.yaml', 'a\n', place, false)), [4, 'FILE_EXISTS']);
});

test('a link out of the repository is not followed', async () => {
  await symlink(tmpdir(), join(root, 'away'));
  const [exitCode] = await stopped(putNew('away/a.yaml', 'a\n', place, false));
  assert.is(exitCode, 3);
});

test('a file that somebody changed meanwhile is not written over', async () => {
  await writeFile(join(root, 'mine.yaml'), 'theirs\n');
  assert.equal(await stopped(putAgain('mine.yaml', 'mine\n', 'more\n', root)), [1, 'FILE_CHANGED']);
  assert.is(await putAgain('mine.yaml', 'theirs\n', 'more\n', root), 'extended');
  assert.is(await putAgain('mine.yaml', 'more\n', 'more\n', root), 'unchanged');
  assert.is(await read('mine.yaml'), 'more\n');
});

test.run();
