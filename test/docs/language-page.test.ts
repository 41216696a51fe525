import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { valueWords } from '../../scripts/pages/value-words.ts';
import { isRecord, keysIn } from '../editors/schema-keys.ts';

/* docs/configuration.md against the JSON Schema that editors use: the reference has every key with all that the schema says. */

const test = suite('the reference of the language');
const page = readFileSync('docs/configuration.md', 'utf8');
const schema: unknown = JSON.parse(readFileSync('schemas/ledgerform.v1.schema.json', 'utf8'));

interface Key {
  readonly path: string;
  readonly node: Readonly<Record<string, unknown>>;
}

/** Items that are values of their own are told with their list. */
const keys: readonly Key[] = keysIn(schema)
  .filter(({ path, schema: node }) => !path.endsWith('[]') || isRecord(node.properties))
  .map(({ path, schema: node }) => ({ path, node }));
const rows = new Map(
  [...page.matchAll(/^\| `([^`]+)` \|(.*)\|$/gm)].map(([, path = '', rest = '']) => [path, rest]),
);

test('has a section for each key of the file, and a row for each key below', () => {
  assert.ok(keys.length > 100, String(keys.length));
  const lacking = keys.filter(({ path }) =>
    path.includes('.') ? !rows.has(path) : !page.includes(`\n## \`${path}\`\n`),
  );
  assert.equal(
    lacking.map(({ path }) => path),
    [],
  );
  assert.equal(
    [...rows.keys()].filter((path) => !keys.some((key) => key.path === path)),
    [],
  );
});

test('says of each key what it is for, what may stand there, its limits and its default', () => {
  const wrong = keys.flatMap(({ path, node }) => {
    const told = rows.get(path) ?? sectionOf(path);
    const expected = [node.description, ...factsOf(node)].map((fact) => String(fact).replaceAll('|', '\\|'));
    return expected.filter((fact) => !told.includes(fact)).map((fact) => `${path}: ${fact}`);
  });
  assert.equal(wrong, []);
});

test('has an example of each key that holds a value', () => {
  const leaves = keys.filter(({ node }) => !node.properties && !isRecord(node.items) && !isOpen(node));
  assert.ok(leaves.length > 60);
  assert.equal(
    leaves
      .map(({ path }) => path)
      .filter((path) => (rows.get(path)?.split(' | ').at(-1) ?? '.').trim() === ''),
    [],
  );
});

test('a form of value for which there are no words stops the generator', () => {
  assert.throws(() => valueWords({ type: 'number' }), /no word for the type number/);
  assert.throws(() => valueWords({ description: 'anything' }), /cannot say what this takes/);
});

test('a list of what may also stand alone is told in a few words', () => {
  const one = { type: 'string', minLength: 1, maxLength: 9 };
  // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
  const words = valueWords({ type: ['string', 'array'], then: one, items: one, minItems: 1 });
  assert.is(words, 'text, 1 to 9 characters, or a list of such');
});

test.run();

/** What a schema allows, as words that have to stand on the page. */
function factsOf(node: Readonly<Record<string, unknown>>): readonly string[] {
  const branches = Array.isArray(node.anyOf) ? node.anyOf.filter(isRecord) : [];
  const values = [node, ...branches].flatMap((each) => (Array.isArray(each.enum) ? each.enum : []));
  return [
    ...values.map((value) => `\`${String(value)}\``),
    ...(typeof node.maxLength === 'number' ? [`${node.maxLength} characters`] : []),
    ...(typeof node.maxItems === 'number' ? [`at most ${node.maxItems}`] : []),
    ...(typeof node.minimum === 'number' ? [`from ${node.minimum}`] : []),
    ...(node.default === undefined ? [] : [`default \`${String(node.default)}\``]),
    ...([node.type].flat().includes('null') ? ['`null`'] : []),
  ];
}

function sectionOf(name: string): string {
  const [, after = ''] = page.split(`\n## \`${name}\`\n`);
  return after.split('\n## ')[0] ?? '';
}

function isOpen(node: Readonly<Record<string, unknown>>): boolean {
  return isRecord(node.additionalProperties);
}
