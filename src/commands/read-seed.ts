import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { errorProblem, Stop } from '../model/problem.ts';
import { plainReason } from './plain-reason.ts';

/** The seed document in a file, parsed; the emulator checks what is in it. Stop (exit 3) when there is none. */
export async function readSeed(file: string | undefined, cwd: string): Promise<unknown | null> {
  if (file === undefined) return null;
  let text = '';
  try {
    text = await readFile(resolve(cwd, file), 'utf8');
    return JSON.parse(text);
  } catch (cause) {
    const missing = !(cause instanceof SyntaxError);
    const message = missing
      ? `The seed ${file} cannot be read: ${plainReason(cause)}.`
      : `The seed ${file} is not valid JSON${placeIn(text, cause)}.`;
    throw new Stop(3, [
      errorProblem(missing ? 'FILE_NOT_FOUND' : 'OPTION_INVALID', message, {
        hint: 'ledgerform schema seed says what belongs into it.',
      }),
    ]);
  }
}

/** `: something is wrong in line 3`, where the parser says where; it has no words for people. */
function placeIn(text: string, cause: SyntaxError): string {
  const [, position] = / at position (\d+)/.exec(cause.message) ?? [];
  if (position !== undefined)
    return `: something is wrong in line ${text.slice(0, Number(position)).split('\n').length}`;
  return /end of JSON/.test(cause.message) ? ': it ends too early' : '';
}
