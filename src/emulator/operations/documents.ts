import type { Handler } from '../call.ts';
import { payableMeanings, receivableMeanings } from '../filters.ts';
import { getter, lister, type Resource } from './resource.ts';

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

/** The operations that read payables and receivables. */
export const documentOperations: Readonly<Record<string, Handler>> = {
  listPayables: lister(payables),
  getPayable: getter(payables),
  listReceivables: lister(receivables),
  getReceivable: getter(receivables),
};
