import type { Traffic } from '../model/account.ts';
import type { Environment } from '../model/desired.ts';
import type { LogLine } from '../providers/tesouro/traffic.ts';
import {
  absolute,
  anything,
  call,
  checkOptions,
  object,
  oneOf,
  someOf,
  someText,
  text,
} from './check-options.ts';
import type { Credentials } from './credentials.ts';
import { hear } from './hear.ts';
import { type Opaque, opaque } from './inside.ts';
import { rejection } from './ledgerform-error.ts';
import type { Place } from './place.ts';
import type { Reach } from './reach.ts';

/** What every client keeps to, however many organizations are reached over it. */
interface Limits {
  /** Requests under way at once, at most; 30. */
  readonly concurrency?: number | undefined;
  /** Requests a second, at most; without it what the service says, which is shared with all who use the same client. */
  readonly requestsPerSecond?: number | undefined;
  /** Told of each request when it has ended. */
  readonly onRequest?: ((request: LogLine) => void) | undefined;
}

/** Tesouro itself. */
export interface RemoteOptions extends Limits {
  readonly environment: 'sandbox' | 'production';
  readonly credentials: Credentials;
  /** The base URL with its path prefix, https, where it is not the environment's own. */
  readonly url?: string | undefined;
  /** The http proxy on the way, `http://host:port`. The process's environment is not looked at. */
  readonly proxy?: string | undefined;
}

/** A local environment in this process, or behind the URL of one that `ledgerform local start` serves. It needs no credentials. */
export interface LocalOptions extends Limits {
  readonly environment: 'local';
  /** Of a server on this machine. */
  readonly url?: string | undefined;
  /** What the organizations hold that hold nothing yet: a seed document, parsed. */
  readonly seed?: unknown;
  /** Where data are kept, absolute; in memory without it. `<root>/.ledgerform/local.json` is what the command line uses. */
  readonly file?: string | undefined;
}

export type ClientOptions = RemoteOptions | LocalOptions;

/** The way to the service: one queue, one request budget and one token for all organizations that are reached through it. */
export interface Client {
  readonly environment: Environment;
  /** `local` for a local environment in this process. */
  readonly url: string;
  /** An organization behind it. Nothing is asked: whether it is there shows at the first survey. */
  organization(id: string): OpenOrganization;
  /** What it has sent so far. */
  traffic(): Traffic;
  /** Ends connections and breaks off what is still under way. It can be called again. */
  close(): Promise<void>;
}

/** One organization, reached through a client: what `survey` reads and `carryOut` writes to, and no other. */
export interface OpenOrganization extends Opaque {
  readonly id: string;
  readonly environment: Environment;
  readonly url: string;
}

const common = {
  environment: oneOf('local', 'sandbox', 'production'),
  concurrency: someOf,
  requestsPerSecond: someOf,
  onRequest: call,
  url: text,
};

/**
 * Opens the way to an environment. Nothing is sent before the first survey. It has to be closed: a local environment in this process
 * keeps it alive. Rejects with LedgerformError for a URL, a proxy, a seed or a file that cannot be used.
 */
export async function openClient(options: ClientOptions): Promise<Client> {
  // In plain JavaScript it may be missing altogether, which is told below.
  const local = options?.environment === 'local';
  const own = local ? { seed: anything, file: absolute } : { credentials: object, proxy: text };
  checkOptions(
    'openClient',
    options,
    { ...common, ...own },
    local ? ['environment'] : ['environment', 'credentials'],
  );
  const { concurrency = 30, environment, onRequest, requestsPerSecond = null } = options;
  const [{ placeOf }, { openChannel }] = await Promise.all([
    import('./place.ts'),
    import('../providers/tesouro/channel.ts'),
  ]);
  const place = await orRejection(() => placeOf(options));
  const way = await orLeave(place, () =>
    openChannel({
      baseUrl: place.baseUrl,
      credentials: place.credentials,
      concurrency,
      rateLimit: requestsPerSecond,
      deadlineSeconds: null,
      abort: new AbortController().signal,
      log: hear(onRequest),
      // Loopback is never reached through a proxy; nothing else of an environment is looked at.
      environment: place.proxy === null ? {} : { HTTPS_PROXY: place.proxy },
    }),
  );
  const url = place.apiUrl;
  let closing: Promise<void> | null = null;
  return Object.freeze({
    environment,
    url,
    organization: (id: string): OpenOrganization => {
      checkOptions('organization', { id }, { id: someText }, ['id']);
      const reach: Reach = {
        concurrency,
        connect: (organization, limits) => way.connect({ organization, environment, apiUrl: url }, limits),
      };
      return opaque({ id, environment, url }, reach);
    },
    traffic: way.traffic,
    close: () => {
      closing ??= way.close().then(place.leave);
      return closing;
    },
  });
}

async function orLeave<T>(place: Place, work: () => T): Promise<T> {
  try {
    return await orRejection(work);
  } catch (thrown) {
    await place.leave();
    throw thrown;
  }
}

async function orRejection<T>(work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    throw rejection(thrown);
  }
}
