import { foldCase } from './fold-case.ts';
import { instantOf } from './instant.ts';
import type { LivePayable, LiveProduct } from './live.ts';

/** Narrows a list of products by what the API can filter on. Absent means any; an empty list means none. */
export interface ProductFilter {
  readonly ids?: readonly string[];
  readonly type?: string;
  readonly name?: string;
}

/** Narrows a list of payables by what the API can filter on. Absent means any; an empty list means none. */
export interface PayableFilter {
  readonly ids?: readonly string[];
  readonly status?: readonly string[];
  readonly document_id?: string;
  readonly counterpart_id?: string;
  readonly counterpart_name?: string;
  readonly currency?: string;
  /** Instants; both ends belong to it. */
  readonly created_from?: string;
  readonly created_to?: string;
}

/**
 * Whether a product is one that was asked for. Texts are compared trimmed and in any case, because what the service does
 * there is not known: it may answer with more than a rule means, never with less.
 */
export function keepsProduct(filter: ProductFilter): (product: LiveProduct) => boolean {
  const ids = oneOf(filter.ids);
  return ({ id, type, name }) => ids(id) && same(filter.type, type) && same(filter.name, name);
}

/** Whether a payable is one that was asked for. */
export function keepsPayable(filter: PayableFilter): (payable: LivePayable) => boolean {
  const [ids, statuses] = [oneOf(filter.ids), oneOf(filter.status)];
  const [from, to] = [instant(filter.created_from), instant(filter.created_to)];
  return (payable) => {
    if (!ids(payable.id) || !statuses(payable.status)) return false;
    if (!same(filter.document_id, payable.document_id)) return false;
    if (!same(filter.counterpart_id, payable.counterpart_id)) return false;
    if (!same(filter.counterpart_name, payable.counterpart_name)) return false;
    if (!same(filter.currency, payable.currency)) return false;
    if (from === null && to === null) return true;
    const created = instant(payable.created_at ?? undefined);
    return created !== null && (from === null || created >= from) && (to === null || created <= to);
  };
}

/** Whether a filter lets nothing through, so that there is nothing to ask for. */
export const keepsNothing = (filter: {
  readonly ids?: readonly string[];
  readonly status?: readonly string[];
}): boolean => filter.ids?.length === 0 || filter.status?.length === 0;

function oneOf(wanted: readonly string[] | undefined): (text: string) => boolean {
  if (wanted === undefined) return () => true;
  const known = new Set(wanted.map(plain));
  return (text) => known.has(plain(text));
}

const same = (wanted: string | undefined, found: string | null): boolean =>
  wanted === undefined || (found !== null && plain(wanted) === plain(found));

const plain = (text: string): string => foldCase(text.normalize('NFC').trim());

function instant(text: string | undefined): number | null {
  const time = text === undefined ? Number.NaN : instantOf(text);
  return Number.isNaN(time) ? null : time;
}
