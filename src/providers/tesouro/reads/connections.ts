import type { LiveConnection } from '../../../model/live.ts';
import { type Api, reply, type Unchecked } from '../api.ts';
import { objectsOf, requiredText, textOf } from '../decode.ts';
import type { components } from '../openapi.gen.ts';

/** Every connection to an accounting system; this list has no pages. */
export async function readConnections({ client, headers }: Api): Promise<readonly LiveConnection[]> {
  const { body } = await reply(client.GET('/accounting-connections', { params: { header: headers } }));
  return objectsOf(body?.data, 'data').map(connectionOf);
}

const connectionOf = (wire: Unchecked<components['schemas']['AccountingConnection']>): LiveConnection => ({
  id: requiredText(wire.id, 'a connection’s id'),
  status: textOf(wire.status, 'a connection’s status'),
  platform: textOf(wire.platform, 'platform'),
  last_pull: textOf(wire.last_pull, 'last_pull'),
});
