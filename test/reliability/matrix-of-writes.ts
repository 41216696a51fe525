import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Effect, MemoryCall } from '../../src/providers/memory/fault.ts';
import { figures } from './figures.ts';
import { type Cell, counts, recorded, runCell, writes } from './matrix.ts';

/** One way in which a write goes wrong. */
export interface Way extends Partial<Cell> {
  readonly effect: Effect;
}

/** A test for each way at each write of the recorded run, and one that all of them struck. */
export function matrixOf(name: string, waysOf: (call: MemoryCall) => readonly Way[]): void {
  const matrix = suite('every write goes wrong in every way');
  const struck = new Set<string>();
  let cells = 0;
  writes.forEach((call, index) => {
    for (const { effect, ...more } of waysOf(call)) {
      const title = `write ${index} (${call.operation}): ${JSON.stringify(effect)} ${JSON.stringify(more)}`;
      const cell: Cell = { exit: null, ...more, title, fault: { on: 'write', index, effect } };
      cells += 1;
      matrix(title, async () => {
        await runCell(cell);
        struck.add(title);
      });
    }
  });
  matrix('every fault struck at every write', () => {
    assert.ok(writes.length > 40);
    assert.is(new Set(writes.map(({ operation }) => operation)).size, 6);
    assert.is(recorded.report.outcome, 'applied');
    assert.is(struck.size, cells);
    figures(name, counts);
  });
  matrix.run();
}
