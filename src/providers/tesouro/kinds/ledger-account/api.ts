import { reply } from '../../api.ts';
import type { CollectionApi } from '../../collection-api.ts';
import type { components } from '../../openapi.gen.ts';
import { kind } from './kind.ts';

type Schemas = components['schemas'];

/** The calls of ledger accounts. Only internal ones can be written. */
export const api: CollectionApi = {
  kind,
  list: ({ client, headers }, query) =>
    reply(client.GET('/ledger-accounts', { params: { header: headers, query: { ...query, limit: 250 } } })),
  read: ({ client, headers }, id) =>
    reply(
      client.GET('/ledger-accounts/{ledger_account_id}', {
        params: { header: headers, path: { ledger_account_id: id } },
      }),
    ),
  create: ({ client, headers }, fields) =>
    reply(
      client.POST('/ledger-accounts', {
        params: { header: headers },
        body: fields as Schemas['LedgerAccountCreate'], // made from the fields of `kind`
      }),
    ),
  update: ({ client, headers }, id, fields) =>
    reply(
      client.PATCH('/ledger-accounts/{ledger_account_id}', {
        params: { header: headers, path: { ledger_account_id: id } },
        body: fields as Schemas['LedgerAccountUpdate'], // the same, and null, which the description does not know
      }),
    ),
  remove: ({ client, headers }, id) =>
    reply(
      client.DELETE('/ledger-accounts/{ledger_account_id}', {
        params: { header: headers, path: { ledger_account_id: id } },
      }),
    ),
};
