import type { Desired } from '../../model/desired.ts';
import type { Kinds } from '../../model/kind.ts';
import type { LiveInvoice } from '../../model/live.ts';
import type { PushType } from '../../model/readiness.ts';
import type { ObjectType } from '../../model/synced-record.ts';
import { collect } from '../../observe/collect.ts';
import type { Notify } from '../../observe/each-payable.ts';
import { observe } from '../../observe/observe.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { rateKind } from '../needed-kinds.ts';
import { readRecords, recordFilters } from '../read-records.ts';
import type { Facts } from './facts.ts';
import { recordTypes } from './push-state.ts';
import { billStatuses, stillToPush } from './statuses.ts';

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
  const [connections, live, records, invoices] = await Promise.all([
    provider.connections(),
    observe(needs, provider),
    readRecords(recordFilters({ types: reading.records }), provider.accounting),
    reading.invoices ? collect<LiveInvoice>(provider.invoices()) : [],
  ]);
  const lines = reading.payables ? await readBills({ connections, records }, provider, notify) : {};
  return { kinds, desired, ...asked, connections, live: { ...live, ...lines }, records, invoices };
}

function readBills(
  { connections, records }: Pick<Facts, 'connections' | 'records'>,
  provider: ConnectedProvider,
  notify: Notify,
) {
  const wanted = stillToPush(records, recordTypes.bills.own, connections);
  const lines = { lists: [{ status: billStatuses }], wanted };
  const needs = { collections: new Map(), settings: false, products: null, lines };
  return observe(needs, provider, notify).then(({ lines: read, payables }) => ({
    ...(read && { lines: read }),
    ...(payables && { payables }),
  }));
}
