import { resetDataFile } from '../emulator/data-file.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { printable } from '../render/printable.ts';
import type { CommonOptions } from './common-options.ts';
import type { ExitCode } from './exit-code.ts';
import { fileOf } from './local-start.ts';
import { openLocal } from './open-local.ts';
import { readSeed } from './read-seed.ts';
import type { Shell } from './shell.ts';

export interface LocalResetOptions extends CommonOptions {
  readonly file?: string;
  readonly seed?: string;
}

/** Empties the local environment, or leaves in it exactly what a seed says. */
export async function localReset(options: LocalResetOptions, shell: Shell): Promise<ExitCode> {
  const { cwd, now } = shell.edge;
  const file = fileOf(options, cwd);
  const seed = await readSeed(options.seed, cwd);
  const usual = { switches: {}, rateLimit: null, latencyMs: 0, faults: [], now };
  // A wrong seed is found before anything is lost.
  if (seed !== null) await (await openLocal({ port: 0, file: null, seed, ...usual })).close();
  reset(file);
  if (seed !== null) await (await openLocal({ port: 0, file, seed, ...usual })).close();
  shell.sayJson({ ok: true, file });
  shell.say(`The local environment in ${printable(file)} is ${seed === null ? 'empty' : 'filled anew'}.\n`);
  return 0;
}

function reset(file: string): void {
  try {
    resetDataFile(file);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(3, [errorProblem('OPTION_INVALID', `${file} cannot be emptied: ${reason}`)], { cause });
  }
}
