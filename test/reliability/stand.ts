import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { listRuns, type RecordedRun } from '../../src/apply/history.ts';
import { runsFolder } from '../../src/apply/record.ts';
import { revise, type VerdictStatus } from '../../src/apply/revise.ts';
import type { Emulator, EmulatorOptions } from '../../src/emulator/emulator.ts';
import type { OnRequest } from '../../src/emulator/exchange.ts';
import type { LogEntry } from '../../src/emulator/traffic.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Address } from '../../src/model/value.ts';
import { needsOfPlan } from '../../src/observe/needs.ts';
import { observe } from '../../src/observe/observe.ts';
import { parsePlan } from '../../src/plan/parse-plan.ts';
import { jsonOf, openSandbox, openWorkbench, type Workbench } from '../commands/workbench.ts';
import {
  configurationText,
  connectBooks,
  pictureOfEmulator,
  seed,
  startBooks,
  twinsInEmulator,
} from './world.ts';

/*
 * Where the real command is disturbed: a folder with the books' configuration and a plan of it, and a port at which one
 * organization after the other stands. All of them start the same, to the last id, so one saved plan fits each.
 */

/** A folder and a URL for cases that run one after the other. */
export interface Stand {
  readonly bench: Workbench;
  readonly environment: Readonly<Record<string, string>>;
  /** What `plan.json` holds. */
  readonly plan: Plan;
  /** A new organization behind the URL; nothing is recorded of it yet. */
  open(options?: Partial<EmulatorOptions>): Promise<Emulator>;
  close(): Promise<void>;
}

/** A stand with a plan that the real command made. */
export async function openStand(): Promise<Stand> {
  const { emulator: first, environment } = await openSandbox({ seed });
  const bench = await openWorkbench({ 'ledgerform.yaml': configurationText });
  const made = await bench.run(['plan', '--out', 'plan.json', '-q'], environment);
  await first.close();
  const { plan } = parsePlan(await bench.read('plan.json'));
  if (!plan) throw new Error(`no plan was made\n${made.stdout}${made.stderr}`);
  let emulator: Emulator | null = null;
  const clear = async () => {
    await emulator?.close();
    await rm(join(bench.folder, '.ledgerform'), { recursive: true, force: true });
  };
  return {
    bench,
    environment,
    plan,
    open: async (options = {}) => {
      await clear();
      emulator = await startBooks({ port: first.port, ...options });
      return emulator;
    },
    close: async () => {
      await clear();
      await bench.remove();
    },
  };
}

/** Runs every case on one of so many stands; the first that fails ends it, and says which case it was. */
export async function onStands<T>(
  width: number,
  cases: readonly T[],
  run: (each: T, stand: Stand) => Promise<void>,
): Promise<void> {
  const queue = [...cases];
  const failures: unknown[] = [];
  const work = async () => {
    const stand = await openStand();
    try {
      for (let each = queue.shift(); each !== undefined && failures.length === 0; each = queue.shift())
        await run(each, stand).catch((error: unknown) => {
          failures.push(error);
          if (error instanceof Error) error.message = `${JSON.stringify(each)}: ${error.message}`;
        });
    } finally {
      await stand.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, cases.length) }, work));
  if (failures.length > 0) throw failures[0];
}

/** Whether a request changes something. */
export const isWrite = ({ method, path }: Pick<LogEntry, 'method' | 'path'>): boolean =>
  method !== 'GET' && !path.includes('token');

/** Everything that reached the service and changes something, answered or not. */
export const writesOf = (emulator: Emulator): readonly LogEntry[] => emulator.log().filter(isWrite);

/** Watches for the nth request of a kind. `strike` is called before anything is done with it. */
export interface Ambush {
  readonly onRequest: OnRequest;
  /** Over as soon as the emulator has done with the request what it does. */
  readonly struck: Promise<void>;
}

/** Lies in wait for the nth request that matches, counted from 1. */
export function ambush(
  nth: number,
  matches: (request: Pick<LogEntry, 'method' | 'path'>) => boolean,
  strike: () => Promise<void> | undefined,
): Ambush {
  let seen = 0;
  let spring = () => {};
  const struck = new Promise<void>((resolve) => {
    spring = resolve;
  });
  const onRequest: OnRequest = (request) => {
    if (matches(request)) seen += 1;
    else return undefined;
    if (seen !== nth) return undefined;
    setImmediate(spring);
    return strike();
  };
  return { onRequest, struck };
}

/** Runs the command and kills it as soon as something has struck; fails when it ends before. */
export async function killOnce(
  struck: Promise<void>,
  args: readonly string[],
  { bench, environment }: Stand,
): Promise<void> {
  const child = bench.start(args, environment);
  const ended = child.then(({ exitCode, stderr, stdout }) => ({ exitCode, text: `${stdout}${stderr}` }));
  const early = await Promise.race([struck.then(() => null), ended]);
  if (early) throw new Error(`it ended with ${early.exitCode} before it was struck\n${early.text}`);
  child.kill('SIGKILL');
  const { signal, stdout } = await child;
  assert.equal([signal, stdout], ['SIGKILL', '']);
}

/** The one run that is recorded in a folder. */
export function onlyRun({ folder }: Workbench): RecordedRun {
  const [run, ...others] = listRuns(runsFolder(folder));
  if (!run || others.length > 0) throw new Error(`${others.length + (run ? 1 : 0)} runs are recorded`);
  return run;
}

/** How far each change of a plan is done by what is stored. */
export async function verdictsOf(
  plan: Plan,
  emulator: Emulator,
): Promise<ReadonlyMap<Address, VerdictStatus>> {
  const provider = connectBooks(emulator);
  try {
    const live = await observe(needsOfPlan(plan, provider.kinds), provider);
    const { verdicts } = revise(plan, live, provider.kinds);
    return new Map(verdicts.map(({ change, status }) => [change.address, status]));
  } finally {
    await provider.close();
  }
}

/** What an apply that nothing disturbs comes to: what is stored then, and how many writes that took. */
export interface Undisturbed {
  readonly picture: readonly string[];
  readonly requests: number;
  readonly writes: number;
}

/** Runs the real command once without any disturbance. */
export async function recordUndisturbed(): Promise<Undisturbed> {
  const stand = await openStand();
  try {
    const emulator = await stand.open();
    const ran = await stand.bench.run(['apply', 'plan.json', '-q'], stand.environment);
    if (ran.code !== 0) throw new Error(`the undisturbed run failed\n${ran.stdout}${ran.stderr}`);
    return {
      picture: pictureOfEmulator(emulator),
      requests: emulator.log().length,
      writes: writesOf(emulator).length,
    };
  } finally {
    await stand.close();
  }
}

export const applyAll = ['apply', '--auto-approve', '--json'];

/** The next run is from the saved plan after every other kill, else from the configuration. */
export const again = (write: number): readonly string[] =>
  write % 2 === 0 ? ['plan.json'] : ['--auto-approve'];

/** Applies again, which comes to what an undisturbed run comes to. */
export async function runAgain(
  { bench, environment }: Stand,
  emulator: Emulator,
  undisturbed: Undisturbed,
  ...args: readonly string[]
): Promise<void> {
  const ran = await bench.run(['apply', ...args, '--json', '-q'], environment);
  assert.is(ran.code, 0, ran.stdout + ran.stderr);
  assert.is(jsonOf(ran).converged, true);
  assert.equal(twinsInEmulator(emulator), []);
  assert.equal(pictureOfEmulator(emulator), undisturbed.picture);
}
