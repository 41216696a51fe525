import type { Handler } from '../call.ts';
import { payableMeanings, receivableMeanings } from '../filters.ts';
import { getter, lister, type Resource, shown } from './resource.ts';

/** Payables, as a resource. */
export const payables: Resource = {
  collection: 'payables',
  noun: 'payable',
  param: 'payable_id',
  limit: () => 100,
  resend: false,
  sort: () => 'created_at',
  meanings: payableMeanings,
};

const receivables: Resource = {
  collection: 'receivables',
  noun: 'receivable',
  param: 'receivable_id',
  limit: () => 100,
  resend: true,
  sort: () => 'created_at',
  meanings: () => receivableMeanings,
};

const connections: Resource = {
  ...payables,
  collection: 'connections',
  noun: 'connection',
  param: 'connection_id',
};

/** The operations that read payables, receivables and connections. */
export const documentOperations: Readonly<Record<string, Handler>> = {
  listPayables: lister(payables),
  getPayable: getter(payables),
  listReceivables: lister(receivables),
  getReceivable: getter(receivables),
  listAccountingConnections: ({ organization }, { store, switches }) => {
    const all = store.listed(organization).collections.connections.sorted('created_at');
    return { status: 200, body: { data: all.map(({ value }) => shown(value, switches)) } };
  },
  getAccountingConnection: getter(connections),
};
