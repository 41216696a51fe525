import type { Fields } from '../../src/model/value.ts';
import type { MemoryCall } from '../../src/providers/memory/fault.ts';
import { books, type Cell, plan } from './matrix.ts';
import { matrixOf, type Way } from './matrix-of-writes.ts';

/*
 * Every write of the plan of the books is refused, is stored otherwise than it was sent, or is the last that its process
 * does, one at a time. See matrix.ts for what is asked of each cell, and the other files for lost answers and for reads.
 */

/** How each write goes wrong. */
const ways: readonly Way[] = [
  ...[400, 403, 404, 409, 422].map(
    (status): Way => ({
      effect: { type: 'refused', status },
      exit: 5,
      refuses: true,
    }),
  ),
  { effect: { type: 'refused', status: null }, exit: 5, refuses: true },
  { effect: { type: 'refused', status: 401, endsRun: true } },
  { effect: { type: 'refused', status: null, endsRun: true } },
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

matrixOf('matrix-memory', (call) => [...ways, ...otherwise(call)]);
