import { isNull, type Mapping, type Member, type Sequence, type Tree } from './tree.ts';

/**
 * One layer over another. Mappings merge key by key and the later value wins; whatever stands inside an entry, such as a
 * look-up, is one value. Null in place of an entry drops the inherited one. Lists of assignments put their own before the
 * inherited ones; `protect` and `removed` are unions. What is hidden on the way is kept beside what hides it.
 */
export function merge(
  base: Tree,
  over: Tree,
  collections: ReadonlySet<string>,
  path: readonly string[] = [],
): Tree {
  if (base.type === 'mapping' && over.type === 'mapping' && path.length < 3) {
    return mergeMappings(base, over, collections, path);
  }
  if (base.type === 'sequence' && over.type === 'sequence') return mergeSequences(base, over, path);
  if (isNull(over) && isEntry(path, collections)) return { ...over, dropped: true };
  return over;
}

const isEntry = (path: readonly string[], collections: ReadonlySet<string>): boolean =>
  path.length === 3 ? path[0] === 'external' : path.length === 2 && collections.has(path[0] ?? '');

function mergeMappings(
  base: Mapping,
  over: Mapping,
  collections: ReadonlySet<string>,
  path: readonly string[],
): Mapping {
  const members = new Map<string, Member>(base.members);
  for (const [key, member] of over.members) {
    const inherited = members.get(key);
    if (!inherited) {
      members.set(key, member);
      continue;
    }
    const value = merge(inherited.value, member.value, collections, [...path, key]);
    members.set(key, { key: member.key, value, ...hiddenBy(value, member, inherited) });
  }
  return { ...over, members };
}

/** A value that both have made hides neither of them. */
function hiddenBy(value: Tree, over: Member, inherited: Member): Pick<Member, 'hides'> {
  const both = value !== over.value && value.type !== 'scalar';
  if (both && !over.hides && !inherited.hides) return {};
  const lower = [...(over.hides ?? []), ...(both ? [] : [inherited]), ...(inherited.hides ?? [])];
  const hides = over.hides
    ? onceEach(lower, value)
    : lower.filter((each, at) => isFirst(each, at, lower, value));
  return hides.length === 0 ? {} : { hides: hides.slice(0, maxHidden) };
}

/** Nobody reads through more; and all that is kept keeps the layer that it stands in. */
const maxHidden = 20;

/** A file that is reached on two ways hides nothing of its own. */
function onceEach(members: readonly Member[], value: Tree): readonly Member[] {
  const known = new Set([idOf(value)]);
  return members.filter((each) => {
    const id = idOf(each.value);
    return !known.has(id) && known.add(id);
  });
}

/** The same where only the first of the members may stand among the others, as under a hundred layers beside each other. */
const isFirst = ({ value: own }: Member, at: number, [first]: readonly Member[], value: Tree): boolean =>
  !isSame(own, value) && (at === 0 || first === undefined || !isSame(own, first.value));

const isSame = (a: Tree, b: Tree): boolean => a.start === b.start && a.file.path === b.file.path;

function mergeSequences(base: Sequence, over: Sequence, path: readonly string[]): Sequence {
  const at = path.join('.');
  if (path.length === 2 && path[0] === 'assignments')
    return { ...over, items: together(over.items, base.items) };
  if (at === 'policy.protect' || (path.length === 2 && path[0] === 'removed')) {
    return { ...over, items: together(base.items, over.items) };
  }
  return over;
}

/** A file that is reached on two ways gives its items once. */
const together = (first: readonly Tree[], second: readonly Tree[]): readonly Tree[] => {
  const known = new Set(first.map(idOf));
  return [...first, ...second.filter((item) => !known.has(idOf(item)))];
};

const idOf = ({ file, start }: Tree): string => `${file.path}:${start}`;
