import type { BookDocument, BookLine, BookList } from '../../../model/book-document.ts';
import { type Api, isObject, reply, type Unchecked, type WireObject } from '../api.ts';
import { foreignIdOf, numberOf, objectsOf, requiredText, textOf } from '../decode.ts';
import type { components } from '../openapi.gen.ts';
import { offsetPages } from './offset-pages.ts';

type Schemas = components['schemas'];

/** Every bill, or invoice, in the accounting system. */
export async function* readDocuments({ client, headers }: Api, list: BookList): AsyncGenerator<BookDocument> {
  const path = list === 'payables' ? '/accounting/payables' : '/accounting/receivables';
  const all = offsetPages((query) => reply(client.GET(path, { params: { header: headers, query } })));
  for await (const documents of all) yield* documents.map((wire) => documentOf(wire, list));
}

/** One of them, by the accounting system’s own id. */
export async function readDocument(
  { client, headers }: Api,
  list: BookList,
  id: string,
): Promise<BookDocument> {
  const { body } =
    list === 'payables'
      ? await reply<WireObject>(
          client.GET('/accounting/payables/{payable_id}', {
            params: { header: headers, path: { payable_id: id } },
          }),
        )
      : await reply<WireObject>(
          client.GET('/accounting/receivables/{invoice_id}', {
            params: { header: headers, path: { invoice_id: id } },
          }),
        );
  return documentOf(body ?? {}, list);
}

type Wire = Unchecked<Schemas['AccountingPayable'] & Schemas['AccountingReceivable']>;

function documentOf(wire: Wire, list: BookList): BookDocument {
  const counterpart = list === 'payables' ? wire.vendor_ref : wire.customer_ref;
  const { company_name, id, name }: WireObject = isObject(counterpart) ? counterpart : {};
  return {
    id: requiredText(foreignIdOf(wire.id, 'a document’s id'), 'a document’s id'),
    list,
    number: foreignIdOf(wire.invoice_number, 'invoice_number'),
    status: textOf(wire.status, 'a document’s status'),
    counterpart_id: foreignIdOf(id, 'a counterpart’s id'),
    counterpart_name: textOf(company_name ?? name, 'a counterpart’s name'),
    currency: textOf(wire.currency, 'currency'),
    total_amount: numberOf(wire.total_amount, 'total_amount'),
    amount_due: numberOf(wire.amount_due, 'amount_due'),
    subtotal: numberOf(wire.subtotal, 'subtotal'),
    tax_amount: numberOf(wire.tax_amount, 'tax_amount'),
    due_date: textOf(wire.due_date, 'due_date'),
    posted_date: textOf(wire.posted_date, 'posted_date'),
    memo: textOf(wire.memo, 'memo'),
    lines: objectsOf(wire.lines ?? [], 'a document’s lines').map(lineOf),
  };
}

const lineOf = (wire: Unchecked<Schemas['AccountingDocumentLine']>): BookLine => ({
  description: textOf(wire.description, 'a line’s description'),
  quantity: numberOf(wire.quantity, 'quantity'),
  unit_amount: numberOf(wire.unit_amount, 'unit_amount'),
  discount_amount: numberOf(wire.discount_amount, 'discount_amount'),
  discount_percentage: numberOf(wire.discount_percentage, 'discount_percentage'),
  ledger_account_id: foreignIdOf(wire.ledger_account_id, 'ledger_account_id'),
  tax_rate_id: isObject(wire.tax_rate_ref) ? foreignIdOf(wire.tax_rate_ref.id, 'a tax rate’s id') : null,
});
