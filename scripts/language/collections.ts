import type { AnySchemaObject } from 'ajv';
import type { CollectionKind, Field } from '../../src/model/kind.ts';
import {
  clearableText,
  closed,
  code,
  exactlyOne,
  id,
  listFrom,
  percent,
  type Stage,
  text,
  type Words,
} from './leaves.ts';

/** The names by which a file may call its entries: letters, digits, `_` and `-`, so that addresses stay readable. */
const keyNames = {
  maxLength: 200,
  errorMessage:
    'A key is made of letters, digits, _ and -, without spaces. It is only a name inside this file.',
  pattern: '^[\\p{L}\\p{N}_][\\p{L}\\p{M}\\p{N}_-]*$',
  // An editor would offer a key named `property`; the new entry that it offers has a better one.
  doNotSuggest: true,
  description: 'The name used inside this file: letters, digits, `_` and `-`. It is never sent.',
};

const field = (stage: Stage, { type, ...facts }: Field, isCode: boolean): AnySchemaObject => {
  const words: Words = { description: facts.description, examples: [facts.example] };
  if (type === 'percent' || !('maxLength' in facts)) return percent(stage, words);
  if (isCode) return code(stage, facts.maxLength, facts.example, facts.description);
  return facts.clearable ? clearableText(facts.maxLength, words) : text(facts.maxLength, words);
};

const exampleOf = (kind: CollectionKind, name: string): string => kind.fields[name]?.example ?? '';

/** `{ nominal_code: "4010" }`, `{ name: … }` or `{ id: … }`: exactly one of them. */
export function lookup(stage: Stage, kind: CollectionKind, words: Words, withId = true): AnySchemaObject {
  const { one } = kind.noun;
  const identity = code(
    stage,
    500,
    exampleOf(kind, kind.identity),
    `Finds the ${one} with this ${kind.identity}. Always quote it, so that leading zeros survive.`,
  );
  const name = text(500, {
    description: `Finds the ${one} with exactly this name.`,
    examples: [exampleOf(kind, 'name')],
  });
  const pinned = id(stage, {
    description: `Finds the ${one} with this id of the service.`,
    examples: ['2c1f6a0e-4f0e-4c3c-9b57-0d7f2f5a9c11'],
  });
  const properties = { [kind.identity]: identity, name, ...(withId ? { id: pinned } : {}) };
  return exactlyOne(stage, properties, words);
}

/** A key of the file or a look-up in place; with `clearable`, also null. */
export function reference(
  stage: Stage,
  kind: CollectionKind,
  words: Words,
  clearable: boolean,
): AnySchemaObject {
  const type = ['string', 'object', ...(clearable ? ['null'] : [])];
  const { one } = kind.noun;
  const inPlace = {
    label: `look the ${one} up by its ${kind.identity}`,
    body: `{ ${kind.identity}: "\${1:${exampleOf(kind, kind.identity)}}" }`,
  };
  const errorMessage = `Write a key of this file, or look the ${one} up: ${inPlace.body.replace(/\$\{1:(.*?)\}/, '$1')}.`;
  const found = lookup(stage, kind, { ...words, errorMessage });
  if (stage === 'check') return { ...found, type, minLength: 1 };
  // With `properties` of its own an editor would begin a look-up, where most people write a key.
  const { description: _, examples: __, type: ___, ...mapping } = found;
  const leaf = { ...words, errorMessage, type, minLength: 1, defaultSnippets: [inPlace] };
  return { ...leaf, if: { type: 'string' }, else: mapping };
}

/** The section of a kind, such as `tax_rates`. */
export function section(stage: Stage, kind: CollectionKind): AnySchemaObject {
  const { one } = kind.noun;
  const fields = Object.entries(kind.fields).map(
    ([name, facts]) => [name, field(stage, facts, name === kind.identity)] as const,
  );
  const entry = closed(
    {
      id: id(stage, {
        description: `Pins the live ${one} by its id of the service; where given, it alone decides which one is meant.`,
        examples: ['2c1f6a0e-4f0e-4c3c-9b57-0d7f2f5a9c11'],
      }),
      ...Object.fromEntries(fields),
      was: lookup(
        stage,
        kind,
        {
          description: `A former identity, for a rename: the ${one} that had this ${kind.identity} or name is changed instead of a new one created. It may stay in the file.`,
          examples: [{ [kind.identity]: kind.otherExamples.former }],
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
    ...own(stage, `a new ${one}`, exampleKey(kind), entryExample(kind)),
    description: kind.description.section,
    examples: [{ [exampleKey(kind)]: entryExample(kind) }],
  };
}

/**
 * What editors insert for a new entry. Without `properties` they would insert the section's example at once, and lose the
 * quotes of a code that looks like a number.
 */
const own = (
  stage: Stage,
  label: string,
  key: string,
  example: Readonly<Record<string, string>>,
): AnySchemaObject => {
  if (stage === 'check') return {};
  const fields = Object.entries(example).map(([name, text], index) => {
    const stop = `\${${index + 2}:${text}}`;
    return [name, /^\d+$/.test(text) ? `"${stop}"` : stop];
  });
  return {
    properties: {},
    defaultSnippets: [{ label, body: { [`\${1:${key}}`]: Object.fromEntries(fields) } }],
  };
};

const entryExample = (kind: CollectionKind): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(kind.fields).map(([name, facts]) => [name, facts.example]));

const exampleKey = (kind: CollectionKind): string =>
  exampleOf(kind, 'name').toLowerCase().replace(/\W+/g, '_');

/** The part of `external` for a kind. */
export const externals = (stage: Stage, kind: CollectionKind): AnySchemaObject => ({
  type: 'object',
  propertyNames: keyNames,
  ...own(stage, `a ${kind.noun.one} to look up`, kind.otherExamples.external.key, externalExample(kind)),
  additionalProperties: {
    ...lookup(stage, kind, {
      description: `A ${kind.noun.one} of the accounting system, found by exactly one of ${kind.identity}, name or id. \`null\` drops an inherited entry.`,
      examples: [externalExample(kind)],
      errorMessage: `Say how the ${kind.noun.one} is found: { ${kind.identity}: "${kind.otherExamples.external.code}" }.`,
    }),
    type: ['object', 'null'],
  },
  description: `${upper(kind.noun.many)} that were pulled from the accounting system, by the key under which this file refers to them.`,
  examples: [{ [kind.otherExamples.external.key]: externalExample(kind) }],
});

const externalExample = (kind: CollectionKind): Readonly<Record<string, string>> => ({
  [kind.identity]: kind.otherExamples.external.code,
});

/** The part of `removed` for a kind. */
export const removals = (stage: Stage, kind: CollectionKind): AnySchemaObject =>
  listFrom(
    stage,
    lookup(stage, kind, {
      description: `An internal ${kind.noun.one} that must not exist, named by exactly one of ${kind.identity}, name or id.`,
      examples: [{ [kind.identity]: kind.otherExamples.former }],
    }),
    {
      description: `Internal ${kind.noun.many} that must not exist. One that is already gone is fine; the guards against deleting apply.`,
      examples: [[{ [kind.identity]: kind.otherExamples.former }]],
    },
    {
      [`a ${kind.noun.one} that must not exist`]: `- ${kind.identity}: "\${1:${kind.otherExamples.former}}"`,
    },
  );

const upper = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
