import { stringify } from 'yaml';
import type { SchemaNode } from './schema-node.ts';
import { valueWords } from './value-words.ts';

/** A key of the configuration file, as the reference shows it. */
export interface LanguageRow {
  /** `ledger_accounts.<key>.was.name`; `<key>` stands for a name of one's own, `[]` for an item of a list. */
  readonly path: string;
  /** What may stand there, in words. */
  readonly value: string;
  /** What it is when it is left out, as YAML; null where that is nothing. */
  readonly fallback: string | null;
  readonly meaning: string;
  /** As YAML on one line; null where the example of what is above shows it. */
  readonly example: string | null;
}

/** All keys below one, in the order of the schema, itself first. */
export function languageRows(path: string, node: SchemaNode): readonly LanguageRow[] {
  const { additionalProperties: own, items, properties } = node;
  return [
    row(path, node),
    ...Object.entries(properties ?? {}).flatMap(([key, member]) => languageRows(`${path}.${key}`, member)),
    ...(typeof own === 'object' ? languageRows(`${path}.<key>`, own) : []),
    ...(items?.properties ? languageRows(`${path}[]`, items) : []),
  ];
}

function row(path: string, node: SchemaNode): LanguageRow {
  const {
    additionalProperties: own,
    default: fallback,
    description = '',
    examples,
    items,
    properties,
  } = node;
  const [example] = examples ?? [];
  const text = example === undefined ? null : inline(example);
  const hasRows = Boolean(properties ?? items?.properties) || typeof own === 'object';
  return {
    path,
    value: valueWords(node),
    fallback: fallback === undefined ? null : inline(fallback),
    meaning: description,
    example: text === null || (hasRows && text.length > longest) ? null : text,
  };
}

const longest = 60;

/** A value as one writes it in a file, on one line. */
export const inline = (value: unknown): string =>
  stringify(value, {
    lineWidth: 0,
    collectionStyle: 'flow',
    defaultStringType: 'PLAIN',
    compat: 'yaml-1.1',
    flowCollectionPadding: false,
  }).trim();
