import { resolve } from 'node:path';
import type { Emulator } from '../emulator/emulator.ts';
import { localCredentials } from '../emulator/emulator.ts';
import { type Fault, parseFault } from '../emulator/faults.ts';
import { parseSwitch, type Switches } from '../emulator/switches.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
import type { CommonOptions } from './common-options.ts';
import { rootOf } from './configuration.ts';
import { localFile } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import { openLocal } from './open-local.ts';
import { refuseLinkedFolder } from './own-folder.ts';
import { readSeed } from './read-seed.ts';
import type { Shell } from './shell.ts';

export interface LocalStartOptions extends CommonOptions {
  readonly port: number;
  readonly seed?: string;
  readonly file?: string;
  readonly inMemory?: true;
  readonly latency: number;
  readonly fault?: readonly string[];
  readonly switch?: readonly string[];
}

/** Runs the local environment as a server until a signal ends it, which is its usual end: exit 0. */
export async function localStart(options: LocalStartOptions, shell: Shell): Promise<ExitCode> {
  const { cwd, now } = shell.edge;
  const file = options.inMemory ? null : await fileOf(options, cwd);
  const emulator = await openLocal({
    port: options.port,
    file,
    seed: await readSeed(options.seed, cwd),
    switches: switchesOf(options.switch ?? []),
    rateLimit: options.rateLimit ?? null,
    latencyMs: options.latency,
    faults: faultsOf(options.fault ?? []),
    now,
  });
  try {
    tell(emulator, file, shell);
    shell.note(inForce(options));
    await stopped(shell.interrupt.stop);
    return 0;
  } finally {
    await emulator.close();
  }
}

/** The file that holds the local environment's data; one that nobody has named lies below the configuration's root. */
export async function fileOf(
  options: Pick<LocalStartOptions, 'config' | 'file'>,
  cwd: string,
): Promise<string> {
  if (options.file !== undefined) return resolve(cwd, options.file);
  const root = rootOf(options, cwd);
  await refuseLinkedFolder(root);
  return localFile(root);
}

function tell({ port, url }: Emulator, file: string | null, { sayJson, say }: Shell): void {
  const { id, secret } = localCredentials;
  sayJson({ url, port, client_id: id, client_secret: secret, file });
  say(
    [
      `local · ${url}`,
      '',
      file === null ? 'Data: in memory only' : `Data: ${printable(file)}`,
      'In a configuration with environment: local, use it with',
      `  export TESOURO_API_URL=${url}`,
      'Other clients use',
      `  TESOURO_CLIENT_ID=${id} TESOURO_CLIENT_SECRET=${secret}`,
      'Press Ctrl-C to stop.',
      '',
    ].join('\n'),
  );
}

/** What makes this server another than the usual one, as it was asked for. */
function inForce({ fault = [], latency, rateLimit, switch: switches = [] }: LocalStartOptions): string {
  const lines = [
    ...switches.map((each) => `switch ${each}`),
    ...fault.map((each) => `fault ${each}`),
    ...(rateLimit === undefined ? [] : [`limit ${counted(rateLimit, 'request')} a second`]),
    ...(latency === 0 ? [] : [`latency ${latency} ms before each answer`]),
  ];
  return lines.length === 0 ? '' : `In force:\n${lines.map((line) => `  ${printable(line)}\n`).join('')}`;
}

const switchesOf = (texts: readonly string[]): Partial<Switches> =>
  Object.assign({}, ...texts.map((text) => understood('--switch', () => parseSwitch(text))));

const faultsOf = (texts: readonly string[]): readonly Fault[] =>
  texts.map((text) => understood('--fault', () => parseFault(text)));

/** The emulator says in plain errors what can be written. */
function understood<T>(option: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Stop(3, [errorProblem('OPTION_INVALID', `${option}: ${reason}.`)], { cause });
  }
}

const stopped = (stop: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (stop.aborted) resolve();
    else stop.addEventListener('abort', () => resolve(), { once: true });
  });
