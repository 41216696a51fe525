import type { Desired, Reference } from '../model/desired.ts';
import type { SyncedRecord } from '../model/synced-record.ts';

/** What no longer goes on once an accounting system is disconnected, as far as it is known. */
export interface WhatStops {
  /** Look-ups in `external`, by collection. */
  readonly externals: Readonly<Record<string, number>>;
  /** Settings and items of assignments that point to one of them by its key. */
  readonly settings: number;
  readonly assignments: number;
  /** Records that wait to be pushed, and that failed; null where they could not be read. */
  readonly records: { readonly pending: number; readonly failed: number } | null;
}

/** What of the configuration leans on the accounting system, and what is on its way there. */
export function whatStops(desired: Desired, records: readonly SyncedRecord[] | null): WhatStops {
  const externals: Record<string, number> = {};
  for (const { collection } of desired.externals) externals[collection] = (externals[collection] ?? 0) + 1;
  const addresses = new Set(desired.externals.map(({ address }) => address));
  const leans = (reference: Reference | null): boolean =>
    reference?.type === 'key' && addresses.has(reference.address);
  const { lineItems, products } = desired.assignments;
  const items = [...products, ...lineItems];
  const having = (status: string): number =>
    (records ?? []).filter(({ sync_status }) => sync_status === status).length;
  return {
    externals,
    settings: desired.settings.filter(({ reference }) => leans(reference)).length,
    assignments: items.filter(({ targets }) => Object.values(targets).some(leans)).length,
    records: records && { pending: having('pending'), failed: having('error') },
  };
}
