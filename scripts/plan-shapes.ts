import type { AnySchemaObject } from 'ajv';

/** A text with an example. */
export const text = (description: string, example: string): AnySchemaObject => ({
  type: 'string',
  description,
  examples: [example],
});

/** A text that may be null. */
export const textOrNull = (description: string, example: string): AnySchemaObject => ({
  ...text(description, example),
  type: ['string', 'null'],
});

/** A whole number from 0. */
export const count = (description: string): AnySchemaObject => ({
  type: 'integer',
  minimum: 0,
  description,
  examples: [3],
});

/** A whole number that may be null. */
export const countOrNull = (description: string): AnySchemaObject => ({
  ...count(description),
  type: ['integer', 'null'],
});

/** A list of such items. */
export const list = (items: AnySchemaObject, description: string): AnySchemaObject => ({
  type: 'array',
  items,
  description,
});

/** A closed object whose members are all required, but for the optional ones. */
export const closed = (
  description: string,
  properties: Readonly<Record<string, AnySchemaObject>>,
  optional: readonly string[] = [],
): AnySchemaObject => ({
  type: 'object',
  additionalProperties: false,
  required: Object.keys(properties).filter((name) => !optional.includes(name)),
  properties,
  description,
});
