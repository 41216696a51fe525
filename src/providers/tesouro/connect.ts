import type { Account } from '../../model/account.ts';
import type { LiveObject } from '../../model/live.ts';
import type { Provider } from '../contract.ts';
import { createAgain } from './again.ts';
import { type Api, createApi } from './api.ts';
import { assignLineItem, assignProduct } from './assign.ts';
import { checkUrl } from './base-url.ts';
import { createCall } from './call.ts';
import { CallFailed } from './call-failed.ts';
import { type Clock, systemClock } from './clock.ts';
import type { CollectionApi, CollectionQuery } from './collection-api.ts';
import { liveObject } from './decode.ts';
import { openConnections } from './dispatcher.ts';
import { collectionApis } from './kinds/apis.gen.ts';
import { kinds } from './kinds/index.gen.ts';
import { createLimiter } from './limiter.ts';
import { allPages } from './pages.ts';
import { createPatience } from './patience.ts';
import { reading, readingEach } from './reading.ts';
import { readConnections } from './reads/connections.ts';
import { readInvoices } from './reads/invoices.ts';
import { readLineItems } from './reads/line-items.ts';
import { readPayables } from './reads/payables.ts';
import { readProducts } from './reads/products.ts';
import type { Secret } from './secret.ts';
import { createSend } from './send.ts';
import { storedSettings } from './settings.ts';
import { tokenRequest } from './token-request.ts';
import { fixedToken, renewedTokens } from './tokens.ts';
import { createCounters, type LogLine } from './traffic.ts';
import { httpExchange } from './transport.ts';
import { type Again, writeSettings } from './write-settings.ts';
import { createObject, removeObject, updateObject } from './writes.ts';

/** How to prove who is asking: a client that fetches tokens, or one token. */
export type Credentials =
  | {
      readonly type: 'client';
      readonly id: string;
      readonly secret: Secret;
      readonly tokenUrl: string | null;
    }
  | { readonly type: 'token'; readonly token: Secret };

/** What a run needs to talk to one organization. */
export interface TesouroOptions {
  /** Its `apiUrl` is what outputs show. */
  readonly account: Account;
  /** What is really called. It differs from `account.apiUrl` only for the in-process local environment. */
  readonly baseUrl: string;
  readonly credentials: Credentials;
  /** Requests under way at once, at most. */
  readonly concurrency: number;
  /** Requests a second that the user allows at most; null: what the service says, 30 to begin with. */
  readonly rateLimit: number | null;
  /** Of the whole run, from now; a single request gets at most 30. */
  readonly deadlineSeconds: number | null;
  /** Breaks everything off at once. */
  readonly abort: AbortSignal;
  readonly log: (line: LogLine) => void;
  /** For HTTP_PROXY, HTTPS_PROXY and NO_PROXY. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** Time and chance, for tests. */
export interface Surroundings {
  readonly clock: Clock;
  readonly random: () => number;
}

/** The organization behind the Tesouro FinOps API. Nothing is sent before the first call. Throws Stop for an unusable URL. */
export function connectTesouro(
  options: TesouroOptions,
  { clock, random }: Surroundings = { clock: systemClock, random: Math.random },
): Provider {
  const { account, credentials, concurrency, rateLimit } = options;
  const baseUrl = checkUrl(options.baseUrl);
  const organizationId = account.organization.id;
  const connections = openConnections(options.environment, concurrency);
  const limiter = createLimiter({ concurrency, rateLimit, clock, random });
  const counters = createCounters();
  const patience = createPatience(options.deadlineSeconds, options.abort, clock);
  const send = createSend({
    limiter,
    counters,
    clock,
    random,
    exchange: httpExchange(connections),
    patience,
    log: options.log,
  });
  const call = createCall({
    send,
    organizationId,
    baseUrl,
    tokens:
      credentials.type === 'token'
        ? fixedToken(credentials.token)
        : renewedTokens(tokenRequest(checked(credentials), baseUrl, send), clock),
  });
  return {
    ...verbs(createApi(baseUrl, organizationId, call), createAgain({ clock, random, patience })),
    account,
    traffic: () => counters.read(limiter.limitPerSecond()),
    wait: (milliseconds) => patience.wait(milliseconds),
    close: async () => {
      patience.close();
      await connections.close();
    },
  };
}

const checked = <T extends { readonly tokenUrl: string | null }>(credentials: T): T => ({
  ...credentials,
  tokenUrl: credentials.tokenUrl === null ? null : checkUrl(credentials.tokenUrl),
});

function verbs(api: Api, again: Again): Omit<Provider, 'account' | 'traffic' | 'wait' | 'close'> {
  return {
    kinds,
    list: (collection, scope) => {
      const calls = callsOf(collection);
      return reading(`The list of ${calls.kind.noun.many}`, () => listObjects(api, calls, scope));
    },
    settings: () =>
      reading('What the settings hold', async () => (await storedSettings(api, kinds.settings)).settings),
    products: (filter) => readingEach('The list of products', readProducts(api, filter ?? {})),
    invoices: () => readingEach('The list of invoices', readInvoices(api)),
    payables: (filter) => readingEach('The list of payables', readPayables(api, filter ?? {})),
    lineItems: (payableId) =>
      reading(`The list of lines of payable ${payableId}`, () => readLineItems(api, payableId)),
    connections: () => reading('The list of connections to accounting systems', () => readConnections(api)),
    create: (collection, fields) => createObject(api, callsOf(collection), fields),
    update: (collection, id, fields) => updateObject(api, callsOf(collection), id, fields),
    remove: (collection, id) => removeObject(api, callsOf(collection), id),
    writeSettings: (ids) => writeSettings(api, ids, again),
    assignProduct: (productId, ledgerAccountId) => assignProduct(api, productId, ledgerAccountId),
    assignLineItem: (payableId, lineItemId, ids) => assignLineItem(api, payableId, lineItemId, ids),
  };
}

function callsOf(collection: string): CollectionApi {
  const calls = collectionApis.find((each) => each.kind.collection === collection);
  if (!calls) throw new Error(`There is no collection ${collection}.`);
  return calls;
}

async function listObjects(
  api: Api,
  calls: CollectionApi,
  scope?: 'internal' | 'external',
): Promise<readonly LiveObject[]> {
  const list = (filter: CollectionQuery) => allPages((page) => calls.list(api, { ...filter, ...page }));
  if (scope === undefined) return (await list({})).map((each) => liveObject(calls.kind, each));
  const isExternal = scope === 'external';
  const wire = await list({ is_external: isExternal }).catch((error: unknown) => {
    if (isRefusedQuery(error)) return list({});
    throw error;
  });
  // The service may ignore the filter.
  return wire.map((each) => liveObject(calls.kind, each)).filter((each) => each.external === isExternal);
}

/** The filter stands in the guide alone: a service that does not know it may refuse it. */
const isRefusedQuery = (error: unknown): boolean =>
  error instanceof CallFailed &&
  !error.error.endsRun &&
  (error.error.status === 400 || error.error.status === 422);
