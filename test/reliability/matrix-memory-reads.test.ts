import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Effect, MemoryCall, MemoryFault } from '../../src/providers/memory/fault.ts';
import { figures } from './figures.ts';
import {
  assertOnlyDependents,
  type Cell,
  calls,
  clean,
  counts,
  disturbed,
  oneMore,
  plan,
  runCell,
  storedIn,
  writes,
} from './matrix.ts';
import { exitCodeOfSaid } from './oracle.ts';

/*
 * The other half of the matrix: every read from the first of the plan to the last of the end check fails or lags behind,
 * and every write is refused for good, by what it is about. A read can only lag behind once something was written, so the
 * reads before are left out there: they would show the same.
 */

const test = suite('every read goes wrong in every way');
const struck = new Set<string>();
let cells = 0;

const add = (title: string, cell: Omit<Cell, 'title'>): void => {
  cells += 1;
  test(title, async () => {
    await runCell({ ...cell, title });
    struck.add(title);
  });
};

const firstWrite = calls.findIndex(({ write }) => write);
const reads = calls.flatMap((call, at) => (call.write ? [] : [{ call, late: at > firstWrite }]));
/** The plan changes nothing that the last list of payables shows: it asks for one whose lines alone are assigned. */
const unmoved = calls
  .filter(({ write }) => !write)
  .findLastIndex(({ operation }) => operation === 'payables');
const failures: readonly (Pick<MemoryFault, 'again'> & { readonly effect: Effect })[] = [
  { effect: { type: 'fails' } },
  { effect: { type: 'fails', endsRun: true } },
  { effect: { type: 'fails' }, again: 'always' },
  { effect: { type: 'fails', endsRun: true }, again: 'always' },
  { effect: { type: 'dies', committed: false } },
];
const lags: readonly (Pick<MemoryFault, 'again'> & {
  readonly reads: number;
  readonly exit: number | null;
})[] = [
  { reads: 3, exit: 0 },
  { reads: 3, exit: 0, again: 'always' },
  { reads: 1, exit: 0, again: 'alternately' },
  { reads: 2, exit: null, again: 'alternately' },
  { reads: 1000, exit: null, again: 'alternately' },
  { reads: 1000, exit: 5, again: 'always' },
];

reads.forEach(({ call, late }, index) => {
  for (const way of failures) {
    const fault: MemoryFault = { on: 'read', index, ...way };
    // Before the first write nothing was done; after the last one the end check looks again.
    const once = way.again === undefined && !('endsRun' in way.effect);
    // A plan does without the connections: it says that it does not know.
    const spared = once && (late || call.operation === 'connections');
    const exit = way.effect.type === 'dies' ? null : spared ? 0 : late ? 5 : 1;
    add(`read ${index} (${call.operation}): ${JSON.stringify(way)}`, { fault, plans: true, exit });
  }
  if (!late || index === unmoved) return;
  for (const { exit, reads, ...again } of lags) {
    const fault: MemoryFault = { on: 'read', index, ...again, effect: { type: 'lags', reads } };
    const title = `read ${index} (${call.operation}): ${reads} behind ${again.again ?? 'once'}`;
    add(title, { fault, plans: true, exit });
  }
  // One kind of list is served by two replicas.
  const own = calls
    .slice(0, calls.indexOf(call))
    .filter(({ operation }) => operation === call.operation).length;
  const replica = { on: call.operation, index: own, again: 'alternately' } as const;
  add(`read ${index} (${call.operation}): every other answer of its kind is old`, {
    fault: { ...replica, effect: { type: 'lags', reads: 1000 } },
    plans: true,
    exit: null,
  });
});

/** What a write is about: an id, the code or name of what is created, or settings. */
function abouts({ fields, id, operation }: MemoryCall): readonly string[] {
  if (operation === 'writeSettings') return Object.keys(fields ?? {});
  if (id !== null) return [id];
  const { code, name, nominal_code } = fields ?? {};
  return [nominal_code ?? code ?? name ?? ''];
}

for (const about of new Set(writes.flatMap(abouts)))
  for (const status of [400, 409, 422]) {
    const title = `what is about ${about} is refused for good with ${status}`;
    cells += 1;
    test(title, async () => {
      const effect = { type: 'refused', status } as const;
      const fault: MemoryFault = { on: 'write', about, index: 0, again: 'always', effect };
      const cell: Cell = { title, fault, exit: 5, refuses: true };
      const { failed, memory, said } = await disturbed(cell);
      assert.ok(said);
      const after = storedIn(memory);
      for (const way of ['saved plan', 'configuration'] as const) {
        const again = await oneMore(memory, way, [fault]);
        assert.is(exitCodeOfSaid(again), 5, JSON.stringify(again, null, 1));
        assertOnlyDependents(again, failed);
        assert.equal(storedIn(memory), after, 'run again it is the same');
      }
      assert.is(exitCodeOfSaid(await oneMore(memory, 'configuration')), 0);
      assert.equal(storedIn(memory), clean);
      struck.add(title);
    });
  }

test('every fault struck', () => {
  assert.ok(reads.filter(({ late }) => late).length > 5);
  assert.ok(plan.changes.length > 40);
  assert.is(struck.size, cells);
  figures('matrix-memory-reads', counts);
});

test.run();
