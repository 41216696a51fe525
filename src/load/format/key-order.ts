import { keysAt } from '../check-shape.gen.js';
import { type MappingPlace, type MemberPlace, type Place, within } from '../edit/place.ts';
import { quotedKeys } from '../edit/quoted-keys.gen.ts';

/** A place in the schema, by which the keys of a mapping are known. */
export type SchemaPath = string;

/** Where a file begins. */
export const schemaRoot: SchemaPath = '#';

/** Whether a key belongs to the language, at the top of a file. */
export const isKnown = (key: string): boolean => keysOf(schemaRoot).includes(key);

/** The place of a section among all that a file can say. */
export const rankOf = (section: string): number => keysOf(schemaRoot).indexOf(section);

/** The place of a key among those that the schema has there; below zero where it has none of that name. */
export const rankAmong = (path: SchemaPath): ((key: string) => number) => {
  const keys = keysOf(path);
  return (key) => keys.indexOf(key);
};

/** Named things in the schema's order, where it knows them all. */
export function inOrderOf<Thing extends readonly [string, unknown]>(
  things: readonly Thing[],
  path: SchemaPath,
): readonly Thing[] {
  const rank = rankAmong(path);
  if (things.some(([key]) => rank(key) < 0)) return things;
  return [...things].sort(([a], [b]) => rank(a) - rank(b));
}

/** Where the value of a key stands. */
export const belowKey = (path: SchemaPath, key: string): SchemaPath =>
  keysOf(path).includes(key) ? `${path}/properties/${key}` : `${path}/additionalProperties`;

/** Where the items of a list stand. */
export const inList = (path: SchemaPath): SchemaPath => `${path}/items`;

/** Whether an item of a list stands there. */
export const isItemPath = (path: SchemaPath): boolean => path.endsWith('/items');

/** Whether a text there stands between quotes, whatever it is. */
export const isQuoted = (path: SchemaPath): boolean => quotedKeys.has(path.slice(path.lastIndexOf('/') + 1));

const keysOf = (path: SchemaPath): readonly string[] => {
  const place = `${path}/additionalProperties`;
  return Object.hasOwn(keysAt, place) ? (keysAt[place] ?? []) : [];
};

/** The last key that says what a file is about: behind it begin the sections. */
const lastAbout = 'extends';

/** Whether a key of the file begins a section. */
export const isSection = (key: string): boolean => {
  const keys = keysOf(schemaRoot);
  const at = keys.indexOf(key);
  return at < 0 || at > keys.indexOf(lastAbout);
};

/**
 * The members of a mapping in the schema's order. Where keys are the author's own, such as those of entries, they stay as they are; and
 * so they do where the schema does not know one, and where an alias would come to stand before its anchor.
 */
export function inOrder(
  place: MappingPlace,
  path: SchemaPath,
  used: ReadonlySet<string>,
): readonly MemberPlace[] {
  const keys = keysOf(path);
  const rank = ({ name }: MemberPlace): number => keys.indexOf(name);
  if (place.members.some((member) => rank(member) < 0)) return place.members;
  const sorted = place.members
    .map((member, index) => ({ member, index }))
    .sort((a, b) => rank(a.member) - rank(b.member) || a.index - b.index);
  const orderly = used.size === 0 || keepsAnchors(sorted, used);
  return orderly ? sorted.map(({ member }) => member) : place.members;
}

interface Ranked {
  readonly member: MemberPlace;
  /** Where it stood. */
  readonly index: number;
}

/** Whether each alias still stands behind the same anchor: nothing that names one passes by the place that defines it. */
function keepsAnchors(sorted: readonly Ranked[], used: ReadonlySet<string>): boolean {
  const highest = new Map<string, number>();
  const lastDefined = new Map<string, number>();
  for (const { index, member } of sorted) {
    for (const [name, defines] of namesIn(member, used)) {
      const limit = defines ? (highest.get(name) ?? -1) : (lastDefined.get(name) ?? -1);
      if (limit > index) return false;
      highest.set(name, Math.max(index, highest.get(name) ?? -1));
      if (defines) lastDefined.set(name, Math.max(index, lastDefined.get(name) ?? -1));
    }
  }
  return true;
}

/** The anchors that a member speaks of, and whether it defines them. */
function namesIn({ value }: MemberPlace, used: ReadonlySet<string>): ReadonlyMap<string, boolean> {
  const names = new Map<string, boolean>();
  for (const place of within(value)) {
    const name = nameOf(place);
    if (name === null || !used.has(name)) continue;
    names.set(name, names.get(name) === true || place.type !== 'alias');
  }
  return names;
}

const nameOf = (place: Place): string | null => (place.type === 'alias' ? place.name : place.anchor);
