import type {
  LineConditions,
  LineSelector,
  PayableConditions,
  PayableSelector,
  ProductConditions,
  ProductSelector,
  Targets,
} from '../../src/model/assignment.ts';
import type {
  Desired,
  DesiredEntry,
  ExternalEntry,
  Identity,
  Policy,
  Reference,
} from '../../src/model/desired.ts';
import type { Kinds } from '../../src/model/kind.ts';
import type {
  Live,
  LiveLine,
  LiveLineItem,
  LiveObject,
  LivePayable,
  LiveProduct,
  LiveSettings,
} from '../../src/model/live.ts';
import type { Change } from '../../src/model/plan.ts';
import type { Origin, Problem } from '../../src/model/problem.ts';
import { externalAddress, type Fields, keyedAddress } from '../../src/model/value.ts';
import { type Proposal, propose } from '../../src/plan/propose.ts';
import { kinds as generated } from '../../src/providers/tesouro/kinds/index.gen.ts';

export const kinds: Kinds = generated;

export const origin: Origin = { file: 'ledgerform.yaml', line: 1, column: 1 };

type Entry = Partial<Pick<DesiredEntry, 'id' | 'was'>> & Fields;

interface File {
  readonly tax_rates?: Readonly<Record<string, Partial<Record<string, unknown>>>>;
  readonly ledger_accounts?: Readonly<Record<string, Partial<Record<string, unknown>>>>;
  readonly removed?: Readonly<Record<string, readonly Identity[]>>;
  readonly external?: Readonly<Record<string, Readonly<Record<string, Identity>>>>;
  /** A key (`cash`, or `external:bank`), a look-up in place, or null. */
  readonly settings?: Readonly<Record<string, string | Identity | null>>;
  readonly products?: readonly ProductItem[];
  readonly lines?: readonly LineItem[];
  readonly policy?: Partial<Policy>;
}

/** A key (`cash`, or `external:bank`), a look-up in place, or null. */
type Target = string | Identity | null;

interface Item {
  readonly rule?: string;
  readonly overwrite?: boolean;
  readonly account?: Target;
  readonly rate?: Target;
}

/** An item of `assignments.products`: with `by` it names one product, otherwise it is a rule. */
type ProductItem = Item & { readonly by?: ProductSelector; readonly when?: ProductConditions };

/** An item of `assignments.line_items`: with `payable` it names one line, otherwise it is a rule. */
type LineItem = Item & {
  readonly payable?: PayableSelector;
  readonly line?: LineSelector;
  readonly when?: {
    readonly payable?: Partial<PayableConditions>;
    readonly line_item?: LineConditions['line_item'];
  };
};

/** What a file would be loaded as; `id` and `was` beside the fields of an entry. */
export function desired(file: File): Desired {
  const sections = { ledger_accounts: file.ledger_accounts, tax_rates: file.tax_rates };
  const declared = Object.entries(sections).flatMap(([collection, entries]) =>
    entries ? [{ collection, entries }] : [],
  );
  return {
    organization: { id: 'org', name: 'Acme GmbH' },
    environment: 'local',
    declared: new Set(declared.map(({ collection }) => collection)),
    entries: declared.flatMap(({ collection, entries }) =>
      Object.entries(entries).map(([key, fields]) => entry(collection, key, fields as Entry)),
    ),
    removed: Object.entries(file.removed ?? {}).flatMap(([collection, identities]) =>
      identities.map((identity) => ({ collection, identity, origin })),
    ),
    externals: Object.entries(file.external ?? {}).flatMap(([collection, entries]) =>
      Object.entries(entries).map(
        ([key, identity]): ExternalEntry => ({
          address: externalAddress(collection, key),
          collection,
          key,
          identity,
          origin,
        }),
      ),
    ),
    settings: Object.entries(file.settings ?? {}).map(([name, value]) => {
      const collection = name.split('.')[0] ?? '';
      return { address: `settings.${name}`, reference: reference(collection, value), origin };
    }),
    assignments: {
      products: (file.products ?? []).map((item, at) => {
        const origin = { file: 'ledgerform.yaml', line: 100 + at, column: 7 };
        const { by, when = {}, rule = null, overwrite = false } = item;
        const targets = targetsOf(item);
        if (by) return { type: 'specific', product: by, targets, origin };
        return { type: 'rule', name: rule, overwrite, when, targets, origin };
      }),
      lineItems: (file.lines ?? []).map((item, at) => {
        const origin = { file: 'ledgerform.yaml', line: 200 + at, column: 7 };
        const { payable, line, when, rule = null, overwrite = false } = item;
        const targets = targetsOf(item);
        if (payable && line) return { type: 'specific', payable, line_item: line, targets, origin };
        const conditions = {
          payable: { status: ['draft', 'new'], ...when?.payable },
          line_item: when?.line_item ?? {},
        };
        return { type: 'rule', name: rule, overwrite, when: conditions, targets, origin };
      }),
    },
    policy: { prune: 'never', maxDeletes: 10, maxOverwrites: 100, protect: [], ...file.policy },
  };
}

function entry(collection: string, key: string, { id = null, was = null, ...fields }: Entry): DesiredEntry {
  const address = keyedAddress(collection, key);
  return { address, collection, key, id, was, fields, origin, fieldOrigins: {} };
}

function targetsOf({ account, rate }: Item): Targets {
  return {
    ...(account !== undefined && { ledger_account: reference('ledger_accounts', account) }),
    ...(rate !== undefined && { tax_rate: reference('tax_rates', rate) }),
  };
}

function reference(collection: string, value: string | Identity | null): Reference | null {
  if (value === null) return null;
  if (typeof value !== 'string') return { type: 'lookup', collection, identity: value };
  const key = value.replace(/^external:/, '');
  const address = key === value ? keyedAddress(collection, key) : externalAddress(collection, key);
  return { type: 'key', address };
}

type LiveFields = Fields & { readonly external?: never };

/** A live internal object. */
export function internal(id: string, fields: LiveFields): LiveObject {
  return { id, external: false, status: 'Active', fields };
}

/** A live object of the accounting system. */
export function external(id: string, fields: LiveFields, status: string | null = 'Active'): LiveObject {
  return { id, external: true, status, fields };
}

/** A live state in which everything was read. */
export function live(
  objects: { readonly ledger_accounts?: readonly LiveObject[]; readonly tax_rates?: readonly LiveObject[] },
  settings: LiveSettings = {},
  things: { readonly products?: readonly LiveProduct[]; readonly lines?: readonly LiveLine[] } = {},
): Live {
  const { products = [], lines = [] } = things;
  const payables = [...new Map(lines.map(({ payable }) => [payable.id, payable])).values()];
  return {
    products,
    allProducts: true,
    payables: { read: payables, others: [] },
    lines,
    collections: new Map(
      kinds.collections.map(({ collection }) => [
        collection,
        { scope: 'all', objects: objects[collection as keyof typeof objects] ?? [] },
      ]),
    ),
    settings,
  };
}

/** A live product. */
export function product(id: string, fields: Partial<LiveProduct> = {}): LiveProduct {
  return {
    id,
    name: `Product ${id}`,
    type: 'product',
    external_reference: null,
    currency: 'EUR',
    ledger_account_id: null,
    ...fields,
  };
}

/** A live payable. */
export function payable(id: string, fields: Partial<LivePayable> = {}): LivePayable {
  return {
    id,
    status: 'draft',
    document_id: `INV-${id}`,
    counterpart_id: null,
    counterpart_name: 'Hetzner',
    currency: 'EUR',
    created_at: '2026-01-31T12:00:00Z',
    ...fields,
  };
}

/** A line of a live payable. */
export function line(of: LivePayable, id: string, fields: Partial<LiveLineItem> = {}): LiveLine {
  return {
    payable: of,
    line: {
      id,
      payable_id: of.id,
      name: `Line ${id}`,
      description: null,
      ledger_account_id: null,
      accounting_tax_rate_id: null,
      ...fields,
    },
  };
}

/** `update ledger_accounts.cash`, in order. */
export function inShort(changes: readonly Change[]): readonly string[] {
  return changes.map(({ action, address }) => `${action} ${address}`);
}

/** The codes of problems, in order. */
export function codes(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code }) => code);
}

/** A proposal that must be usable. */
export function proposal(file: File, state: Live): Proposal {
  const proposed = propose(desired(file), state, kinds);
  if (proposed.problems.length > 0)
    throw new Error(proposed.problems.map(({ message }) => message).join('\n'));
  return proposed;
}
