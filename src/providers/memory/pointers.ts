import type { LiveLineItem } from '../../model/live.ts';
import type { Fields, Value } from '../../model/value.ts';
import type { MemoryOrganization } from './organization.ts';

/** Points a product to an account; answers with the account that it points to now. */
export function pointProduct(organization: MemoryOrganization, productId: string, ids: Fields): Value {
  const account = ids.ledger_account_id ?? null;
  organization.products = organization.products.map((product) =>
    product.id === productId ? { ...product, ledger_account_id: account } : product,
  );
  return account;
}

/** Points a line to what is given, and lets its payable move on where the organization does that. */
export function pointLine(
  organization: MemoryOrganization,
  payableId: string,
  lineItemId: string,
  ids: Fields,
): LiveLineItem {
  const lines = organization.lines.get(payableId) ?? [];
  const before = lines.find(({ id }) => id === lineItemId);
  if (!before) throw new Error(`no line ${lineItemId} of payable ${payableId}`);
  const after = { ...before, ...ids };
  const all = lines.map((line) => (line.id === lineItemId ? after : line));
  organization.lines = new Map(organization.lines).set(payableId, all);
  if (organization.movesOn && all.every(({ ledger_account_id }) => ledger_account_id !== null))
    organization.payables = organization.payables.map((payable) =>
      payable.id === payableId && payable.status === 'draft' ? { ...payable, status: 'new' } : payable,
    );
  return after;
}
