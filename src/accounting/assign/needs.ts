import type { Kinds } from '../../model/kind.ts';
import { editableStatuses } from '../../model/payable-status.ts';
import type { Needs } from '../../observe/needs.ts';
import { accountKind } from '../needed-kinds.ts';
import type { GapType } from './gaps.ts';

/** What has to be read to find what lacks an account. Only lines that can still be changed are asked for. */
export function assignNeeds(kinds: Kinds, asked: ReadonlySet<GapType>): Needs {
  return {
    collections: new Map([[accountKind(kinds).collection, 'all']]),
    settings: asked.has('setting'),
    products: asked.has('product') ? { lists: [{}] } : null,
    lines: asked.has('line_item') ? { lists: [{ status: editableStatuses }], wanted: () => true } : null,
  };
}
