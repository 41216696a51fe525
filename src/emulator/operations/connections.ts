import {
  activeConnection,
  type Connection,
  connectionOf,
  connectionWrite,
  isConnected,
} from '../accounting/connection.ts';
import { begun, over, underWayFor } from '../accounting/under-way.ts';
import { millisecondsOf } from '../accounting-switches.ts';
import { type Answer, type Call, type Handler, param, type World } from '../call.ts';
import type { Json, Stored } from '../json.ts';
import { pageOf } from '../pages/authorise.ts';
import { notFound, Refusal } from '../refusal.ts';
import { find, type Resource, shown } from './resource.ts';

const connections: Resource = {
  collection: 'connections',
  noun: 'connection',
  param: 'connection_id',
  limit: () => 100,
  resend: false,
  sort: () => 'created_at',
  meanings: () => ({}),
};

/** The operations of connections to accounting systems. */
export const connectionOperations: Readonly<Record<string, Handler>> = {
  listAccountingConnections: ({ organization }, world) => {
    const all = world.store.listed(organization).collections.connections.sorted('created_at');
    return { status: 200, body: { data: all.map(({ value }) => visible(value, world)) } };
  },
  getAccountingConnection: (call, world) => ({
    status: 200,
    body: visible(find(connections, call, world), world),
  }),
  createAccountingConnection: create,
  disconnectAccountingConnection: disconnect,
  syncAccountingConnection: sync,
};

function create({ organization }: Call, world: World): Answer {
  const { store, switches, now } = world;
  if (switches.second_connection !== 'created' && activeConnection(store.organization(organization))) {
    const message = 'an accounting system is connected; disconnect it first';
    throw new Refusal(Number(switches.second_connection), 'connection_active', message);
  }
  const { seq, id } = store.fresh(organization, 'connections');
  const time = now().toISOString();
  const value: Stored = { id, created_at: time, updated_at: time, ...unauthorised };
  const made = { organization, collection: 'connections', id, seq, value } as const;
  if (switches.authorisation === 'page') store.commit([made]);
  else {
    const milliseconds = millisecondsOf(switches.authorisation);
    store.commit([made, begun(organization, { kind: 'authorise', target: id }, now(), milliseconds, world)]);
  }
  return { status: 201, body: visible(value, world) };
}

const unauthorised = {
  connection_url: null,
  status: 'pending_auth',
  platform: null,
  last_pull: null,
  errors: null,
  business_info: null,
};

function sync(call: Call, world: World): Answer {
  const { organization, value } = named(call, world);
  const { store, switches, now } = world;
  const started = { status: 202, body: { message: 'Started connection data sync.' } };
  if (!isConnected(value)) {
    if (switches.sync_not_connected === '202') return started;
    const message = 'the accounting system is not connected';
    throw new Refusal(Number(switches.sync_not_connected), 'not_connected', message);
  }
  if (underWayFor(store.organization(organization), 'pull', value.id)) {
    if (switches.sync_running === '202') return started;
    throw new Refusal(409, 'sync_running', 'a synchronization is in progress');
  }
  const milliseconds = millisecondsOf(switches.pull_time);
  store.commit([begun(organization, { kind: 'pull', target: value.id }, now(), milliseconds, world)]);
  return started;
}

function disconnect(call: Call, world: World): Answer {
  const connection = named(call, world);
  const { organization, value } = connection;
  const { store, switches, now } = world;
  if (value.status === 'disconnected') {
    if (switches.disconnect_again === '409')
      throw new Refusal(409, 'not_connected', 'the accounting system is disconnected already');
    return { status: 200, body: ended(value, world) };
  }
  store.commit([
    connectionWrite(connection, { status: 'disconnected' }, now()),
    over(organization, { kind: 'authorise', target: value.id }),
    over(organization, { kind: 'pull', target: value.id }),
  ]);
  return { status: 200, body: ended(named(call, world).value, world) };
}

/** The connection that the path names. */
function named(call: Call, world: World): Connection {
  find(connections, call, world);
  const connection = connectionOf(call.organization, param(call, 'connection_id'), world);
  if (!connection) throw notFound('connection');
  return connection;
}

/** A connection that was made here is authorised on this very server, wherever that listens now. */
function addressed({ first_pull: _, ...value }: Stored, world: World): Stored {
  const connection_url = value.connection_url ?? pageOf(world, value.id);
  // What is shown is never stored.
  return { ...value, connection_url } as Stored;
}

const visible = (value: Stored, world: World): Json => shown(addressed(value, world), world.switches);

function ended(value: Stored, world: World): Json {
  if (world.switches.disconnect_answer === 'whole') return visible(value, world);
  const { connection_url: _, ...rest } = addressed(value, world);
  // What is shown is never stored.
  return shown(rest as Stored, world.switches);
}
