import { createServer, type IncomingMessage, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { localCredentials } from '../../src/emulator/emulator.ts';
import type { SelfSigned } from '../tesouro/self-signed.ts';

/** What must be nowhere. The secret has signs that every encoding writes in another way. */
export const marks = {
  secret: 'mark+secret/"&%=<9f2c71d0aa55>',
  token: 'mark-token.eyJhbGciOiJSUzI1NiJ9/+=.~9f2c71d0aa55',
} as const;

/** A request, with its body. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Said {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
}

/** `hang`: no answer ever. `reset`: the connection breaks. Null: what the service behind says. */
export type Saying = Said | 'hang' | 'reset' | null;

export interface EchoingService {
  readonly url: string;
  readonly asked: readonly Asked[];
  close(): Promise<void>;
}

/**
 * Stands in front of an emulator, takes the marked secret, hands out the marked token, and puts both into the headers of
 * every answer: its request ids are the token, once it is handed out.
 */
export async function echoingService(
  behind: string | null,
  say: (asked: Asked) => Saying = () => null,
  tls: SelfSigned | null = null,
): Promise<EchoingService> {
  const asked: Asked[] = [];
  const tokens: string[] = [];
  const listener: RequestListener = async (request, response) => {
    const entry = await receive(request);
    asked.push(entry);
    const saying = say(entry);
    if (saying === 'hang') return;
    if (saying === 'reset') {
      response.destroy();
      return;
    }
    const said = saying ?? (behind === null ? markedToken : await forward(entry, behind, tokens));
    response.writeHead(said.status, {
      'content-type': 'application/json',
      'x-request-id': entry.path.endsWith('/token') ? 'req-1' : marks.token,
      'x-echo': `Bearer ${marks.token} ${encodeURIComponent(marks.secret)}`,
      ...said.headers,
    });
    response.end(said.body);
  };
  const server = tls === null ? createServer(listener) : createSecureServer(tls, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a server on a port has such an address
  return {
    url: `${tls === null ? 'http' : 'https'}://127.0.0.1:${port}/v1`,
    asked,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const markedToken: Said = {
  status: 200,
  body: JSON.stringify({ access_token: marks.token, token_type: 'Bearer', expires_in: 1800 }),
};

async function receive(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const { headers, method = '', url = '' } = request;
  return { method, path: url.replace(/^\/v1/, ''), headers, body: Buffer.concat(chunks).toString('utf8') };
}

async function forward(
  { method, path, headers, body }: Asked,
  behind: string,
  tokens: string[],
): Promise<Said> {
  const isToken = path.endsWith('/token');
  const sent = Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && !/^(host|connection|content-length|accept-encoding)$/.test(name)
        ? [[name, value.replace(marks.token, tokens[0] ?? '')]]
        : [],
    ),
  );
  const response = await fetch(`${behind}${path}`, {
    method,
    headers: sent,
    ...(body === '' ? {} : { body: isToken ? withLocalSecret(body) : body }),
  });
  const text = await response.text();
  if (!isToken || !response.ok) return { status: response.status, body: text };
  const answer: { access_token: string } = JSON.parse(text);
  tokens.unshift(answer.access_token);
  return markedToken;
}

/** Only who has sent the marked secret gets the one that the emulator knows. */
function withLocalSecret(body: string): string {
  const members: Record<string, unknown> = JSON.parse(body);
  const known = members.client_secret === marks.secret;
  return JSON.stringify({ ...members, ...(known ? { client_secret: localCredentials.secret } : {}) });
}
