import type { LiveConnection } from '../../../model/live.ts';
import type { Written } from '../../contract.ts';
import { type Api, isObject, reply, type Unchecked } from '../api.ts';
import { callFailed } from '../call-failed.ts';
import { objectsOf, requiredText, textOf } from '../decode.ts';
import { Incomplete } from '../incomplete.ts';
import type { components } from '../openapi.gen.ts';
import { proving, written } from '../written.ts';
import { errorTexts } from './error-texts.ts';

type Wire = Unchecked<components['schemas']['AccountingConnection']>;

/** Every connection to an accounting system; this list has no pages. */
export async function readConnections({ client, headers }: Api): Promise<readonly LiveConnection[]> {
  const { body } = await reply(client.GET('/accounting-connections', { params: { header: headers } }));
  return objectsOf(body?.data, 'data').map(connectionOf);
}

/** Begins a connection. An answer that does not say which one is lost: the caller looks at the list. */
export function connect({ client, headers }: Api): Promise<Written<LiveConnection>> {
  return written(async () => {
    const { body, requestId } = await reply(
      client.POST('/accounting-connections', { params: { header: headers } }),
    );
    const stored = body && understood(body);
    if (stored) return { stored, requestId };
    throw callFailed('API_ANSWER', 'The API began a connection, but did not say which.', { requestId });
  });
}

/** Ends a connection; with what the service says of it then. */
export function disconnect(api: Api, connectionId: string): Promise<Written<LiveConnection>> {
  return written(async () => {
    const { body, requestId } = await reply(
      api.client.POST('/accounting-connections/{connection_id}/disconnect', {
        params: { header: api.headers, path: { connection_id: connectionId } },
      }),
    );
    const told = body?.id === connectionId ? understood(body) : null;
    if (told) return { stored: told, requestId };
    const listed = await proving('lost', 'The list of connections', () => readConnections(api));
    const stored = listed.find(({ id }) => id === connectionId) ?? gone(connectionId);
    return { stored, requestId };
  });
}

/** Asks for a pull now. */
export function sync({ client, headers }: Api, connectionId: string): Promise<Written<string | null>> {
  return written(async () => {
    const path = { connection_id: connectionId };
    const { body, requestId } = await reply(
      client.POST('/accounting-connections/{connection_id}/sync', { params: { header: headers, path } }),
    );
    return { stored: typeof body?.message === 'string' ? body.message : null, requestId };
  });
}

/** A connection that the service does not list any more. */
const gone = (id: string): LiveConnection => connectionOf({ id, status: 'disconnected' });

function understood(body: Wire): LiveConnection | null {
  try {
    return connectionOf(body);
  } catch (error) {
    if (error instanceof Incomplete) return null;
    throw error;
  }
}

const connectionOf = (wire: Wire): LiveConnection => ({
  id: requiredText(wire.id, 'a connection’s id'),
  status: textOf(wire.status, 'a connection’s status'),
  platform: textOf(wire.platform, 'platform'),
  last_pull: textOf(wire.last_pull, 'last_pull'),
  created_at: textOf(wire.created_at, 'created_at'),
  connection_url: textOf(wire.connection_url, 'connection_url'),
  business_name: businessName(wire.business_info),
  errors: errorTexts(wire.errors),
});

function businessName(info: unknown): string | null {
  if (!isObject(info)) return null;
  return textOf(info.name, 'a business’s name') ?? textOf(info.legal_name, 'a business’s legal_name');
}
