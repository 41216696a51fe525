import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { extendedBy } from '../../src/load/extended-by.ts';

const test = suite('who extends a file');

const files: Readonly<Record<string, string>> = {
  'charts/uk.yaml': 'ledger_accounts: {}\n',
  'charts/london.yml': 'extends: [uk.yaml]\n',
  'orgs/a/ledgerform.yaml': 'extends: [../../charts/uk.yaml]\n',
  'orgs/b/ledgerform.yaml': 'extends:\n  - ../../charts/london.yml # on the way\n',
  'orgs/c/ledgerform.yaml': `extends: ["../../charts/\${var.COUNTRY}.yaml"]\n`,
  'orgs/d/ledgerform.yaml': '# extends: [../../charts/uk.yaml]\nversion: 1\n',
  'orgs/broken.yaml': 'extends: [../charts/uk.yaml\n',
  'orgs/e/ledgerform.yaml': 'extends: [../../linked.yaml]\n',
  '.hidden/ledgerform.yaml': 'extends: [../charts/uk.yaml]\n',
  'node_modules/p/ledgerform.yaml': 'extends: [../../charts/uk.yaml]\n',
};

test('every file that extends it is found, on whatever way, and what cannot be read is passed over', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-extends-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), text);
    }
    await symlink('charts/uk.yaml', join(folder, 'linked.yaml'));
    const found = await extendedBy([join(folder, 'charts/uk.yaml')], folder, {
      LEDGERFORM_VAR_COUNTRY: 'uk',
    });
    assert.equal(found, [
      'charts/london.yml',
      'orgs/a/ledgerform.yaml',
      'orgs/b/ledgerform.yaml',
      'orgs/c/ledgerform.yaml',
      'orgs/e/ledgerform.yaml',
    ]);
    assert.equal(await extendedBy([join(folder, 'orgs/a/ledgerform.yaml')], folder, {}), []);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test.run();
