import { existsSync } from 'node:fs';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { command, openWorkbench } from './workbench.ts';

const test = suite('where the output goes');

/** The commands of a shell, in which `$@` is the command line of Ledgerform. */
const inShell = async (folder: string, script: string) =>
  execa('sh', ['-c', script, 'sh', process.execPath, ...command], {
    cwd: folder,
    env: { PATH: process.env.PATH ?? '' },
    extendEnv: false,
    reject: false,
  });

const many = Array.from(
  { length: 40 },
  (_, at) => `  a${at}: { nominal_code: "${at}", name: Account ${at} }\n`,
);
const configuration = `version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }\nledger_accounts:\n${many.join('')}`;

for (const [what, script] of [
  // The process that starts it ignores the signal, as a full disk sends none.
  ['a file that may not become larger', `trap '' XFSZ; ulimit -f 8; exec "$@" plan --json > plan.json`],
  ['a device that is full', 'exec "$@" plan --json > /dev/full'],
  [
    'a file, by a command that has no JSON',
    `trap '' XFSZ; ulimit -f 8; exec "$@" plan --show-all > plan.txt`,
  ],
] as const)
  test(`half a document into ${what} is no success`, async () => {
    if (what === 'a device that is full' && !existsSync('/dev/full')) {
      process.stdout.write('not run: there is no /dev/full\n');
      return;
    }
    const bench = await openWorkbench({ 'ledgerform.yaml': configuration });
    try {
      const { exitCode, stderr } = await inShell(bench.folder, script);
      assert.is(exitCode, 1, stderr);
      assert.match(stderr, 'OUTPUT_UNWRITABLE');
      assert.not.match(stderr, 'INTERNAL');
    } finally {
      await bench.remove();
    }
  });

test('an apply whose report cannot be written says where it is recorded, and that something was written', async () => {
  const bench = await openWorkbench({ 'ledgerform.yaml': configuration });
  try {
    const script = `"$@" apply --auto-approve --json > /dev/full`;
    const { exitCode, stderr } = await inShell(bench.folder, existsSync('/dev/full') ? script : 'exit 5');
    assert.is(exitCode, 5, stderr);
    if (existsSync('/dev/full')) assert.match(stderr, /OUTPUT_UNWRITABLE[\s\S]*ledgerform history/);
    assert.is((await bench.run(['plan', '--json'])).code, 0);
  } finally {
    await bench.remove();
  }
});

test('a file gets the whole of a long document', async () => {
  const bench = await openWorkbench({ 'ledgerform.yaml': configuration });
  try {
    const { exitCode } = await inShell(bench.folder, 'exec "$@" plan --json > plan.json');
    assert.is(exitCode, 0);
    assert.is(JSON.parse(await bench.read('plan.json')).changes.length, 40);
  } finally {
    await bench.remove();
  }
});

test.run();
