import { subscribe } from 'node:diagnostics_channel';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ConnectedProvider } from '../../src/providers/accounting-contract.ts';
import { type ApiError, type Provider, ReadFailed } from '../../src/providers/contract.ts';
import {
  type Credentials,
  connectTesouro,
  type TesouroOptions,
} from '../../src/providers/tesouro/connect.ts';
import { Secret } from '../../src/providers/tesouro/secret.ts';
import type { LogLine } from '../../src/providers/tesouro/traffic.ts';
import { type FakeClock, fakeClock } from './fake-clock.ts';

export const organizationId = '9d2b4c8f-2087-4738-ba91-7359683c49a4';

export interface Received {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** `reset`: the connection breaks. `hang`: no answer ever. `cut`: the body breaks off. */
export type Scripted =
  | 'reset'
  | 'hang'
  | 'cut'
  | {
      readonly status?: number;
      readonly json?: unknown;
      readonly text?: string;
      readonly headers?: Readonly<Record<string, string>>;
    };

export type Script = (request: Received, index: number) => Scripted;

export interface FakeService {
  readonly origin: string;
  readonly received: Received[];
  /** What was asked for, token requests left out: `GET /v1/ledger-accounts`. */
  asked(): readonly string[];
  tokenCalls(): readonly Received[];
  readonly clock: FakeClock;
  readonly log: LogLine[];
  readonly abort: AbortController;
  connect(options?: Partial<TesouroOptions>): ConnectedProvider;
  /** Jumps through time until the promise is settled. */
  until<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export const client = {
  type: 'client',
  id: 'client-1',
  secret: new Secret('top-secret-1'),
  tokenUrl: null,
} as const satisfies Credentials;
export const fixed: Credentials = { type: 'token', token: new Secret('fixed-token-1') };
export const tokenAnswer = (token = 'token-1', seconds: unknown = 1800): Scripted => ({
  json: { access_token: token, token_type: 'Bearer', expires_in: seconds },
});

let pending = 0;
subscribe('undici:request:create', () => {
  pending += 1;
});
subscribe('undici:request:trailers', () => {
  pending -= 1;
});
subscribe('undici:request:error', () => {
  pending -= 1;
});

/** A service on loopback that answers by script, and a client whose time only passes while nothing is on its way. */
export async function fakeService(script: Script): Promise<FakeService> {
  const received: Received[] = [];
  const log: LogLine[] = [];
  const abort = new AbortController();
  const before = pending;
  let hanging = 0;
  const idle = async (): Promise<void> => {
    do for (let turns = 0; turns < 4; turns += 1) await new Promise((resolve) => setImmediate(resolve));
    while (pending - before !== hanging);
  };
  const clock = fakeClock(idle);
  const server = createServer(async (request, response) => {
    const entry = await receive(request);
    received.push(entry);
    const answer = script(entry, received.length - 1);
    if (answer === 'hang') {
      hanging += 1;
      response.on('close', () => {
        hanging -= 1;
      });
    } else send(answer, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const providers: Provider[] = [];
  return {
    origin,
    received,
    clock,
    log,
    abort,
    asked: () =>
      received.filter((each) => !each.path.endsWith('/token')).map((each) => `${each.method} ${each.path}`),
    tokenCalls: () => received.filter((each) => each.path.endsWith('/token')),
    until: (promise) => clock.until(promise),
    connect(options = {}) {
      const baseUrl = options.baseUrl ?? `${origin}/v1`;
      const provider = connectTesouro(
        {
          account: {
            organization: { id: organizationId, name: null },
            environment: 'sandbox',
            apiUrl: baseUrl,
          },
          baseUrl,
          credentials: fixed,
          concurrency: 30,
          rateLimit: null,
          deadlineSeconds: null,
          abort: abort.signal,
          log: (line) => log.push(line),
          environment: {},
          ...options,
        },
        { clock, random: () => 0 },
      );
      providers.push(provider);
      return provider;
    },
    async close() {
      await Promise.all(providers.map((each) => each.close()));
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function receive(request: IncomingMessage): Promise<Received> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://service');
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  };
}

function send(answer: Exclude<Scripted, 'hang'>, response: ServerResponse): void {
  if (answer === 'reset') {
    response.destroy();
    return;
  }
  if (answer === 'cut') {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
    response.write('{"data":[');
    setImmediate(() => response.destroy());
    return;
  }
  const { json, text, status = 200, headers = {} } = answer;
  const type = json === undefined ? 'text/plain' : 'application/json';
  response.writeHead(status, { 'content-type': type, 'x-request-id': 'req-1', ...headers });
  response.end(json === undefined ? text : JSON.stringify(json));
}

/** A service for the length of one test. */
export async function withService(
  script: Script,
  run: (service: FakeService) => Promise<void>,
): Promise<void> {
  const service = await fakeService(script);
  try {
    await run(service);
  } finally {
    await service.close();
  }
}

/** What a read failed with. */
export async function failure(read: Promise<unknown>): Promise<ApiError> {
  try {
    await read;
  } catch (error) {
    if (error instanceof ReadFailed) return error.error;
    throw error;
  }
  throw new Error('nothing failed');
}

/** Where nobody listens. */
export async function closedOrigin(): Promise<string> {
  const service = await fakeService(() => 'hang');
  await service.close();
  return service.origin;
}
