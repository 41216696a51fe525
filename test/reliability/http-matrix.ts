import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { figures } from './figures.ts';
import { type Cell, type Clean, cleanRun, runCell } from './http-cell.ts';

/*
 * Runs cells side by side, since they wait most of the time, and makes a test of each kind of fault. A kind is red when one
 * of its cells is, and a cell is red when its fault struck no request.
 */

const sideBySide = 24;

/** A test for each kind of fault that the cells hold; `figures` gets how many faults were injected. */
export async function testMatrix(
  name: string,
  about: string,
  cellsOf: (clean: Clean) => readonly Cell[],
): Promise<void> {
  const clean = await cleanRun();
  const cells = cellsOf(clean);
  const turn = turns(sideBySide);
  const results = new Map(cells.map((cell) => [cell, turn(() => resultOf(cell, clean))]));
  const test = suite(`${about} over HTTP`);
  for (const group of new Set(cells.map((cell) => cell.group))) {
    const own = cells.filter((cell) => cell.group === group);
    test(`what was promised holds under "${group}" (${own.length} runs)`, async () => {
      const done = await Promise.all(own.map((cell) => results.get(cell)));
      const failures = done.flatMap((result) => result?.failure ?? []);
      assert.is(failures.length, 0, `${failures.length} of ${own.length} failed\n${failures.join('\n\n')}`);
    });
  }
  test.after(async () => {
    const struck = [...results.values()].map(async (result) => (await result).struck);
    const total = (await Promise.all(struck)).reduce((sum, each) => sum + each, 0);
    figures(`matrix-http-${name}`, { 'faults injected': total, 'first runs': cells.length });
  });
  test.run();
}

interface Result {
  readonly struck: number;
  readonly failure: string | null;
}

async function resultOf(cell: Cell, clean: Clean): Promise<Result> {
  try {
    return { struck: await runCell(cell, clean), failure: null };
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { struck: 0, failure: `${cell.name}\nfaults: ${JSON.stringify(cell.faults)}\n${said}` };
  }
}

/** Lets so many be under way at once, in the order in which they came. */
function turns(most: number): <T>(task: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = most;
  return async (task) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
