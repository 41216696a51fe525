import { errorProblem, Stop } from '../model/problem.ts';
import type { Credentials } from '../providers/tesouro/channel.ts';
import { Secret } from '../providers/tesouro/secret.ts';

/** A local environment in this process, and how it is reached. */
export interface LocalPlace {
  readonly baseUrl: string;
  readonly credentials: Credentials;
  readonly leave: () => Promise<void>;
}

/** Where the local environment begins, and where it keeps its data: null for in memory only. */
export interface LocalData {
  readonly seed: unknown | null;
  readonly file: string | null;
}

/** The credentials of every local environment: a real secret never goes there. */
export async function localCredentials(): Promise<Credentials> {
  const { localCredentials: local } = await import('../emulator/emulator.ts');
  return { type: 'client', id: local.id, secret: new Secret(local.secret), tokenUrl: null };
}

/** Starts a local environment in this process; what is wrong with its seed or its file is Stop (exit 3). */
export async function openLocalPlace({ file, seed }: LocalData): Promise<LocalPlace> {
  const { startEmulator } = await import('../emulator/emulator.ts');
  const credentials = await localCredentials();
  try {
    const emulator = await startEmulator({
      port: 0,
      file,
      seed,
      // Nobody opens a page of a server that nobody knows of.
      switches: { authorisation: '500ms' },
      rateLimit: null,
      latencyMs: 0,
      faults: [],
      now: () => new Date(),
    });
    return { baseUrl: emulator.url, credentials, leave: () => emulator.close() };
  } catch (cause) {
    throw new Stop(3, await problemsOf(cause), { cause });
  }
}

async function problemsOf(cause: unknown): Promise<Stop['problems']> {
  const { SeedInvalid } = await import('../emulator/seed-references.ts');
  if (cause instanceof SeedInvalid)
    return cause.problems.map((each) =>
      errorProblem('OPTION_INVALID', `The seed is not valid: ${each}.`, {
        hint: 'schemas/seed.v1.schema.json says what belongs into it.',
      }),
    );
  const reason = cause instanceof Error ? cause.message.replace(/\.$/, '') : String(cause);
  return [
    errorProblem('OPTION_INVALID', `The local environment cannot start: ${reason}.`, {
      hint: 'Give another file, or close the client that uses this one.',
    }),
  ];
}
