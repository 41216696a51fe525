import { checks } from './checks.gen.js';
import { isObject, type Json, type JsonObject } from './json.ts';
import type { Operation, QueryForm } from './operation.ts';
import { type Detail, invalid, Refusal } from './refusal.ts';
import type { Switches } from './switches.ts';

/** The query of a request in its types; throws a Refusal for what the OpenAPI document does not allow. */
export function checkedQuery(operation: Operation, given: URLSearchParams, switches: Switches): JsonObject {
  const query: Record<string, Json> = {};
  for (const name of new Set(given.keys())) query[name] = typed(operation.query[name], given.getAll(name));
  const details = run(`${operation.id}_query`, query, 'query');
  const outside = details.some(
    ({ loc, type }) => loc[1] === 'limit' && /^value_error\.m(?:in|ax)imum$/.test(type),
  );
  if (outside && switches.limit_out_of_range === '416') {
    throw new Refusal(416, 'limit_out_of_range', 'The limit is out of range', { details });
  }
  refuse(details);
  if (switches.is_external_filter === 'refused' && query.is_external !== undefined) {
    throw invalid(['query', 'is_external'], 'Extra inputs are not permitted', 'value_error.extra');
  }
  return query;
}

/** Throws a Refusal for a path parameter of the wrong form. */
export const checkPath = (operation: Operation, params: Readonly<Record<string, string>>): void =>
  refuse(run(`${operation.id}_path`, params, 'path'));

/** The body of a request, what the switches drop left out; throws a Refusal for what the OpenAPI document does not allow. */
export function checkedBody(operation: Operation, given: Json, switches: Switches): JsonObject {
  if (!isObject(given)) throw invalid(['body'], 'The body must be a JSON object', 'type_error.object');
  const body = switches.unknown_members === 'ignored' && !operation.closed ? known(operation, given) : given;
  const nulls = operation.method === 'PATCH' ? operation.clearable.filter((name) => body[name] === null) : [];
  const rest = omit(body, nulls);
  const lenient = operation.id === 'updateProduct' && isLongDescription(rest.description, switches);
  refuse(run(`${operation.id}_body`, lenient ? omit(rest, ['description']) : rest, 'body'));
  if (nulls.length > 0 && switches.null_in_patch === 'refused') throw new NullRefused(nulls);
  return switches.null_in_patch === 'ignored' ? rest : body;
}

/** A null in a PATCH: refused by a switch, not by the OpenAPI document. */
export class NullRefused extends Refusal {
  constructor(names: readonly string[]) {
    super(422, 'validation_error', 'none is not an allowed value', {
      details: names.map((name) => ({
        loc: ['body', name],
        msg: 'none is not an allowed value',
        type: 'type_error.none.not_allowed',
      })),
    });
  }
}

const isLongDescription = (value: Json | undefined, switches: Switches): boolean =>
  switches.product_description === '2000' && typeof value === 'string' && [...value].length <= 2000;

const known = (operation: Operation, body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(body).filter(([name]) => operation.members.includes(name)));

const omit = (body: JsonObject, names: readonly string[]): JsonObject =>
  names.length === 0
    ? body
    : Object.fromEntries(Object.entries(body).filter(([name]) => !names.includes(name)));

function typed(form: QueryForm | undefined, texts: readonly string[]): Json {
  const values = texts.map((text) => (form ? typedValue(form.type, text) : text));
  return form?.list || values.length > 1 ? values : (values[0] ?? null);
}

/** A text that is no value of the type stays a text, and the check refuses it. */
function typedValue(type: string, text: string): Json {
  if (type === 'integer' && /^-?\d{1,16}$/.test(text)) return Number(text);
  if (type === 'number' && /^-?\d{1,16}(?:\.\d+)?$/.test(text)) return Number(text);
  if (type === 'boolean' && /^(?:true|false)$/i.test(text)) return text.toLowerCase() === 'true';
  return text;
}

function refuse(details: readonly Detail[]): void {
  const [first] = details;
  if (first) throw new Refusal(422, 'validation_error', first.msg, { details });
}

function run(name: string, value: unknown, place: string): readonly Detail[] {
  const check = checks[name];
  if (!check) throw new Error(`no compiled check ${name}`);
  if (check(value)) return [];
  return (check.errors ?? []).map(({ instancePath, keyword, params, message = 'is wrong' }) => {
    const extra = params.additionalProperty ?? params.missingProperty;
    const parts = instancePath.split('/').slice(1);
    const loc = [place, ...parts, ...(typeof extra === 'string' ? [extra] : [])];
    return { loc, msg: message, type: `value_error.${keyword}` };
  });
}
