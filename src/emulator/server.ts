import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { RawRequest } from './api.ts';

/** A listening server. */
export interface LocalServer {
  readonly port: number;
  /** Refuses new connections and ends idle ones until `open`. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
}

interface ServerOptions {
  readonly port: number;
  readonly answer: (request: RawRequest, response: ServerResponse) => void;
}

const host = '127.0.0.1';
const longest = 16 * 1024 * 1024;

/** An HTTP server on the loopback address. */
export async function listen({ port, answer }: ServerOptions): Promise<LocalServer> {
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, response) => {
    read(incoming, response, answer);
  });
  const open = (at: number): Promise<void> =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(at, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  const shut = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeIdleConnections();
    });
  let opening = open(port);
  await opening;
  // A TCP server that listens has such an address.
  const { port: bound } = server.address() as AddressInfo;
  return {
    port: bound,
    shut,
    open: () => {
      opening = open(bound);
      return opening;
    },
    close: async () => {
      // A port that is just opening again would otherwise stay open.
      await opening;
      const closed = server.listening ? shut() : Promise.resolve();
      server.closeAllConnections();
      await closed;
    },
  };
}

function read(incoming: IncomingMessage, response: ServerResponse, answer: ServerOptions['answer']): void {
  const chunks: Buffer[] = [];
  let size = 0;
  incoming.on('data', (chunk: Buffer) => {
    size += chunk.length;
    if (size > longest) incoming.destroy();
    else chunks.push(chunk);
  });
  incoming.on('end', () => {
    const headers = Object.fromEntries(
      Object.entries(incoming.headers).map(([name, value]) => [
        name,
        Array.isArray(value) ? value.join(', ') : value,
      ]),
    );
    const url = new URL(incoming.url ?? '/', `http://${host}`);
    answer(
      { method: incoming.method ?? 'GET', url, headers, body: Buffer.concat(chunks).toString('utf8') },
      response,
    );
  });
}
