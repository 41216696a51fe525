import type { Kinds } from '../../model/kind.ts';
import { editableStatuses } from '../../model/payable-status.ts';
import type { Needs } from '../../observe/needs.ts';
import { accountKind } from '../needed-kinds.ts';
import type { GapType } from './gaps.ts';

/** The lists that are read, in words: a request for each at least. What lines take is known when the payables are. */
export function listsNeeded({ collections }: Kinds, { lines, products, ...needs }: Needs): readonly string[] {
  return [
    ...collections.flatMap(({ collection, noun }) => (needs.collections.has(collection) ? [noun.many] : [])),
    ...(needs.settings ? ['settings'] : []),
    ...(products ? ['products'] : []),
    ...(lines ? ['payables that are draft or new'] : []),
  ];
}

/** What has to be read to find what lacks an account. Only lines that can still be changed are asked for. */
export function assignNeeds(kinds: Kinds, asked: ReadonlySet<GapType>): Needs {
  return {
    collections: new Map([[accountKind(kinds).collection, 'all']]),
    settings: asked.has('setting'),
    products: asked.has('product') ? { lists: [{}] } : null,
    lines: asked.has('line_item') ? { lists: [{ status: editableStatuses }], wanted: () => true } : null,
  };
}
