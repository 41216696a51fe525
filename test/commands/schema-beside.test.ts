import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { modelineFor, putSchema, schemaBeside, schemaCommand } from '../../src/commands/schema-beside.ts';

const test = suite('the schema beside a file');
const project = resolve(import.meta.dirname, '..', '..');
const home = pathToFileURL(`${project}/`);
const name = 'schemas/ledgerform.v1.schema.json';
const wanted = await readFile(join(project, name), 'utf8');

async function inFolder(files: Readonly<Record<string, string>>, use: (root: string) => Promise<void>) {
  const root = await mkdtemp(join(tmpdir(), 'ledgerform-schema-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(root, path, '..'), { recursive: true });
      await writeFile(join(root, path), text);
    }
    await use(root);
  } finally {
    await rm(root, { recursive: true, force: true });
  }
}

const put = (root: string, file = 'ledgerform.yaml', cwd = root) =>
  putSchema(schemaBeside(join(root, file), root), { cwd, home });

test('without one it is to be at the top of the repository, however deep the file lies', () =>
  inFolder({}, async (root) => {
    const beside = (file: string) => schemaBeside(join(root, file), root);
    assert.equal(beside('ledgerform.yaml'), { top: root, path: name, way: `./${name}`, there: false });
    assert.is(beside('orgs/acme/ledgerform.yaml').way, `../../${name}`);
    assert.is(beside('..orgs/ledgerform.yaml').way, `../${name}`);
    const file = join(root, 'orgs', 'acme.yaml');
    assert.is(modelineFor(file, root), null);
    await put(root);
    assert.is(modelineFor(file, root), `# yaml-language-server: $schema=../${name}`);
  }));

test('the nearest one above a file counts, so that a part of a repository can have its own', () =>
  inFolder({ [name]: wanted, [`finance/${name}`]: wanted }, async (root) => {
    const beside = (file: string) => schemaBeside(join(root, file), root);
    assert.equal(beside('finance/orgs/acme/ledgerform.yaml'), {
      ...{ top: root, path: `finance/${name}` },
      ...{ way: `../../${name}`, there: true },
    });
    assert.is(beside('finance/ledgerform.yaml').way, `./${name}`);
    assert.is(beside('sales/ledgerform.yaml').way, `../${name}`);
    // What lies above the root is of somebody else.
    const inner = join(root, 'sales');
    assert.is(schemaBeside(join(inner, 'ledgerform.yaml'), inner).way, `./${name}`);
  }));

test('a folder of that name is no schema, and a file outside of the root has its own', () =>
  inFolder({ [`orgs/${name}/README.md`]: '' }, async (root) => {
    assert.is(schemaBeside(join(root, 'orgs/ledgerform.yaml'), root).path, name);
    const other = schemaBeside(join(root, 'a.yaml'), join(root, 'orgs'));
    assert.equal(other, { top: root, path: name, way: `./${name}`, there: false });
  }));

test('it is written once, and then kept', () =>
  inFolder({}, async (root) => {
    assert.equal(await put(root, 'orgs/acme/ledgerform.yaml'), {
      path: name,
      outcome: 'written',
      problems: [],
    });
    assert.is(await readFile(join(root, name), 'utf8'), wanted);
    assert.is((await put(root)).outcome, 'kept');
  }));

test('one with the line ends of Windows is the same one', () =>
  inFolder({ [name]: wanted.replaceAll('\n', '\r\n') }, async (root) => {
    assert.equal(await put(root), { path: name, outcome: 'kept', problems: [] });
  }));

test('one of another version stays, and it is said how to renew it from where one is', () =>
  inFolder({ [name]: '{}\n', 'orgs/ledgerform.yaml': '' }, async (root) => {
    const { outcome, problems } = await put(root, 'orgs/ledgerform.yaml', join(root, 'orgs'));
    assert.is(outcome, 'differs');
    assert.equal(
      problems.map(({ code, severity }) => [code, severity]),
      [['SCHEMA_DIFFERS', 'warning']],
    );
    assert.match(problems[0]?.hint ?? '', `ledgerform schema > ../${name}`);
    assert.is(await readFile(join(root, name), 'utf8'), '{}\n');
  }));

test('the command that renews it is one that a shell takes', () => {
  const command = (cwd: string) => schemaCommand({ top: '/My Books', path: name }, cwd);
  assert.is(command('/My Books'), `ledgerform schema > ${name}`);
  assert.is(command('/'), `ledgerform schema > 'My Books/${name}'`);
});

test('where it cannot be written that is a warning', () =>
  inFolder({ schemas: '' }, async (root) => {
    const { outcome, problems } = await put(root);
    assert.is(outcome, 'not_written');
    assert.equal(
      problems.map(({ code, severity }) => [code, severity]),
      [['SCHEMA_NOT_WRITTEN', 'warning']],
    );
  }));

test('nothing is written through a link that leads out of the repository', () =>
  inFolder({ 'repository/ledgerform.yaml': '', 'elsewhere/README.md': '' }, async (root) => {
    await symlink(join(root, 'elsewhere'), join(root, 'repository', 'schemas'));
    const { outcome, problems } = await put(join(root, 'repository'));
    assert.is(outcome, 'not_written');
    assert.is(problems[0]?.code, 'SCHEMA_NOT_WRITTEN');
    await assertMissing(join(root, 'elsewhere', 'ledgerform.v1.schema.json'));
  }));

test('in a folder that is read-only everything else goes on', () =>
  inFolder({}, async (root) => {
    await chmod(root, 0o555);
    const { outcome } = await put(root);
    await chmod(root, 0o755);
    // Who may do everything writes there as well.
    assert.is(outcome, process.getuid?.() === 0 ? 'written' : 'not_written');
  }));

const assertMissing = (path: string): Promise<void> =>
  readFile(path).then(
    () => assert.unreachable(`${path} was written`),
    () => {},
  );

test.run();
