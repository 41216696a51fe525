import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';

/** The seed document in a file, parsed; the emulator checks what is in it. Stop (exit 3) when there is none. */
export async function readSeed(file: string | undefined, cwd: string): Promise<unknown | null> {
  if (file === undefined) return null;
  try {
    return JSON.parse(await readFile(resolve(cwd, file), 'utf8'));
  } catch (cause) {
    const missing = !(cause instanceof SyntaxError);
    const reason = cause instanceof Error ? cause.message : String(cause);
    const message = missing
      ? `The seed ${file} cannot be read: ${reason}.`
      : `The seed ${file} is no JSON: ${reason}.`;
    throw new Stop(3, [
      errorProblem(missing ? 'FILE_NOT_FOUND' : 'OPTION_INVALID', message, {
        hint: 'ledgerform schema seed says what belongs into it.',
      }),
    ]);
  }
}
