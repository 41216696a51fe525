import { isObject, type JsonObject, type Stored } from './json.ts';
import type { References } from './seed-references.ts';
import { uuidOf } from './store.ts';

/** The totals of a bill, from its lines. */
export function payableTotals(lines: readonly Stored[]): JsonObject {
  const sum = (member: string) => lines.reduce((total, line) => total + Number(line[member] ?? 0), 0);
  const total = sum('total');
  return {
    subtotal: sum('subtotal'),
    tax_amount: sum('tax_amount'),
    total_amount: total,
    amount_due: total,
    amount_to_pay: total,
    amount_paid: 0,
  };
}

/** What a line of an invoice may refer to. */
interface Surroundings {
  readonly products: readonly Stored[];
  readonly references: References;
  /** Where its product stands in the document. */
  readonly place: string;
}

/** A line of an invoice as the API answers it; a product of the catalog is found by its external_reference. */
export function invoiceLine(
  given: JsonObject,
  invoice: Stored,
  { products, references, place }: Surroundings,
): JsonObject {
  const { tax_rate: tax = null, ...sent } = isObject(given.product) ? given.product : {};
  const value = isObject(tax) && tax.value !== undefined ? tax : null;
  const looked = value === null && tax !== null ? { ...sent, tax_rate: tax } : sent;
  const members = references.resolved(looked, place);
  const known = products.find(
    (each) =>
      (each.external_reference ?? null) !== null && each.external_reference === members.external_reference,
  );
  const { id, name, price, type, description, external_reference, ledger_account_id } =
    known ?? fresh(members, invoice, place);
  const cost = isObject(price) ? price : { currency: invoice.currency ?? 'EUR', value: 0 };
  const tax_rate = { country: 'DE', value: 0, ...value };
  const taxed = 1 + Number(tax_rate.value) / 10_000;
  const product = {
    accounting_tax_rate_id: null,
    is_inline: known === undefined,
    id: id ?? null,
    name: name ?? null,
    type: type ?? null,
    description: description ?? null,
    external_reference: external_reference ?? null,
    ledger_account_id: ledger_account_id ?? null,
    price: cost,
    price_after_tax: { ...cost, value: Math.round(Number(cost.value ?? 0) * taxed) },
    ...members,
    tax_rate,
  };
  const quantity = typeof given.quantity === 'number' ? given.quantity : 1;
  const total = Math.round(Number(cost.value) * quantity);
  return {
    total_before_tax: total,
    total_after_tax: Math.round(total * taxed),
    discount: null,
    ...given,
    quantity,
    product,
  };
}

const fresh = (members: JsonObject, invoice: Stored, place: string): JsonObject => ({
  id: uuidOf(`seed/${invoice.id}/${place}`),
  name: 'Unnamed product',
  type: 'product',
  price: members.price ?? null,
});
