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

/** One of a few words, or a variable. */
export const choice = (stage: Stage, values: readonly string[], words: Words): AnySchemaObject =>
  stage === 'editor'
    ? { anyOf: [{ enum: values }, { type: 'string', pattern: placeholder }], ...words }
    : { enum: values, ...words };

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

/** A mapping that says exactly one thing. Editors offer no keys where `maxProperties` is one, so they get it key by key. */
export const exactlyOne = (
  stage: Stage,
  properties: Readonly<Record<string, AnySchemaObject>>,
  words: Words,
): AnySchemaObject => ({
  ...closed(properties, words),
  minProperties: 1,
  ...(stage === 'check'
    ? { maxProperties: 1 }
    : {
        dependentSchemas: Object.fromEntries(
          Object.keys(properties).map((key) => [key, { maxProperties: 1 }]),
        ),
      }),
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
