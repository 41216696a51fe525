import { isArchived } from '../../model/archived.ts';
import type { LiveObject } from '../../model/live.ts';
import type { Address } from '../../model/value.ts';
import type { CollectionPart } from '../../plan/collection-part.ts';
import { comparePoints } from '../../plan/compare-points.ts';
import { counterparts } from '../../plan/external-missing.ts';
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
  /**
   * Whether the accounting system has it, or one of its code or name: nothing can be pushed on another. Null where nothing was
   * pulled, so that nobody knows.
   */
  readonly isThere: boolean | null;
  /** What a controller calls it: `4010 Consulting income`. */
  readonly label: string;
}

/**
 * All accounts that may be used, by code: those that there will be after the next apply, also the ones that the file only
 * declares so far, but for the archived ones.
 */
export function chartOf(part: CollectionPart): readonly Account[] {
  const usable = [...part.after.byId.values()].filter((object) => !isArchived(object));
  const isPulled = usable.some(({ external }) => external);
  return usable
    .map((object) => accountOf(object, part, isPulled ? isOverThere(object, part) : null))
    .sort(
      (a, b) =>
        comparePoints(a.code ?? '\uffff', b.code ?? '\uffff') ||
        comparePoints(a.label, b.label) ||
        comparePoints(a.address, b.address),
    );
}

const isOverThere = ({ external, fields }: LiveObject, { after }: CollectionPart): boolean =>
  external || counterparts(after, fields).some((each) => !isArchived(each));

function accountOf(
  object: LiveObject,
  { addressOf, live }: CollectionPart,
  isThere: boolean | null,
): Account {
  const { external, fields, id, type } = object;
  const { kind } = live;
  const isCreated = live.byId.has(id);
  return {
    address: isCreated ? addressOf(id) : id,
    id: isCreated ? id : null,
    code: fieldText(kind, fields, kind.identity),
    name: fieldText(kind, fields, 'name'),
    description: fieldText(kind, fields, 'description'),
    type: type ?? null,
    external,
    isThere,
    label: labelOf(kind, fields, id),
  };
}
