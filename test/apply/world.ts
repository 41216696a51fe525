import { type ApplyContext, type ApplyInput, apply } from '../../src/apply/apply.ts';
import type { OpenRecord, RecordLine } from '../../src/apply/record.ts';
import type {
  Assignments,
  PayableConditions,
  ProductConditions,
  Targets,
} from '../../src/model/assignment.ts';
import type { Desired, DesiredEntry, Reference } from '../../src/model/desired.ts';
import type { LiveLineItem, LivePayable, LiveProduct } from '../../src/model/live.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import type { Allowed, Plan } from '../../src/model/plan.ts';
import type { Fields } from '../../src/model/value.ts';
import { survey } from '../../src/pipeline.ts';
import type { MemoryFault } from '../../src/providers/memory/fault.ts';
import {
  type MemoryOptions,
  type MemoryProvider,
  memoryProvider,
} from '../../src/providers/memory/memory.ts';
import {
  addObject,
  emptyOrganization,
  type MemoryOrganization,
  storedObjects,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

export const allowed: Allowed = { in_use: [], deletes: null, overwrites: null, dirty: false };

/** A declaration as short as tests want it: collection to key to fields, and settings to keys. */
export interface Declaration {
  readonly ledger_accounts?: Readonly<Record<string, Fields>>;
  readonly tax_rates?: Readonly<Record<string, Fields>>;
  /** Setting address to the key's address, or null. */
  readonly settings?: Readonly<Record<string, string | null>>;
  readonly prune?: 'never' | 'all';
  readonly products?: readonly ProductItem[];
  readonly line_items?: readonly LineItem[];
}

/** What an item points to: an address, null to unassign. */
interface Points {
  readonly ledger_account?: string | null;
  readonly tax_rate?: string | null;
}
/** An item for one product by its external reference, or for all that a rule matches. */
export type ProductItem = Points &
  ({ readonly product: string } | { readonly when: ProductConditions; readonly overwrite?: true });
/** An item for the line `<document>/<name>`, or for all that a rule matches. */
export type LineItem = Points &
  ({ readonly line: string } | { readonly when: Partial<PayableConditions>; readonly overwrite?: true });

const origin = { file: 'ledgerform.yaml', line: 1, column: 1 };

/** What load makes of a file like this declaration. */
export function declare(declaration: Declaration): Desired {
  const entries: DesiredEntry[] = [];
  const declared = new Set<string>();
  for (const collection of ['ledger_accounts', 'tax_rates'] as const) {
    const section = declaration[collection];
    if (!section) continue;
    declared.add(collection);
    for (const [key, fields] of Object.entries(section))
      entries.push({
        address: `${collection}.${key}`,
        collection,
        key,
        id: null,
        fields,
        was: null,
        origin,
        fieldOrigins: {},
      });
  }
  const settings = Object.entries(declaration.settings ?? {}).map(([address, target]) => {
    const reference: Reference | null = target === null ? null : { type: 'key', address: target };
    return { address, reference, origin };
  });
  return {
    organization: { id: '9d2b4c8f-2087-4738-ba91-7359683c49a4', name: 'Acme GmbH' },
    environment: 'local',
    declared,
    entries,
    removed: [],
    externals: [],
    settings,
    assignments: assignmentsOf(declaration),
    policy: { prune: declaration.prune ?? 'never', maxDeletes: 1000, maxOverwrites: 1000, protect: [] },
  };
}

function assignmentsOf({ products = [], line_items = [] }: Declaration): Assignments {
  const at = (line: number) => ({ ...origin, line });
  return {
    products: products.map((item, index) => {
      const common = { targets: targetsOf(item), origin: at(100 + index) };
      if ('product' in item)
        return { ...common, type: 'specific', product: { by: 'external_reference', text: item.product } };
      return { ...common, ...ruleOf(item, `products-${index}`), when: item.when };
    }),
    lineItems: line_items.map((item, index) => {
      const common = { targets: targetsOf(item), origin: at(200 + index) };
      if ('line' in item) {
        const [document = '', name = ''] = item.line.split('/');
        return {
          ...common,
          type: 'specific',
          payable: { by: 'document_id', text: document },
          line_item: { by: 'name', text: name },
        };
      }
      const when = { payable: { status: ['draft', 'new'], ...item.when }, line_item: {} };
      return { ...common, ...ruleOf(item, `lines-${index}`), when };
    }),
  };
}

const ruleOf = ({ overwrite = false }: { readonly overwrite?: boolean }, name: string) =>
  ({ type: 'rule', name, overwrite }) as const;

function targetsOf(points: Points): Targets {
  const targets: Record<string, Reference | null> = {};
  for (const field of ['ledger_account', 'tax_rate'] as const) {
    const address = points[field];
    if (address !== undefined) targets[field] = address === null ? null : { type: 'key', address };
  }
  return targets;
}

/** A product as short as tests want it: its reference is also its name. */
export const productOf = (reference: string, account: string | null, more: Partial<LiveProduct> = {}) => ({
  id: `product-${reference}`,
  name: reference,
  type: 'service',
  external_reference: reference,
  currency: 'EUR',
  ledger_account_id: account,
  ...more,
});

/** Stores a payable and its lines: name to the account and the rate that it has. */
export function addPayable(
  organization: MemoryOrganization,
  document: string,
  lines: Readonly<Record<string, readonly [account: string | null, rate: string | null]>>,
  more: Partial<LivePayable> = {},
): void {
  const payable: LivePayable = {
    id: `payable-${document}`,
    status: 'draft',
    document_id: document,
    counterpart_id: null,
    counterpart_name: 'Hetzner',
    currency: 'EUR',
    created_at: '2026-01-05T10:00:00Z',
    ...more,
  };
  organization.payables = [...organization.payables, payable];
  const stored = Object.entries(lines).map(
    ([name, [account, rate]]): LiveLineItem => ({
      id: `line-${name}`,
      payable_id: payable.id,
      name,
      description: null,
      ledger_account_id: account,
      accounting_tax_rate_id: rate,
    }),
  );
  organization.lines = new Map(organization.lines).set(payable.id, stored);
}

/** The account of a product and account and rate of a line, by reference or `<document>/<name>`. */
export function pointers(organization: MemoryOrganization): Readonly<Record<string, unknown>> {
  const lines = organization.payables.flatMap(({ id, document_id }) =>
    (organization.lines.get(id) ?? []).map((line) => [
      `${document_id}/${line.name}`,
      [line.ledger_account_id, line.accounting_tax_rate_id],
    ]),
  );
  const products = organization.products.map((each) => [each.external_reference, each.ledger_account_id]);
  return Object.fromEntries([...products, ...lines]);
}

/** An organization that stores these objects. */
export function organizationWith(
  objects: { readonly ledger_accounts?: readonly Fields[]; readonly tax_rates?: readonly Fields[] } = {},
): MemoryOrganization {
  const organization = emptyOrganization(kinds);
  for (const fields of objects.ledger_accounts ?? []) addObject(organization, 'ledger_accounts', fields);
  for (const fields of objects.tax_rates ?? []) addObject(organization, 'tax_rates', fields);
  return organization;
}

export async function planFor(desired: Desired, organization: MemoryOrganization): Promise<Plan> {
  const provider = memoryProvider({ organization });
  const context = { provider, now: () => new Date(0), version: '0.0.0' };
  const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
  return (await survey(desired, { target: [], allowed, configuration, base: null, notes: [] }, context)).plan;
}

/** One apply with everything that a test may want to look at afterwards. */
export interface Applied {
  readonly report: ApplyReport;
  readonly provider: MemoryProvider;
  readonly lines: readonly RecordLine[];
  /** Pauses in milliseconds. */
  readonly pauses: readonly number[];
}

export interface ApplyOptions {
  readonly faults?: readonly MemoryFault[];
  readonly memory?: Partial<MemoryOptions>;
  readonly context?: Partial<ApplyContext>;
  readonly input?: Partial<ApplyInput>;
}

/** Applies a plan in memory, without waiting anywhere. */
export async function run(
  plan: Plan,
  desired: Desired | null,
  organization: MemoryOrganization,
  options: ApplyOptions = {},
): Promise<Applied> {
  const provider = memoryProvider({ organization, faults: options.faults ?? [], ...options.memory });
  const lines: RecordLine[] = [];
  const pauses: number[] = [];
  const record: OpenRecord = () => ({
    id: 'run',
    write: (more) => void lines.push(...more),
    close: () => {},
  });
  const context: ApplyContext = {
    provider,
    now: () => new Date(0),
    sleep: async (milliseconds) => void pauses.push(milliseconds),
    settleSeconds: 2,
    concurrency: 8,
    stop: new AbortController().signal,
    record,
    notify: () => {},
    ...options.context,
  };
  const report = await apply({ plan, desired, production: null, ...options.input }, context);
  return { report, provider, lines, pauses };
}

/** Codes (or names) that more than one internal object of a collection has. */
export function doubles(organization: MemoryOrganization): readonly string[] {
  const found: string[] = [];
  for (const { collection, identity } of kinds.collections) {
    const seen = new Set<string>();
    for (const { external, fields } of storedObjects(organization, collection).values()) {
      if (external) continue;
      const code = fields[identity];
      const key = `${collection} ${code ?? `name ${fields.name}`}`;
      if (seen.has(key)) found.push(key);
      seen.add(key);
    }
  }
  return found;
}
