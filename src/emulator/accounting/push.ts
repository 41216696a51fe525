import type { World } from '../call.ts';
import type { JsonObject, Stored } from '../json.ts';
import type { CollectionName, Organization, Write } from '../state.ts';
import { billOf } from './bill.ts';
import { type Chart, chartOf } from './chart.ts';
import { activeConnection } from './connection.ts';
import { type Conversion, counterpartName } from './conversion.ts';
import { invoiceOf, type ProductAccount } from './invoice.ts';
import { platformIds } from './platform-ids.ts';
import { errorsOf, type Reason } from './reason.ts';
import { catalogProduct, counterpartOf, objectOf } from './synced-object.ts';
import type { Task } from './under-way.ts';

/** What pushes that are over change: the records say done or why not, and documents appear over there. */
export function pushed(organization: string, tasks: readonly Task[], world: World): readonly Write[] {
  const books = world.store.organization(organization);
  const surroundings: Surroundings = {
    books,
    chart: chartOf(books, world),
    connection: activeConnection(books),
    recordIds: new Map(
      [...books.collections.synced_records.entries()].map(({ value }) => [
        `${value.object_type}/${value.object_id}`,
        value,
      ]),
    ),
    world,
  };
  return tasks.flatMap((task) => outcomeOf(task, surroundings));
}

interface Surroundings {
  readonly books: Organization;
  readonly chart: Chart;
  readonly connection: Stored | null;
  readonly recordIds: ReadonlyMap<string, Stored>;
  readonly world: World;
}

function outcomeOf({ target, due }: Task, surroundings: Surroundings): readonly Write[] {
  const { books, connection, world } = surroundings;
  const entry = books.collections.synced_records.get(target);
  if (!entry) return [];
  const { seq, value: record } = entry;
  const time = due.toISOString();
  const { reasons, document } = conversionOf(record, surroundings);
  const put = (members: JsonObject): Write => ({
    organization: books.id,
    collection: 'synced_records',
    id: record.id,
    seq,
    value: { ...record, updated_at: time, ...members },
  });
  if (reasons.length > 0 || connection === null) {
    return [put({ sync_status: 'error', errors: errorsOf(reasons, world.switches.record_errors) })];
  }
  const ids = platformIds(record, connection);
  const updated = objectOf(record.object_type, record.object_id, books)?.updated_at;
  const done = put({
    sync_status: 'done',
    errors: {},
    last_pulled_at: time,
    object_updated_at: updated ?? record.object_updated_at ?? null,
    ...ids,
    platform_updated_at: time,
    provider_updated_at: time,
  });
  return [done, ...documentWrites(record, ids.platform_object_id, { time, members: document }, surroundings)];
}

const nothing: Conversion = { reasons: [], document: {} };

function conversionOf(record: Stored, { books, chart, connection }: Surroundings): Conversion {
  const only = (code: Reason['code'], field: string, message: string): Conversion => ({
    reasons: [{ code, field, message }],
    document: {},
  });
  if (connection === null)
    return only('not_connected', 'connection', 'the accounting system is not connected');
  const { object_type: type } = record;
  if (type === 'vendor' || type === 'customer') return nothing;
  const object = objectOf(type, record.object_id, books);
  if (object === null) return only('object_missing', 'object_id', 'the object does not exist any more');
  const accountOf: ProductAccount = (product) => {
    const own = (catalogProduct(product, books) ?? product).ledger_account_id;
    return typeof own === 'string' ? own : chart.setting('ledger_account_ids', 'products');
  };
  if (type === 'bill') return billOf(object, linesOf(object, books), chart);
  if (type === 'receivable') return invoiceOf(object, chart, accountOf);
  if (type === 'product') {
    const words = `the product ${String(object.name)}`;
    const found = chart.account(accountOf(object), { field: 'ledger_account_id', words });
    return 'reason' in found ? { reasons: [found.reason], document: {} } : nothing;
  }
  const id = chart.setting('ledger_account_ids', 'payments');
  const field = 'settings.accounting.ledger_account_ids.payments';
  if (id === null)
    return only('payments_account_missing', field, 'the settings have no ledger account for payments');
  const found = chart.account(id, { field, words: 'the settings: payments' });
  return 'reason' in found ? { reasons: [found.reason], document: {} } : nothing;
}

const linesOf = ({ id }: Stored, { lines }: Organization): readonly Stored[] =>
  (lines.get(id)?.sorted('created_at') ?? []).map(({ value }) => value);

const documents: Readonly<Record<string, readonly [CollectionName, 'vendor' | 'customer']>> = {
  bill: ['accounting_payables', 'vendor'],
  receivable: ['accounting_receivables', 'customer'],
};

/** The document over there, new or changed. */
function documentWrites(
  record: Stored,
  id: string,
  { time, members }: { readonly time: string; readonly members: JsonObject },
  { books, connection, recordIds, world }: Surroundings,
): readonly Write[] {
  const [collection, role] = documents[String(record.object_type)] ?? [null, null];
  const object = objectOf(record.object_type, record.object_id, books);
  if (collection === null || role === null || object === null || connection === null) return [];
  const known = books.collections[collection].get(id);
  const counterpart = counterpartOf(role, object, books);
  const their = counterpart && recordIds.get(`${role}/${counterpart.id}`);
  const reference = counterpart && {
    id: their ? platformIds(their, connection).platform_object_id : counterpart.id,
    [role === 'vendor' ? 'name' : 'company_name']: counterpartName(object),
  };
  const value: Stored = {
    ...known?.value,
    ...members,
    [`${role}_ref`]: reference,
    id,
    created_at: known?.value.created_at ?? time,
    updated_at: time,
  };
  const seq = known?.seq ?? world.store.fresh(books.id, collection).seq;
  return [{ organization: books.id, collection, id, seq, value }];
}
