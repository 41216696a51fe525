import { suite } from 'uvu';
import { figures } from './figures.ts';
import {
  again,
  ambush,
  applyAll,
  isWrite,
  killOnce,
  onStands,
  recordUndisturbed,
  runAgain,
} from './stand.ts';

/*
 * What a killed process had under way may be carried out only after it is gone, and lists may not show yet what was
 * carried out. A run that follows at once would create again what it does not find, so it waits.
 */

const test = suite('an apply right after one that was killed');
const undisturbed = await recordUndisturbed();
let crashes = 0;
test.after(() => figures('kill-wait', { crashes }));

/** Longer than the command takes to start and to read, so that only waiting helps. */
const lateMilliseconds = 1200;
const settleSeconds = '2.5';

test('what was under way may be carried out after its death: the next run waits for it', () =>
  onStands(4, [1, 8, 17, 35], async (write, stand) => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let held = 0;
    const trap = ambush(write, isWrite, () => undefined);
    const emulator = await stand.open({
      onRequest: (request) => {
        void trap.onRequest(request);
        if (!isWrite(request)) return undefined;
        held += 1;
        return held < write ? undefined : released;
      },
    });
    await killOnce(trap.struck, applyAll, stand);
    const late = setTimeout(release, lateMilliseconds);
    await runAgain(stand, emulator, undisturbed, ...again(write), '--settle', settleSeconds);
    crashes += 1;
    clearTimeout(late);
  }));

test('lists that lag do not make the next run create again what they do not show yet', () =>
  onStands(4, [6, 12, 20, 41], async (write, stand) => {
    const trap = ambush(write, isWrite, () => {
      emulator.planFaults([{ kind: 'timeout-after-commit', nth: 1 }]);
      return undefined;
    });
    const emulator = await stand.open({
      switches: { list_lag: `${lateMilliseconds}ms` },
      onRequest: trap.onRequest,
    });
    await killOnce(trap.struck, [...applyAll, '--concurrency', write % 4 === 0 ? '30' : '1'], stand);
    await runAgain(stand, emulator, undisturbed, ...again(write), '--settle', settleSeconds);
    crashes += 1;
  }));

test.run();
