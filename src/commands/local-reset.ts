import { resetDataFile } from '../emulator/data-file.ts';
import { DataInUse } from '../emulator/lock-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { listText } from '../plan/words.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
import type { CommonOptions } from './common-options.ts';
import type { ExitCode } from './exit-code.ts';
import { fileOf } from './local-start.ts';
import { openLocal } from './open-local.ts';
import { plainReason } from './plain-reason.ts';
import { readSeed } from './read-seed.ts';
import type { Shell } from './shell.ts';

export interface LocalResetOptions extends CommonOptions {
  readonly file?: string;
  readonly seed?: string;
}

/** Empties the local environment, or leaves in it exactly what a seed says. */
export async function localReset(options: LocalResetOptions, shell: Shell): Promise<ExitCode> {
  const { cwd, now } = shell.edge;
  const file = await fileOf(options, cwd);
  const seed = await readSeed(options.seed, cwd);
  const usual = { switches: {}, rateLimit: null, latencyMs: 0, faults: [], now };
  // A wrong seed is found before anything is lost.
  if (seed !== null) await (await openLocal({ port: 0, file: null, seed, ...usual })).close();
  const dropped = reset(file);
  if (seed !== null) await (await openLocal({ port: 0, file, seed, ...usual })).close();
  shell.sayJson({ ok: true, file });
  shell.say(`The local environment in ${printable(file)} is ${seed === null ? 'empty' : 'filled anew'}.\n`);
  if (dropped.length > 0) shell.say(droppedText(dropped));
  return 0;
}

const droppedText = (names: readonly string[]): string =>
  `${counted(names.length, 'organization')} ${names.length === 1 ? 'was' : 'were'} dropped: ${listText(names.map(printable), 5)}.\n`;

/** Empties the file and answers the names of the organizations that were in it. */
function reset(file: string): readonly string[] {
  try {
    return resetDataFile(file);
  } catch (cause) {
    const message = `${file} cannot be emptied: ${plainReason(cause)}.`;
    const hint = cause instanceof DataInUse ? 'Stop the server with Ctrl-C first.' : 'Name another --file.';
    throw new Stop(3, [errorProblem('OPTION_INVALID', message, { hint })], { cause });
  }
}
