import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordedRun } from '../../src/apply/history.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { jsonOf } from '../commands/workbench.ts';
import { figures } from './figures.ts';
import {
  ambush,
  isWrite,
  killOnce,
  onlyRun,
  onStands,
  recordUndisturbed,
  type Stand,
  verdictsOf,
  writesOf,
} from './stand.ts';
import { pictureOfEmulator, twinsInEmulator } from './world.ts';

/*
 * The real command is killed around every write of a plan that does everything: before the write is carried out, and after
 * it was carried out and before its answer arrived. Whatever was going on, the record tells what is known and what is in
 * doubt, and the next run, from the file or from the same saved plan, comes to what an undisturbed run comes to.
 */

const test = suite('a killed apply');
const undisturbed = await recordUndisturbed();
let crashes = 0;
test.after(() => figures('kill', { crashes, writes: undisturbed.writes }));

interface Kill {
  readonly write: number;
  readonly moment: 'before-commit' | 'after-commit';
  readonly concurrency: 1 | 30;
  readonly again: 'configuration' | 'plan';
}

const kills: readonly Kill[] = Array.from({ length: undisturbed.writes }, (_, at) => at + 1).flatMap(
  (write): readonly Kill[] => {
    const even = write % 2 === 0;
    // One after the other, so that exactly one write is in doubt; a share with many under way.
    const many = write % 3 === 0;
    return [
      {
        write,
        moment: 'before-commit',
        concurrency: many && even ? 30 : 1,
        again: even ? 'configuration' : 'plan',
      },
      {
        write,
        moment: 'after-commit',
        concurrency: many && !even ? 30 : 1,
        again: even ? 'plan' : 'configuration',
      },
    ];
  },
);

test('is told by its record, and ended by the next run', () =>
  onStands(4, kills, async (each, stand) => {
    const emulator = await killed(each, stand);
    await judgeRecord(onlyRun(stand.bench), each, stand, emulator);
    if (each.write % 8 === 0 && each.moment === 'before-commit')
      await judgeHistory(onlyRun(stand.bench), stand);
    await runAgain(each, stand, emulator);
    crashes += 1;
  }));

async function killed({ concurrency, moment, write }: Kill, stand: Stand): Promise<Emulator> {
  const trap = ambush(write, isWrite, () => {
    const kind = moment === 'before-commit' ? 'timeout-before' : 'timeout-after-commit';
    emulator.planFaults([{ kind, nth: 1 }]);
    return undefined;
  });
  const emulator = await stand.open({ onRequest: trap.onRequest });
  const args = ['apply', '--auto-approve', '--json', '--concurrency', String(concurrency)];
  await killOnce(trap.struck, args, stand);
  return emulator;
}

/** What the record says must be true, and everything that was stored must be in it. */
async function judgeRecord(run: RecordedRun, each: Kill, stand: Stand, emulator: Emulator): Promise<void> {
  const { moment, concurrency } = each;
  const { changes, end, problems } = run;
  assert.equal([end, problems], [null, []]);
  const stored = await verdictsOf(stand.plan, emulator);
  const recorded = new Map(changes.map((change) => [change.address, change]));
  for (const [address, verdict] of stored) {
    const status = recorded.get(address)?.status;
    assert.ok(verdict === 'run' || verdict === 'already_done', `${address} is ${verdict}`);
    if (status === undefined) assert.is(verdict, 'run', `${address} was done and is not in the record`);
    if (status === 'applied') assert.is(verdict, 'already_done', `${address} is told as applied`);
    assert.ok(status !== 'failed' && status !== 'already_done', `${address} is told as ${status}`);
  }
  const doubtful = changes.filter(({ status }) => status === 'in_doubt');
  const writes = writesOf(emulator);
  assert.ok(writes.filter(({ status }) => status === null).length === 1);
  assert.ok(doubtful.length > 0, 'what was sent without an answer is in doubt');
  const groups = new Set(changes.map(({ write }) => write)).size;
  assert.ok(groups >= writes.length, 'every write was recorded before it was sent');
  if (concurrency > 1) return;
  assert.is(groups, writes.length);
  assert.is(
    new Set(doubtful.map(({ write }) => write)).size,
    1,
    'one write is in doubt, all others are known',
  );
  for (const { address } of doubtful)
    assert.is(stored.get(address), moment === 'before-commit' ? 'run' : 'already_done', address);
}

/** What the command tells of the record is what the record holds. */
async function judgeHistory({ changes, run }: RecordedRun, { bench }: Stand): Promise<void> {
  const listed = jsonOf(await bench.run(['history', '--json'])).runs;
  const count = (wanted: string) => changes.filter(({ status }) => status === wanted).length;
  const recorded = {
    applied: count('applied'),
    already_done: 0,
    failed: 0,
    in_doubt: count('in_doubt'),
  };
  assert.match(JSON.stringify(listed), JSON.stringify({ outcome: 'unfinished', recorded }).slice(1, -1));
  const shown = jsonOf(await bench.run(['history', run, '--json']));
  assert.equal(JSON.stringify(shown.changes), JSON.stringify(changes));
  const { stdout } = await bench.run(['history', run]);
  assert.match(stdout, `${count('in_doubt')} change`);
}

async function runAgain({ again }: Pick<Kill, 'again'>, stand: Stand, emulator: Emulator): Promise<void> {
  const what = again === 'plan' ? ['plan.json'] : ['--auto-approve'];
  const ran = await stand.bench.run(['apply', ...what, '--json', '-q', '--settle', '0.2'], stand.environment);
  assert.is(ran.code, 0, ran.stdout + ran.stderr);
  assert.is(jsonOf(ran).converged, true);
  assert.equal(twinsInEmulator(emulator), []);
  assert.equal(pictureOfEmulator(emulator), undisturbed.picture);
}

test.run();
