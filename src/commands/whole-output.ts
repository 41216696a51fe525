import { fstatSync, writeSync } from 'node:fs';
import { errorProblem, Stop } from '../model/problem.ts';
import { plainReason } from './plain-reason.ts';
import type { TextOut } from './process-edge.ts';

/** A stream of this process as commands write to it. */
type Output = TextOut & { readonly fd: number };

/**
 * Where a stream leads into a file, every text goes there whole, or Stop (exit 1) says so: Node does not look how much of
 * it the system took, and half a document on a full disk would pass for a whole one.
 */
export function wholeOutput(stream: Output): TextOut {
  return fstatSync(stream.fd).isFile() ? { write: (text) => writeWhole(stream.fd, text) } : stream;
}

function writeWhole(fd: number, text: string): void {
  const bytes = Buffer.from(text);
  try {
    for (let sent = 0; sent < bytes.length; ) sent += writeSync(fd, bytes, sent);
  } catch (error) {
    throw unwritable(error);
  }
}

/** Says that what there is to say cannot be written. */
export const unwritable = (cause: unknown): Stop =>
  new Stop(
    1,
    [
      errorProblem('OUTPUT_UNWRITABLE', `The output cannot be written: ${plainReason(cause)}.`, {
        hint: 'Free some space, or let it go elsewhere. What an apply did is in its run record: ledgerform history.',
      }),
    ],
    { cause },
  );
