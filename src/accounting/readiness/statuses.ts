import type { LiveInvoice } from '../../model/live.ts';

/** Payables that can still reach the accounting system; what is canceled or rejected never does as it stands. */
export const billStatuses: readonly string[] = [
  'draft',
  'new',
  'approve_in_progress',
  'waiting_to_be_paid',
  'partially_paid',
  'paid',
];

const lostInvoices = new Set(['canceled', 'deleted', 'declined', 'expired']);

/** Whether an invoice can still reach the accounting system. */
export const mayBePushed = ({ status }: LiveInvoice): boolean => !lostInvoices.has(status);
