import { fetch } from 'undici';
import { type Connections, largestAnswer } from './dispatcher.ts';
import type { HeaderBag } from './rate-headers.ts';
import { Secret } from './secret.ts';

/** A request, complete but for what is added to every one. */
export interface Outgoing {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string | Secret>>;
  readonly body: string | Secret | null;
  /** `secret`: a success hands out a secret. */
  readonly answer: 'data' | 'secret';
}

/** An answer, read to its end. Nothing in it echoes a secret. */
export interface Answer {
  readonly status: number;
  readonly headers: HeaderBag;
  /** The body; empty where it is sealed. */
  readonly text: string;
  /** The body of a success that hands out a secret. */
  readonly sealed: Secret | null;
}

/**
 * No complete answer came. `reached`: the request may have got to the service; false only where no connection was made.
 * `status` is that of an answer that broke off.
 */
export class Fault extends Error {
  readonly reached: boolean;
  readonly status: number | null;
  constructor(message: string, reached: boolean, status: number | null, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Fault';
    this.reached = reached;
    this.status = status;
  }
}

/** One request and its answer. Redirects are not followed. Rejects with the signal's reason, or with a Fault. */
export type Exchange = (
  request: Outgoing,
  signal: AbortSignal,
  onHeaders: (status: number, headers: HeaderBag) => void,
) => Promise<Answer>;

/** Echoes are looked for of the secrets that were sent last: one that runs for months has sent thousands of tokens, all expired. */
const mostSecrets = 8;

/** Exchanges over HTTP. Here secrets become text, and the answers to come are searched for echoes of them. */
export function httpExchange(connections: Connections): Exchange {
  const read = bodyReader();
  const revealed = new Set<Secret>();
  const reveal = (value: string | Secret): string => {
    if (!(value instanceof Secret)) return value;
    const source = value.source();
    revealed.delete(source);
    revealed.add(source);
    const [oldest] = revealed;
    if (oldest && revealed.size > mostSecrets) revealed.delete(oldest);
    return value.reveal();
  };
  const hide = (text: string): string => [...revealed].reduce((clean, each) => each.hideInWords(clean), text);
  const hideInData = (text: string): string =>
    [...revealed].reduce((clean, each) => each.hideInData(clean), text);
  return async (request, signal, onHeaders) => {
    const { method, url } = request;
    const headers = Object.entries(request.headers).map(([name, value]) => [name, reveal(value)] as const);
    const body = request.body === null ? null : reveal(request.body);
    let status: number | null = null;
    try {
      const response = await fetch(url, {
        method,
        headers: Object.fromEntries(headers),
        body,
        redirect: 'manual',
        dispatcher: connections.forUrl(url),
        signal,
      });
      status = response.status;
      const shown = headersWithout(response.headers, hide);
      onHeaders(status, shown);
      const text = await read(response.body, status);
      if (!response.ok) return { status, headers: shown, text: hide(text), sealed: null };
      if (request.answer === 'secret') return { status, headers: shown, text: '', sealed: new Secret(text) };
      return { status, headers: shown, text: hideInData(text), sealed: null };
    } catch (error) {
      if (signal.aborted) throw signal.reason;
      if (error instanceof Fault) throw error;
      throw faultOf(error, status, hide);
    }
  };
}

function headersWithout(headers: HeaderBag, hide: (text: string) => string): HeaderBag {
  return {
    get: (name) => {
      const value = headers.get(name);
      return value === null ? null : hide(value);
    },
  };
}

/** What the bodies that are being read may have together, decoded. */
const mostAtOnce = 4 * largestAnswer;

/** Reads bodies of a bounded size: what is counted is what comes out, for a few packed bytes can be any number of them. */
function bodyReader() {
  let held = 0;
  return async (body: AsyncIterable<Uint8Array> | null, status: number): Promise<string> => {
    const chunks: Uint8Array[] = [];
    let size = 0;
    try {
      for await (const chunk of body ?? []) {
        size += chunk.length;
        held += chunk.length;
        if (size > largestAnswer || held > mostAtOnce)
          throw new Fault(
            `it is larger than ${Math.floor(largestAnswer / 1024 / 1024)} MB, or several at once are`,
            true,
            status,
          );
        chunks.push(chunk);
      }
      return new TextDecoder().decode(Buffer.concat(chunks));
    } finally {
      held -= size;
    }
  };
}

/** The codes that prove that there was no connection; of TLS, that nothing was sent over it. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

function faultOf(error: unknown, status: number | null, hide: (text: string) => string): Fault {
  const causes = [...causesOf(error)];
  const never = causes.some(
    (each) => unconnected.has(codeOf(each)) || isConnect(each) || isProxyRefusal(each),
  );
  const last = causes.at(-1);
  const words = isProxyRefusal(last)
    ? last.message
    : codeOf(last) || (last instanceof Error ? last.message : String(last));
  return new Fault(hide(words), !never, status, { cause: error });
}

function* causesOf(error: unknown): Generator<unknown> {
  for (let each = error, depth = 0; each !== undefined && depth < 5; depth += 1) {
    yield each;
    each = each instanceof Error ? each.cause : undefined;
  }
}

/** Whether the system failed to connect: the network or the host is out of reach. Only attempts to connect are aggregated. */
const isConnect = (error: unknown): boolean =>
  error instanceof AggregateError ||
  (error instanceof Error && 'syscall' in error && error.syscall === 'connect');

/** A proxy that opens no tunnel. undici says so by the text alone. */
const isProxyRefusal = (error: unknown): error is Error =>
  error instanceof Error && /^Proxy response \(\d+\)/.test(error.message);

/** The code of a system or undici error, or nothing. */
const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
