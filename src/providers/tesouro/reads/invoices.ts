import type { LiveInvoice, LiveInvoiceLine } from '../../../model/live.ts';
import { type Api, isObject, reply, type Unchecked, type WireObject } from '../api.ts';
import { objectsOf, requiredText, textOf } from '../decode.ts';
import { incomplete } from '../incomplete.ts';
import type { components } from '../openapi.gen.ts';
import { pages } from '../pages.ts';

type Schemas = components['schemas'];

/** Every invoice with its lines; quotes and credit notes are left out. */
export async function* readInvoices({ client, headers }: Api): AsyncGenerator<LiveInvoice> {
  const list = pages((page) =>
    reply(
      client.GET('/receivables', {
        params: { header: headers, query: { ...page, type: 'invoice', limit: 250 } },
      }),
    ),
  );
  for await (const receivables of list) yield* receivables.filter(isInvoice).map(invoiceOf);
}

// The service may ignore the filter.
const isInvoice = (wire: Unchecked<Schemas['Receivable']>): boolean =>
  wire.type === undefined || wire.type === 'invoice';

const invoiceOf = (wire: Unchecked<Schemas['Receivable']>): LiveInvoice => ({
  id: requiredText(wire.id, 'an invoice’s id'),
  document_id: textOf(wire.document_id, 'document_id'),
  status: textOf(wire.status, 'an invoice’s status') ?? '',
  counterpart_name: counterpartOf(wire),
  currency: textOf(wire.currency, 'currency'),
  created_at: textOf(wire.created_at, 'created_at'),
  ...(typeof wire.updated_at === 'string' && { updated_at: wire.updated_at }),
  ...(typeof wire.total_amount === 'number' && { total_amount: wire.total_amount }),
  lines: objectsOf(wire.line_items, 'an invoice’s line_items').map(lineOf),
});

/** The name of its customer, which the description of the API does not have and some answers do. */
function counterpartOf(wire: WireObject): string | null {
  const { counterpart, counterpart_name: name } = wire;
  if (typeof name === 'string') return name;
  return isObject(counterpart) && typeof counterpart.name === 'string' ? counterpart.name : null;
}

function lineOf(wire: Unchecked<Schemas['ReceivableLineItem']>): LiveInvoiceLine {
  if (!isObject(wire.product)) throw incomplete('an invoice’s line has no product');
  const product: Unchecked<Schemas['ReceivableLineItem']['product']> = wire.product;
  return {
    product_name: textOf(product.name, 'a product’s name') ?? '',
    product_id: textOf(product.id, 'a product’s id'),
    ledger_account_id: textOf(product.ledger_account_id, 'ledger_account_id'),
    accounting_tax_rate_id: textOf(product.accounting_tax_rate_id, 'accounting_tax_rate_id'),
    inline: product.is_inline === true,
    ...(isObject(product.tax_rate) &&
      typeof product.tax_rate.value === 'number' && { tax: product.tax_rate.value }),
    ...(typeof wire.total_before_tax === 'number' && { amount: wire.total_before_tax }),
  };
}
