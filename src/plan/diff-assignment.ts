import type { CollectionKind } from '../model/kind.ts';
import type { Change, Source } from '../model/plan.ts';
import type { Address, Value } from '../model/value.ts';
import type { CollectionPart } from './collection-part.ts';

/** A product or a line, as far as it can be assigned to something. */
export interface Assignable {
  readonly address: Address;
  /** The kind of its changes. */
  readonly kind: 'product_assignment' | 'line_item_assignment';
  readonly id: string;
  readonly label: () => string;
  readonly amount: number | undefined;
  /** The id of the object of a kind that it points to. */
  readonly pointsTo: (kind: CollectionKind) => string | null;
}

/** What an item of the file comes to: each field's address, resolved once for all that it wins. */
export interface Assignment {
  readonly targets: readonly { readonly part: CollectionPart; readonly after: Address | null }[];
  /** Replaces what is there: specific entries always do, rules only where they say so. */
  readonly enforced: boolean;
  readonly reason: 'config' | 'rule';
  readonly source: Source;
}

/** An id that points to nothing: it does not exist, or this plan deletes what it points to. */
export function isGap(part: CollectionPart, id: string | null): boolean {
  return id === null || !part.after.byId.has(id);
}

/**
 * The change that assigns what an item states; null when nothing differs. A rule that does not overwrite has a say only
 * in the gaps, each field on its own; what it leaves is not in the change.
 */
export function diffAssignment(
  thing: Assignable,
  { targets, enforced, reason, source }: Assignment,
  dangling: Map<Address, string>,
): Change | null {
  const before: Record<string, Value> = {};
  const after: Record<string, Value> = {};
  const differing: Value[] = [];
  for (const { part, after: wanted } of targets) {
    const { kind } = part.live;
    const id = thing.pointsTo(kind);
    if (!enforced && !isGap(part, id)) continue;
    const now = id === null ? null : part.addressOf(id);
    before[kind.name] = now;
    after[kind.name] = wanted;
    if (now !== wanted) differing.push(wanted);
  }
  if (differing.length === 0) return null;
  for (const { part } of targets) {
    const id = thing.pointsTo(part.live.kind);
    if (id !== null && !part.live.byId.has(id)) dangling.set(part.addressOf(id), id);
  }
  return {
    address: thing.address,
    kind: thing.kind,
    action: differing.every((value) => value === null) ? 'unassign' : 'assign',
    reason,
    label: thing.label(),
    id: thing.id,
    before,
    after,
    source,
    depends_on: [],
    warnings: [],
  };
}
