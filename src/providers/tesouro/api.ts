import createClient, { type Client, createQuerySerializer, defaultPathSerializer } from 'openapi-fetch';
import { Request } from 'undici';
import type { CallApi } from './call.ts';
import { callFailed } from './call-failed.ts';
import type { paths } from './openapi.gen.ts';
import { requestIdOf } from './request-id.ts';
import { otherVersionHeader, versionHeader } from './version-header.ts';

/** The API's paths, typed by its OpenAPI document, with the headers that they ask for. */
export interface Api {
  readonly client: Client<paths>;
  readonly organizationId: string;
  readonly headers: { readonly 'X-Finops-Version': string; readonly 'X-Organization-Id': string };
  /** For the few calls that take no organization's id. */
  readonly versionHeader: { readonly 'X-Finops-Version': string };
}

/** An object of the API's that nobody has checked: the names of its members are known, their values are not. */
export type Unchecked<T> = { readonly [Name in keyof T]?: unknown };

/** Any object of the API's. */
export type WireObject = Readonly<Record<string, unknown>>;

/** A success: its body, or null where that is no object. */
export interface Reply<Body = WireObject> {
  readonly body: Unchecked<Body> | null;
  readonly requestId: string | null;
  /** Characters of the answer. */
  readonly length: number;
}

/** Operations that send a complete object, made from the one that was read right before. */
const fromStored: ReadonlySet<string> = new Set(['PATCH /entities/{entity_id}/settings']);

/** Operations that start something over there and make no object. */
const starting: ReadonlySet<string> = new Set([
  'POST /accounting-connections/{connection_id}/disconnect',
  'POST /accounting-connections/{connection_id}/sync',
  'POST /accounting-synced-records/{synced_record_id}/push',
]);

/** The typed client over `call`, which brings credentials, limits, repetition and errors. */
export function createApi(baseUrl: string, organizationId: string, call: CallApi): Api {
  const operations = new WeakMap<object, string>();
  const client = createClient<paths>({
    baseUrl,
    headers: { accept: 'application/json', 'user-agent': 'ledgerform', ...otherVersionHeader },
    pathSerializer: (path, ids) => {
      const usable = namesForeign.test(path) ? usableForeignId : usableId;
      for (const id of Object.values(ids)) refuseUnusable(id, usable);
      return defaultPathSerializer(path, ids);
    },
    querySerializer: (query) => {
      for (const value of Object.values(query).flat()) refuseUnusable(value, wellFormed);
      return serializeQuery(query);
    },
    // undici's Request is the one that its fetch takes; the types of the global one are those of an older undici.
    Request: Request as unknown as typeof globalThis.Request,
    fetch: async (request) => {
      const operation = operations.get(request) ?? `${request.method} ${new URL(request.url).pathname}`;
      const answer = await call({
        operation,
        fromStored: fromStored.has(operation),
        starts: starting.has(operation),
        method: request.method,
        url: request.url,
        headers: Object.fromEntries(request.headers),
        body: request.body === null ? null : await request.text(),
      });
      const requestId = requestIdOf(answer.headers);
      return new Response(answer.text === '' ? null : answer.text, {
        status: answer.text === '' ? 204 : answer.status,
        headers: {
          [lengthHeader]: String(answer.text.length),
          ...(requestId === null ? {} : { 'x-request-id': requestId }),
        },
      });
    },
  });
  client.use({
    onRequest: ({ request, schemaPath }) => {
      operations.set(request, `${request.method} ${schemaPath}`);
    },
  });
  return {
    client,
    organizationId,
    versionHeader,
    headers: { ...versionHeader, 'X-Organization-Id': organizationId },
  };
}

const lengthHeader = 'x-answer-length';
const serializeQuery = createQuerySerializer();

/** No id of the service looks otherwise. An id becomes a part of the path: `..` would lead to another one, whatever it is escaped to. */
const usableId = /^(?!\.{1,2}$)[\w.~:@-]{1,200}$/;
/** The paths, behind the base URL, that take ids of an accounting system. */
const namesForeign = /\/accounting\/(?:payables|receivables)\/\{\w+\}$/;
/** Ids of an accounting system may look like anything; what leads through folders is refused all the same. */
const usableForeignId = /^(?!(?:.*\/)?\.{1,2}(?:\/|$))[\w.~:@=+|/ -]{1,200}$/;
/** No half of a character, which cannot be sent. */
const wellFormed = /^\P{Cs}*$/u;

function refuseUnusable(value: unknown, usable: RegExp): void {
  if (typeof value !== 'string' || usable.test(value)) return;
  throw callFailed('API_ANSWER', `${JSON.stringify(value.slice(0, 60))} cannot be the id of anything.`, {
    certainty: 'refused',
    hint: 'Nothing was sent. It comes from the service or from a saved plan; plan again.',
  });
}

/** What a call of the typed client came to, its body no longer trusted. */
export async function reply<Body>(
  sent: Promise<{ readonly data?: Body; readonly response: Response }>,
): Promise<Reply<Body>> {
  const { data, response } = await sent;
  const body: unknown = data;
  return {
    body: isObject(body) ? (body as Unchecked<Body>) : null, // an object: any member may be read from it as unknown
    requestId: requestIdOf(response.headers),
    length: Number(response.headers.get(lengthHeader) ?? 0),
  };
}

/** Whether a value is an object with members. */
export const isObject = (value: unknown): value is WireObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
