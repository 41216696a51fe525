import type { AnySchemaObject } from 'ajv';
import { stringify } from 'yaml';

/**
 * The schema with its texts as editors take them. They show a description as it is, signs and all, and one in Markdown as it is meant. An
 * example is shown, and also offered to be inserted: only one value comes out right there, so that mappings and lists go into the text.
 */
export function forEditors(schema: AnySchemaObject): AnySchemaObject {
  const { description, examples, ...rest } = schema;
  const members = Object.entries(rest).map(([word, value]) => [word, below(word, value)]);
  if (description === undefined) return Object.fromEntries(members);
  const all: readonly unknown[] = examples ?? [];
  const offered = all.filter((example) => isOffered(example, schema));
  const [shown] = offered.length > 0 ? [] : all;
  const text = shown === undefined ? description : `${description}\n\nExample:\n\n${inMarkdown(shown)}`;
  return {
    description,
    ...(text.includes('`') ? { markdownDescription: text } : {}),
    ...(offered.length > 0 ? { examples: offered } : {}),
    ...Object.fromEntries(members),
  };
}

const isSchema = (value: unknown): value is AnySchemaObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The words of JSON Schema that hold schemas. */
const named: ReadonlySet<string> = new Set(['properties', 'dependentSchemas']);
const single: ReadonlySet<string> = new Set([
  ...['additionalProperties', 'else', 'if', 'items', 'not', 'propertyNames', 'then'],
]);
const several: ReadonlySet<string> = new Set(['allOf', 'anyOf']);

function below(word: string, value: unknown): unknown {
  const each = (one: unknown): unknown => (isSchema(one) ? forEditors(one) : one);
  if (single.has(word)) return each(value);
  if (several.has(word) && Array.isArray(value)) return value.map(each);
  if (named.has(word) && isSchema(value))
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, each(one)]));
  return value;
}

/** One value, where no snippet inserts the same. */
function isOffered(example: unknown, { defaultSnippets: snippets = [] }: AnySchemaObject): boolean {
  if (typeof example === 'object' && example !== null) return false;
  return !snippets.some(({ label }: { readonly label: string }) => label === JSON.stringify(example));
}

function inMarkdown(value: unknown): string {
  const text =
    typeof value === 'string'
      ? JSON.stringify(value)
      : stringify(value, { lineWidth: 0, compat: 'yaml-1.1' });
  return `\`\`\`yaml\n${text.trimEnd()}\n\`\`\``;
}
