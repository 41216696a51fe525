import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Json } from './arbitrary.ts';

/** What the service in between got to see. */
export interface Asked {
  readonly method: string;
  /** As it stands in the request line. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
}

/** An answer on its way back. */
export interface Passing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: Json | undefined;
}

/** What comes back instead; a text or bytes go out as they are. A function answers by itself. */
export type Instead =
  | (Omit<Passing, 'body'> & { readonly body: Json | undefined })
  | (Omit<Passing, 'body'> & { readonly text: string | Uint8Array })
  | ((response: ServerResponse) => void);

export interface HostileApi {
  readonly url: string;
  readonly asked: Asked[];
  close(): Promise<void>;
}

/** A service between the client and the real one that changes answers: `change` sees each with its number, the token's being 0. */
export async function hostileApi(
  target: string | (() => string),
  change: (answer: Passing, asked: Asked, index: number) => Instead,
): Promise<HostileApi> {
  const asked: Asked[] = [];
  const urlOf = typeof target === 'string' ? () => target : target;
  const server = createServer({ maxHeaderSize: 64 * 1024 }, async (request, response) => {
    const entry = { method: request.method ?? '', target: request.url ?? '', headers: request.headers };
    const index = asked.push(entry) - 1;
    // The client may have gone away meanwhile.
    const answer = await passed(request, new URL(urlOf()).origin).catch(() => null);
    if (answer === null) return response.destroy();
    const instead = change(answer, entry, index);
    if (typeof instead === 'function') return instead(response);
    response.on('error', () => {});
    for (const [name, value] of Object.entries(instead.headers)) response.setHeader(name, value);
    response.statusCode = instead.status;
    response.end(
      'text' in instead ? instead.text : instead.body === undefined ? '' : JSON.stringify(instead.body),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on a port has such an address.
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${new URL(urlOf()).pathname}`,
    asked,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function passed(request: IncomingMessage, origin: string): Promise<Passing> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const {
    connection: _,
    host: __,
    'content-length': ___,
    'transfer-encoding': ____,
    ...headers
  } = request.headers;
  const answer = await fetch(`${origin}${request.url}`, {
    method: request.method ?? 'GET',
    headers: Object.entries(headers).map(([name, value]): [string, string] => [name, String(value)]),
    ...(chunks.length > 0 && { body: Buffer.concat(chunks) }),
    redirect: 'manual',
  });
  const text = await answer.text();
  const kept = [...answer.headers].filter(
    ([name]) => !/^(?:content-length|transfer-encoding|connection|keep-alive|date)$/.test(name),
  );
  return {
    status: answer.status,
    headers: Object.fromEntries(kept),
    // The service between is the test's own: what it gets is JSON.
    body: text === '' ? undefined : (JSON.parse(text) as Json),
  };
}
