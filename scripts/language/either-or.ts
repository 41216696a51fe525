import type { AnySchemaObject } from 'ajv';
import { absent, type Stage } from './leaves.ts';

/**
 * An item of a list of assignments is either a rule (says `when`) or names one thing. Editors are told so by branches, each with the keys
 * that may stand there, so that they offer these and no others. The compiled check sees one mapping with all keys: what loads the
 * file says in words, and at the key that is meant, what does not go together.
 */
export function eitherOr(
  stage: Stage,
  item: AnySchemaObject,
  specific: readonly string[],
  targets: readonly string[],
): AnySchemaObject {
  if (stage === 'check') return item;
  const { additionalProperties: _, properties, ...told } = item;
  const keys = Object.keys(properties);
  const some = (chosen: readonly string[], change = same): Record<string, AnySchemaObject> =>
    Object.fromEntries(
      keys.filter((key) => chosen.includes(key)).map((key) => [key, change(properties[key])]),
    );
  const forRules = keys.filter((key) => !specific.includes(key));
  const onlyRules = forRules.filter((key) => !targets.includes(key));
  const what = specific.map((key) => `\`${key}\``).join(' and ');
  const begin = `Write a rule (\`when\`), or name one thing (${what}).`;
  const assigned = {
    anyOf: targets.map((target) => ({
      required: [target],
      errorMessage: `Say what is assigned: ${targets.map((key) => `\`${key}\``).join(' or ')}.`,
    })),
  };

  const rule = {
    properties: { ...some(specific, untold), ...some(forRules), ...some(targets, stated) },
    additionalProperties: false,
    allOf: [
      absent(specific, 'An item is a rule (`when`) or names one thing, not both.'),
      { required: ['when'], errorMessage: 'A rule says with `when` what it is for; `{}` is for everything.' },
      assigned,
    ],
  };
  const one = {
    properties: { ...some(onlyRules, untold), ...some([...specific, ...targets]) },
    additionalProperties: false,
    allOf: [
      absent(onlyRules, 'Only for rules: an item that names one thing always enforces what it says.'),
      ...specific.map((key) => ({ required: [key], errorMessage: `\`${key}\` belongs to it.` })),
      assigned,
    ],
  };
  // What is not there yet needs no more than a place to begin.
  const start = {
    $comment: 'What an item may begin with.',
    properties: some(keys, begun),
    additionalProperties: false,
    allOf: [{ required: ['when'], errorMessage: begin }],
  };
  const isOne = { anyOf: specific.map((key) => ({ required: [key] })) };
  const isRule = { anyOf: onlyRules.map((key) => ({ required: [key] })) };
  return {
    ...told,
    errorMessage: begin,
    // Without them an editor that begins a list leaves an empty line behind.
    properties: {},
    if: { type: 'object', anyOf: [{ required: ['when'] }, { allOf: [isRule, { not: isOne }] }] },
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    then: rule,
    // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
    else: { if: { type: 'object', ...isOne }, then: one, else: start },
  };
}

const same = (member: AnySchemaObject): AnySchemaObject => member;

/** What is said of it elsewhere, and what an editor does not offer. */
const untold = (): AnySchemaObject => ({ doNotSuggest: true });

/** A rule never unassigns. */
const stated = (reference: AnySchemaObject): AnySchemaObject => ({
  ...reference,
  type: ['string', 'object'],
  errorMessage: `${reference.errorMessage} A rule cannot unassign.`,
});

/** What may come next, without all that belongs to it; a mapping begins on the next line. */
function begun({ defaultSnippets, description, examples, type }: AnySchemaObject): AnySchemaObject {
  const one = { examples, ...(defaultSnippets ? { defaultSnippets } : {}) };
  return { type, description, ...(type === 'object' ? {} : one) };
}
