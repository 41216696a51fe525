import { millisecondsOf } from '../accounting-switches.ts';
import type { World } from '../call.ts';
import type { Json, JsonObject, Stored } from '../json.ts';
import type { Organization, Write } from '../state.ts';
import { begun } from './under-way.ts';

/** A connection with its place. */
export interface Connection {
  readonly organization: string;
  readonly seq: number;
  readonly value: Stored;
}

/** The connection with an id; null where the organization has none. */
export function connectionOf(
  organization: string,
  id: string,
  { store }: Pick<World, 'store'>,
): Connection | null {
  const entry = store.organization(organization).collections.connections.get(id);
  return entry ? { organization, ...entry } : null;
}

/** Whether a connection works. */
export const isConnected = ({ status }: Stored): boolean => status === 'connected';

/** The connection that works; of several the oldest. */
export const activeConnection = ({ collections }: Organization): Stored | null =>
  collections.connections
    .sorted('created_at')
    .map(({ value }) => value)
    .find(isConnected) ?? null;

/** The write that changes members of a connection at a time. */
export const connectionWrite = (
  { organization, seq, value }: Connection,
  members: JsonObject,
  time: Date,
): Write => ({
  organization,
  collection: 'connections',
  id: value.id,
  seq,
  value: { ...value, ...members, updated_at: time.toISOString() },
});

/** The writes that connect an accounting system and begin the first pull; none unless somebody was asked to authorise it. */
export function authorised(
  connection: Connection,
  platform: string,
  time: Date,
  { store, switches }: Pick<World, 'store' | 'switches'>,
): readonly Write[] {
  const { organization, value } = connection;
  if (value.status !== 'pending_auth') return [];
  const { name } = store.organization(organization);
  const business_info: Json = { name, legal_name: name, email: null, base_currency: null, type: null };
  return [
    connectionWrite(connection, { status: 'connected', platform, errors: null, business_info }, time),
    begun(organization, { kind: 'pull', target: value.id }, time, millisecondsOf(switches.pull_time), {
      store,
    }),
  ];
}
