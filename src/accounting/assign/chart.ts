import { isArchived } from '../../model/archived.ts';
import type { LiveObject } from '../../model/live.ts';
import type { Address } from '../../model/value.ts';
import type { CollectionPart } from '../../plan/collection-part.ts';
import { comparePoints } from '../../plan/compare-points.ts';
import { fieldText, labelOf } from '../../plan/words.ts';

/** An account that something may be assigned to. */
export interface Account {
  /** As plans and files call it: a key, or the id of one that no key declares. */
  readonly address: Address;
  /** Null for one that the file declares and the next apply creates. */
  readonly id: string | null;
  readonly code: string | null;
  readonly name: string | null;
  readonly description: string | null;
  /** `Income`, `Expense`, …; null where nobody says it. */
  readonly type: string | null;
  /** Pulled from the accounting system. */
  readonly external: boolean;
  /** What a controller calls it: `4010 Consulting income`. */
  readonly label: string;
}

/**
 * All accounts that may be used, by code: those that there will be after the next apply, also the ones that the file only
 * declares so far, but for the archived ones.
 */
export function chartOf(part: CollectionPart): readonly Account[] {
  return [...part.after.byId.values()]
    .filter((object) => !isArchived(object))
    .map((object) => accountOf(object, part))
    .sort(
      (a, b) =>
        comparePoints(a.code ?? '\uffff', b.code ?? '\uffff') ||
        comparePoints(a.label, b.label) ||
        comparePoints(a.address, b.address),
    );
}

function accountOf(object: LiveObject, { addressOf, live }: CollectionPart): Account {
  const { external, fields, id, type } = object;
  const { kind } = live;
  const isThere = live.byId.has(id);
  return {
    address: isThere ? addressOf(id) : id,
    id: isThere ? id : null,
    code: fieldText(kind, fields, kind.identity),
    name: fieldText(kind, fields, 'name'),
    description: fieldText(kind, fields, 'description'),
    type: type ?? null,
    external,
    label: labelOf(kind, fields, id),
  };
}
