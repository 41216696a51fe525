import { type Api, type Reply, reply } from '../../api.ts';
import type { components } from '../../openapi.gen.ts';

type Schemas = components['schemas'];

/** Asks for all settings of the organization. */
export const readSettings = ({
  client,
  versionHeader,
  organizationId,
}: Api): Promise<Reply<Schemas['EntitySettings']>> =>
  reply(
    client.GET('/entities/{entity_id}/settings', {
      params: { header: versionHeader, path: { entity_id: organizationId } },
    }),
  );

/** Sends the complete `accounting` part of the settings; the other parts keep their values. */
export const sendSettings = (
  { client, versionHeader, organizationId }: Api,
  accounting: Schemas['AccountingSettings'],
): Promise<Reply<Schemas['EntitySettings']>> =>
  reply(
    client.PATCH('/entities/{entity_id}/settings', {
      params: { header: versionHeader, path: { entity_id: organizationId } },
      body: { accounting },
    }),
  );
