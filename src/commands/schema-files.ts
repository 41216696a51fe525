/** The documents that have a JSON Schema, and its file in `schemas/`. */
export const schemaFiles = {
  config: 'ledgerform.v1.schema.json',
  plan: 'plan.v1.schema.json',
  apply: 'apply.v1.schema.json',
  many: 'many.v1.schema.json',
  readiness: 'readiness.v1.schema.json',
  assign: 'assign.v1.schema.json',
  explain: 'explain.v1.schema.json',
  seed: 'seed.v1.schema.json',
} as const;

export type SchemaName = keyof typeof schemaFiles;

/** Whether a document has a schema. */
export const isSchemaName = (name: string): name is SchemaName => Object.hasOwn(schemaFiles, name);
