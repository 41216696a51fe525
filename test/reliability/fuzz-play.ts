import * as assert from 'uvu/assert';
import { apply } from '../../src/apply/apply.ts';
import type { RecordLine } from '../../src/apply/record.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Problem } from '../../src/model/problem.ts';
import { survey } from '../../src/pipeline.ts';
import { type MemoryCall, type MemoryFault, ProcessDied } from '../../src/providers/memory/fault.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import {
  commitLate,
  type MemoryOrganization,
  removeObject,
} from '../../src/providers/memory/organization.ts';
import { allowed } from '../apply/world.ts';
import type { CaseRun, FuzzCase } from './fuzz-case.ts';
import { watch } from './fuzz-watch.ts';
import { desiredOf, makeMove, organizationOf } from './fuzz-world.ts';
import { assertNamed, complaints, exitCodeOfSaid, judge, type Said, type Stored, saidBy } from './oracle.ts';
import { type Twins, twinIdsIn } from './twin-ids.ts';
import { copyOf, identityOf, pictureOfMemory, twinsInMemory } from './world.ts';

/*
 * Plays one case of the randomised search and judges it: each disturbed run by what it said and by each of its writes
 * (fuzz-watch.ts), twins by whether they are named, and all together by whether it converges once nothing disturbs it.
 */

/** What a case came to, for the counts. */
export interface Played {
  readonly runs: number;
  readonly faults: number;
  readonly moves: number;
  readonly twins: number;
  readonly deaths: number;
  readonly writes: number;
}

const quiet: Omit<CaseRun, 'from'> = {
  faults: [],
  lag: 0,
  moves: [],
  turns: [],
  concurrency: 8,
  stopAt: null,
};

/** Throws when anything is not as it must be. */
export async function play(each: FuzzCase): Promise<Played> {
  const world: World = {
    memory: organizationOf(each),
    desired: desiredOf(each),
    clean: null,
    saved: null,
    complaints: [],
    foreign: false,
    lagged: false,
  };
  world.clean = await cleanOf(world);
  const count = { runs: 0, faults: 0, moves: 0, twins: 0, deaths: 0, writes: 0 };
  for (const run of each.runs) {
    const ran = await once(world, run);
    count.runs += 1;
    count.faults += ran.struck;
    count.moves += ran.moves;
    count.deaths += ran.said ? 0 : 1;
    count.writes += ran.writes;
  }
  if (each.lateLands) commitLate(world.memory);
  world.memory.late = [];
  count.runs += await converge(world, each);
  count.twins = world.twins ?? 0;
  return count;
}

interface World {
  readonly memory: MemoryOrganization;
  readonly desired: Desired;
  /** What the file alone comes to; null where it comes to nothing by itself. */
  clean: Stored | null;
  /** The first plan that was made. */
  saved: Plan | null;
  complaints: readonly Problem[];
  /** Somebody else wrote, or the service stored something else. */
  foreign: boolean;
  /** Lists lagged, or writes came late. */
  lagged: boolean;
  twins?: number;
}

/** Whether a payable moves on depends on the order in which its lines are written, so payables are left out. */
const storedIn = (memory: MemoryOrganization): Stored => ({
  picture: pictureOfMemory(memory).filter((line) => !line.startsWith('payables ')),
  twins: twinsInMemory(memory),
});

async function cleanOf(world: World): Promise<Stored | null> {
  const alone: World = { ...world, memory: copyOf(world.memory) };
  const { said } = await once(alone, { ...quiet, from: 'configuration' });
  return said && exitCodeOfSaid(said) === 0 ? storedIn(alone.memory) : null;
}

interface Ran {
  /** Null when the process died. */
  readonly said: Said | null;
  readonly struck: number;
  readonly moves: number;
  readonly writes: number;
}

/** One run with what disturbs it, judged. */
async function once(world: World, run: CaseRun): Promise<Ran> {
  const { desired, memory } = world;
  // An apply waits until lists may show what the last run of this machine wrote.
  memory.seen.clear();
  const before = copyOf(memory);
  const control = new AbortController();
  const lines: RecordLine[] = [];
  const sent: MemoryCall[] = [];
  let watched: ReturnType<typeof watch> | null = null;
  // Reads that were under way when another one failed go on for a while; they belong to no run any more.
  let over = false;
  let calls = 0;
  let moves = 0;
  let turns = 0;
  let quietSince = true;
  let sentAfterStop = 0;
  const provider = memoryProvider({
    organization: memory,
    faults: run.faults,
    lag: run.lag,
    onCall(call) {
      if (call.write && control.signal.aborted) sentAfterStop += 1;
      for (const { at, move } of run.moves)
        if (at === calls && !over) {
          makeMove(memory, move);
          moves += 1;
          world.foreign = true;
          quietSince = false;
        }
      if (call.write) {
        quietSince = true;
        sent.push(call);
        assertRecorded(sent.length, lines);
      }
      watched?.send(call);
      if (calls === run.stopAt) control.abort();
      calls += 1;
    },
    watch: (sight) => watched?.see(sight),
    turn: async () => {
      const pause = run.turns[turns % Math.max(1, run.turns.length)] ?? 0;
      turns += 1;
      for (let at = 0; at < pause; at += 1) await null;
    },
  });
  const context = { provider, now: () => new Date(0), version: '0.0.0' };
  const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
  let plan: Plan | null = null;
  let said: Said | null = null;
  const late = memory.late;
  try {
    said = await saidBy(async () => {
      const old = run.from === 'saved plan' ? world.saved : null;
      plan =
        old ??
        (await survey(desired, { target: [], allowed, configuration, base: null, notes: [] }, context)).plan;
      world.saved ??= plan;
      watched = watch(plan);
      return apply(
        { plan, desired: run.from === 'saved plan' ? null : desired, production: null },
        {
          ...context,
          sleep: async () => {},
          settleSeconds: 2,
          concurrency: run.concurrency,
          stop: control.signal,
          record: () => ({ id: 'run', write: (more) => void lines.push(...more), close: () => {} }),
          notify: () => {},
        },
      );
    });
  } catch (error) {
    if (!(error instanceof ProcessDied)) throw error;
  }
  over = true;
  const struck = [...provider.struck];
  if (run.lag > 0 || struck.some(({ effect }) => effect.type === 'lags' || effect.type === 'late'))
    world.lagged = true;
  if (memory.late.length > 0 || late.length > 0) world.lagged = true;
  if (struck.some(storesOtherwise)) world.foreign = true;
  const wrong = (watched as ReturnType<typeof watch> | null)?.wrong() ?? null;
  if (wrong) throw wrong;
  const { committed = [] } = (watched as ReturnType<typeof watch> | null) ?? {};
  const ran = { said, struck: struck.length, moves, writes: sent.length };
  if (!said) return ran;
  world.complaints = [...world.complaints, ...complaints(said)];
  const words = JSON.stringify(said, null, 1);
  assert.is(sentAfterStop, 0, `after a Ctrl-C more is sent\n${words}`);
  const code = exitCodeOfSaid(said);
  const own = memory.late.length > late.length || committed.length > 0;
  if (code === 1 || code === 3 || code === 4)
    assert.not.ok(own, `exit ${code}, but something was written\n${words}`);
  if (code === 130) assert.ok(control.signal.aborted, words);
  if (code === 5) assert.ok(sent.length > 0, `exit 5, but nothing was sent\n${words}`);
  assertConcluded(lines);
  if ('report' in said) assertFailedIsNot(said, lines, committed);
  if (plan && 'report' in said) judgeOutcomes(said, plan, world.foreign, words);
  const undisturbed = () => memoryProvider({ organization: copyOf({ ...memory, late: [] }) });
  const isQuiet = !world.foreign && late.length === 0;
  const isShown =
    run.lag === 0 && !struck.some(({ effect }) => effect.type === 'lags' || effect.type === 'late');
  // What lists do not show, or what comes after the last look, no run can tell: twins are for the next plan then.
  if (plan && isQuiet && world.clean && (isShown || code !== 0)) {
    const now = storedIn(memory);
    await judge({
      plan,
      before: storedIn(before),
      clean: world.clean,
      now,
      said,
      undisturbed: undisturbed(),
      watched: true,
    });
  }
  if (code === 0 && quietSince && isShown && late.length === 0 && run.from === 'configuration') {
    const look = { target: [], allowed, configuration, base: null, notes: [] };
    const next = await survey(desired, look, { ...context, provider: undisturbed() });
    const left = next.plan.changes.filter(({ action, reason }) => action !== 'delete' && reason !== 'rule');
    assert.equal(left, [], `exit 0, but not all is done\n${words}`);
  }
  return ran;
}

const storesOtherwise = ({ effect }: MemoryFault): boolean =>
  'fields' in effect && effect.fields !== undefined;

function assertRecorded(number: number, lines: readonly RecordLine[]): void {
  assert.ok(
    lines.some((line) => line.type === 'write' && line.write === number),
    `write ${number} was sent before it was recorded`,
  );
}

function assertConcluded(lines: readonly RecordLine[]): void {
  const named = (type: 'write' | 'outcome') =>
    new Set(lines.flatMap((line) => (line.type === type ? [`${line.write} ${line.address}`] : [])));
  assert.equal(named('outcome'), named('write'), 'every write in the record has its outcome');
}

/** What the service is said to have refused was not carried out, not by an earlier try either. */
function assertFailedIsNot(
  { report }: Extract<Said, { report: unknown }>,
  lines: readonly RecordLine[],
  committed: readonly MemoryCall[],
): void {
  for (const { address, error, status } of report.outcomes) {
    if (status !== 'failed' || error?.code !== 'API_REFUSED') continue;
    const intent = lines.find((line) => line.type === 'write' && line.address === address);
    if (intent?.type !== 'write' || intent.action !== 'create') continue;
    const sent = Object.entries(intent.after ?? {}).filter(([, value]) => value !== null);
    const made = committed.filter(
      ({ collection, fields, operation }) =>
        operation === 'create' &&
        address.startsWith(`${collection}.`) &&
        sent.length === Object.keys(fields ?? {}).length &&
        sent.every(([name, value]) => fields?.[name] === value),
    );
    assert.equal(made, [], `${address} is told as refused, and was created`);
  }
}

function judgeOutcomes(
  { report }: Extract<Said, { report: unknown }>,
  plan: Plan,
  foreign: boolean,
  words: string,
): void {
  const { converged, outcome, outcomes, summary } = report;
  assert.equal(
    outcomes.map(({ address }) => address),
    plan.changes.map(({ address }) => address),
    'one outcome for each change, in the order of the plan',
  );
  const total = Object.values(summary).reduce((sum, each) => sum + each, 0);
  assert.is(total, outcomes.length, 'the summary adds up');
  // What failed here may be done by somebody else.
  if (!foreign) assert.is(converged && outcome === 'partial', false, words);
  for (const { address, error, status } of outcomes)
    if (status === 'failed' || status === 'unknown' || status === 'skipped')
      assert.ok(error, `${address} is ${status} without a reason\n${words}`);
}

/** Nothing disturbs any more: twins are named and one is deleted by hand, then everything comes to its end. */
async function converge(world: World, each: FuzzCase): Promise<number> {
  const { memory } = world;
  let from = world.saved ? each.afterwards : 'configuration';
  for (let runs = 1; runs <= 5; runs += 1) {
    const { said } = await once(world, { ...quiet, from });
    if (!said) throw new Error('a quiet run died');
    const code = exitCodeOfSaid(said);
    const words = JSON.stringify(said, null, 1);
    const found = declaredTwins(world);
    // A saved plan is asked only for what it changes.
    if (found.length > 0 && from === 'configuration') {
      assert.is.not(code, 0, `exit 0 with twins\n${words}`);
      deleteOne(world, found, each);
    } else if (code === 0 && from === 'configuration') {
      const now = storedIn(memory);
      if (world.clean && !world.foreign) assert.equal(now.picture, world.clean.picture, words);
      return runs;
    } else if ((code === 3 || code === 4) && from === 'configuration') {
      // A file that the organization does not allow, by itself or since somebody else wrote.
      assert.ok(!world.clean || world.foreign, `cannot go on\n${words}`);
      return runs;
    } else if (code === 5 && (!world.clean || world.foreign) && isLocked(said)) {
      // A line of a bill that was approved: nobody can change it any more, and each run says so.
      if (from === 'configuration') return runs;
    } else if (code === 4) assert.ok(world.foreign || found.length > 0 || world.twins || !world.clean, words);
    else assert.is(code, 0, words);
    from = 'configuration';
  }
  throw new Error('does not converge in five runs');
}

const isLocked = (said: Said): boolean =>
  complaints(said).every(({ code, severity }) => severity !== 'error' || lockedCodes.has(code));

const lockedCodes: ReadonlySet<string> = new Set(['PAYABLE_LOCKED', 'DEPENDENCY_FAILED']);

/** Twins of what the file declares. */
function declaredTwins({ desired, memory }: World): readonly Twins[] {
  const declared = new Set(
    desired.entries.flatMap(({ collection, fields, id }) =>
      id === null ? identityOf(collection, fields) : [],
    ),
  );
  return twinIdsIn(memory).filter(({ identity }) => declared.has(identity));
}

function deleteOne(world: World, found: readonly Twins[], { deletes }: FuzzCase): void {
  for (const { collection, ids } of found) {
    if (world.clean && !world.foreign)
      assert.ok(world.lagged, `twins that nobody had to make: ${ids.join(', ')}`);
    assertNamed(world.complaints, ids);
    const kept = deletes === 'first' ? ids.at(-1) : ids[0];
    for (const id of ids) if (id !== kept) removeObject(world.memory, collection, id);
    world.twins = (world.twins ?? 0) + 1;
  }
}
