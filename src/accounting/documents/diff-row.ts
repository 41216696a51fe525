import type { BookDocument } from '../../model/book-document.ts';
import { minorPlaces } from '../../model/currency.ts';
import { decimalOf, decimalText, shifted } from '../../model/decimal.ts';
import { type DiffRecord, type DiffRow, type DiffSide, diffClasses } from '../../model/document-diff.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import { amountThere } from './amount-there.ts';
import type { OwnDocument } from './own-document.ts';

/** What a row tells of a record. */
export const recordOf = (record: SyncedRecord): DiffRecord => {
  const { errors, id, object_id, platform_object_id, provider_object_id, sync_status } = record;
  return { id, object_id, platform_object_id, provider_object_id, sync_status, errors };
};

/** Our side of a row; `otherwise` is the currency where ours is not known. */
export function sideHere(own: OwnDocument, otherwise: string | null): DiffSide {
  const places = minorPlaces(own.currency ?? otherwise);
  return {
    id: own.id,
    number: own.number,
    counterpart: own.counterpart_name,
    status: own.status,
    currency: own.currency,
    amount: own.total === null ? null : decimalText(shifted(decimalOf(own.total), places), places),
    net: false,
  };
}

/** The other side. */
export function sideThere(document: BookDocument, otherwise: string | null): DiffSide {
  const currency = document.currency ?? otherwise;
  const told = amountThere(document, otherwise);
  return {
    id: document.id,
    number: document.number,
    counterpart: document.counterpart_name,
    status: document.status,
    currency: document.currency,
    amount: told && decimalText(told.amount, minorPlaces(currency)),
    net: told?.net ?? false,
  };
}

/** By class, list, and number. */
export function compareRows(a: DiffRow, b: DiffRow): number {
  const key = ({ here, there }: DiffRow): readonly string[] => [
    here?.number ?? there?.number ?? '',
    here?.id ?? '',
    there?.id ?? '',
  ];
  const [one, other] = [key(a), key(b)];
  const list = a.list < b.list ? -1 : a.list > b.list ? 1 : 0;
  const order = diffClasses.indexOf(a.class) - diffClasses.indexOf(b.class) || list;
  if (order !== 0) return order;
  const at = one.findIndex((text, place) => text !== other[place]);
  return at === -1 ? 0 : (one[at] ?? '') < (other[at] ?? '') ? -1 : 1;
}
