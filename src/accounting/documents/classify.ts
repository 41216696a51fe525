import type { BookDocument } from '../../model/book-document.ts';
import type { DiffClass, DiffRow, JoinedBy } from '../../model/document-diff.ts';
import { instantOf } from '../../model/instant.ts';
import type { LiveConnection } from '../../model/live.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import { expectationOf, isPast } from '../to-push.ts';
import type { AccountBook } from './accounts-of-lines.ts';
import { comparePair } from './compare-pair.ts';
import { compareRows, recordOf, sideHere, sideThere } from './diff-row.ts';
import type { Joined } from './join.ts';
import type { OwnDocument } from './own-document.ts';

/** When the accounting system was last looked at, and since when it is connected. */
export type Freshness = Pick<LiveConnection, 'last_pull' | 'created_at'>;

/** Puts each document of either side into its one class; by class, then by number. */
export function classify(joined: Joined, accounts: AccountBook, freshness: Freshness): readonly DiffRow[] {
  const rows = [
    ...joined.pairs.map(({ by, document, own }) => pairRow(own, document, by, joined, accounts)),
    ...joined.ownAlone.map((own) => ownRow(own, joined, freshness)),
    ...joined.thereAlone.map((document) => thereRow(document, joined)),
  ];
  return rows.sort(compareRows);
}

function pairRow(
  own: OwnDocument,
  document: BookDocument,
  by: JoinedBy,
  { elsewhere, recordsOf }: Joined,
  accounts: AccountBook,
): DiffRow {
  const [record = by === 'number_and_amount' ? null : (elsewhere.get(own.id) ?? null)] =
    recordsOf.get(own.id) ?? [];
  const { differences, notCompared } = comparePair(own, document, accounts);
  return {
    list: own.list,
    class: unfinished(record) ?? (differences.length > 0 ? 'differs' : 'same'),
    here: sideHere(own, document.currency),
    there: sideThere(document, own.currency),
    joined_by: by,
    probable: by === 'number_and_amount',
    record: record && recordOf(record),
    differences,
    not_compared: notCompared,
    reasons: unfinishedReasons(record),
  };
}

function ownRow(own: OwnDocument, { elsewhere, fits, recordsOf }: Joined, freshness: Freshness): DiffRow {
  const [record = null] = recordsOf.get(own.id) ?? [];
  const other = record === null ? (elsewhere.get(own.id) ?? null) : null;
  const several = fits.get(own) ?? 0;
  const unsure =
    several === 0
      ? []
      : [
          `By number and amount it could be ${several === 1 ? 'one that others could be as well' : `any of ${several}`} there.`,
        ];
  const [verdict, reasons] = aloneHere(own, record, other, freshness);
  return {
    ...unjoined,
    list: own.list,
    class: verdict,
    here: sideHere(own, null),
    there: null,
    record: verdict === 'elsewhere' ? other && recordOf(other) : record && recordOf(record),
    reasons: [...reasons, ...unsure],
  };
}

function aloneHere(
  own: OwnDocument,
  record: SyncedRecord | null,
  other: SyncedRecord | null,
  freshness: Freshness,
): readonly [DiffClass, readonly string[]] {
  const open = unfinished(record);
  if (open !== null) return [open, unfinishedReasons(record)];
  if (expectationOf(own.list, own.status) !== 'expected')
    return ['not_expected', [`Nobody expects one that is ${own.status}.`]];
  if (other !== null)
    return [
      'elsewhere',
      [`It was pushed to ${other.platform ?? 'another accounting system'}, which is not connected now.`],
    ];
  if (isPast(own.list, own, record, freshness.created_at))
    return ['past', ['It is older than the connection: what was there before is not pushed by itself.']];
  if (record === null) return ['missing', ['It has no synchronization record: it was never pushed.']];
  const pushed = record.platform_updated_at ?? record.updated_at;
  if (isBefore(freshness.last_pull, pushed))
    return ['pending', ['It was pushed after the last pull: the next one shows it.']];
  const id = record.platform_object_id ?? record.provider_object_id;
  const named =
    id === null
      ? 'does not say as which document'
      : 'the document that it names is not there, or is another’s';
  return ['missing', [`Its record is done, but ${named}.`]];
}

function thereRow(document: BookDocument, { fits, strangers }: Joined): DiffRow {
  const record = strangers.get(document.id) ?? null;
  const several = fits.get(document) ?? 0;
  // Credit notes have records of the same type as invoices, and are in the same list over there.
  const isUncompared = record !== null && document.list === 'receivables';
  const reasons = [
    record === null
      ? 'No record names it: it was made in the accounting system, or comes from elsewhere.'
      : isUncompared
        ? 'Its record says that it is ours, and not an invoice: a credit note, for instance.'
        : 'Its record names something that is not among ours.',
    ...(several === 0
      ? []
      : [
          `By number and amount it could be ${several === 1 ? 'one of ours that could be others as well' : `any of ${several} of ours`}.`,
        ]),
  ];
  return {
    ...unjoined,
    list: document.list,
    class: isUncompared ? 'uncompared' : 'there_only',
    here: null,
    there: sideThere(document, null),
    record: record && recordOf(record),
    reasons,
  };
}

const unjoined = { joined_by: null, probable: false, differences: [], not_compared: [] } as const;

/** Whether the newest record of a document is not done: its push waits, or has failed. */
export const isUnfinished = (records: readonly SyncedRecord[] | undefined): boolean =>
  unfinished(records?.[0] ?? null) !== null;

/** What a record that is not done makes of its document; what the service calls otherwise is on its way as well. */
function unfinished(record: SyncedRecord | null): DiffClass | null {
  if (record === null || record.sync_status === 'done') return null;
  return record.sync_status === 'error' ? 'failed' : 'pending';
}

function unfinishedReasons(record: SyncedRecord | null): readonly string[] {
  if (record === null || unfinished(record) === null) return [];
  if (record.sync_status !== 'error') return [`Its record is ${record.sync_status}.`];
  return record.errors.length === 0 ? ['Its record is in error and does not say why.'] : record.errors;
}

/** Whether the first is earlier; what is not known is not. */
const isBefore = (first: string | null, second: string | null): boolean =>
  first !== null && second !== null && instantOf(first) < instantOf(second);
