import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { fileRecord, type OpenRecord, type RecordSubject } from '../apply/record.ts';
import { type Patience, type RecordSink, sinkRecord } from '../apply/sink-record.ts';
import { version } from '../version.ts';
import { absolute, call, checkOptions, text } from './check-options.ts';

interface By {
  /** Who answers for the run: a person, or a program. */
  readonly actor: string;
  /** The machine, as the record names it; by default its own name. */
  readonly host?: string | undefined;
}

/** A file for each run, `<time>-<suffix>.jsonl`, in this folder, absolute: `ledgerform history` reads those in `<root>/.ledgerform/runs`. */
export interface RecordInFolder extends By {
  readonly folder: string;
}

/** Told of each line before what it says is done, and waited for. What it throws or rejects with stops the writes. */
export interface RecordElsewhere extends By {
  readonly write: RecordSink;
}

/** `none` keeps nothing: of a run that was killed nobody can tell then what it did. */
export type RecordOptions = RecordInFolder | RecordElsewhere | 'none';

const by = { actor: text, host: text };

/** Where a run is recorded. `commit` is the revision of who runs it. */
export function recordOf(options: RecordOptions, commit: string | null, patience: Patience): OpenRecord {
  if (options === 'none') return () => ({ id: null, write: () => {}, close: () => {} });
  if (typeof options !== 'object' || options === null)
    throw new TypeError('carryOut: record must be said: a folder, a function that writes, or none.');
  if ('write' in options) {
    checkOptions('carryOut: record', options, { ...by, write: call }, ['actor', 'write']);
    return sinkRecord(options.write, subjectOf(options, commit), patience);
  }
  checkOptions('carryOut: record', options, { ...by, folder: absolute }, ['actor', 'folder']);
  return fileRecord({ ...subjectOf(options, commit), folder: options.folder });
}

const subjectOf = ({ actor, host }: By, gitCommit: string | null): RecordSubject => ({
  actor,
  host: host ?? hostname(),
  gitCommit,
  version,
  now: () => new Date(),
  suffix: randomBytes(3).toString('hex'),
});
