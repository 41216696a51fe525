/** A field's value in the file's language: text (a percentage is `"7.5%"`, a reference is an address), or null for empty. */
export type Value = string | null;

/** Field name to value. Field names are those of the file and the API, in snake_case. */
export type Fields = Readonly<Record<string, Value>>;

/** The one name of a thing in files, plans and messages, such as `ledger_accounts.cash` or `ledger_accounts[<id>]`. */
export type Address = string;

/** The address of a live object that no key of the file declares. */
export const unkeyedAddress = (collection: string, id: string): Address => `${collection}[${id}]`;

/** The address of an entry of the file. */
export const keyedAddress = (collection: string, key: string): Address => `${collection}.${key}`;

/** The address of a look-up that `external` declares. */
export const externalAddress = (collection: string, key: string): Address => `external.${collection}.${key}`;

/** The address of what a product is assigned to. */
export const productAddress = (productId: string): Address => `assignments.products.${productId}`;

/** The address of what a line of a payable is assigned to. */
export const lineAddress = (payableId: string, lineId: string): Address =>
  `assignments.line_items.${payableId}/${lineId}`;

/** The id of the payable in the address of a line. */
export function payableIdIn(address: Address): string {
  return address.slice(address.lastIndexOf('.') + 1).split('/')[0] ?? '';
}
