import type { LiveProduct } from '../../../model/live.ts';
import { type Api, isObject, reply, type Unchecked } from '../api.ts';
import { requiredText, textOf } from '../decode.ts';
import type { components } from '../openapi.gen.ts';
import { pages } from '../pages.ts';

/** Every product. */
export async function* readProducts({ client, headers }: Api): AsyncGenerator<LiveProduct> {
  const list = pages((page) =>
    reply(client.GET('/products', { params: { header: headers, query: { ...page, limit: 100 } } })),
  );
  for await (const products of list) yield* products.map(productOf);
}

const productOf = (wire: Unchecked<components['schemas']['Product']>): LiveProduct => ({
  id: requiredText(wire.id, 'a product’s id'),
  name: textOf(wire.name, 'a product’s name') ?? '',
  type: textOf(wire.type, 'a product’s type'),
  external_reference: textOf(wire.external_reference, 'external_reference'),
  currency: isObject(wire.price) ? textOf(wire.price.currency, 'currency') : null,
  ledger_account_id: textOf(wire.ledger_account_id, 'ledger_account_id'),
});
