import { activeConnection } from '../accounting/connection.ts';
import { documentDefaults } from '../accounting/document-defaults.ts';
import { providerId } from '../accounting/platform-ids.ts';
import { type Answer, type Call, type Handler, param, type World } from '../call.ts';
import type { Json, JsonObject, Stored } from '../json.ts';
import { notFound, Refusal } from '../refusal.ts';
import { shown } from './resource.ts';

type BookCollection = 'accounting_payables' | 'accounting_receivables';

/** The operations that read documents in the accounting system. */
export const bookDocumentOperations: Readonly<Record<string, Handler>> = {
  listAccountingPayables: (call, world) => list('accounting_payables', call, world),
  getAccountingPayable: (call, world) => read('accounting_payables', 'payable_id', call, world),
  listAccountingReceivables: (call, world) => list('accounting_receivables', call, world),
  getAccountingReceivable: (call, world) => read('accounting_receivables', 'invoice_id', call, world),
};

function list(collection: BookCollection, call: Call, world: World): Answer {
  const { limit, offset } = call.query;
  const from = typeof offset === 'number' ? offset : 0;
  const to = from + (typeof limit === 'number' ? limit : 100);
  const ids = idsOf(call, world);
  const data = documentsOf(collection, call, world)
    .slice(from, to)
    .map((each) => visible(collection, each, ids(each.id), world));
  return { status: 200, body: { data } };
}

function read(collection: BookCollection, name: string, call: Call, world: World): Answer {
  const wanted = param(call, name);
  const ids = idsOf(call, world);
  const found = documentsOf(collection, call, world).find(({ id }) => ids(id) === wanted);
  if (!found) throw notFound('document');
  return { status: 200, body: visible(collection, found, wanted, world) };
}

/** What the list shows: nothing before the first pull. */
function documentsOf(collection: BookCollection, { organization }: Call, world: World): readonly Stored[] {
  const { store, switches } = world;
  const books = store.listed(organization);
  const connection = activeConnection(store.organization(organization));
  if (connection === null) {
    if (switches.documents_without_connection === 'empty') return [];
    const message = 'no accounting system is connected';
    throw new Refusal(Number(switches.documents_without_connection), 'not_connected', message);
  }
  const { last_pull } = connection;
  if (typeof last_pull !== 'string') return [];
  const all = books.collections[collection].sorted('created_at').map(({ value }) => value);
  if (switches.pushed_documents === 'at_once') return all;
  return all.filter(({ created_at }) => Date.parse(created_at) <= Date.parse(last_pull));
}

/** The id under which a document is shown: the accounting system's, or that of the service between. */
function idsOf({ organization }: Call, { store, switches }: World): (id: string) => string {
  if (switches.document_ids === 'platform') return (id) => id;
  const records = store.organization(organization).collections.synced_records.entries();
  const known = new Map(
    [...records].map(({ value }) => [value.platform_object_id, value.provider_object_id]),
  );
  return (id) => String(known.get(id) ?? providerId(id));
}

function visible(collection: BookCollection, document: Stored, id: string, { switches }: World): Json {
  const { created_at: _, updated_at: __, ...members } = document;
  const whole: JsonObject = { ...documentDefaults[collection], ...members, id };
  // What is shown is never stored.
  return shown(whole as Stored, switches);
}
