import type { SchemaNode } from './schema-node.ts';

/** What may stand at a place of the file, in words: `text, 1 to 500 characters`, `one of a, b, or null`. */
export function valueWords(node: SchemaNode): string {
  if (node.then) return `${valueWords(node.then)}, or a list${lengths(node)} of such`;
  if (node.const !== undefined) return `always ${code(node.const)}`;
  if (node.enum) return `one of ${node.enum.map(code).join(', ')}`;
  const types = [node.type ?? []].flat();
  const words = types.map((type) => (type === 'null' ? code(null) : ofType(type, node)));
  if (words.length === 0) throw new Error(`A page cannot say what this takes: ${JSON.stringify(node)}`);
  return words.join(', or ');
}

function ofType(type: string, node: SchemaNode): string {
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'integer') return `a whole number from ${node.minimum ?? 'any'}`;
  if (type === 'array') return `a list${lengths(node)}${elements(node.items)}`;
  const isLookUp = node.minProperties === 1 && node.maxProperties === 1;
  if (type === 'string') return isLookUp ? 'a key of this file' : textWords(node);
  if (type !== 'object') throw new Error(`A page has no word for the type ${type}.`);
  if (isLookUp) return `a mapping with exactly one of ${keys(node)}`;
  const { propertyNames: names } = node;
  return names
    ? `a mapping with keys of your own, at most ${names.maxLength} letters, digits, \`_\` and \`-\``
    : 'a mapping';
}

const keys = (node: SchemaNode): string =>
  Object.keys(node.properties ?? {})
    .map((key) => `\`${key}\``)
    .join(', ');

const lengths = ({ minItems, maxItems }: SchemaNode): string => {
  if (maxItems !== undefined) return ` of at most ${maxItems}`;
  return minItems === undefined || minItems < 2 ? '' : ` of at least ${minItems}`;
};

/** What a list consists of; mappings have rows of their own. */
const elements = (items: SchemaNode | undefined): string =>
  items === undefined || items.properties ? '' : `, each ${valueWords(items)}`;

function textWords({ pattern, minLength, maxLength, errorMessage }: SchemaNode): string {
  if (pattern === undefined)
    return maxLength === undefined ? 'text' : `text, ${minLength ?? 0} to ${maxLength} characters`;
  return forms.find(([, known]) => known.test(pattern))?.[0] ?? `text: ${errorMessage ?? code(pattern)}`;
}

/** What the forms of texts are called, by what tells their patterns apart. */
const forms: readonly (readonly [words: string, pattern: RegExp])[] = [
  ['a UUID', /^\^\(\?:\[0-9a-fA-F\]\{8\}/],
  ['a percentage, `0%` to `100%`, at most two decimals', /%\\s\*\)\$$/],
  ['three letters', /^\^\(\?:\[A-Za-z\]\{3\}\)\$$/],
  ['a date, also with a time: `2026-01-31`, `2026-01-31T12:00:00Z`', /^\^\(\?:\\d\{4\}-\\d\{2\}-\\d\{2\}/],
  ['an address: section, point, key', /^\^\(\?:\[a-z_\]\+\[\.\\\[\]\.\+\)\$$/],
];

const code = (value: unknown): string => `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;
