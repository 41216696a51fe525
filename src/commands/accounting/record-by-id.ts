import { errorProblem, Stop } from '../../model/problem.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { ReadFailed } from '../../providers/contract.ts';

/** One record; an id that there is not is Stop (exit 3). */
export async function recordById(id: string, provider: ConnectedProvider): Promise<SyncedRecord> {
  try {
    return await provider.accounting.record(id);
  } catch (thrown) {
    if (!(thrown instanceof ReadFailed) || !isMissing(thrown, id)) throw thrown;
    // A 404 to the very first call may also mean that the address is wrong: a list tells which it is.
    await provider.connections();
    throw new Stop(3, [
      errorProblem('ID_NOT_FOUND', `There is no synchronization record with the id ${id}.`, {
        hint: 'ledgerform records list shows all of them; ledgerform records list --object ID those of one object.',
      }),
    ]);
  }
}

/** Reads records of some objects. Where one of them can be no id, and the service refuses it, is Stop (exit 3). */
export async function ofObjects<T>(
  objects: readonly string[] | undefined,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (thrown) {
    const wrong = (objects ?? []).filter((each) => !usual.test(each));
    const status = thrown instanceof ReadFailed ? thrown.error.status : null;
    if (wrong.length === 0 || (status !== 400 && status !== 422)) throw thrown;
    throw new Stop(3, wrong.map(noObjectId));
  }
}

const noObjectId = (text: string) =>
  errorProblem('OPTION_INVALID', `--object is ${JSON.stringify(text)}, which is no id of an object.`, {
    hint: 'Ids stand in ledgerform documents payables list, ledgerform documents receivables list, and under object_id in ledgerform records list.',
  });

const usual = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The service does not have it; or the text can be no id, so that it was refused, or not even sent. */
const isMissing = ({ error }: ReadFailed, id: string): boolean =>
  error.status === 404 ||
  (!usual.test(id) && (error.status === 400 || error.status === 422)) ||
  (error.status === null && error.problem.code === 'API_ANSWER');
