import type { AnySchemaObject } from 'ajv';

/** Says where a schema is used: editors see `${var.NAME}` as written, the compiled check sees the value that is inserted. */
export type Stage = 'editor' | 'check';

export interface Words {
  readonly description: string;
  readonly examples: readonly unknown[];
  /** What an editor says of a value of another type or form; without it, it shows the type or the pattern. */
  readonly errorMessage?: string;
}

const placeholder = '\\$\\{';
const uuid = '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** Text that is not blank. */
export const text = (maxLength: number, words: Words): AnySchemaObject => ({
  type: 'string',
  minLength: 1,
  maxLength,
  ...words,
});

/** Text that may also be empty or null, which clears it. */
export const clearableText = (maxLength: number, words: Words): AnySchemaObject => ({
  type: ['string', 'null'],
  maxLength,
  ...words,
});

/** Text in one form, or a variable. */
export const formed = (stage: Stage, form: string, words: Words): AnySchemaObject => ({
  type: 'string',
  pattern: stage === 'editor' ? `^(?:${form})$|${placeholder}` : `^(?:${form})$`,
  ...words,
});

/** An id as the service makes it. */
export const id = (stage: Stage, words: Words): AnySchemaObject =>
  formed(stage, uuid, {
    ...words,
    errorMessage: 'An id of the service is a UUID, such as 9d2b4c8f-2087-4738-ba91-7359683c49a4.',
  });

/** `0%` to `100%` with at most two decimals. */
export const percent = (stage: Stage, words: Words): AnySchemaObject =>
  formed(stage, '\\s*0*(?:100(?:\\.0{1,2})?|\\d{1,2}(?:\\.\\d{1,2})?)\\s*%\\s*', {
    ...words,
    errorMessage: 'Write a percentage from 0% to 100% with at most two decimals and the sign, such as 7.5%.',
  });

/** One of a few words, which are given with what they mean, or a variable. */
export function choice(
  stage: Stage,
  values: Readonly<Record<string, string>>,
  words: Words,
): AnySchemaObject {
  const chosen = { enum: Object.keys(values) };
  if (stage === 'check') return { ...chosen, ...words };
  const told = { ...chosen, enumDescriptions: Object.values(values) };
  return { anyOf: [told, { type: 'string', pattern: placeholder }], ...words };
}

/** A code: an editor inserts it with its quotes, and only what is between them is typed over. */
export const code = (
  stage: Stage,
  maxLength: number,
  example: string,
  description: string,
): AnySchemaObject => ({
  ...text(maxLength, {
    description,
    examples: [example],
    errorMessage: 'A code is text: put it between double quotes, as in "0400", so that its zeros survive.',
  }),
  ...offered(stage, { [`"${example}"`]: `"${stop(1, example)}"` }),
});

/** A mapping with these keys and no others. */
export const closed = (
  properties: Readonly<Record<string, AnySchemaObject>>,
  words: Words,
): AnySchemaObject => ({
  type: 'object',
  additionalProperties: false,
  properties,
  ...words,
});

/** A mapping that says exactly one thing. Editors offer no keys where `maxProperties` is one, and have no words for it: they get it key by key. */
export function exactlyOne(
  stage: Stage,
  properties: Readonly<Record<string, AnySchemaObject>>,
  words: Words,
): AnySchemaObject {
  const mapping = closed(properties, words);
  if (stage === 'check') return { ...mapping, minProperties: 1, maxProperties: 1 };
  const keys = Object.keys(properties);
  const [first = '', ...others] = keys;
  const all = `${keys.slice(0, -1).join(', ')} or ${others.at(-1)}`;
  const only = (later: readonly string[]) => absent(later, `Say one of ${all}, and only one.`);
  return {
    ...mapping,
    dependentSchemas: Object.fromEntries(
      keys.slice(0, -1).map((key, index) => [key, only(keys.slice(index + 1))]),
    ),
    if: { type: 'object', maxProperties: 0 },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: { required: [first], errorMessage: words.errorMessage ?? `Say one of ${all}.` },
  };
}

/** A place in what an editor inserts that is typed over. */
export const stop = (at: number, text: string): string => `\${${at}:${text}}`;

/** What editors offer to insert, by what they call it. */
export const offered = (stage: Stage, bodies: Readonly<Record<string, unknown>>): AnySchemaObject =>
  stage === 'check'
    ? {}
    : { defaultSnippets: Object.entries(bodies).map(([label, body]) => ({ label, body })) };

/** A list, and with which items editors begin one of which nothing but the key is there: for them it is null, or a mapping to be. */
export const listFrom = (
  stage: Stage,
  items: AnySchemaObject,
  words: Words,
  first: Readonly<Record<string, string>>,
): AnySchemaObject => ({
  ...list(items, words),
  ...(stage === 'check'
    ? {}
    : { anyOf: [{}, { type: ['null', 'object'], description: 'Not a list yet.', ...offeredText(first) }] }),
});

const offeredText = (texts: Readonly<Record<string, string>>): AnySchemaObject => ({
  defaultSnippets: Object.entries(texts).map(([label, bodyText]) => ({ label, bodyText })),
});

/** For editors: what may not be there, and what they say of it at its key. */
export const absent = (keys: readonly string[], errorMessage: string): AnySchemaObject => ({
  properties: Object.fromEntries(keys.map((key) => [key, false])),
  errorMessage,
});

/** A whole number from zero. */
export const count = (fallback: number, words: Words): AnySchemaObject => ({
  type: 'integer',
  minimum: 0,
  default: fallback,
  ...words,
});

export const list = (items: AnySchemaObject, words: Words): AnySchemaObject => ({
  type: 'array',
  items,
  ...words,
});
