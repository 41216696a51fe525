import { carryOutDue } from './accounting/carry-out-due.ts';
import { type Api, createApi } from './api.ts';
import { type Books, booksOf } from './books.ts';
import { type DataFile, openDataFile } from './data-file.ts';
import { exchange, type OnRequest } from './exchange.ts';
import { createFaultPlan } from './fault-plan.ts';
import type { Fault } from './faults.ts';
import { writesOf } from './lag.ts';
import { answerPage } from './pages/pages.ts';
import { createLimiter } from './rate-limit.ts';
import { listen } from './server.ts';
import { createState, type State, type Write } from './state.ts';
import { createStore } from './store.ts';
import { completeSwitches, type Switches } from './switches.ts';
import { type After, createWaiting, usualAfter } from './timing.ts';
import { createTokens } from './tokens.ts';
import { createTraffic, type EmulatorStats, type LogEntry } from './traffic.ts';

/** The client that every emulator accepts. */
export { localCredentials } from './tokens.ts';

/** Everything that an emulator depends on. */
export interface EmulatorOptions {
  /** 0: any free port. */
  readonly port: number;
  /** Where data is kept; null: in memory only. */
  readonly file: string | null;
  /** A parsed seed document, for the organizations that hold nothing yet. */
  readonly seed: unknown | null;
  readonly switches: Partial<Switches>;
  /** Requests a second; null: no limit. */
  readonly rateLimit: number | null;
  readonly latencyMs: number;
  readonly faults: readonly Fault[];
  readonly now: () => Date;
  /** Told of each request before anything is done with it, which waits until the answer is over. */
  readonly onRequest?: OnRequest;
  /** What another emulator held: see `contents`. Absent: nothing. */
  readonly contents?: readonly Write[];
  /** How it waits; absent: by the machine's clock. */
  readonly after?: After;
}

/** A running emulator. */
export interface Emulator {
  /** `http://127.0.0.1:<port>/v1` */
  readonly url: string;
  readonly port: number;
  stats(): EmulatorStats;
  /** The latest requests, oldest first, each with the fault that struck it. */
  log(): readonly LogEntry[];
  /** An organization's data, behind the API's back. */
  organization(id: string): Books;
  /** Everything that is stored, for another emulator to begin with. */
  contents(): readonly Write[];
  /** The faults from now on, counted anew. */
  planFaults(faults: readonly Fault[]): void;
  /** Does now what late commits would do later. */
  settle(): void;
  close(): Promise<void>;
}

/** Starts the API on the loopback address. */
export async function startEmulator(options: EmulatorOptions): Promise<Emulator> {
  const switches = completeSwitches(options.switches);
  const data = options.file === null ? null : openDataFile(options.file);
  try {
    return await startWith(options, switches, data);
  } catch (error) {
    data?.close();
    throw error;
  }
}

async function startWith(
  options: EmulatorOptions,
  switches: Switches,
  data: DataFile | null,
): Promise<Emulator> {
  const { now, after = usualAfter } = options;
  const state = data?.state ?? createState();
  if (options.contents) keep(options.contents, state, data);
  if (options.seed !== null) await sow(options.seed, state, data);
  const store = createStore({ state, storage: data, lag: switches.list_lag, now });
  const tokens = createTokens(now, switches.expired_token);
  const traffic = createTraffic();
  const faults = createFaultPlan(options.faults);
  const waiting = createWaiting(after);
  const limiter = createLimiter(switches.rate_limit_model, options.rateLimit);
  const root = (): string => `http://127.0.0.1:${server.port}`;
  const world = { store, tokens, switches, now, root };
  const api = createApi(world, limiter);
  const apis = new Map<Fault, Api>();
  const planLag = (planned: readonly Fault[]): void => {
    for (const fault of planned)
      if (fault.kind === 'lag')
        apis.set(fault, createApi({ ...world, store: store.behind(`${fault.ms ?? 200}ms`) }, limiter));
  };
  planLag(options.faults);
  let closings = 0;
  const refuse = (ms: number): void => {
    closings += 1;
    void server.shut();
    waiting.later(ms, () => {
      closings -= 1;
      if (closings === 0) void server.open();
    });
  };
  const between = {
    api,
    lagging: (fault: Fault) => apis.get(fault) ?? api,
    faults,
    traffic,
    tokens,
    latencyMs: options.latencyMs,
    now,
    after,
    later: waiting.later,
    refuse,
    onRequest: options.onRequest ?? (() => undefined),
  };
  const server = await listen({
    port: options.port,
    answer: (request, response) => {
      if (!answerPage(request, response, world)) exchange(request, response, between);
    },
  });
  return {
    url: `${root()}/v1`,
    port: server.port,
    stats: traffic.stats,
    log: traffic.log,
    organization: (id) => booksOf(id, store, now, () => carryOutDue(id, world)),
    contents: () => [...writesOf(state)],
    planFaults: (planned) => {
      planLag(planned);
      faults.replace(planned);
    },
    settle: waiting.settle,
    close: async () => {
      waiting.settle();
      await server.close();
      data?.close();
    },
  };
}

async function sow(seed: unknown, state: State, data: DataFile | null): Promise<void> {
  // Its check is large and seldom needed.
  const { seedWrites } = await import('./seed.ts');
  const writes = seedWrites(seed, state);
  if (writes.length > 0) keep(writes, state, data);
}

function keep(writes: readonly Write[], state: State, data: DataFile | null): void {
  data?.append(writes);
  for (const write of writes) state.apply(write);
}
