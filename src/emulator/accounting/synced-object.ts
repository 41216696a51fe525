import { isObject, type Json, type JsonObject, type Stored } from '../json.ts';
import type { CollectionName, Organization } from '../state.ts';
import { uuidOf } from '../store.ts';
import { counterpartName } from './conversion.ts';

/** What is pushed: an object of ours, and under which type. */
export interface SyncedObject {
  readonly type: 'product' | 'customer' | 'vendor' | 'receivable' | 'bill' | 'payment_record';
  readonly id: string;
  /** When it changed last. */
  readonly updated_at: string;
}

const collections: Readonly<Record<string, CollectionName>> = {
  product: 'products',
  receivable: 'receivables',
  bill: 'payables',
  payment_record: 'payment_records',
};

/** The object that a record is about; null where it is gone, or a vendor or customer, who are known by their documents alone. */
export function objectOf(
  type: Json | undefined,
  id: Json | undefined,
  organization: Organization,
): Stored | null {
  const name = collections[String(type)];
  return name === undefined ? null : (organization.collections[name].get(String(id))?.value ?? null);
}

/** The vendor or customer of a document as an object of its own; null where the document names nobody. */
export function counterpartOf(
  type: 'customer' | 'vendor',
  document: Stored,
  organization: Organization,
): SyncedObject | null {
  const { counterpart_id, updated_at } = document;
  const name = counterpartName(document);
  if (typeof counterpart_id === 'string') return { type, id: counterpart_id, updated_at };
  return name === null ? null : { type, id: counterpartId(organization.id, type, name), updated_at };
}

/** The id of a vendor or customer whom a document knows by name alone. */
export const counterpartId = (organization: string, type: 'customer' | 'vendor', name: string): string =>
  uuidOf(`${organization}/${type}/${name}`);

/** The products of an invoice, as its lines show them. */
export const productsOf = ({ line_items }: Stored): readonly JsonObject[] =>
  (Array.isArray(line_items) ? line_items : [])
    .filter(isObject)
    .map(({ product }) => product ?? null)
    .filter(isObject);

/** The product of the catalog behind one of an invoice; undefined for an inline product. */
export const catalogProduct = (
  { id }: JsonObject,
  { collections: { products } }: Organization,
): Stored | undefined => products.get(String(id))?.value;
