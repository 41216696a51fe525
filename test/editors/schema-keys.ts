/** What a schema says of one key of the file. */
export interface SchemaKey {
  /** `ledger_accounts.<key>.was.name`; `<key>` stands for a name of one's own, `[]` for an item of a list. */
  readonly path: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

/** All that a schema says of the keys of the file, through its branches: more than once of some. */
export function keysIn(schema: unknown, path = ''): readonly SchemaKey[] {
  if (!isRecord(schema)) return [];
  const { additionalProperties: own, allOf, else: otherwise, items, properties, then } = schema;
  const named = [
    ...Object.entries(isRecord(properties) ? properties : {}).map(
      ([key, part]) => [path === '' ? key : `${path}.${key}`, part] as const,
    ),
    [`${path}.<key>`, own] as const,
    [`${path}[]`, items] as const,
  ];
  const here = named.flatMap(([at, part]) =>
    isRecord(part) && !part.doNotSuggest ? [{ path: at, schema: part }] : [],
  );
  const below = here.flatMap((each) => keysIn(each.schema, each.path));
  // What has a comment only says what may come next.
  const branches = [then, otherwise, ...(Array.isArray(allOf) ? allOf : [])].filter(
    (branch) => isRecord(branch) && !branch.$comment,
  );
  return [...here, ...below, ...branches.flatMap((branch) => keysIn(branch, path))];
}

/** An object that is no list. */
export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
