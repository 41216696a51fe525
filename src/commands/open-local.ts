import type { Emulator, EmulatorOptions } from '../emulator/emulator.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { DataInUse } from '../emulator/lock-file.ts';
import { SeedInvalid } from '../emulator/seed-references.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { plainReason } from './plain-reason.ts';

/** Starts the local environment; what is wrong with its seed, file or port is Stop (exit 3). */
export async function openLocal(options: EmulatorOptions): Promise<Emulator> {
  try {
    return await startEmulator(options);
  } catch (cause) {
    throw new Stop(3, problemsOf(cause, options.port), { cause });
  }
}

function problemsOf(cause: unknown, port: number): Stop['problems'] {
  if (cause instanceof SeedInvalid)
    return cause.problems.map((each) =>
      errorProblem('OPTION_INVALID', `The seed is not valid: ${each}.`, {
        hint: 'ledgerform schema seed says what belongs into it.',
      }),
    );
  const [reason, hint] = reasonOf(cause, port);
  return [errorProblem('OPTION_INVALID', `The local environment cannot start: ${reason}.`, { hint })];
}

function reasonOf(cause: unknown, port: number): readonly [reason: string, hint: string] {
  const code = cause instanceof Error && 'syscall' in cause && cause.syscall === 'listen' && 'code' in cause;
  if (code && cause.code === 'EADDRINUSE')
    return [`port ${port} is in use`, 'Choose another with --port, or stop what uses it.'];
  if (code && cause.code === 'EACCES')
    return [`you are not allowed to use port ${port}`, 'Choose one above 1023 with --port.'];
  if (cause instanceof DataInUse)
    return [
      plainReason(cause),
      'Stop the server with Ctrl-C first, or reach it by TESOURO_API_URL; ledgerform local start also takes another --file.',
    ];
  return [plainReason(cause), 'ledgerform local start takes another --port or --file.'];
}
