import type { OwnDocument } from './own-document.ts';

/**
 * Statuses in which nobody expects a document in the accounting system: not finished, or called off. An invoice is pushed
 * when it is issued; which status of a payable triggers its push is not documented, so every later one is expected.
 */
const notExpected: Readonly<Record<OwnDocument['list'], readonly string[]>> = {
  payables: ['draft', 'canceled', 'rejected', 'deleted'],
  receivables: ['draft', 'issuing', 'failed', 'recurring', 'expired', 'declined', 'canceled', 'deleted'],
};

/** Whether a document of ours should be in the accounting system. */
export const isExpectedThere = ({ list, status }: Pick<OwnDocument, 'list' | 'status'>): boolean =>
  !notExpected[list].includes(status);

/** Whether a document of ours was called off: over there it should be void, if it is there at all. */
export const isCalledOff = ({ status }: Pick<OwnDocument, 'status'>): boolean =>
  status === 'canceled' || status === 'deleted';
