import { accessSync, constants, readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

/* What `npm run build` has written, as a user gets it. */

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const built = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((path) =>
  path.endsWith('.js'),
);
const test = suite('the package');

test('an install brings no other package', () => {
  assert.equal(Object.keys(manifest.dependencies ?? {}), []);
  assert.equal(Object.keys(manifest.peerDependencies ?? {}), []);
  assert.equal(Object.keys(manifest.optionalDependencies ?? {}), []);
  const packages = built.flatMap((path) =>
    ts
      .preProcessFile(readFileSync(join('dist', path), 'utf8'), true, false)
      .importedFiles.map(({ fileName }) => fileName)
      .filter((name) => /^[a-z@]/.test(name) && !name.startsWith('node:'))
      .map((name) => `${path}: ${name}`),
  );
  const foreign = packages.filter((line) => !builtinModules.includes(line.split(': ')[1] ?? ''));
  assert.equal(foreign, []);
});

test('the command can be started and loads nothing before it knows what to do', () => {
  accessSync('dist/cli.js', constants.X_OK);
  const text = readFileSync('dist/cli.js', 'utf8');
  assert.match(text, /^#!\/usr\/bin\/env node\n/);
  const eager = eagerFiles('dist/cli.js');
  const bytes = [...eager].reduce((sum, path) => sum + statSync(path).size, 0);
  assert.ok(bytes < 5_000, `${bytes} bytes: ${[...eager].join(', ')}`);
});

test('the licence of every package inside is with it', () => {
  const licences = readFileSync('dist/THIRD_PARTY_LICENSES.txt', 'utf8');
  for (const name of ['yaml', 'commander', 'diff', 'execa', 'listr2'])
    assert.match(licences, new RegExp(`^${name} \\d+\\.\\d+\\.\\d+ \\(.+\\)$`, 'm'));
  assert.not.match(licences, /\(undefined\)/);
});

test('no path of the machine that built it is inside', () => {
  const leaking = built.filter((path) => readFileSync(join('dist', path), 'utf8').includes(process.cwd()));
  assert.equal(leaking, []);
});

test('programs can import it, and it knows its version', async () => {
  const entry = pathToFileURL(join('dist', 'index.js')).href;
  const { version } = await import(entry);
  assert.is(version, manifest.version);
});

test.run();

/** A file and all that it loads by plain imports. */
function eagerFiles(path: string, seen = new Set<string>()): ReadonlySet<string> {
  if (seen.has(path)) return seen;
  seen.add(path);
  const tree = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
  for (const statement of tree.statements)
    if (ts.isImportDeclaration(statement) && ts.isStringLiteral(statement.moduleSpecifier)) {
      const { text } = statement.moduleSpecifier;
      if (text.startsWith('.')) eagerFiles(join(dirname(path), text), seen);
      else assert.ok(text.startsWith('node:'), `${path} loads ${text}`);
    }
  return seen;
}
