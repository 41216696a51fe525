import type { World } from '../call.ts';
import type { Stored } from '../json.ts';
import type { Organization } from '../state.ts';
import { catalogProduct, counterpartOf, productsOf, type SyncedObject } from './synced-object.ts';

/*
 * Who is pushed: only what becomes eligible after the first pull, never what was there before. When something became so is
 * not stored; the time of its last change stands for it, because a bill or an invoice changes when its status does.
 */

/** The objects that a pull finds to be pushed, counterparts and products before the documents that name them. */
export function eligibleObjects(
  organization: Organization,
  since: string,
  { switches }: Pick<World, 'switches'>,
): readonly SyncedObject[] {
  const { payables, payment_records, receivables } = organization.collections;
  const late = ({ updated_at }: Stored): boolean => Date.parse(updated_at) >= Date.parse(since);
  const all = (values: Iterable<{ readonly value: Stored }>) =>
    [...values].map(({ value }) => value).filter(late);
  return [
    ...all(payables.sorted('created_at'))
      .filter((each) => isDueBill(each, switches))
      .flatMap((each) => billAndVendor(each, organization)),
    ...all(receivables.sorted('created_at'))
      .filter(isDueInvoice)
      .flatMap((each) => invoiceAndWhoIsOnIt(each, organization)),
    ...all(payment_records.sorted('created_at')).map(
      ({ id, updated_at }): SyncedObject => ({ type: 'payment_record', id, updated_at }),
    ),
  ];
}

const approved: readonly unknown[] = ['waiting_to_be_paid', 'partially_paid', 'paid'];

/** Whether a bill has come far enough to be pushed. */
export const isDueBill = ({ status }: Stored, { bill_push_status }: World['switches']): boolean =>
  approved.includes(status) ||
  (bill_push_status === 'new' && (status === 'new' || status === 'approve_in_progress'));

const issued: readonly unknown[] = ['issued', 'partially_paid', 'paid', 'overdue'];

const isDueInvoice = ({ status, type }: Stored): boolean => type === 'invoice' && issued.includes(status);

/** A bill with its vendor before it. */
export const billAndVendor = (bill: Stored, organization: Organization): readonly SyncedObject[] => [
  ...present(counterpartOf('vendor', bill, organization)),
  { type: 'bill', id: bill.id, updated_at: bill.updated_at },
];

const invoiceAndWhoIsOnIt = (invoice: Stored, organization: Organization): readonly SyncedObject[] => [
  ...present(counterpartOf('customer', invoice, organization)),
  ...productsOf(invoice).flatMap((each): readonly SyncedObject[] => {
    const product = catalogProduct(each, organization);
    return product ? [{ type: 'product', id: product.id, updated_at: product.updated_at }] : [];
  }),
  { type: 'receivable', id: invoice.id, updated_at: invoice.updated_at },
];

const present = <T>(value: T | null): readonly T[] => (value === null ? [] : [value]);
