import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';

/** A file that only one process at a time may use. */
export interface Lock {
  release(): void;
}

/** The data belong to another process: nothing was done. */
export class DataInUse extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'DataInUse';
  }
}

/** Paths that this process holds: its own id in a lock that it does not hold is a leftover of another process. */
const held = new Set<string>();

/** Takes `<path>.lock`, also from a process that is gone; throws DataInUse that names the process that holds it. */
export function lock(path: string): Lock {
  const file = `${path}.lock`;
  for (let attempt = 0; attempt < 10; attempt += 1) {
    if (created(file)) {
      held.add(file);
      return {
        release: () => {
          held.delete(file);
          rmSync(file, { force: true });
        },
      };
    }
    const owner = textOf(file);
    if (owner !== null && isAlive(owner, file)) {
      throw new DataInUse(
        `${path} is in use by process ${owner}. If that process is not Ledgerform, delete ${file}.`,
      );
    }
    if (owner !== null) takeAway(file, owner);
  }
  throw new DataInUse(`${file} changes all the time; another process is starting with the same data`);
}

function created(file: string): boolean {
  try {
    writeFileSync(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw error;
  }
}

function isAlive(owner: string, file: string): boolean {
  const pid = Number(owner);
  if (!Number.isSafeInteger(pid) || pid <= 0) return false;
  if (pid === process.pid) return held.has(file);
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return hasCode(error, 'EPERM');
  }
}

/** Moves a stale lock aside; what turns out to be somebody's fresh lock is put back. */
function takeAway(file: string, owner: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (textOf(aside) !== owner) linkSync(aside, file);
  } catch (error) {
    if (!hasCode(error, 'ENOENT') && !hasCode(error, 'EEXIST')) throw error;
  }
  rmSync(aside, { force: true });
}

const hasCode = (error: unknown, code: string): boolean =>
  error instanceof Error && 'code' in error && error.code === code;
