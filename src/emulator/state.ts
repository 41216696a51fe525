import { type Collection, createCollection, plainKey, type SortKey } from './collection.ts';
import { isObject, type JsonObject, type Stored } from './json.ts';

/** Collections that no list of the API shows: what goes on, payments, and what only the accounting system knows yet. */
const hiddenNames = [
  'under_way',
  'payment_records',
  'accounting_ledger_accounts',
  'accounting_tax_rates',
  'accounting_payables',
  'accounting_receivables',
] as const;

export const collectionNames = [
  'tax_rates',
  'ledger_accounts',
  'products',
  'payables',
  'receivables',
  'connections',
  'synced_records',
  ...hiddenNames,
] as const;
export type CollectionName = (typeof collectionNames)[number];

/** One object or the settings put in place, or with null taken away. Applied twice it is no different from once. */
export interface Write {
  readonly organization: string;
  readonly collection: CollectionName | 'line_items' | 'settings' | 'organization';
  readonly id: string;
  readonly seq: number;
  /** The payable of a line item. */
  readonly parent?: string;
  readonly value: JsonObject | null;
}

/** One organization's books. */
export interface Organization {
  readonly id: string;
  readonly name: string | null;
  readonly settings: JsonObject;
  readonly collections: Readonly<Record<CollectionName, Collection>>;
  /** Line items by payable. */
  readonly lines: ReadonlyMap<string, Collection>;
}

/** Every organization's books. */
export interface State {
  readonly organizations: ReadonlyMap<string, Organization>;
  /** Greater than every seq in use. */
  readonly nextSeq: number;
  apply(write: Write): void;
}

type Books = { -readonly [M in keyof Organization]: Organization[M] } & {
  readonly lines: Map<string, Collection>;
};

/** No organizations at all. */
export function createState(): State {
  const organizations = new Map<string, Books>();
  let nextSeq = 1;
  return {
    organizations,
    get nextSeq() {
      return nextSeq;
    },
    apply: (write) => {
      nextSeq = Math.max(nextSeq, write.seq + 1);
      const known = organizations.get(write.organization);
      const books = known ?? emptyOrganization(write.organization);
      if (!known) organizations.set(write.organization, books);
      applyTo(books, write);
    },
  };
}

/** An organization that has nothing. */
export const emptyOrganization = (id: string): Books => ({
  id,
  name: null,
  settings: {},
  collections: {
    tax_rates: createCollection(),
    ledger_accounts: createCollection(),
    products: createCollection(),
    payables: createCollection(),
    receivables: createCollection(receivableKey),
    connections: createCollection(),
    synced_records: createCollection(),
    under_way: createCollection(),
    payment_records: createCollection(),
    accounting_ledger_accounts: createCollection(),
    accounting_tax_rates: createCollection(),
    accounting_payables: createCollection(),
    accounting_receivables: createCollection(),
  },
  lines: new Map(),
});

function applyTo(books: Books, write: Write): void {
  const { collection: name } = write;
  if (name === 'settings') books.settings = write.value ?? {};
  else if (name === 'organization') {
    books.name = typeof write.value?.name === 'string' ? write.value.name : null;
  } else {
    const collection = collectionOf(books, name, write.parent ?? '');
    if (write.value === null) collection.remove(write.id);
    // Only whole objects are ever written to a collection.
    else collection.put({ seq: write.seq, value: write.value as Stored });
  }
}

function collectionOf(books: Books, name: CollectionName | 'line_items', parent: string): Collection {
  if (name !== 'line_items') return books.collections[name];
  const kept = books.lines.get(parent);
  if (kept) return kept;
  const made = createCollection();
  books.lines.set(parent, made);
  return made;
}

function receivableKey(value: Stored, member: string): SortKey {
  if (member === 'amount') return plainKey(value, 'total_amount');
  const counterpart = value.counterpart;
  if (member === 'counterpart_name' && isObject(counterpart) && typeof counterpart.name === 'string') {
    return counterpart.name;
  }
  return plainKey(value, member);
}
