import { type ApplyContext, type ApplyInput, apply } from '../../src/apply/apply.ts';
import type { OpenRecord, RecordLine } from '../../src/apply/record.ts';
import type { Desired, DesiredEntry, Reference } from '../../src/model/desired.ts';
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
}

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
    assignments: { products: [], lineItems: [] },
    policy: { prune: declaration.prune ?? 'never', maxDeletes: 1000, maxOverwrites: 1000, protect: [] },
  };
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
  return (await survey(desired, { target: [], allowed, configuration }, context)).plan;
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
  const record: OpenRecord = () => ({ id: 'run', write: (line) => void lines.push(line), close: () => {} });
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
