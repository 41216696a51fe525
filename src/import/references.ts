import type { Written } from '../load/edit/edits.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import type { LiveIndex } from '../plan/live-index.ts';

/** How objects of one collection are referred to. */
export interface References {
  readonly kind: CollectionKind;
  readonly index: LiveIndex;
  /** The key of each object that has one, by id. */
  readonly keyOf: ReadonlyMap<string, string>;
  /** Objects whose key is not declared after all. */
  readonly undeclared: ReadonlySet<string>;
  /** External objects that something refers to by their key: they are to be declared. */
  readonly used: Set<string>;
}

/** A live object as a file refers to it; null where there is no such object. */
export function refer(references: References, id: string): Written {
  const object = objectOf(references, id);
  if (!object) return null;
  const key = references.keyOf.get(object.id);
  if (key === undefined || references.undeclared.has(object.id)) return { id: object.id };
  if (object.external) references.used.add(object.id);
  return key;
}

/** The live object with an id. */
export const objectOf = ({ index }: References, id: string): LiveObject | undefined => index.byId.get(id);
