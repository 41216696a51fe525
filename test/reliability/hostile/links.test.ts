import { lstat, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openDataFile } from '../../../src/emulator/data-file.ts';
import { figures } from '../figures.ts';
import { runHere } from './run-here.ts';

interface Place {
  readonly root: string;
  readonly outside: string;
  /** Whether outside is as it was, with what is in it and when it was changed. */
  readonly untouched: () => Promise<void>;
}

const test = suite<Place>('links out of the repository');
let tried = 0;
const configuration = `version: 1
organization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }
ledger_accounts: { a: { nominal_code: "1" } }
`;
const apply = ['apply', '--auto-approve', '--settle', '0', '--rate-limit', '10000'];

test.before.each(async (context) => {
  const top = await mkdtemp(join(tmpdir(), 'ledgerform-links-'));
  const [root, outside] = [join(top, 'repository'), join(top, 'outside')];
  await mkdir(join(root, '.git'), { recursive: true });
  await mkdir(join(outside, 'runs'), { recursive: true });
  await writeFile(join(root, 'ledgerform.yaml'), configuration);
  await writeFile(join(outside, 'file.yaml'), 'tax_rates: {}\n');
  await writeFile(join(outside, 'local.json'), 'as it was');
  const before = await snapshot(outside);
  Object.assign(context, {
    root,
    outside,
    untouched: async () => {
      tried += 1;
      assert.equal(await snapshot(outside), before);
    },
  });
});
test.after.each(({ root }) => rm(join(root, '..'), { recursive: true }));
test.after(() => figures('links', { 'links out of the repository': tried }));

async function snapshot(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder, { recursive: true })).sort();
  return Promise.all(
    names.map(async (name) => {
      const facts = await lstat(join(folder, name));
      const text = facts.isFile() ? await readFile(join(folder, name), 'utf8') : '';
      return `${name} ${facts.mode} ${facts.mtimeMs} ${facts.size} ${text}`;
    }),
  );
}

for (const [what, link, target] of [
  ['the file itself', 'base.yaml', '../outside/file.yaml'],
  ['a folder on the way', 'charts', '../outside'],
  ['a link to a link', 'base.yaml', 'second'],
] as const) {
  test(`extends follows no link out of the repository: ${what}`, async ({ root, untouched }) => {
    await symlink(target, join(root, link));
    if (target === 'second') await symlink('../outside/file.yaml', join(root, 'second'));
    const path = link === 'charts' ? 'charts/file.yaml' : link;
    await writeFile(join(root, 'ledgerform.yaml'), `${configuration}extends: [${path}]\n`);
    const { code, stdout } = await runHere(['validate', '--json'], { cwd: root });
    assert.is(code, 3);
    assert.match(stdout, 'EXTENDS_OUTSIDE');
    assert.is((await runHere(['validate', '--allow-outside'], { cwd: root })).code, 0);
    await untouched();
  });

  test(`--out and --fix follow no link out of the repository: ${what}`, async ({ root, untouched }) => {
    await symlink(target, join(root, link));
    if (target === 'second') await symlink('../outside/file.yaml', join(root, 'second'));
    const path = link === 'charts' ? 'charts/file.yaml' : link;
    const plan = await runHere(['plan', '--out', path], { cwd: root });
    assert.is(plan.code, 3);
    const anew = await runHere(['plan', '--out', link === 'charts' ? 'charts/new.json' : link], {
      cwd: root,
    });
    assert.is(anew.code, 3);
    await runHere(['validate', '--fix', '-c', path], { cwd: root });
    await untouched();
  });
}

test('--out follows no link to nothing, and no folder’s link to nothing', async ({ root, untouched }) => {
  await symlink('../outside/new.json', join(root, 'plan.json'));
  await symlink('../outside/new', join(root, 'plans'));
  for (const path of ['plan.json', 'plans/plan.json'])
    assert.is((await runHere(['plan', '--out', path], { cwd: root })).code, 3);
  await untouched();
});

test('--fix does not change what a link leads to outside', async ({ root, outside, untouched }) => {
  await writeFile(join(root, 'ledgerform.yaml'), configuration.replace('"1"', '0100'));
  await rm(join(outside, 'file.yaml'));
  await untouched().then(
    () => assert.unreachable(),
    () => {},
  );
  await writeFile(join(outside, 'file.yaml'), configuration.replace('"1"', '0100'));
  const before = await snapshot(outside);
  await symlink('../outside/file.yaml', join(root, 'linked.yaml'));
  const { code } = await runHere(['validate', '--fix', '-c', 'linked.yaml'], { cwd: root });
  assert.is(code, 3);
  assert.equal(await snapshot(outside), before);
});

for (const [what, make] of Object.entries({
  '.ledgerform': (root: string) => symlink('../outside', join(root, '.ledgerform')),
  '.ledgerform to nothing': (root: string) => symlink('../outside/new', join(root, '.ledgerform')),
  'its runs': async (root: string) => {
    await mkdir(join(root, '.ledgerform'));
    await symlink('../../outside/runs', join(root, '.ledgerform', 'runs'));
  },
  'its data': async (root: string) => {
    await mkdir(join(root, '.ledgerform'));
    await symlink('../../outside/local.json', join(root, '.ledgerform', 'local.json'));
  },
  'its journal': async (root: string) => {
    await mkdir(join(root, '.ledgerform'));
    await symlink('../../outside/local.json', join(root, '.ledgerform', 'local.json.journal'));
  },
  'its next data': async (root: string) => {
    await mkdir(join(root, '.ledgerform'));
    await symlink('../../outside/local.json', join(root, '.ledgerform', 'local.json.new'));
  },
  'its lock': async (root: string) => {
    await mkdir(join(root, '.ledgerform'));
    await symlink('../../outside/local.json', join(root, '.ledgerform', 'local.json.lock'));
  },
})) {
  test(`nothing is written through a link in the place of ${what}`, async ({ root, untouched }) => {
    await make(root);
    for (const args of [apply, ['plan'], ['local', 'reset'], ['list', 'ledger_accounts']]) {
      const { code, stderr } = await runHere(args, { cwd: root });
      assert.is(code, 3, stderr);
      assert.match(stderr, 'FOLDER_LINKED');
    }
    await untouched();
  });
}

test('links that stay inside of the repository are followed', async ({ root, untouched }) => {
  await mkdir(join(root, 'data'));
  await symlink('data', join(root, '.ledgerform'));
  await writeFile(join(root, 'data', 'base.yaml'), 'tax_rates: { r: { code: R } }\n');
  await symlink('data/base.yaml', join(root, 'base.yaml'));
  await writeFile(join(root, 'ledgerform.yaml'), `${configuration}extends: [base.yaml]\n`);
  const { code, stderr } = await runHere(apply, { cwd: root });
  assert.is(code, 0, stderr);
  assert.ok((await readdir(join(root, 'data', 'runs'))).length === 1);
  await untouched();
});

test('the data file itself writes through no link, whoever made it after the look', async ({
  root,
  outside,
  untouched,
}) => {
  for (const name of ['data.json.new', 'data.json.journal']) {
    const path = join(root, 'data.json');
    const data = openDataFile(path);
    await symlink(join(outside, 'local.json'), join(root, name));
    try {
      data.append([]);
    } catch (error) {
      assert.is(error instanceof Error && 'code' in error && error.code, 'ELOOP');
    }
    data.close();
    await untouched();
    for (const left of [path, `${path}.new`, `${path}.journal`]) await rm(left, { force: true });
  }
});

test.run();
