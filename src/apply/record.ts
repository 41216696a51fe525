import { closeSync, ftruncateSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Action, Plan } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import type { Address, Fields } from '../model/value.ts';

/** The first line of a record: who did what, where, and on which approval. */
export interface RecordHeader {
  readonly type: 'run';
  readonly format_version: '1';
  readonly run: string;
  readonly at: string;
  readonly actor: string;
  readonly host: string;
  /** Of the working copy that ran the apply; null outside Git. */
  readonly git_commit: string | null;
  readonly ledgerform_version: string;
  readonly plan_digest: string;
  readonly organization: Plan['organization'];
  readonly environment: Plan['environment'];
  readonly api_url: string;
  readonly config: { readonly path: string; readonly sha256: string; readonly git_commit: string | null };
}

/** A write that is about to be sent. Changes that are sent together have one number. */
export interface RecordIntent {
  readonly type: 'write';
  readonly write: number;
  readonly at: string;
  readonly address: Address;
  readonly action: Action;
  readonly label: string;
  readonly id: string | null;
  readonly before: Fields | null;
  readonly after: Fields | null;
}

/** What became of it. `lost`: no answer came; what follows in the record says how it ended. */
export interface RecordOutcome {
  readonly type: 'outcome';
  readonly write: number;
  readonly at: string;
  readonly address: Address;
  readonly status: 'applied' | 'already_done' | 'failed' | 'lost' | 'unknown';
  readonly id: string | null;
  readonly request_id: string | null;
  readonly before: Fields | null;
  /** What the service stores now, as far as it is known. */
  readonly after: Fields | null;
  readonly error: Problem | null;
}

/** The last line of a run that came to its end. */
export interface RecordEnd {
  readonly type: 'end';
  readonly at: string;
  readonly outcome: 'applied' | 'nothing' | 'partial' | 'refused';
  readonly summary: Readonly<Record<string, number>>;
  readonly converged: boolean;
}

export type RecordLine = RecordHeader | RecordIntent | RecordOutcome | RecordEnd;

/** An open record. `write` has kept all lines when it returns, or when what it answers with is fulfilled; otherwise it throws, or rejects with, Stop with RECORD_UNWRITABLE. */
export interface RunRecord {
  /** Null where nothing is kept. */
  readonly id: string | null;
  write(lines: readonly RecordLine[]): void | Promise<void>;
  close(): void;
}

/** A record that has kept its lines when `write` returns. */
interface FileRecord extends RunRecord {
  write(lines: readonly RecordLine[]): void;
}

/** Opens the record of one run at its first write; throws Stop with RECORD_UNWRITABLE when that cannot be done. */
export type OpenRecord = (plan: Plan) => RunRecord;

/** Where records are kept, below the folder that holds `.ledgerform`. */
export const runsFolder = (root: string): string => join(root, '.ledgerform', 'runs');

/** What a record says of the run besides its plan. */
export interface RecordSubject {
  readonly actor: string;
  readonly host: string;
  readonly gitCommit: string | null;
  readonly version: string;
  readonly now: () => Date;
  /** Tells runs of one second apart: some random hex digits. */
  readonly suffix: string;
}

export interface RecordOptions extends RecordSubject {
  /** The folder of all records, see runsFolder. */
  readonly folder: string;
}

/**
 * Records runs as files `<time>-<suffix>.jsonl`, opened exclusively and readable by their owner alone. Each line goes to
 * the operating system before `write` returns, so that a killed process leaves every line it wrote.
 */
export function fileRecord(options: RecordOptions): (plan: Plan) => FileRecord {
  return (plan) => {
    const at = options.now().toISOString();
    const id = runId(at, options);
    const path = join(options.folder, `${id}.jsonl`);
    const file = attempt(path, () => {
      mkdirSync(options.folder, { recursive: true, mode: 0o700 });
      return openSync(path, 'ax', 0o600);
    });
    const record = appender(id, path, file);
    try {
      record.write([header(plan, options, id, at)]);
      return record;
    } catch (error) {
      // Nothing was sent: half a line that says so to nobody is not worth keeping.
      record.close();
      rmSync(path, { force: true });
      throw error;
    }
  };
}

function appender(id: string, path: string, file: number): FileRecord {
  let [length, torn] = [0, false];
  return {
    id,
    write(lines) {
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('');
      const bytes = Buffer.from(torn ? `\n${text}` : text);
      attempt(path, () => {
        torn = true;
        try {
          for (let sent = 0; sent < bytes.length; ) sent += writeSync(file, bytes, sent);
          length += bytes.length;
        } catch (error) {
          // A part of it would tell of what is not sent.
          ftruncateSync(file, length);
          torn = false;
          throw error;
        }
        torn = false;
      });
    },
    close: () => closeSync(file),
  };
}

/** The id of a run that begins at a time. */
export const runId = (at: string, { suffix }: Pick<RecordSubject, 'suffix'>): string =>
  `${at.replace(/[-:]|\.\d+/g, '')}-${suffix}`;

/** The first line of a record. */
export const header = (plan: Plan, options: RecordSubject, run: string, at: string): RecordHeader => ({
  type: 'run',
  format_version: '1',
  run,
  at,
  actor: options.actor,
  host: options.host,
  git_commit: options.gitCommit,
  ledgerform_version: options.version,
  plan_digest: plan.digest,
  organization: plan.organization,
  environment: plan.environment,
  api_url: plan.api_url,
  config: { path: plan.config.path, sha256: plan.config.sha256, git_commit: plan.config.git_commit },
});

function attempt<T>(path: string, act: () => T): T {
  try {
    return act();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    const problem = errorProblem('RECORD_UNWRITABLE', `the run record ${path} cannot be written: ${reason}`, {
      hint: 'What cannot be recorded is not written. Make the folder writable or free some space, then run again.',
    });
    throw new Stop(1, [problem], { cause });
  }
}
