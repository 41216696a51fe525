import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as a route sees it. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly token: string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** What a route answers: JSON, or bytes as they are. */
export interface Answered {
  readonly status: number;
  readonly body: unknown;
}

export interface WebService {
  readonly url: string;
  /** `GET /path` of every request, in order. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** A service on loopback that answers as a function says. */
export async function startService(answer: (asked: Asked) => Answered): Promise<WebService> {
  const requests: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((text) => {
      const url = new URL(request.url ?? '/', 'http://loopback');
      const method = request.method ?? 'GET';
      requests.push(`${method} ${url.pathname}`);
      const token = (request.headers.authorization ?? '').replace(/^Bearer /, '');
      const { body, status } = answer({
        method,
        path: url.pathname,
        query: url.searchParams,
        token,
        body: text === '' ? {} : JSON.parse(text),
      });
      response.writeHead(status, { connection: 'close' });
      response.end(Buffer.isBuffer(body) ? body : JSON.stringify(body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo; // a server that listens on TCP
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    close: () => new Promise((closed) => void server.close(() => closed())),
  };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer); // no encoding is set
  return Buffer.concat(parts).toString('utf8');
}

/** One page of a list, as `page` and `per_page` ask for it. */
export function pageOf<T>(all: readonly T[], query: URLSearchParams): readonly T[] {
  const size = Number(query.get('per_page') ?? 30);
  const page = Number(query.get('page') ?? 1);
  return all.slice((page - 1) * size, page * size);
}
