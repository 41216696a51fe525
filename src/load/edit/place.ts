/** A value of a document and where its parts stand in the text. */
export type Place = MappingPlace | SequencePlace | ScalarPlace | AliasPlace | MissingPlace;

/** What is known of a value before it is known what it is. */
export interface At {
  /** Where a value in place of this one would follow: behind the colon, the dash, the anchor or the tag. */
  readonly lead: number;
  readonly anchor: string | null;
  readonly tag: string | null;
  /** Both as they are written. */
  readonly props: string;
  /** Stands inside of brackets. */
  readonly inFlow: boolean;
  /** Column of the keys or dashes of the block around it; -1 around the root. */
  readonly outer: number;
}

interface Ranged extends At {
  /** Of the value itself: anchor and tag stand before. A missing value is nowhere: both are `lead`. */
  readonly start: number;
  readonly end: number;
}

export interface MappingPlace extends Ranged {
  readonly type: 'mapping';
  /** `none` is a single pair in a sequence with brackets: `[a: b]`. */
  readonly form: 'block' | 'brackets' | 'none';
  readonly members: readonly MemberPlace[];
  /** Column of the keys of a block. */
  readonly column: number;
}

export interface SequencePlace extends Ranged {
  readonly type: 'sequence';
  readonly form: 'block' | 'brackets';
  readonly items: readonly ItemPlace[];
  /** Column of the dashes of a block. */
  readonly column: number;
}

/** A key or an item in its collection. */
export interface ItemPlace {
  /** Of its first sign: the dash, `?`, an anchor, the key or the value. */
  readonly start: number;
  /** In brackets, the comma behind it. */
  readonly comma: number | null;
  readonly value: Place;
}

export interface MemberPlace extends ItemPlace {
  /** The key in Unicode form NFC, as it is compared. */
  readonly name: string;
  /** The key as it is: what it says, how it is written, and its anchor and tag. */
  readonly key: { readonly value: string; readonly source: string; readonly props: string };
}

export interface ScalarPlace extends Ranged {
  readonly type: 'scalar';
  readonly style: 'plain' | 'single' | 'double' | 'literal' | 'folded';
  readonly value: unknown;
  /** As it is written. */
  readonly source: string;
  /** Of `|` and `>`: the signs, and where the lines begin, behind the comment there. */
  readonly header: string;
  readonly body: number;
}

export interface AliasPlace extends Ranged {
  readonly type: 'alias';
  readonly name: string;
}

export interface MissingPlace extends Ranged {
  readonly type: 'missing';
  /** False for a key alone in brackets: `{ a }`. */
  readonly colon: boolean;
}

/** The collections. */
export type Collection = MappingPlace | SequencePlace;

const indexes = new WeakMap<MappingPlace, ReadonlyMap<string, number>>();

/** The index of a key among the members of a mapping: -1 where it is not there, NaN where it stands twice. */
export function indexOfKey(place: MappingPlace, key: string): number {
  const known = indexes.get(place);
  if (known) return known.get(key) ?? -1;
  const made = new Map<string, number>();
  for (const [index, { name }] of place.members.entries())
    made.set(name, made.has(name) ? Number.NaN : index);
  indexes.set(place, made);
  return made.get(key) ?? -1;
}

/** The members of a mapping or the items of a sequence. */
export const partsOf = (place: Collection): readonly ItemPlace[] =>
  place.type === 'mapping' ? place.members : place.items;

/** The places below one, from first to last. */
export const below = (place: Place): readonly Place[] =>
  place.type === 'mapping' || place.type === 'sequence' ? partsOf(place).map(({ value }) => value) : [];

/** The place and all places in it. */
export function* within(place: Place): Iterable<Place> {
  yield place;
  for (const inner of below(place)) yield* within(inner);
}

/** The place at a path of keys and indexes; of a key that stands twice none. */
export function placeAt(root: Place, path: readonly (string | number)[]): Place | undefined {
  let found: Place | undefined = root;
  for (const step of path) {
    if (found?.type === 'sequence') found = found.items[Number(step)]?.value;
    else if (found?.type === 'mapping') found = found.members[indexOfKey(found, String(step))]?.value;
    else return undefined;
  }
  return found;
}
