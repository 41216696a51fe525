import type { AccountingSystem } from '../../accounting-contract.ts';
import type { Api } from '../api.ts';
import { reading, readingEach } from '../reading.ts';
import { connect, disconnect, sync } from './connections.ts';
import { readDocument, readDocuments } from './documents.ts';
import { pushRecord, readRecord, readRecords } from './records.ts';

/** What can be done with the accounting system behind one organization, in calls of the API. */
export function accountingSystem(api: Api): AccountingSystem {
  return {
    connect: () => connect(api),
    disconnect: (connectionId) => disconnect(api, connectionId),
    sync: (connectionId) => sync(api, connectionId),
    records: (filter) =>
      readingEach(
        `The list of synchronization records of type ${filter.object_type}`,
        readRecords(api, filter),
      ),
    record: (id) => reading(`Synchronization record ${id}`, () => readRecord(api, id)),
    push: (recordId) => pushRecord(api, recordId),
    documents: (list) =>
      readingEach(`The list of ${list} in the accounting system`, readDocuments(api, list)),
    document: (list, id) =>
      reading(`Document ${id} of the ${list} in the accounting system`, () => readDocument(api, list, id)),
  };
}
