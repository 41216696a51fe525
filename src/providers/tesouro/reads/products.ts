import { keepsNothing, keepsProduct, type ProductFilter } from '../../../model/list-filter.ts';
import type { LiveProduct } from '../../../model/live.ts';
import { type Api, isObject, reply, type Unchecked } from '../api.ts';
import { requiredText, textOf } from '../decode.ts';
import type { components } from '../openapi.gen.ts';
import { pages } from '../pages.ts';

type Schemas = components['schemas'];

/** The longest name that the filter takes: no product has a longer one. */
const longestName = 100;

/** Every product that the filter lets through. */
export async function* readProducts(
  { client, headers }: Api,
  filter: ProductFilter,
): AsyncGenerator<LiveProduct> {
  const { ids, type, name } = filter;
  if (keepsNothing(filter) || (name !== undefined && name.length > longestName)) return;
  const query = {
    ...(ids && { id__in: [...ids] }),
    // A type that the description does not have is left for the service to judge.
    ...(type !== undefined && { type: type as Schemas['ProductType'] }),
    ...(name !== undefined && { name }),
  };
  const list = pages((page) =>
    reply(client.GET('/products', { params: { header: headers, query: { ...query, ...page, limit: 100 } } })),
  );
  const keeps = keepsProduct(filter);
  for await (const products of list) yield* products.map(productOf).filter(keeps);
}

const productOf = (wire: Unchecked<Schemas['Product']>): LiveProduct => ({
  id: requiredText(wire.id, 'a product’s id'),
  name: textOf(wire.name, 'a product’s name') ?? '',
  type: textOf(wire.type, 'a product’s type'),
  external_reference: textOf(wire.external_reference, 'external_reference'),
  currency: isObject(wire.price) ? textOf(wire.price.currency, 'currency') : null,
  ledger_account_id: textOf(wire.ledger_account_id, 'ledger_account_id'),
  ...(typeof wire.updated_at === 'string' && { updated_at: wire.updated_at }),
  ...(isObject(wire.price) && typeof wire.price.value === 'number' && { amount: wire.price.value }),
});
