import {
  type Emulator,
  type EmulatorOptions,
  localCredentials,
  startEmulator,
} from '../../src/emulator/emulator.ts';
import { isObject, type Json, type JsonObject } from '../../src/emulator/json.ts';

export const organization = '9d2b4c8f-2087-4738-ba91-7359683c49a4';
export const otherOrganization = '11111111-2087-4738-ba91-7359683c49a4';
export const nobody = '00000000-0000-4000-8000-00000000dead';

/** What came back over HTTP. */
export interface Received {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The answer as JSON; empty where it has no object. */
  readonly body: JsonObject;
}

export interface CallOptions {
  readonly body?: Json;
  readonly headers?: Readonly<Record<string, string | null>>;
  /** In place of the JSON body. */
  readonly raw?: string;
  readonly organization?: string;
  readonly prefix?: string;
}

/** An emulator, a clock that only moves when told, and a client that has a token. */
export interface Local {
  readonly emulator: Emulator;
  readonly clock: { time: number };
  readonly root: string;
  token: string;
  call(method: string, path: string, options?: CallOptions): Promise<Received>;
  list(path: string): Promise<readonly JsonObject[]>;
  login(): Promise<Received>;
}

/** Starts an emulator in memory, unless the options say otherwise. */
export async function startLocal(options: Partial<EmulatorOptions> = {}): Promise<Local> {
  const clock = { time: Date.UTC(2026, 0, 31, 12) };
  const emulator = await startEmulator({
    port: 0,
    file: null,
    seed: null,
    switches: {},
    rateLimit: null,
    latencyMs: 0,
    faults: [],
    now: () => new Date(clock.time),
    ...options,
  });
  return connected(emulator, clock, options.switches?.path_prefix === 'finops' ? '/finops/v1' : '/v1');
}

/** Runs `use` with an emulator and closes it, whatever happens. */
export async function withLocal<T>(
  options: Partial<EmulatorOptions>,
  use: (local: Local) => Promise<T>,
): Promise<T> {
  const local = await startLocal(options);
  try {
    return await use(local);
  } finally {
    await local.emulator.close();
  }
}

async function connected(emulator: Emulator, clock: { time: number }, usual: string): Promise<Local> {
  const root = `http://127.0.0.1:${emulator.port}`;
  const local: Local = {
    emulator,
    clock,
    root,
    token: '',
    login: async () => {
      const json = await send(`${root}${usual}/auth/token`, 'POST', { body: grant }, versionHeader);
      const answer = json.status === 404 ? await oidc(root, form) : json;
      if (answer.status === 200) local.token = String(answer.body.access_token);
      return answer;
    },
    call: (method, path, given = {}) => {
      const headers = {
        ...versionHeader,
        'x-tesouro-version': '2025-06-23',
        'x-organization-id': given.organization ?? organization,
        authorization: `Bearer ${local.token}`,
      };
      return send(`${root}${given.prefix ?? usual}${path}`, method, given, headers);
    },
    list: async (path) => {
      const all: JsonObject[] = [];
      let token: string | null = '';
      while (token !== null) {
        const more: string =
          token === ''
            ? ''
            : `${path.includes('?') ? '&' : '?'}pagination_token=${encodeURIComponent(token)}`;
        const { body } = await local.call('GET', `${path}${more}`);
        all.push(...objects(body.data));
        token = typeof body.next_pagination_token === 'string' ? body.next_pagination_token : null;
      }
      return all;
    },
  };
  await local.login();
  return local;
}

const versionHeader = { 'x-finops-version': '2025-06-23' };
const client = { client_id: localCredentials.id, client_secret: localCredentials.secret };
export const grant: JsonObject = { grant_type: 'client_credentials', ...client };
export const form: Readonly<Record<string, string>> = { grant_type: 'client_credentials', ...client };

/** Asks the OIDC endpoint for a token. */
export const oidc = (root: string, fields: Readonly<Record<string, string>>): Promise<Received> =>
  send(
    `${root}/openid/connect/token`,
    'POST',
    { raw: String(new URLSearchParams(fields)) },
    {
      'content-type': 'application/x-www-form-urlencoded',
    },
  );

export async function send(
  url: string,
  method: string,
  { body, raw, headers: extra = {} }: CallOptions,
  usual: Readonly<Record<string, string>>,
): Promise<Received> {
  const text = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const headers = new Headers({
    ...(text === undefined ? {} : { 'content-type': 'application/json' }),
    ...usual,
  });
  for (const [name, value] of Object.entries(extra)) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  const response = await fetch(url, { method, headers, ...(text === undefined ? {} : { body: text }) });
  const received = await response.text();
  return { status: response.status, headers: response.headers, text: received, body: parsed(received) };
}

function parsed(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return {};
  }
}

/** The objects in a list. */
export const objects = (value: Json | undefined): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** What stands at a path in a JSON value; null where nothing does. */
export function at(value: Json | undefined, ...path: readonly (string | number)[]): Json {
  const [step, ...rest] = path;
  if (step === undefined) return value ?? null;
  if (Array.isArray(value)) return at(value[Number(step)], ...rest);
  return isObject(value) ? at(value[step], ...rest) : null;
}
