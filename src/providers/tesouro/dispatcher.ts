import { Agent, type Dispatcher, EnvHttpProxyAgent } from 'undici';
import { errorProblem, Stop } from '../../model/problem.ts';
import { isLoopback } from './base-url.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Connections of one run: `forUrl` knows which of them, `close` ends all. */
export interface Connections {
  forUrl(url: string): Dispatcher;
  close(): Promise<void>;
}

/** Whatever NODE_TLS_REJECT_UNAUTHORIZED says: who does not trust the certificate does not send a secret. */
const verified = { rejectUnauthorized: true };

/** Bytes of one answer: a page of 250 invoices of fifty lines each has less. Read as JSON it takes many times as much. */
export const largestAnswer = 16 * 1024 * 1024;

/**
 * Connections that are kept, at most `limit` to a host, through the proxies that the environment names. This machine is
 * never reached through a proxy. Throws Stop for a proxy that is no URL.
 */
export function openConnections(environment: Environment, limit: number): Connections {
  const options = {
    connections: limit,
    pipelining: 1,
    maxResponseSize: largestAnswer,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: { timeout: 10_000, ...verified },
    proxyTls: verified,
    requestTls: verified,
  };
  // An empty text where the variable is unset: undici would read its own process's environment.
  const variable = (name: string): string => environment[name.toLowerCase()] ?? environment[name] ?? '';
  const direct = new Agent(options);
  const proxied = new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxyUrl('HTTP_PROXY', variable('HTTP_PROXY')),
    httpsProxy: proxyUrl('HTTPS_PROXY', variable('HTTPS_PROXY')),
    noProxy: variable('NO_PROXY'),
  });
  return {
    forUrl: (url) => (isLoopback(new URL(url).hostname) ? direct : proxied),
    close: async () => {
      await Promise.all([direct.destroy(), proxied.destroy()]);
    },
  };
}

/** As other tools have it, a proxy without a scheme is an http one. Throws Stop that says what `name` is, as the user gave it. */
export function proxyUrl(name: string, value: string, what = `The environment variable ${name}`): string {
  if (value === '') return '';
  const text = value.includes('://') ? value : `http://${value}`;
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url && /^https?:$/.test(url.protocol) && isReadable(url.username + url.password)) {
    // Only where it is counts, and who asks; undici takes offence at anything more.
    [url.pathname, url.search, url.hash] = ['/', '', ''];
    return url.href;
  }
  throw new Stop(3, [
    errorProblem('URL_INVALID', `${what} is no URL of an http proxy.`, {
      hint: `Write ${name}=http://host:port, or unset it.`,
    }),
  ]);
}

/** Whether every `%` of a text begins an escape that means something. */
function isReadable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
