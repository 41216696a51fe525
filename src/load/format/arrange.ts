import type { Layout } from '../edit/layout.ts';
import {
  type Collection,
  type ItemPlace,
  type MappingPlace,
  type MemberPlace,
  type Place,
  partsOf,
} from '../edit/place.ts';
import { isInline } from './inline.ts';
import { belowKey, inList, inOrder, isItemPath, type SchemaPath, schemaRoot } from './key-order.ts';
import type { Note, Notes } from './notes.ts';

/** A document with whose its comments are. */
export interface Noted {
  readonly layout: Layout;
  readonly notes: Notes;
}

/** Whether a value is written as a block: brackets over several lines become one, those on one line stay. */
export const isBlock = (place: Place, layout: Layout): place is Collection =>
  (place.type === 'mapping' || place.type === 'sequence') &&
  partsOf(place).length > 0 &&
  !isInline(place, layout);

/** Whether a part is a key and not an item. */
export const isMember = (part: ItemPlace): part is MemberPlace => 'key' in part;

/** Where the value of a part stands in the schema. */
export const pathOf = (part: ItemPlace, path: SchemaPath): SchemaPath =>
  isMember(part) ? belowKey(path, part.name) : inList(path);

/** Whether the value of an item begins behind its dash. */
export const isCompact = (part: ItemPlace, layout: Layout): boolean =>
  !isMember(part) && part.value.props === '' && isBlock(part.value, layout);

/** The parts of a collection as they are to stand: in the schema's order, where no comment says something of the one that there is. */
export function partsInOrder(place: Collection, path: SchemaPath, noted: Noted): readonly ItemPlace[] {
  if (place.type !== 'mapping') return place.items;
  const ordered = inOrder(place, path, noted.layout.used);
  if (ordered.every((member, index) => member === place.members[index])) return ordered;
  const isBound = path === schemaRoot ? isDivided(place, noted) : opensNoted(place, ordered, path, noted);
  return isBound ? place.members : ordered;
}

/** Whether comments stand between the sections of a file that belong to none: whatever they head would be another. */
export const isDivided = ({ members }: MappingPlace, { notes }: Noted): boolean =>
  members.some((member, index) => {
    const { above, after, apart } = notes.of(member);
    const [, ...more] = above;
    return after.length > 0 || (index > 0 && above.length > 0 && (apart || more.some((note) => note.apart)));
  });

/** What an item would begin with has comments above it: they would become those of the whole item. */
const opensNoted = (
  { members }: MappingPlace,
  [first]: readonly MemberPlace[],
  path: SchemaPath,
  { notes }: Noted,
): boolean =>
  first !== undefined && first !== members[0] && isItemPath(path) && notes.of(first).above.length > 0;

/** The comments on the lines above a part, with those that find no place on its own first line. */
export function aboveOf(part: ItemPlace, path: SchemaPath, noted: Noted): readonly Note[] {
  const { above, beside } = noted.notes.of(part);
  const compact = isCompact(part, noted.layout);
  const besides = beside.slice(compact ? 0 : 1).map(({ text }) => ({ text, apart: false }));
  const inner = opening(part, path, compact, noted).map((note) => ({ ...note, apart: false }));
  return [...above, ...besides, ...inner];
}

/** What stands above the first key or item of a value that begins on the line of its part; and what empty brackets hold. */
function opening({ value }: ItemPlace, path: SchemaPath, compact: boolean, noted: Noted): readonly Note[] {
  if (value.type !== 'mapping' && value.type !== 'sequence') return [];
  const { foot, head } = noted.notes.around(value);
  if (partsOf(value).length === 0) return [...head, ...foot];
  if (!compact) return [];
  const below = inList(path);
  const [first] = partsInOrder(value, below, noted);
  return first ? [...head, ...aboveOf(first, below, noted)] : head;
}
