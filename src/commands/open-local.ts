import type { Emulator, EmulatorOptions } from '../emulator/emulator.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { SeedInvalid } from '../emulator/seed-references.ts';
import { errorProblem, Stop } from '../model/problem.ts';

/** Starts the local environment; what is wrong with its seed, file or port is Stop (exit 3). */
export async function openLocal(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (cause) {
    throw new Stop(3, problemsOf(cause), { cause });
  }
}

function problemsOf(cause: unknown): Stop['problems'] {
  if (cause instanceof SeedInvalid)
    return cause.problems.map((each) =>
      errorProblem('OPTION_INVALID', `The seed is not valid: ${each}.`, {
        hint: 'ledgerform schema seed says what belongs into it.',
      }),
    );
  const reason = cause instanceof Error ? cause.message : String(cause);
  return [
    errorProblem('OPTION_INVALID', `The local environment cannot start: ${reason}`, {
      hint: 'Wait until the other process has ended; ledgerform local start also takes another --port or --file. A server that runs already is reached by TESOURO_API_URL.',
    }),
  ];
}
