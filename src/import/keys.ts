import { keyText } from '../load/edit/scalar-text.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { comparePoints } from '../plan/compare-points.ts';
import { fieldText } from '../plan/words.ts';
import { lostLetters, snakeCase } from './latin.ts';

/** Long enough to tell names apart, short enough to be typed. */
const longest = 60;

/**
 * A key for each object, by its id: readable, and the same in whatever order the service lists things. It comes from the name, without
 * one that can be read from the code, without both from the id. Where several would have one key, each of them gets its code behind it, else
 * the start of its id: no key means another object because one more was made.
 */
export function keysFor(
  kind: CollectionKind,
  objects: readonly LiveObject[],
  taken: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  const used = new Set(taken);
  let rest = [...objects].sort((a, b) => comparePoints(a.id, b.id));
  for (const way of ways) {
    const wanted = new Map<string, LiveObject[]>();
    for (const object of rest) {
      const key = way(kind, object);
      if (key === null) continue;
      const others = wanted.get(key);
      if (others) others.push(object);
      else wanted.set(key, [object]);
    }
    for (const [key, [object, ...more]] of wanted) {
      if (!object || more.length > 0 || used.has(key)) continue;
      keys.set(object.id, key);
      used.add(key);
    }
    rest = rest.filter(({ id }) => !keys.has(id));
  }
  return keys;
}

type Way = (kind: CollectionKind, object: LiveObject) => string | null;

const plain: Way = (kind, object) => {
  const name = nameOf(kind, object);
  return name === '' ? fromCode(kind, object) : asKey(kind, shortened(name));
};

const withCode: Way = (kind, object) => {
  const name = nameOf(kind, object);
  const code = codeOf(kind, object);
  return name === '' || code === '' ? null : asKey(kind, `${shortened(name)}_${code}`);
};

const withStart: Way = (kind, object) => asKey(kind, `${baseOf(kind, object)}_${idOf(object).slice(0, 8)}`);
const withId: Way = (kind, object) => asKey(kind, `${baseOf(kind, object)}_${idOf(object)}`);

const ways: readonly Way[] = [plain, withCode, withStart, withId];

/** The name, as far as it can be read; nothing of one of which less than half is left, where there is a code to say more. */
function nameOf(kind: CollectionKind, object: LiveObject): string {
  const text = fieldText(kind, object.fields, 'name') ?? '';
  const name = snakeCase(text);
  const isMuchLost = name.replace(/[^a-z]/g, '').length < lostLetters(text);
  return isMuchLost && codeOf(kind, object) !== '' ? '' : name;
}

function fromCode(kind: CollectionKind, object: LiveObject): string | null {
  const code = codeOf(kind, object);
  return code === '' ? null : `${wordOf(kind)}_${code}`;
}

const codeOf = (kind: CollectionKind, { fields }: LiveObject): string =>
  shortened(snakeCase(fieldText(kind, fields, kind.identity) ?? ''));

const baseOf = (kind: CollectionKind, object: LiveObject): string => plain(kind, object) ?? wordOf(kind);

/** Ids differ in their hyphens by nothing. */
const idOf = ({ id }: LiveObject): string => snakeCase(id).replaceAll('_', '').slice(0, 100);

/** `account`, `rate`: what stands before what alone would be no key, or one that YAML takes for a number or for yes and no. */
const wordOf = ({ noun }: CollectionKind): string => snakeCase(noun.one).split('_').at(-1) ?? 'entry';

const asKey = (kind: CollectionKind, text: string): string =>
  keyText(text) === text ? text : `${wordOf(kind)}_${text}`;

/** Cut between two words where there is one. */
function shortened(text: string): string {
  if (text.length <= longest) return text;
  const cut = text.slice(0, longest + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf('_'), 0) || longest);
}
