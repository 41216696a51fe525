import { isList, isMapping, type Path, type Written, type YamlEdit } from './edits.ts';
import { says } from './guard.ts';
import { normal } from './intent.ts';
import type { Layout } from './layout.ts';
import { type Place, placeAt } from './place.ts';

/** What a text says, writing aside: to hold a text before its edits against the one after. */
interface Said {
  kind: 'scalar' | 'alias' | 'mapping' | 'sequence';
  value: unknown;
  /** Of what is no text: as it is written, because readers differ in what `0010` is. */
  source: string;
  readonly props: string;
  members: Map<string, Said>;
  items: Said[];
  /** An edit makes it: it may stand anywhere among those that there are. */
  isNew: boolean;
}

/** Whether the text after says what the text before does with the edits made, and nothing else. */
export function saysWith(before: Layout, edits: readonly YamlEdit[], after: Layout): boolean {
  const root = before.root ? saidOf(before.root) : scalar(null);
  const removed: { readonly list: Said[]; readonly item: Said }[] = [];
  const inserted: { readonly list: Said[]; readonly before: Said | undefined; readonly item: Said }[] = [];
  for (const edit of edits) {
    if (edit.type === 'set') setIn(root, edit.path, said(edit.value));
    else if (edit.type === 'insert') {
      const list = at(root, edit.path, 'sequence');
      const known = before.root ? placeAt(before.root, edit.path.map(normal)) : undefined;
      const there = known?.type === 'sequence' && known.items.some(({ value }) => says(value, edit.value));
      if (!there) inserted.push({ list: list.items, before: list.items[edit.at], item: said(edit.value) });
    } else {
      const parent = lookUp(root, edit.path.slice(0, -1));
      const step = normal(edit.path.at(-1) ?? '');
      if (parent?.kind === 'mapping') parent.members.delete(String(step));
      const item = parent?.kind === 'sequence' ? parent.items[Number(step)] : undefined;
      if (parent && item) removed.push({ list: parent.items, item });
    }
  }
  for (const { list, before: next, item } of inserted)
    list.splice(next ? list.indexOf(next) : list.length, 0, item);
  for (const { list, item } of removed) list.splice(list.indexOf(item), 1);
  return same(root, after.root ? saidOf(after.root) : scalar(null));
}

function saidOf(place: Place): Said {
  const props = `${place.anchor ?? ''} ${place.tag ?? ''}`;
  const base: Said = { ...scalar(null), props };
  if (place.type === 'scalar') return { ...base, value: place.value, source: place.source };
  if (place.type === 'alias') return { ...base, kind: 'alias', value: place.name };
  if (place.type === 'mapping') {
    const members = new Map<string, Said>();
    for (const { name, value } of place.members) members.set(free(name, members), saidOf(value));
    return { ...base, kind: 'mapping', members };
  }
  if (place.type === 'sequence')
    return { ...base, kind: 'sequence', items: place.items.map((each) => saidOf(each.value)) };
  return base;
}

/** A key that stands twice is two. */
const free = (name: string, members: ReadonlyMap<string, Said>): string =>
  members.has(name) ? free(`${name}\0`, members) : name;

function said(value: Written): Said {
  if (isList(value)) return { ...scalar(null), kind: 'sequence', items: value.map(said) };
  if (!isMapping(value)) return scalar(value);
  const members = new Map(Object.entries(value).map(([key, each]) => [key.normalize('NFC'), said(each)]));
  return { ...scalar(null), kind: 'mapping', members };
}

const scalar = (value: unknown): Said => ({
  kind: 'scalar',
  value,
  source: value === null ? '' : String(value),
  props: ' ',
  members: new Map(),
  items: [],
  isNew: false,
});

function lookUp(root: Said, path: Path): Said | undefined {
  let found: Said | undefined = root;
  for (const step of path.map(normal))
    found = found?.kind === 'sequence' ? found.items[Number(step)] : found?.members.get(String(step));
  return found;
}

/** The value at a path, made where it is missing. */
function at(root: Said, path: Path, kind: Said['kind']): Said {
  let found = root;
  const become = (wanted: Said['kind']): void => {
    if (found.kind === 'scalar' && found.value === null) found.kind = wanted;
  };
  for (const step of path.map(normal)) {
    become('mapping');
    const next: Said | undefined =
      found.kind === 'sequence' ? found.items[Number(step)] : found.members.get(String(step));
    const made = next ?? { ...scalar(null), isNew: true };
    if (!next) found.members.set(String(step), made);
    found = made;
  }
  become(kind);
  return found;
}

function setIn(root: Said, path: Path, value: Said): void {
  const old = at(root, path, 'scalar');
  Object.assign(old, { ...value, props: old.props, isNew: old.isNew });
}

function same(a: Said, b: Said): boolean {
  if (a.kind !== b.kind || a.props !== b.props) return false;
  if (a.kind === 'sequence')
    return (
      a.items.length === b.items.length && a.items.every((item, index) => same(item, b.items[index] ?? item))
    );
  if (a.kind === 'mapping') {
    const kept = [...a.members].flatMap(([key, { isNew }]) => (isNew ? [] : key));
    const left = new Set(kept);
    const keys = [...b.members.keys()].filter((key) => left.has(key));
    return (
      a.members.size === b.members.size &&
      kept.every((key, index) => key === keys[index]) &&
      [...a.members].every(([key, each]) => {
        const other = b.members.get(key);
        return other !== undefined && same(each, other);
      })
    );
  }
  return (
    Object.is(a.value, b.value) && (typeof a.value === 'string' || a.value === null || a.source === b.source)
  );
}
