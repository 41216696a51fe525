import type { Desired } from '../../model/desired.ts';
import type { Kinds } from '../../model/kind.ts';
import type { Live, LiveInvoice, LivePayable } from '../../model/live.ts';
import type { PushType } from '../../model/readiness.ts';
import type { ObjectType } from '../../model/synced-record.ts';
import { collect } from '../../observe/collect.ts';
import type { Notify } from '../../observe/each-payable.ts';
import { observe } from '../../observe/observe.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { rateKind } from '../needed-kinds.ts';
import { readRecords, recordFilters } from '../read-records.ts';
import { billStatuses, recordsOfSystems } from '../to-push.ts';
import type { Facts } from './facts.ts';
import { recordTypes, type Stage, stagesIn } from './push-state.ts';

/** What is read for some types: in words, and with how many requests at least. */
export interface Reading {
  readonly words: readonly string[];
  readonly requests: number;
  readonly collections: readonly string[];
  readonly records: readonly ObjectType[];
  readonly settings: boolean;
  readonly products: boolean;
  readonly invoices: boolean;
  readonly payables: boolean;
}

/** The least that judging these types takes. */
export function readingFor(types: readonly PushType[], kinds: Kinds): Reading {
  const has = (...some: readonly PushType[]): boolean => some.some((type) => types.includes(type));
  const rate = rateKind(kinds);
  const read = kinds.collections.filter((kind) => kind !== rate || has('bills', 'invoices'));
  const records = types.flatMap((type) => [recordTypes[type].own, ...recordTypes[type].before]);
  const parts = {
    settings: has('invoices', 'payments', 'products'),
    products: has('invoices', 'products'),
    invoices: has('invoices'),
    payables: has('bills'),
  };
  const lists = Object.entries(parts).flatMap(([name, wanted]) => (wanted ? [name] : []));
  const words = [
    'connections',
    ...read.map(({ noun }) => noun.many),
    ...lists,
    `synchronization records of ${records.length} ${records.length === 1 ? 'type' : 'types'}`,
  ];
  const requests = 1 + read.length + lists.length + records.length;
  return { words, requests, collections: read.map(({ collection }) => collection), records, ...parts };
}

/**
 * Reads what judging these types takes, and only that. The lines of payables come last: those of bills that are in the
 * accounting system already, or never will be, are not read, which the records tell.
 */
export async function readFacts(
  desired: Desired,
  asked: Pick<Facts, 'types' | 'now' | 'maxAgeMinutes'>,
  provider: ConnectedProvider,
  notify: Notify,
): Promise<Facts> {
  const { kinds } = provider;
  const reading = readingFor(asked.types, kinds);
  const needs = {
    collections: new Map(reading.collections.map((collection) => [collection, 'all' as const])),
    settings: reading.settings,
    products: reading.products ? { lists: [{}] } : null,
    lines: null,
  };
  const [connections, live, all, invoices] = await Promise.all([
    provider.connections(),
    observe(needs, provider),
    readRecords(recordFilters({ types: reading.records }), provider.accounting),
    reading.invoices ? collect<LiveInvoice>(provider.invoices()) : [],
  ]);
  const records = recordsOfSystems(all, connections);
  const stageOf = stagesIn('payables', records, connections);
  const bills = reading.payables ? await readBills(stageOf, provider, notify) : noBills;
  const { lines, pastBills, pushedBills } = bills;
  const read = { ...live, ...lines };
  return { kinds, desired, ...asked, connections, live: read, pastBills, pushedBills, records, invoices };
}

type Bills = Pick<Facts, 'pastBills' | 'pushedBills'> & { readonly lines: Pick<Live, 'lines' | 'payables'> };

const noBills: Bills = { lines: {}, pastBills: 0, pushedBills: [] };

/** All bills, and the lines of those that are still to be pushed. */
async function readBills(
  stageOf: (payable: LivePayable) => Stage,
  provider: ConnectedProvider,
  notify: Notify,
): Promise<Bills> {
  const seen = new Map<string, LivePayable>();
  const wanted = (payable: LivePayable): boolean => {
    seen.set(payable.id, payable);
    return stageOf(payable) === 'open';
  };
  const lines = { lists: [{ status: billStatuses }], wanted };
  const needs = { collections: new Map(), settings: false, products: null, lines };
  const { lines: read, payables } = await observe(needs, provider, notify);
  const at = (stage: Stage) => [...seen.values()].filter((each) => stageOf(each) === stage);
  return {
    lines: { ...(read && { lines: read }), ...(payables && { payables }) },
    pastBills: at('past').length,
    pushedBills: at('pushed'),
  };
}
