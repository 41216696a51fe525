import type { LiveLineItem } from '../../model/live.ts';
import type { LineAssignment, Written } from '../contract.ts';
import { type Api, type Reply, reply, type Unchecked } from './api.ts';
import { requiredText, textOf } from './decode.ts';
import { Incomplete } from './incomplete.ts';
import type { components } from './openapi.gen.ts';
import { lineItemOf } from './reads/line-items.ts';
import { proving, written } from './written.ts';

type Schemas = components['schemas'];

/** Points a product to an account, or to none; answers with what it points to now. */
export function assignProduct(
  { client, headers }: Api,
  productId: string,
  ledgerAccountId: string | null,
): Promise<Written<string | null>> {
  const params = { header: headers, path: { product_id: productId } };
  const sent = { ledger_account_id: ledgerAccountId };
  return written(() =>
    stored(sent, productId, 'The stored product', accountOf, {
      write: () =>
        reply(
          client.PATCH('/products/{product_id}', {
            params,
            body: sent as Schemas['ProductUpdate'], // null is unknown to the description, and clears
          }),
        ),
      read: () => reply(client.GET('/products/{product_id}', { params })),
    }),
  );
}

/** Points a line of a payable to an account, a rate or both; what is not given is not sent. */
export function assignLineItem(
  { client, headers }: Api,
  payableId: string,
  lineItemId: string,
  ids: LineAssignment,
): Promise<Written<LiveLineItem>> {
  const path = { payable_id: payableId, line_item_id: lineItemId };
  const params = { header: headers, path };
  return written(() =>
    stored(ids, lineItemId, 'The stored line', (body) => lineItemOf(body, payableId), {
      write: () =>
        reply(
          client.PATCH('/payables/{payable_id}/line-items/{line_item_id}', {
            params,
            body: ids as Schemas['PayableLineItemRequest'], // null is unknown to the description, and clears
          }),
        ),
      read: () => reply(client.GET('/payables/{payable_id}/line-items/{line_item_id}', { params })),
    }),
  );
}

function accountOf(body: Unchecked<Schemas['Product']>): string | null {
  requiredText(body.id, 'a product’s id');
  return textOf(body.ledger_account_id, 'ledger_account_id');
}

interface Calls<Body> {
  readonly write: () => Promise<Reply<Body>>;
  readonly read: () => Promise<Reply<Body>>;
}

/** From the answer, or, where that lacks something that was sent, from a read of the object. */
async function stored<Body extends { readonly id: string }, T>(
  sent: object,
  id: string,
  subject: string,
  understand: (body: Unchecked<Body>) => T,
  { write, read }: Calls<Body>,
) {
  const { body, requestId } = await write();
  if (body !== null && body.id === id && Object.keys(sent).every((name) => name in body)) {
    try {
      return { stored: understand(body), requestId };
    } catch (error) {
      if (!(error instanceof Incomplete)) throw error;
    }
  }
  const now = await proving('lost', subject, async () => understand((await read()).body ?? {}));
  return { stored: now, requestId };
}
