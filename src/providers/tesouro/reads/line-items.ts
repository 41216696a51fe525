import type { LiveLineItem } from '../../../model/live.ts';
import { type Api, reply, type Unchecked } from '../api.ts';
import { requiredText, textOf } from '../decode.ts';
import type { components } from '../openapi.gen.ts';
import { allPages } from '../pages.ts';

/** Every line of one payable. */
export async function readLineItems(
  { client, headers }: Api,
  payableId: string,
): Promise<readonly LiveLineItem[]> {
  const path = { payable_id: payableId };
  const lines = await allPages((page) =>
    reply(
      client.GET('/payables/{payable_id}/line-items', {
        params: { header: headers, path, query: { ...page, limit: 100 } },
      }),
    ),
  );
  return lines.map((wire) => lineItemOf(wire, payableId));
}

/** A line as the service stores it. */
export const lineItemOf = (
  wire: Unchecked<components['schemas']['PayableLineItem']>,
  payableId: string,
): LiveLineItem => ({
  id: requiredText(wire.id, 'a line’s id'),
  payable_id: textOf(wire.payable_id, 'payable_id') ?? payableId,
  name: textOf(wire.name, 'a line’s name'),
  description: textOf(wire.description, 'a line’s description'),
  ledger_account_id: textOf(wire.ledger_account_id, 'ledger_account_id'),
  accounting_tax_rate_id: textOf(wire.accounting_tax_rate_id, 'accounting_tax_rate_id'),
  ...(typeof wire.total === 'number' && { amount: wire.total }),
  ...(typeof wire.tax === 'number' && { tax: wire.tax }),
});
