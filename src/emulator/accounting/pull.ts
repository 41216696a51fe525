import type { World } from '../call.ts';
import type { Write } from '../state.ts';
import { connectionOf, connectionWrite, isConnected } from './connection.ts';
import { begun, type Task, underWayFor } from './under-way.ts';

/** What a pull that is over changes: nothing where the connection has ended meanwhile. */
export function pulled(organization: string, { target, due }: Task, world: World): readonly Write[] {
  const connection = connectionOf(organization, target, world);
  if (connection === null || !isConnected(connection.value)) return [];
  return [connectionWrite(connection, { last_pull: due.toISOString(), errors: null }, due)];
}

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
    if (passed < 1 || underWayFor(books, value.id).length > 0) return [];
    const due = new Date(Date.parse(value.last_pull) + passed * interval);
    return [begun(organization, { kind: 'pull', target: value.id }, due, 0, { store })];
  });
}
