import type { BookDocument } from '../../model/book-document.ts';
import type { JoinedBy } from '../../model/document-diff.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import { recordsByObject } from '../records-by-object.ts';
import { joinProbably } from './join-probably.ts';
import type { OwnDocument } from './own-document.ts';
import { numberKey } from './same-words.ts';

/*
 * Which document of ours is which over there. A synchronization record says it for certain: it names our object and the
 * id that this has in the accounting system, or with the provider between. What no record joins is joined by number and
 * amount, which is only probable. Nobody is joined twice, and the order of the lists decides nothing. Records of another
 * accounting system than the connected one tell ids that may stand for something else here: they join only where the number
 * says the same.
 */

/** A document of ours and one over there that are the same. */
export interface Pair {
  readonly own: OwnDocument;
  readonly document: BookDocument;
  readonly by: JoinedBy;
}

/** All documents of both sides, each once. */
export interface Joined {
  readonly pairs: readonly Pair[];
  readonly ownAlone: readonly OwnDocument[];
  readonly thereAlone: readonly BookDocument[];
  /** The records of an object of ours, the newest first. */
  readonly recordsOf: ReadonlyMap<string, readonly SyncedRecord[]>;
  /** The record of an object that is not among ours, by the document that it names. */
  readonly strangers: ReadonlyMap<string, SyncedRecord>;
  /** The newest record of an object in another accounting system, where it is done: it was pushed there. */
  readonly elsewhere: ReadonlyMap<string, SyncedRecord>;
  /** How many would fit by number and amount, of those that were not joined because that is no one's alone. */
  readonly fits: ReadonlyMap<OwnDocument | BookDocument, number>;
}

/** Joins both sides; `others` are records of accounting systems that are not connected now. */
export function join(
  own: readonly OwnDocument[],
  records: readonly SyncedRecord[],
  documents: readonly BookDocument[],
  others: readonly SyncedRecord[] = [],
): Joined {
  const ownById = new Map(own.map((each) => [each.id, each]));
  const documentById = new Map(documents.map((each) => [each.id, each]));
  const recordsOf = recordsByObject(records);
  const otherRecordsOf = recordsByObject(others);
  const pairs: Pair[] = [];
  const free = { own: new Map(ownById), documents: new Map(documentById) };
  const take = (pair: Pair): void => {
    if (!free.own.delete(pair.own.id)) return;
    free.documents.delete(pair.document.id);
    pairs.push(pair);
  };
  for (const by of ['platform_id', 'provider_id'] as const)
    for (const claim of claims(by, recordsOf, free))
      if (free.documents.has(claim.pair.document.id)) take(claim.pair);
  for (const by of ['platform_id', 'provider_id'] as const)
    for (const { pair, rank } of claims(by, otherRecordsOf, free))
      if (rank === 0 && free.documents.has(pair.document.id)) take(pair);
  const strangers = strangersIn(recordsOf, ownById, free.documents);
  const probable = joinProbably(
    [...free.own.values()],
    [...free.documents.values()].filter(({ id }) => !strangers.has(id)),
  );
  for (const pair of probable.pairs) take({ ...pair, by: 'number_and_amount' });
  return {
    pairs,
    ownAlone: [...free.own.values()],
    thereAlone: [...free.documents.values()],
    recordsOf,
    strangers,
    elsewhere: new Map(
      [...otherRecordsOf].flatMap(([id, [newest]]) => (newest?.sync_status === 'done' ? [[id, newest]] : [])),
    ),
    fits: probable.fits,
  };
}

/** A pair that a record tells; its rank is 0 where the numbers are the same as well. */
interface Claim {
  readonly pair: Pair;
  readonly rank: number;
  readonly age: number;
}

/** The id over there that a record tells. */
const idIn = (by: 'platform_id' | 'provider_id', record: SyncedRecord): string | null =>
  by === 'platform_id' ? record.platform_object_id : record.provider_object_id;

/** What records claim, those first that win where several claim the same: the same number, the newer record. */
function claims(
  by: 'platform_id' | 'provider_id',
  recordsOf: ReadonlyMap<string, readonly SyncedRecord[]>,
  free: {
    readonly own: ReadonlyMap<string, OwnDocument>;
    readonly documents: ReadonlyMap<string, BookDocument>;
  },
): readonly Claim[] {
  const found = [...free.own.values()].flatMap((own) =>
    (recordsOf.get(own.id) ?? []).flatMap((record, age) => {
      const document = free.documents.get(idIn(by, record) ?? '');
      if (document === undefined) return [];
      const number = numberKey(own.number);
      const rank = number !== null && number === numberKey(document.number) ? 0 : 1;
      return [{ pair: { own, document, by }, rank, age }];
    }),
  );
  return found.sort(
    (a, b) =>
      a.rank - b.rank ||
      a.age - b.age ||
      compareText(a.pair.own.id, b.pair.own.id) ||
      compareText(a.pair.document.id, b.pair.document.id),
  );
}

function strangersIn(
  recordsOf: Joined['recordsOf'],
  ownById: ReadonlyMap<string, OwnDocument>,
  documents: ReadonlyMap<string, BookDocument>,
): ReadonlyMap<string, SyncedRecord> {
  const found = new Map<string, SyncedRecord>();
  for (const [objectId, records] of recordsOf) {
    if (ownById.has(objectId)) continue;
    for (const record of records)
      for (const id of [record.platform_object_id, record.provider_object_id]) {
        const known = id === null ? undefined : found.get(id);
        if (id !== null && documents.has(id) && (!known || compareText(record.id, known.id) < 0))
          found.set(id, record);
      }
  }
  return found;
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
