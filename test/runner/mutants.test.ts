import { existsSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mutants } from '../../scripts/mutants/list.ts';

const test = suite('the list of mutants');

test('each breaks a text that stands in its file exactly once', () => {
  const lost = mutants.filter(
    ({ file, find }) => !existsSync(file) || readFileSync(file, 'utf8').split(find).length !== 2,
  );
  assert.equal(
    lost.map(({ file, title }) => `${file}: ${title}`),
    [],
  );
});

test('each changes something, has a title of its own, and tests that exist', () => {
  const wrong = mutants.filter(
    ({ find, replace, tests }) =>
      find === replace || tests.length === 0 || !tests.every((file) => existsSync(file)),
  );
  assert.equal(
    wrong.map(({ title }) => title),
    [],
  );
  assert.is(new Set(mutants.map(({ title }) => title)).size, mutants.length);
});

test.run();
