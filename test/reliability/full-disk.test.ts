import { spawnSync } from 'node:child_process';
import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listRuns } from '../../src/apply/history.ts';
import { runsFolder } from '../../src/apply/record.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { codesOf, command, jsonOf, type Ran } from '../commands/workbench.ts';
import { figures } from './figures.ts';
import {
  onlyRun,
  onStands,
  openStand,
  recordUndisturbed,
  type Stand,
  verdictsOf,
  writesOf,
} from './stand.ts';
import { pictureOfEmulator, twinsInEmulator } from './world.ts';

/*
 * What cannot be recorded is not written. The record cannot be opened, or the disk is full at one line of it or another:
 * the size limit that the operating system has for files strikes at the same places as a full disk, in the middle of
 * a line too.
 */

const test = suite('an apply that cannot record');
const undisturbed = await recordUndisturbed();
let full = 0;
test.after(() => figures('full-disk', { 'disks that fill up': full }));

/** What stands where the folder of the records should be. */
const obstacles: readonly (readonly [what: string, put: (folder: string) => Promise<unknown>])[] = [
  ['a file', (folder) => writeFile(folder, 'in the way')],
  [
    'a folder with a file for the records',
    async (folder) => {
      await mkdir(folder);
      await writeFile(join(folder, 'runs'), '');
    },
  ],
  [
    'a read-only folder',
    async (folder) => {
      await mkdir(folder);
      await chmod(folder, 0o500);
    },
  ],
];

const isRoot = process.getuid?.() === 0;
const withoutRights = obstacles.filter(([what]) => !(isRoot && what === 'a read-only folder'));
if (isRoot) process.stdout.write('not run: a read-only folder, which does not stop the superuser\n');

for (const [what, put] of withoutRights)
  test(`because ${what} is in the way writes nothing`, async () => {
    const stand = await openStand();
    try {
      const emulator = await stand.open();
      const before = pictureOfEmulator(emulator);
      await put(join(stand.bench.folder, '.ledgerform'));
      const ran = await stand.bench.run(['apply', '--auto-approve', '--json'], stand.environment);
      assert.is(ran.code, 1);
      assert.equal(codesOf(jsonOf(ran)), ['RECORD_UNWRITABLE']);
      assert.equal(writesOf(emulator), []);
      assert.equal(pictureOfEmulator(emulator), before);
    } finally {
      await chmod(join(stand.bench.folder, '.ledgerform'), 0o700).catch(() => {});
      await stand.close();
    }
  });

// The run record of the whole plan has some 45 kB, and a block 512 bytes: most strike in it, the last ones near its end.
const blocks = [1, 2, 3, 4, 5, 8, 12, 19, 26, 35, 46, 60, 76];
const limited = spawnSync('sh', ['-c', "trap '' XFSZ; ulimit -f 1"]).status === 0;
if (!limited)
  process.stdout.write('not run: a full disk, because there is no sh that limits the size of files\n');

if (limited)
  test('any more stops before the first write that it cannot put down, and the next run ends it', () =>
    onStands(4, blocks, async (limit, stand) => {
      const emulator = await stand.open();
      const before = pictureOfEmulator(emulator);
      // Whoever has called Git must still be told that a file may not grow, and not be ended by the signal for it.
      if (limit % 3 === 0) await execa('git', ['init', '-q'], { cwd: stand.bench.folder });
      const ran = await runLimited(limit, limit % 2 === 0 ? 1 : 30, stand);
      const report = jsonOf(ran);
      const sent = writesOf(emulator).length;
      const words = ran.stdout + ran.stderr;
      if (sent === 0) {
        assert.is(ran.code, 1, words);
        assert.equal(pictureOfEmulator(emulator), before);
        assert.equal(codesOf(report), ['RECORD_UNWRITABLE']);
      } else if (ran.code === 0) {
        assert.ok(limit >= 50, `the record had room in ${limit} blocks`);
      } else {
        assert.is(ran.code, 5, words);
        assert.ok(codesOf(report).includes('RECORD_UNWRITABLE'), words);
        await judgeRecord(sent, stand, emulator);
        full += 1;
      }
      const again = [
        'apply',
        limit % 4 === 0 ? 'plan.json' : '--auto-approve',
        '--json',
        '-q',
        '--settle',
        '0.2',
      ];
      const second = await stand.bench.run(again, stand.environment);
      assert.is(second.code, 0, second.stdout + second.stderr);
      assert.equal(twinsInEmulator(emulator), []);
      assert.equal(pictureOfEmulator(emulator), undisturbed.picture);
    }));

/** Runs an apply whose files may not become larger than so many blocks. */
async function runLimited(limit: number, concurrency: number, stand: Stand): Promise<Ran> {
  const args = [...command, 'apply', '--auto-approve', '--json', '--concurrency', String(concurrency)];
  const script = `trap '' XFSZ; ulimit -f ${limit}; exec "$0" "$@"`;
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const options = {
    cwd: stand.bench.folder,
    env: { ...env, ...stand.environment },
    extendEnv: false,
  } as const;
  const ran = await execa('sh', ['-c', script, process.execPath, ...args], { ...options, reject: false });
  return { code: ran.exitCode, stdout: ran.stdout, stderr: ran.stderr };
}

/** Every write that was sent is in the record; what has no outcome there is in doubt, and nothing else is. */
async function judgeRecord(sent: number, stand: Stand, emulator: Emulator): Promise<void> {
  const { changes, problems } = onlyRun(stand.bench);
  assert.equal(problems, []);
  assert.is(new Set(changes.map(({ write }) => write)).size, sent);
  const recorded = new Map(changes.map(({ address, status }) => [address, status]));
  for (const [address, verdict] of await verdictsOf(stand.plan, emulator)) {
    const status = recorded.get(address);
    assert.is(
      verdict === 'already_done',
      status !== undefined,
      `${address} is ${verdict}, recorded ${status}`,
    );
    assert.ok(status === undefined || status === 'applied' || status === 'in_doubt', `${address}: ${status}`);
  }
}

if (limited)
  test('was struck in the middle of the plan more often than not', () => {
    assert.ok(full >= blocks.length / 2, `${full}`);
  });

test('leaves no half record of a run that wrote nothing', async () => {
  if (!limited) return;
  const stand = await openStand();
  try {
    await stand.open();
    assert.is((await runLimited(1, 1, stand)).code, 1);
    assert.equal(listRuns(runsFolder(stand.bench.folder)), []);
  } finally {
    await stand.close();
  }
});

test.run();
