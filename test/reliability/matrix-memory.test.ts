import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Fields } from '../../src/model/value.ts';
import type { Effect, MemoryCall } from '../../src/providers/memory/fault.ts';
import { figures } from './figures.ts';
import { books, type Cell, counts, plan, recorded, runCell, writes } from './matrix.ts';

/*
 * Every write of the plan of the books goes wrong in every way that the contract in memory knows, one at a time. See
 * matrix.ts for what is asked of each cell, and matrix-memory-reads.test.ts for reads and for what is refused for good.
 */

interface Way extends Partial<Cell> {
  readonly effect: Effect;
}

const never = Number.POSITIVE_INFINITY;

/** How each write goes wrong; a look for a lost write reads six times. */
const ways: readonly Way[] = [
  ...[400, 403, 404, 409, 422].map((status): Way => ({ effect: { type: 'refused', status }, exit: 5 })),
  { effect: { type: 'refused', status: null }, exit: 5 },
  { effect: { type: 'refused', status: 401, endsRun: true } },
  { effect: { type: 'refused', status: null, endsRun: true } },
  { effect: { type: 'lost_before' } },
  { effect: { type: 'lost_before', endsRun: true } },
  { effect: { type: 'lost_after' }, exit: 0 },
  { effect: { type: 'lost_after', endsRun: true } },
  { effect: { type: 'lost_after' }, lag: 2, exit: 0 },
  { effect: { type: 'lost_after' }, lag: 1000, exit: 5, twins: true },
  { effect: { type: 'late', reads: 1 }, exit: 0 },
  { effect: { type: 'late', reads: 5 }, exit: 0 },
  { effect: { type: 'late', reads: 6 }, twins: true },
  { effect: { type: 'late', reads: 16 }, twins: true },
  { effect: { type: 'late', reads: 20 }, twins: true },
  { effect: { type: 'late', reads: never }, lateNever: true },
  { effect: { type: 'late', reads: never }, lateBetween: true, twins: true },
  { effect: { type: 'dies', committed: false } },
  { effect: { type: 'dies', committed: true } },
];

/** Values that a write may come to be stored with in place of what was sent. */
function otherwise({ fields, id, operation }: MemoryCall): readonly Way[] {
  const stored = (fields: Fields, more: Partial<Cell> = {}): Way => ({
    effect: { type: 'stored', fields },
    exit: 5,
    ...more,
  });
  const elsewhere = [...(books.objects.get('ledger_accounts')?.keys() ?? [])].at(-1) ?? null;
  if (operation === 'assignProduct' || operation === 'assignLineItem') {
    const fills = plan.changes.some((each) => each.id === id && each.reason === 'rule' && isGap(each.before));
    const more = fills ? ({ repaired: true } as const) : {};
    return Object.keys(fields ?? {}).map((field) => stored({ [field]: elsewhere }, more));
  }
  if (operation === 'writeSettings')
    return Object.keys(fields ?? {}).map((setting) => stored({ [setting]: elsewhere }));
  if (operation === 'remove') return [];
  return Object.keys(fields ?? {}).map((field) => {
    const code = field === 'nominal_code' || field === 'code';
    const identifies = code || (field === 'name' && !fields?.nominal_code && !fields?.code);
    const value = field === 'effective_tax_rate' ? '1%' : 'OTHER';
    return stored({ [field]: value }, identifies ? { repaired: true } : {});
  });
}

const isGap = (before: Fields | null): boolean => Object.values(before ?? {}).every((each) => each === null);

const matrix = suite('every write goes wrong in every way');
const struck = new Set<string>();
let cells = 0;

writes.forEach((call, index) => {
  for (const { effect, ...more } of [...ways, ...otherwise(call)]) {
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
  assert.is(recorded.report.outcome, 'applied');
  assert.is(struck.size, cells);
  assert.ok(counts['twins named'] > 0);
  figures('matrix-memory', counts);
});

matrix.run();
