import { readFile, truncate } from 'node:fs/promises';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonOf } from '../commands/workbench.ts';
import { figures } from './figures.ts';
import {
  again,
  ambush,
  applyAll,
  isWrite,
  killOnce,
  onlyRun,
  onStands,
  recordUndisturbed,
  runAgain,
  verdictsOf,
  writesOf,
} from './stand.ts';

/*
 * Kills at other moments than around a write: while it reads, while the record is written, in the end check, and one kill
 * after the other.
 */

const test = suite('an apply that is killed');
const undisturbed = await recordUndisturbed();
let crashes = 0;
test.after(() => figures('kill-moments', { crashes }));

test('in the end check everything is known', () =>
  onStands(2, [1, 3], async (read, stand) => {
    const trap = ambush(
      read,
      ({ method }) => method === 'GET' && writesOf(emulator).length === undisturbed.writes,
      () => new Promise(() => {}),
    );
    const emulator = await stand.open({ onRequest: trap.onRequest });
    await killOnce(trap.struck, applyAll, stand);
    const { changes, end } = onlyRun(stand.bench);
    assert.is(end, null);
    assert.equal([...new Set(changes.map(({ status }) => status))], ['applied']);
    assert.is(changes.length, stand.plan.changes.length);
    await runAgain(stand, emulator, undisturbed, '--auto-approve', '--settle', '0.2');
    crashes += 1;
    assert.is(writesOf(emulator).length, undisturbed.writes);
  }));

test('before its first write nothing is recorded', () =>
  onStands(2, [1, 5, 20], async (read, stand) => {
    const trap = ambush(
      read,
      ({ method }) => method === 'GET',
      () => new Promise(() => {}),
    );
    const emulator = await stand.open({ onRequest: trap.onRequest });
    await killOnce(trap.struck, applyAll, stand);
    assert.equal(jsonOf(await stand.bench.run(['history', '--json'])).runs, []);
    await runAgain(stand, emulator, undisturbed, '--auto-approve');
    crashes += 1;
  }));

test('while it wrote a line of its record, is read up to there', () =>
  onStands(4, [40, 41, 60, 61], async (lines, stand) => {
    const write = Math.ceil(lines / 2);
    const trap = ambush(write, isWrite, () => {
      emulator.planFaults([{ kind: 'timeout-before', nth: 1 }]);
      return undefined;
    });
    const emulator = await stand.open({ onRequest: trap.onRequest });
    await killOnce(trap.struck, [...applyAll, '--concurrency', '1'], stand);
    const whole = onlyRun(stand.bench);
    // As if it had died in the middle of its last line, or of the outcome before.
    const kept = (await readFile(whole.path, 'utf8')).split('\n').slice(0, lines % 2 === 0 ? -1 : -2);
    await truncate(whole.path, Buffer.byteLength(kept.join('\n')) - 20);
    const torn = onlyRun(stand.bench);
    assert.equal([torn.torn, torn.problems], [true, []]);
    const stored = await verdictsOf(stand.plan, emulator);
    const known = new Map(torn.changes.map(({ address, status }) => [address, status]));
    for (const [address, verdict] of stored)
      if (verdict === 'already_done') assert.ok(known.has(address), `${address} is not in the record`);
    assert.is([...known.values()].filter((status) => status === 'in_doubt').length, lines % 2);
    const { stdout } = await stand.bench.run(['history', torn.run]);
    assert.match(stdout, /has no end[\s\S]*cut off[\s\S]*in doubt/);
    await runAgain(stand, emulator, undisturbed, ...again(lines), '--settle', '0.2');
    crashes += 1;
  }));

test('one kill after the other, it comes nearer each time', () =>
  onStands(2, [9, 13], async (every, stand) => {
    let seen = 0;
    let spring = () => {};
    const emulator = await stand.open({
      onRequest: (request) => {
        if (!isWrite(request)) return undefined;
        seen += 1;
        if (seen % every !== 0) return undefined;
        setImmediate(spring);
        emulator.planFaults([{ kind: seen % 2 === 0 ? 'timeout-before' : 'timeout-after-commit', nth: 1 }]);
        return undefined;
      },
    });
    for (let kill = 1; kill < undisturbed.writes / every; kill += 1) {
      const struck = new Promise<void>((resolve) => {
        spring = resolve;
      });
      await killOnce(struck, [...applyAll, '--concurrency', '1', '--settle', '0.2'], stand);
      crashes += 1;
    }
    spring = () => {};
    emulator.planFaults([]);
    await runAgain(stand, emulator, undisturbed, '--auto-approve', '--settle', '0.2');
    crashes += 1;
  }));

test.run();
