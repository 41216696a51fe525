import type { LiveObject } from '../../model/live.ts';
import type { ConnectedProvider } from '../accounting-contract.ts';
import { readConnections } from './accounting/connections.ts';
import { accountingSystem } from './accounting/system.ts';
import type { Api } from './api.ts';
import { assignLineItem, assignProduct } from './assign.ts';
import { CallFailed } from './call-failed.ts';
import type { CollectionApi, CollectionQuery } from './collection-api.ts';
import { liveObject } from './decode.ts';
import { collectionApis } from './kinds/apis.gen.ts';
import { kinds } from './kinds/index.gen.ts';
import { allPages } from './pages.ts';
import { reading, readingEach } from './reading.ts';
import { readInvoices } from './reads/invoices.ts';
import { readLineItems } from './reads/line-items.ts';
import { readPayables } from './reads/payables.ts';
import { readProducts } from './reads/products.ts';
import { storedSettings } from './settings.ts';
import { type Again, writeSettings } from './write-settings.ts';
import { createObject, removeObject, updateObject } from './writes.ts';

/** What a provider can do with one organization, in calls of the API. */
export function verbs(
  api: Api,
  again: Again,
): Omit<ConnectedProvider, 'account' | 'traffic' | 'wait' | 'close'> {
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
    accounting: accountingSystem(api),
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
