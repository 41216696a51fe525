import type { CollectionKind } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import { type Broken, name, told } from './told.ts';
import { type Scalar, writtenText } from './tree.ts';

const nouns: Readonly<Record<string, string>> = {
  object: 'a mapping (`key: value`)',
  array: 'a list (`[a, b]`)',
  string: 'text',
  integer: 'a whole number',
  number: 'a number',
  boolean: '`true` or `false`',
  null: 'null',
};

/** A value of another type, where quotes would not help. */
export function plainWrongType(broken: Broken, types: readonly string[]): Problem {
  const { at, path } = broken;
  const wanted = types
    .filter((type) => type !== 'null')
    .map((type) => nouns[type] ?? type)
    .join(' or ');
  const found = at.type === 'mapping' ? 'a mapping' : at.type === 'sequence' ? 'a list' : scalarNoun(at);
  const message = `${name(path)} must be ${wanted}; it is ${found}.`;
  const hint = betterWords(broken, types) ?? `Write ${wanted}.`;
  return told('WRONG_TYPE', message, hint, broken);
}

function scalarNoun(at: Scalar): string {
  if (at.value === null) return 'empty';
  return `\`${writtenText(at).slice(0, 40)}\``;
}

/** What to write where people most often write something else. */
function betterWords(broken: Broken, types: readonly string[]): string | null {
  const { path, at, kinds } = broken;
  if (!types.includes('object')) return null;
  const [section = '', key = ''] = path;
  const kind = kinds.collections.find((each) => path.slice(0, 2).includes(each.collection));
  if (at.type === 'scalar' && at.value === null) return emptyMapping(path);
  if (!kind) return null;
  if (at.type === 'sequence' && path.at(-1) === kind.collection)
    return 'Give each entry a key of its own, `my_key:`, in place of the `-`.';
  if (at.type !== 'scalar') return null;
  if (path.length === 2 && section === kind.collection && Object.hasOwn(kind.fields, key))
    return `\`${key}\` belongs to an entry: move it further to the right, below the key of that entry.`;
  return path.length > 1 ? lookUpOf(kind, at) : null;
}

function emptyMapping(path: readonly string[]): string {
  if (path[0] === 'organization') return 'Add `id:` below it, with the organization’s UUID from Tesouro.';
  const isEntry = path.length > 2 || (path.length === 2 && path[1] === 'was');
  return isEntry ? 'Fill it in, or remove it.' : 'Write `{}` if nothing belongs there, or leave the key out.';
}

function lookUpOf(kind: CollectionKind, at: Scalar): string {
  return `If it is a code, write \`{ ${kind.identity}: ${JSON.stringify(typeof at.value === 'string' ? at.value.slice(0, 40) : writtenText(at))} }\`.`;
}
