/** The parts of an OpenAPI document that the emulator's tables are made from. */
export interface Schema {
  readonly [member: string]: unknown;
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly additionalProperties?: boolean;
  readonly default?: unknown;
}

export interface Parameter {
  readonly $ref?: string;
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly schema: Schema;
}

interface Body {
  readonly content: Readonly<Record<string, { readonly schema: Schema }>>;
}

interface RawOperation {
  readonly operationId: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: Body;
  readonly responses: Readonly<Record<string, { readonly content?: Body['content'] }>>;
  readonly security?: readonly unknown[];
}

export interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, RawOperation>>>>;
  readonly components: {
    readonly parameters: Readonly<Record<string, Parameter>>;
    readonly schemas: Readonly<Record<string, Schema>>;
  };
}

/** An operation with every `$ref` among its parameters followed. */
export interface Operation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly open: boolean;
  readonly parameters: readonly Parameter[];
  readonly mediaType: string | null;
  readonly body: Schema | null;
  readonly answer: Schema | null;
}

const methods = new Set(['get', 'post', 'put', 'patch', 'delete']);

/** Every operation of the document. */
export function operationsOf(document: OpenApi): readonly Operation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => methods.has(method))
      .map(([method, raw]) => operation(document, path, method, raw)),
  );
}

/** The schema behind a `$ref`, or the schema itself. */
export function follow(document: OpenApi, schema: Schema): Schema {
  if (schema.$ref === undefined) return schema;
  const found = document.components.schemas[lastPart(schema.$ref)];
  if (!found) throw new Error(`the OpenAPI document has no ${schema.$ref}`);
  return follow(document, found);
}

function operation(document: OpenApi, path: string, method: string, raw: RawOperation): Operation {
  const [mediaType, body] = Object.entries(raw.requestBody?.content ?? {})[0] ?? [null, null];
  const answer = Object.entries(raw.responses).find(([status]) => status.startsWith('2'))?.[1];
  return {
    id: raw.operationId,
    method: method.toUpperCase(),
    path,
    open: raw.security?.length === 0,
    parameters: (raw.parameters ?? []).map((each) => parameter(document, each)),
    mediaType,
    body: body?.schema ?? null,
    answer: Object.values(answer?.content ?? {})[0]?.schema ?? null,
  };
}

function parameter(document: OpenApi, raw: Parameter): Parameter {
  if (raw.$ref === undefined) return raw;
  const found = document.components.parameters[lastPart(raw.$ref)];
  if (!found) throw new Error(`the OpenAPI document has no ${raw.$ref}`);
  return found;
}

const lastPart = (reference: string): string => reference.slice(reference.lastIndexOf('/') + 1);
