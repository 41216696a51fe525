import { errorProblem, Stop } from '../model/problem.ts';
import { header, type OpenRecord, type RecordLine, type RecordSubject, runId } from './record.ts';

/** Keeps lines of a record: they are kept when it returns, and what it throws stops the writes. */
export type RecordSink = (lines: readonly RecordLine[]) => void;

/** Records runs wherever the sink keeps them. */
export function sinkRecord(sink: RecordSink, subject: RecordSubject): OpenRecord {
  const keep = (lines: readonly RecordLine[]): void => {
    let kept: unknown;
    try {
      kept = sink(lines);
    } catch (cause) {
      throw unkept(cause instanceof Error ? cause.message : String(cause), cause);
    }
    // Nobody waits for it, and what is not kept when the write is sent is not kept.
    if (isPromise(kept)) {
      kept.then(undefined, () => {});
      throw unkept('it answers with a promise, and lines must be kept when it returns', null);
    }
  };
  return (plan) => {
    const at = subject.now().toISOString();
    const id = runId(at, subject);
    keep([header(plan, subject, id, at)]);
    return { id, write: keep, close: () => {} };
  };
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

const unkept = (reason: string, cause: unknown): Stop =>
  new Stop(
    1,
    [
      errorProblem('RECORD_UNWRITABLE', `the run record cannot be written: ${reason}`, {
        hint: 'What cannot be recorded is not written. Mend what keeps the record, then run again.',
      }),
    ],
    { cause },
  );
