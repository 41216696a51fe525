import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type LoadedConfiguration, loadFiles, loadTexts } from '../../src/index.ts';
import { codesOf, textOf } from './world.ts';

const test = suite('configurations for a program');

// biome-ignore lint/suspicious/noTemplateCurlyInString: variables of the language look like this
const chart = 'ledger_accounts:\n  cash: { name: Cash, nominal_code: "${var.CODE:-1090}" }\n';
const own = textOf('extends: [../shared/chart.yaml]\n');
const texts = { 'tenants/acme.yaml': own, 'shared/chart.yaml': chart };
const path = 'tenants/acme.yaml';

const codes = (loaded: LoadedConfiguration): string => codesOf(loaded.ok ? loaded.warnings : loaded.problems);

async function withFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-test-'));
  try {
    for (const each of ['root/tenants', 'root/shared', 'elsewhere'])
      await mkdir(join(folder, each), { recursive: true });
    for (const [name, text] of Object.entries(texts)) await writeFile(join(folder, 'root', name), text);
    await writeFile(join(folder, 'elsewhere', 'secret.yaml'), own);
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

test('texts and files with the same contents are the same configuration', () =>
  withFolder(async (folder) => {
    const [read, given] = await Promise.all([
      loadFiles({ root: join(folder, 'root'), path }),
      loadTexts({ texts, path }),
    ]);
    assert.ok(read.ok && given.ok);
    assert.equal({ ...read.configuration }, { ...given.configuration });
    assert.equal(given.configuration.files, ['tenants/acme.yaml', 'shared/chart.yaml']);
    assert.is(given.configuration.path, path);
    assert.is(given.configuration.commit, null);
  }));

test('a file that is not there is a problem with a place, and so is one that is not among the texts', () =>
  withFolder(async (folder) => {
    const missing = textOf('extends: [../shared/other.yaml]\n');
    const given = await loadTexts({ texts: { [path]: missing }, path });
    assert.ok(!given.ok);
    assert.is(codes(given), 'FILE_NOT_FOUND');
    assert.equal([given.problems[0]?.file, given.problems[0]?.line], [path, 4]);
    assert.is(codes(await loadFiles({ root: join(folder, 'root'), path: 'none.yaml' })), 'FILE_NOT_FOUND');
    assert.is(codes(await loadTexts({ texts, path: 'none.yaml' })), 'FILE_NOT_FOUND');
  }));

test('texts may be named from the top, and then lead to each other all the same', async () => {
  const named = Object.fromEntries(Object.entries(texts).map(([each, text]) => [`/${each}`, text]));
  const loaded = await loadTexts({ texts: named, path: `/${path}` });
  assert.ok(loaded.ok);
  assert.equal(loaded.configuration.files, ['/tenants/acme.yaml', '/shared/chart.yaml']);
});

test('texts lead to no disk, whatever they extend', () =>
  withFolder(async (folder) => {
    const absolute = join(folder, 'elsewhere', 'secret.yaml');
    for (const target of [absolute, '../../../etc/hostname', '/etc/hostname']) {
      const extending = textOf(`extends: ["${target}"]\n`);
      assert.is(codes(await loadTexts({ texts: { [path]: extending }, path })), 'EXTENDS_OUTSIDE');
    }
    assert.is(codes(await loadTexts({ texts: {}, path: absolute })), 'FILE_NOT_FOUND');
  }));

test('files do not lead out of the root, neither by a path nor by a link', () =>
  withFolder(async (folder) => {
    const root = join(folder, 'root');
    await symlink(join(folder, 'elsewhere', 'secret.yaml'), join(root, 'tenants', 'link.yaml'));
    for (const each of [
      '../elsewhere/secret.yaml',
      'tenants/link.yaml',
      join(folder, 'elsewhere', 'secret.yaml'),
    ]) {
      assert.is(codes(await loadFiles({ root, path: each })), 'EXTENDS_OUTSIDE');
    }
    await writeFile(join(folder, 'elsewhere', 'secret.yaml'), textOf());
    assert.ok((await loadFiles({ root, path: 'tenants/link.yaml', allowOutside: true })).ok);
  }));

test('variables are those that are given, and the process has none', async () => {
  process.env.LEDGERFORM_VAR_CODE = '6666';
  try {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: see above
    const needing = textOf('ledger_accounts:\n  cash: { name: Cash, nominal_code: "${var.CODE}" }\n');
    const load = (variables?: Record<string, string>) =>
      loadTexts({ texts: { [path]: needing }, path, variables });
    assert.is(codes(await load()), 'VARIABLE_UNSET');
    assert.is(codes(await load({ OTHER: '1', toString: 'x' })), 'VARIABLE_UNSET');
    assert.ok((await load({ CODE: '0400' })).ok);
  } finally {
    delete process.env.LEDGERFORM_VAR_CODE;
  }
});

test('a fragment is no configuration', async () => {
  assert.is(codes(await loadTexts({ texts, path: 'shared/chart.yaml' })), 'FRAGMENT');
});

test('an environment fills in what the file leaves open, and contradicts nothing', async () => {
  const open = `version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }\n`;
  const load = (text: string, environment: 'local' | 'production') =>
    loadTexts({ texts: { [path]: text }, path, environment });
  const filled = await load(open, 'production');
  assert.is(filled.ok && filled.configuration.environment, 'production');
  assert.is(codes(await load(textOf(), 'production')), 'ENVIRONMENT_CONFLICT');
});

test('a wrong call is a TypeError that says what is wrong', async () => {
  const wrong: readonly (readonly [unknown, RegExp])[] = [
    [{ path }, /texts is missing/],
    [{ texts, path, root: '/x' }, /no option root/],
    [{ texts: { [path]: 1 }, path }, /texts must be/],
    [{ texts, path, variables: { CODE: 1 } }, /variables must be/],
    [{ texts, path, environment: 'staging' }, /environment must be/],
    [null, /options are no object/],
  ];
  for (const [source, words] of wrong) {
    const thrown = await rejected(() => Reflect.apply(loadTexts, undefined, [source]));
    assert.instance(thrown, TypeError);
    assert.match(thrown.message, words);
  }
  const relative = await rejected(() => loadFiles({ root: 'somewhere', path }));
  assert.match(relative.message, /root must be an absolute path/);
});

async function rejected(work: () => Promise<unknown>): Promise<Error> {
  try {
    await work();
  } catch (thrown) {
    if (thrown instanceof Error) return thrown;
  }
  throw new Error('it was not refused');
}

test.run();
