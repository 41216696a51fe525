import type { AnySchemaObject } from 'ajv';
import type { CollectionKind, Field } from '../../src/model/kind.ts';
import { clearableText, closed, id, list, percent, type Stage, text, type Words } from './leaves.ts';

/** The names by which a file may call its entries: letters, digits, `_` and `-`, so that addresses stay readable. */
const keyNames = {
  maxLength: 200,
  pattern: '^[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]*$',
  description: 'The name used inside this file: letters, digits, `_` and `-`. It is never sent.',
};

const field = (stage: Stage, { type, ...facts }: Field): AnySchemaObject => {
  const words: Words = { description: facts.description, examples: [facts.example] };
  if (type === 'percent' || !('maxLength' in facts)) return percent(stage, words);
  return facts.clearable ? clearableText(facts.maxLength, words) : text(facts.maxLength, words);
};

const exampleOf = (kind: CollectionKind, name: string): string => kind.fields[name]?.example ?? '';

/** `{ nominal_code: "4010" }`, `{ name: … }` or `{ id: … }`: exactly one of them. */
export function lookup(stage: Stage, kind: CollectionKind, words: Words, withId = true): AnySchemaObject {
  const { one } = kind.noun;
  const code = text(500, {
    description: `Finds the ${one} with this ${kind.identity}. Always quote it, so that leading zeros survive.`,
    examples: [exampleOf(kind, kind.identity)],
  });
  const name = text(500, {
    description: `Finds the ${one} with exactly this name.`,
    examples: [exampleOf(kind, 'name')],
  });
  const pinned = id(stage, {
    description: `Finds the ${one} with this id of the service.`,
    examples: ['2c1f6a0e-4f0e-4c3c-9b57-0d7f2f5a9c11'],
  });
  const properties = { [kind.identity]: code, name, ...(withId ? { id: pinned } : {}) };
  return { ...closed(properties, words), minProperties: 1, maxProperties: 1 };
}

/** A key of the file or a look-up in place; with `clearable`, also null. */
export function reference(
  stage: Stage,
  kind: CollectionKind,
  words: Words,
  clearable: boolean,
): AnySchemaObject {
  const type = ['string', 'object', ...(clearable ? ['null'] : [])];
  return { ...lookup(stage, kind, words), type, minLength: 1 };
}

/** The section of a kind, such as `tax_rates`. */
export function section(stage: Stage, kind: CollectionKind): AnySchemaObject {
  const { one } = kind.noun;
  const fields = Object.entries(kind.fields).map(([name, facts]) => [name, field(stage, facts)] as const);
  const entry = closed(
    {
      ...Object.fromEntries(fields),
      id: id(stage, {
        description: `Pins the live ${one} by its id of the service; where given, it alone decides which one is meant.`,
        examples: ['2c1f6a0e-4f0e-4c3c-9b57-0d7f2f5a9c11'],
      }),
      was: lookup(
        stage,
        kind,
        {
          description: `A former identity, for a rename: the ${one} that had this ${kind.identity} or name is changed instead of a new one created. It may stay in the file.`,
          examples: [{ [kind.identity]: '1190' }],
        },
        false,
      ),
    },
    {
      description: `${kind.description.entry} \`null\` drops an inherited entry.`,
      examples: [entryExample(kind)],
    },
  );
  return {
    type: 'object',
    propertyNames: keyNames,
    additionalProperties: { ...entry, type: ['object', 'null'] },
    description: kind.description.section,
    examples: [{ [exampleKey(kind)]: entryExample(kind) }],
  };
}

const entryExample = (kind: CollectionKind): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(kind.fields).map(([name, facts]) => [name, facts.example]));

const exampleKey = (kind: CollectionKind): string =>
  exampleOf(kind, 'name').toLowerCase().replace(/\W+/g, '_');

/** The part of `external` for a kind. */
export const externals = (stage: Stage, kind: CollectionKind): AnySchemaObject => ({
  type: 'object',
  propertyNames: keyNames,
  additionalProperties: {
    ...lookup(stage, kind, {
      description: `A ${kind.noun.one} of the accounting system, found by exactly one of ${kind.identity}, name or id. \`null\` drops an inherited entry.`,
      examples: [{ [kind.identity]: exampleOf(kind, kind.identity) }],
    }),
    type: ['object', 'null'],
  },
  description: `${upper(kind.noun.many)} that were pulled from the accounting system, by the key under which this file refers to them.`,
  examples: [{ [exampleKey(kind)]: { [kind.identity]: exampleOf(kind, kind.identity) } }],
});

/** The part of `removed` for a kind. */
export const removals = (stage: Stage, kind: CollectionKind): AnySchemaObject =>
  list(
    lookup(stage, kind, {
      description: `An internal ${kind.noun.one} that must not exist, named by exactly one of ${kind.identity}, name or id.`,
      examples: [{ [kind.identity]: exampleOf(kind, kind.identity) }],
    }),
    {
      description: `Internal ${kind.noun.many} that must not exist. One that is already gone is fine; the guards against deleting apply.`,
      examples: [[{ [kind.identity]: exampleOf(kind, kind.identity) }]],
    },
  );

const upper = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
