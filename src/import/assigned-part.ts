import type { Written } from '../load/edit/edits.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LeftOut, Part } from './part.ts';
import { type References, refer } from './references.ts';
import type { Thing } from './thing.ts';

/** The references of every collection. */
export type AllReferences = ReadonlyMap<string, References>;

/** A thing as an entry that names it, if it points to anything that is there; and ids that point to nothing. */
export function assignedPart(
  thing: Thing,
  all: AllReferences,
): { readonly part: Part | null; readonly leftOut: readonly LeftOut[] } {
  const { address, label } = thing;
  const { dangling, targets } = targetsOf(thing, all);
  const leftOut = dangling.map(([kind, id]) => ({ address, label, why: nothing(kind, id) }));
  if (Object.keys(targets).length === 0) return { part: null, leftOut };
  const { remark, selector } = thing.naming();
  return {
    part: {
      address,
      label,
      path: ['assignments', thing.list],
      key: null,
      value: { ...selector, ...targets },
      remark: remark?.trim() || null,
      notes: dangling.map(([kind, id]) => `${kind.name} is left out: ${nothing(kind, id)}`),
    },
    leftOut,
  };
}

/** Why a reference to an id is not written. */
export const nothing = ({ noun }: CollectionKind, id: string): string =>
  `it points to ${id}, and there is no such ${noun.one}`;

interface Pointing {
  /** References to what is there, by the name of the kind. */
  readonly targets: Readonly<Record<string, Written>>;
  readonly dangling: readonly (readonly [CollectionKind, string])[];
}

/** What a thing points to, as it is written. */
export function targetsOf({ targets: ids }: Pick<Thing, 'targets'>, all: AllReferences): Pointing {
  const targets: Record<string, Written> = {};
  const dangling: (readonly [CollectionKind, string])[] = [];
  for (const [kind, id] of ids) {
    const references = all.get(kind.collection);
    if (id === null || !references) continue;
    const reference = refer(references, id);
    if (reference === null) dangling.push([kind, id]);
    else targets[kind.name] = reference;
  }
  return { targets, dangling };
}
