import type { World } from '../call.ts';
import type { JsonObject, Stored } from '../json.ts';
import { seedDefaults } from '../seed-defaults.ts';
import type { Organization, Write } from '../state.ts';
import { type Connection, connectionOf, connectionWrite, isConnected } from './connection.ts';
import { eligibleObjects } from './eligible.ts';
import { recordsFor } from './records.ts';
import { begun, type Task, underWayFor } from './under-way.ts';

/** What a pull that is over changes: nothing where the connection has ended meanwhile. */
export function pulled(organization: string, { target, due }: Task, world: World): readonly Write[] {
  const connection = connectionOf(organization, target, world);
  if (connection === null || !isConnected(connection.value)) return [];
  const books = world.store.organization(organization);
  const time = due.toISOString();
  const since = firstPull(connection) ?? time;
  const objects = eligibleObjects(books, since, world);
  return [
    ...brought(books, 'accounting_ledger_accounts', 'ledger_accounts', time),
    ...brought(books, 'accounting_tax_rates', 'tax_rates', time),
    connectionWrite(connection, { first_pull: since, last_pull: time, errors: null }, due),
    ...recordsFor(objects, books, due, world),
  ];
}

/** When a connection was pulled first; one that a seed has pulled already, when it was made. */
export const firstPull = ({ value }: Connection): string | null =>
  typeof value.last_pull !== 'string'
    ? null
    : typeof value.first_pull === 'string'
      ? value.first_pull
      : value.created_at;

/** What is new or different over there, as external objects of ours. */
function brought(
  { id: organization, collections }: Organization,
  from: 'accounting_ledger_accounts' | 'accounting_tax_rates',
  to: 'ledger_accounts' | 'tax_rates',
  time: string,
): readonly Write[] {
  return [...collections[from].entries()].flatMap(({ seq, value: theirs }) => {
    const known = collections[to].get(theirs.id);
    const { created_at, updated_at, ...members } = theirs;
    const stamps = { created_at: known?.value.created_at ?? time, updated_at: time };
    const value: Stored = {
      ...completed(to, members),
      ...members,
      is_external: true,
      ...stamps,
      id: theirs.id,
    };
    if (known && isSame(known.value, value)) return [];
    return [{ organization, collection: to, id: value.id, seq: known?.seq ?? seq, value }];
  });
}

const completed = (to: 'ledger_accounts' | 'tax_rates', members: JsonObject): JsonObject =>
  to === 'tax_rates'
    ? seedDefaults.tax_rates({ ...members, is_external: true })
    : seedDefaults.ledger_accounts();

const isSame = (known: Stored, value: Stored): boolean =>
  Object.entries(value).every(
    ([name, each]) => name === 'updated_at' || JSON.stringify(known[name] ?? null) === JSON.stringify(each),
  );

const hour = 60 * 60 * 1000;
const intervals = { '1h': hour, '24h': 24 * hour } as const;

/** The pulls that the schedule has begun by now: of those that nobody has seen only the latest. */
export function scheduled(organization: string, { store, switches, now }: World): readonly Write[] {
  if (switches.scheduled_pull === 'never') return [];
  const interval = intervals[switches.scheduled_pull];
  const books = store.organization(organization);
  return [...books.collections.connections.entries()].flatMap(({ value }) => {
    if (!isConnected(value) || typeof value.last_pull !== 'string') return [];
    const passed = Math.floor((now().getTime() - Date.parse(value.last_pull)) / interval);
    if (passed < 1 || underWayFor(books, 'pull', value.id)) return [];
    const due = new Date(Date.parse(value.last_pull) + passed * interval);
    return [begun(organization, { kind: 'pull', target: value.id }, due, 0, { store })];
  });
}
