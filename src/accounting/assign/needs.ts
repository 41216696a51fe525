import type { Kinds } from '../../model/kind.ts';
import type { Needs } from '../../observe/needs.ts';
import { type GapType, neededKind } from './gaps.ts';
import { openStatuses } from './ways.ts';

/** What has to be read to find what lacks an account. Only lines that can still be changed are asked for. */
export function assignNeeds(kinds: Kinds, asked: ReadonlySet<GapType>): Needs {
  return {
    collections: new Map([[neededKind(kinds).collection, 'all']]),
    settings: asked.has('setting'),
    products: asked.has('product') ? { lists: [{}] } : null,
    lines: asked.has('line_item') ? { lists: [{ status: openStatuses }], wanted: () => true } : null,
  };
}
