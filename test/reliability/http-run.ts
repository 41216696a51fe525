import * as assert from 'uvu/assert';
import { apply } from '../../src/apply/apply.ts';
import type { RecordLine } from '../../src/apply/record.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import type { LogEntry } from '../../src/emulator/traffic.ts';
import type { Plan } from '../../src/model/plan.ts';
import { survey } from '../../src/pipeline.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import { allowed } from '../apply/world.ts';
import { fastClock } from './fast-clock.ts';
import { exitCodeOfSaid, type Said, type Stored, saidBy } from './oracle.ts';
import {
  connectBooks,
  desiredBooks,
  memoryOf,
  pictureOfEmulator,
  startBooks,
  twinsInEmulator,
} from './world.ts';

/*
 * Runs of the real client against an emulator, both by one fast clock. Lists have several pages, so that later pages can
 * fail as well.
 */

/** What an emulator holds. */
export type Contents = ReturnType<Emulator['contents']>;

export const desired = await desiredBooks();
export const settleSeconds = 2;
/** Longer than any run needs that ends by itself. */
const usualDeadline = 1200;

/** One run: what it said, wrote down and sent, and how long it took by its own clock. */
export interface Ran {
  readonly said: Said;
  readonly exitCode: number;
  readonly lines: readonly RecordLine[];
  readonly log: readonly LogEntry[];
  readonly seconds: number;
  /** What was stored at the very end. */
  readonly stored: Stored;
  readonly contents: Contents;
  /** Timers of the client that outlive it. */
  readonly timersLeft: number;
}

/** Which plan a run applies: a saved one, or one that it makes of the configuration first. */
export type Mode = { readonly plan: Plan } | { readonly plan: 'from the configuration' };

export interface RunOptions {
  readonly deadlineSeconds?: number;
  /** Whether the end check knows the configuration. */
  readonly fromFile?: boolean;
}

const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };

/** Does something with an emulator that holds this, and closes it whatever happens. */
export async function withEmulator<T>(
  contents: Contents | null,
  faults: readonly Fault[],
  act: (emulator: Emulator) => Promise<T>,
): Promise<T> {
  const clock = fastClock();
  const options: Partial<EmulatorOptions> = {
    switches: { page_fill: 'few' },
    faults,
    now: clock.date,
    after: clock.after,
    ...(contents ? { contents, seed: null } : {}),
  };
  const emulator = await startBooks(options);
  try {
    return await act(emulator);
  } finally {
    await emulator.close();
  }
}

/** Plans without any disturbance; a Stop is thrown. */
export const planOf = (emulator: Emulator): Promise<Plan> =>
  connected(emulator, {}, async (provider) => (await surveyOf(provider)).plan);

const surveyOf = (provider: Provider) =>
  survey(
    desired,
    { target: [], allowed, configuration, base: null, notes: [] },
    { provider, now: () => new Date(0), version: '0.0.0' },
  );

/** Runs apply once. */
export async function applyTo(emulator: Emulator, mode: Mode, options: RunOptions = {}): Promise<Ran> {
  const clock = fastClock();
  const lines: RecordLine[] = [];
  const from = emulator.log().length;
  const started = clock.now();
  const ended = await connected(
    emulator,
    { deadlineSeconds: options.deadlineSeconds ?? usualDeadline },
    ran,
    clock,
  );
  return { ...ended, timersLeft: clock.waiting() };

  async function ran(provider: Provider): Promise<Omit<Ran, 'timersLeft'>> {
    const said = await saidBy(async () => {
      const plan = mode.plan === 'from the configuration' ? (await surveyOf(provider)).plan : mode.plan;
      const fromFile = mode.plan === 'from the configuration' || options.fromFile === true;
      return apply(
        { plan, desired: fromFile ? desired : null, production: null },
        {
          provider,
          now: clock.date,
          sleep: (milliseconds) => provider.wait(milliseconds),
          settleSeconds,
          concurrency: 8,
          stop: new AbortController().signal,
          record: () => ({ id: 'run', write: (more) => void lines.push(...more), close: () => {} }),
          notify: () => {},
        },
      );
    });
    return {
      said,
      exitCode: exitCodeOfSaid(said),
      lines,
      log: emulator.log().slice(from),
      seconds: (clock.now() - started) / 1000,
      stored: storedIn(emulator),
      contents: emulator.contents(),
    };
  }
}

async function connected<T>(
  emulator: Emulator,
  options: { readonly deadlineSeconds?: number },
  act: (provider: Provider) => Promise<T>,
  clock = fastClock(),
): Promise<T> {
  const provider = connectBooks(emulator, options, { clock, random: () => 0.5 });
  try {
    return await act(provider);
  } finally {
    await provider.close();
  }
}

export const storedIn = (emulator: Emulator): Stored => ({
  picture: pictureOfEmulator(emulator),
  twins: twinsInEmulator(emulator),
});

const readings = new Map<string, Promise<Provider>>();

/** The same books in memory, read without any disturbance. Books that look alike are read once. */
export function undisturbed(contents: Contents, { picture }: Stored): Promise<Provider> {
  const key = JSON.stringify(picture);
  const known = readings.get(key);
  if (known) return known;
  const reading = withEmulator(contents, [], (emulator) =>
    connected(emulator, {}, async (provider) => memoryProvider({ organization: await memoryOf(provider) })),
  );
  readings.set(key, reading);
  return reading;
}

/** What was asked of the service before the connection broke or not, without the reads and the tokens. */
export const writesIn = (log: readonly LogEntry[]): readonly LogEntry[] =>
  log.filter(({ method, path }) => method !== 'GET' && path !== '/auth/token');

/** Every write that reached the service stands in the record; objects that are known beforehand by their id. */
export function assertRecorded({ log, lines }: Ran): void {
  const intents = lines.filter((line) => line.type === 'write');
  const ids = new Set(intents.map(({ id }) => id));
  for (const { method, path } of writesIn(log)) {
    const id = path.split('/').at(-1) ?? '';
    const recorded =
      method === 'POST'
        ? intents.some(({ action }) => action === 'create')
        : path.endsWith('/settings')
          ? intents.some(({ address }) => address.startsWith('settings.'))
          : ids.has(id);
    assert.ok(recorded, `${method} ${path} is not in the record`);
  }
}
