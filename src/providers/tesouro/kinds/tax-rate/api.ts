import { reply } from '../../api.ts';
import type { CollectionApi } from '../../collection-api.ts';
import type { components } from '../../openapi.gen.ts';
import { kind } from './kind.ts';

type Schemas = components['schemas'];

/** The calls of tax rates. Only internal ones can be written. */
export const api: CollectionApi = {
  kind,
  list: ({ client, headers }, query) =>
    reply(
      client.GET('/accounting-tax-rates', { params: { header: headers, query: { ...query, limit: 250 } } }),
    ),
  read: ({ client, headers }, id) =>
    reply(
      client.GET('/accounting-tax-rates/{tax_rate_id}', {
        params: { header: headers, path: { tax_rate_id: id } },
      }),
    ),
  create: ({ client, headers }, fields) =>
    reply(
      client.POST('/accounting-tax-rates', {
        params: { header: headers },
        body: fields as Schemas['AccountingTaxRateCreate'], // made from the fields of `kind`
      }),
    ),
  update: ({ client, headers }, id, fields) =>
    reply(
      client.PATCH('/accounting-tax-rates/{tax_rate_id}', {
        params: { header: headers, path: { tax_rate_id: id } },
        body: fields as Schemas['AccountingTaxRateUpdate'], // the same, and null, which the description does not know
      }),
    ),
  remove: ({ client, headers }, id) =>
    reply(
      client.DELETE('/accounting-tax-rates/{tax_rate_id}', {
        params: { header: headers, path: { tax_rate_id: id } },
      }),
    ),
};
