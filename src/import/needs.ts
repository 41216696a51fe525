import type { Kinds } from '../model/kind.ts';
import type { Needs } from '../observe/needs.ts';

/** Parts of an organization that an import can pass over. */
export const skippable = ['settings', 'products', 'line_items'] as const;

export type Skippable = (typeof skippable)[number];

/** Payables whose lines can still be changed. */
const open: ReadonlySet<string> = new Set(['draft', 'new']);

/**
 * All that a configuration can say. Every payable is listed, because a document number names one only where no other payable of any
 * status has it; lines are read of those alone that are still open.
 */
export function importNeeds(kinds: Kinds, skip: ReadonlySet<Skippable>): Needs {
  return {
    collections: new Map(kinds.collections.map(({ collection }) => [collection, 'all'])),
    settings: !skip.has('settings'),
    products: skip.has('products') ? null : { lists: [{}] },
    lines: skip.has('line_items') ? null : { lists: [{}], wanted: ({ status }) => open.has(status) },
  };
}
