import {
  closeSync,
  constants,
  existsSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { DataInUse, type Lock, lock } from './lock-file.ts';
import { journalHeader, readJournal, readSnapshot, writeSnapshot } from './snapshot.ts';
import { createState, type State, type Write } from './state.ts';
import type { Storage } from './store.ts';

/*
 * Data survive the death of the process at any instant. Each transaction is one line at the end of `<file>.journal`,
 * written before it is answered; a line that was cut off is one that was never answered, and is ignored. From time to time
 * everything goes into a new `<file>`, put in place by one rename. Snapshot and journal carry a generation: a journal of
 * an older generation is already in the snapshot. Nothing is written before the first change, so that looking is free.
 */

/** Data kept in a file. */
export interface DataFile extends Storage {
  readonly state: State;
  /** Takes the journal into the snapshot when anything was changed, and lets go of the file. */
  close(): void;
}

interface Session {
  lock: Lock | null;
  generation: number;
  /** Transactions in the journal that the snapshot lacks. */
  pending: number;
  journal: Journal | null;
}

interface Journal {
  readonly file: number;
  length: number;
}

/** Opens the data of a file, none when there is no file; throws an Error when another process uses it or it is damaged. */
export function openDataFile(path: string): DataFile {
  const held = existsSync(dirname(path)) ? lock(path) : null;
  const session: Session = { lock: held, generation: 0, pending: 0, journal: null };
  try {
    const state = load(path, session);
    return {
      state,
      append: (writes) => append(path, session, state, writes),
      close: () => close(path, session, state),
    };
  } catch (error) {
    held?.release();
    throw error;
  }
}

/** Empties the data of a file, whatever is in it, and says what each organization in it was called; throws an Error when another process uses it. */
export function resetDataFile(path: string): readonly string[] {
  if (!existsSync(dirname(path))) return [];
  const held = lock(path);
  try {
    const names = organizationsIn(path);
    // A journal without its snapshot counts for nothing, so the snapshot goes first.
    rmSync(path, { force: true });
    rmSync(journalOf(path), { force: true });
    return names;
  } finally {
    held.release();
  }
}

/** A file too damaged to be read is emptied all the same. */
function organizationsIn(path: string): readonly string[] {
  try {
    const { organizations } = load(path, { lock: null, generation: 0, pending: 0, journal: null });
    return [...organizations.values()].map(({ id, name }) => name ?? id);
  } catch {
    return [];
  }
}

const journalOf = (path: string): string => `${path}.journal`;

function load(path: string, session: Session): State {
  const state = createState();
  const snapshot = readSnapshot(path);
  if (snapshot === null) return state;
  const journal = readJournal(journalOf(path), snapshot.generation);
  session.generation = snapshot.generation;
  session.pending = journal?.transactions.length ?? 0;
  for (const writes of [...snapshot.transactions, ...(journal?.transactions ?? [])]) {
    for (const write of writes) state.apply(write);
  }
  return state;
}

function append(path: string, session: Session, state: State, writes: readonly Write[]): void {
  const journal = session.journal ?? start(path, session, state);
  const line = Buffer.from(`${JSON.stringify(writes)}\n`);
  try {
    writeFileSync(journal.file, line);
  } catch (error) {
    // A full disk may have taken half of the line; the next one must not stand behind it.
    ftruncateSync(journal.file, journal.length);
    throw error;
  }
  journal.length += line.length;
  session.pending += 1;
  if (session.pending > Math.max(least, sizeOf(state))) compact(path, session, state, writes);
}

/** A journal shorter than this is never worth a new snapshot while running. */
const least = 5000;

/** The first change: from here on the file is ours, and what a crash left in the journal goes into the snapshot. */
function start(path: string, session: Session, state: State): Journal {
  if (session.lock === null) {
    mkdirSync(dirname(path), { recursive: true });
    const held = lock(path);
    if (existsSync(path)) {
      // Without the lock the next write comes here again: what we know is not what is in the file.
      held.release();
      throw new DataInUse(`${path} was made by another process in the meantime; start again`);
    }
    session.lock = held;
  }
  if (session.generation === 0 || session.pending > 0) return compact(path, session, state);
  return begin(path, session);
}

/** Everything in a new snapshot, and an empty journal after it. Writes that the state lacks yet are written after that. */
function compact(path: string, session: Session, state: State, writes: readonly Write[] = []): Journal {
  for (const write of writes) state.apply(write);
  session.generation += 1;
  writeSnapshot(path, session.generation, state);
  return begin(path, session);
}

const { O_APPEND, O_CREAT, O_NOFOLLOW = 0, O_TRUNC, O_WRONLY } = constants;
/** Never what a link points to. */
const fresh = O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_NOFOLLOW;

function begin(path: string, session: Session): Journal {
  if (session.journal) closeSync(session.journal.file);
  const header = journalHeader(session.generation);
  const file = openSync(journalOf(path), fresh);
  writeFileSync(file, header);
  session.pending = 0;
  session.journal = { file, length: Buffer.byteLength(header) };
  return session.journal;
}

function close(path: string, session: Session, state: State): void {
  if (session.journal) {
    if (session.pending > 0) compact(path, session, state);
    closeSync(session.journal.file);
    session.journal = null;
  }
  session.lock?.release();
  session.lock = null;
}

function sizeOf(state: State): number {
  let size = 0;
  for (const { collections } of state.organizations.values()) {
    for (const { size: each } of Object.values(collections)) size += each;
  }
  return size;
}
