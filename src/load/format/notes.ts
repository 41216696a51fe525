import type { Collection, ItemPlace } from '../edit/place.ts';

/** A comment on a line of its own. */
export interface Note {
  readonly text: string;
  /** An empty line stands before it. */
  readonly apart: boolean;
}

/** A comment behind something on its line. */
export interface Beside {
  readonly text: string;
  /** Its column where more than one space stands before it, so that it may stand below others. */
  readonly column: number | null;
}

/** The comments of a key or an item. */
export interface PartNotes {
  /** On the lines above it. */
  readonly above: Note[];
  /** On its own lines. */
  readonly beside: Beside[];
  /** In place of the entries that its value lacks: most often they are those entries. */
  readonly inside: Note[];
  /** On the lines right behind it, before an empty one. */
  readonly after: Note[];
  /** An empty line stands right before it. */
  apart: boolean;
}

/** The comments of a collection that belong to none of its parts. */
export interface CollectionNotes {
  /** Before the first part. */
  readonly head: Note[];
  /** An empty line stands between these and the first part. */
  headApart: boolean;
  /** Behind the last one. */
  readonly foot: Note[];
}

/** Whose each comment of a text is. */
export interface Notes {
  readonly of: (part: ItemPlace) => PartNotes;
  readonly around: (collection: Collection) => CollectionNotes;
}

/** Notes to be filled in. */
export function emptyNotes(): Notes {
  const parts = new Map<ItemPlace, PartNotes>();
  const collections = new Map<Collection, CollectionNotes>();
  return {
    of: (part) => kept(parts, part, () => ({ above: [], beside: [], inside: [], after: [], apart: false })),
    around: (collection) => kept(collections, collection, () => ({ head: [], headApart: false, foot: [] })),
  };
}

function kept<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
