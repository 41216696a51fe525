import * as assert from 'uvu/assert';
import type { OpenRecord, RecordLine } from '../../src/apply/record.ts';
import type { Desired } from '../../src/model/desired.ts';
import type { ApplyReport } from '../../src/model/outcome.ts';
import type { Plan } from '../../src/model/plan.ts';
import type { Address } from '../../src/model/value.ts';
import { survey } from '../../src/pipeline.ts';
import type { Provider } from '../../src/providers/contract.ts';
import { type MemoryCall, type MemoryFault, ProcessDied } from '../../src/providers/memory/fault.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import {
  changeObject,
  commitLate,
  type MemoryOrganization,
  removeObject,
} from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { type Applied, allowed, planFor, run } from '../apply/world.ts';
import { assertNamed, complaints, exitCodeOfSaid, judge, type Said, type Stored, saidBy } from './oracle.ts';
import { twinIdsIn } from './twin-ids.ts';
import { booksInMemory, copyOf, desiredBooks, pictureOfMemory, twinsInMemory } from './world.ts';

/*
 * One cell of the matrix: the plan of the books is applied while something goes wrong with one call of it. The oracle
 * judges that run by what is stored. Then a copy of the organization is applied again from the configuration, and another
 * from the same saved plan, without any disturbance, until it is as if nothing had happened.
 */

/** What goes wrong, and what is known beforehand about how the first run ends. */
export interface Cell {
  readonly title: string;
  readonly fault: MemoryFault;
  /** So many reads of the same still show it as it was before a write. */
  readonly lag?: number;
  /** The first run plans as well, so that the reads of a plan can go wrong too. */
  readonly plans?: true;
  /** How the first run must end; null where it depends on which write it is. */
  readonly exit: number | null;
  /** Writes that are still to come after the first run never come. */
  readonly lateNever?: true;
  /** They come before the second run begins. */
  readonly lateBetween?: true;
  /** The service refuses the write: nothing else is to suffer than what depends on it. */
  readonly refuses?: true;
  /** What is stored otherwise is left alone by the next run until somebody puts it right. */
  readonly repaired?: true;
  /** Only here may one key have two objects, and nobody loses anything by it. */
  readonly twins?: true;
}

export const desired: Desired = await desiredBooks();
export const books: MemoryOrganization = await booksInMemory();
export const plan: Plan = await planFor(desired, copyOf(books));

export const storedIn = (memory: MemoryOrganization): Stored => ({
  picture: pictureOfMemory(memory),
  twins: twinsInMemory(memory),
});

const before = storedIn(books);
const cleanMemory = copyOf(books);
/** The run in which nothing goes wrong: its calls are what the faults are put to. */
export const recorded: Applied = await run(plan, desired, cleanMemory);
export const clean: Stored = storedIn(cleanMemory);
export const writes: readonly MemoryCall[] = recorded.provider.calls.filter(({ write }) => write);
/** The same run with its plan: every call from the first read to the last. */
export const calls: readonly MemoryCall[] = await (async () => {
  const provider = memoryProvider({ organization: copyOf(books) });
  await run(await planThrough(provider), desired, provider.organization, { context: { provider } });
  return provider.calls;
})();
const creates = plan.changes.filter(({ action }) => action === 'create').length;

/** What was counted while cells were run. */
export const counts = { 'faults injected': 0, 'second runs': 0, 'processes killed': 0, 'twins named': 0 };

/** The first run of a cell. */
export interface First {
  readonly memory: MemoryOrganization;
  /** Null when its process died. */
  readonly said: Said | null;
  /** What was sent and refused. */
  readonly failed: ReadonlySet<Address>;
}

/** Runs one cell to its end; every AssertionError says what does not hold. */
export async function runCell(cell: Cell): Promise<First> {
  const first = await disturbed(cell);
  const { memory, said } = first;
  if (cell.lateNever) memory.late = [];
  if (cell.lateBetween) commitLate(memory);
  if (cell.repaired) repairByHand(memory, said);
  for (const from of ['configuration', 'saved plan'] as const) await again(copyOf(memory), from, said, cell);
  return first;
}

/**
 * Puts right what the run complained of: a code, without which the next run does not find its object, and what a rule was
 * to fill, because a rule leaves alone whatever is there.
 */
function repairByHand(memory: MemoryOrganization, said: Said | null): void {
  const outcomes = said && 'report' in said ? said.report.outcomes : [];
  const wrong = outcomes.find(({ error }) => error?.code === 'VALUE_NOT_STORED');
  const change = plan.changes.find(({ address }) => address === wrong?.address);
  const kind = kinds.collections.find(({ name }) => name === change?.kind);
  if (!wrong?.id || !change) throw new Error('nobody says what was stored otherwise');
  if (kind) {
    const { [kind.identity]: code = null, name = null } = change.after ?? {};
    changeObject(memory, kind.collection, wrong.id, code === null ? { name } : { [kind.identity]: code });
  } else if (change.kind === 'product_assignment')
    memory.products = memory.products.map(
      (each) => books.products.find(({ id }) => id === each.id && id === wrong.id) ?? each,
    );
  else
    memory.lines = new Map(
      [...memory.lines].map(([payable, lines]) => [
        payable,
        lines.map(
          (each) => books.lines.get(payable)?.find(({ id }) => id === each.id && id === wrong.id) ?? each,
        ),
      ]),
    );
}

/** The first run alone, judged. */
export async function disturbed(cell: Cell): Promise<First> {
  const memory = copyOf(books);
  const lines: RecordLine[] = [];
  const sent: MemoryCall[] = [];
  const onCall = (call: MemoryCall): void => {
    if (!call.write) return;
    sent.push(call);
    assertRecorded(call, sent.length, lines);
  };
  const provider = memoryProvider({ organization: memory, faults: [cell.fault], lag: cell.lag ?? 0, onCall });
  const record: OpenRecord = () => ({
    id: 'run',
    write: (more) => void lines.push(...more),
    close: () => {},
  });
  let said: Said | null = null;
  let of = plan;
  try {
    said = await saidBy(async () => {
      if (cell.plans) of = await planThrough(provider);
      return (await run(of, desired, memory, { context: { provider, record } })).report;
    });
  } catch (error) {
    if (!(error instanceof ProcessDied)) throw error;
    counts['processes killed'] += 1;
  }
  assert.ok(provider.struck.has(cell.fault), `${cell.title}: the fault never struck`);
  counts['faults injected'] += 1;
  if (said) {
    if (cell.exit !== null) assert.is(exitCodeOfSaid(said), cell.exit, JSON.stringify(said, null, 1));
    assertConcluded(lines);
    if (cell.refuses) assertOnlyDependents(said, refusedIn(lines));
    await judge({ plan: of, before, clean, now: storedIn(memory), said, undisturbed: undisturbed(memory) });
  }
  return { memory, said, failed: refusedIn(lines) };
}

/** A look at what is stored that moves nothing. */
const undisturbed = (memory: MemoryOrganization): Provider =>
  memoryProvider({ organization: copyOf({ ...memory, late: [] }) });

async function planThrough(provider: Provider): Promise<Plan> {
  const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
  const context = { provider, now: () => new Date(0), version: '0.0.0' };
  return (await survey(desired, { target: [], allowed, configuration, base: null, notes: [] }, context)).plan;
}

/** What was sent and failed. */
const refusedIn = (lines: readonly RecordLine[]): ReadonlySet<Address> =>
  new Set(
    lines.flatMap((line) => (line.type === 'outcome' && line.status === 'failed' ? [line.address] : [])),
  );

/** What was refused has failed, what depends on it is skipped for that reason, and everything else is done. */
export function assertOnlyDependents(said: Said, failed: ReadonlySet<Address>): void {
  const outcomes = 'report' in said ? said.report.outcomes : [];
  assert.ok(failed.size > 0 && outcomes.length > 0);
  const lost = new Set(failed);
  const created = new Set(
    plan.changes.flatMap(({ action, address }) => (action === 'create' ? address : [])),
  );
  for (const { address, after, depends_on } of [...plan.changes, ...plan.changes]) {
    const pointsTo = Object.values(after ?? {}).filter((each) => each !== null && created.has(each));
    if ([...depends_on, ...pointsTo].some((each) => each !== null && lost.has(each))) lost.add(address);
  }
  for (const { address, error, status } of outcomes) {
    if (failed.has(address)) assert.is(status, 'failed', address);
    else if (lost.has(address)) assert.is(`${status} ${error?.code}`, 'skipped DEPENDENCY_FAILED', address);
    else assert.ok(status === 'applied' || status === 'already_done', `${address} is ${status}`);
  }
}

/** The write that is about to reach the service is the one that was put down last but one or more. */
function assertRecorded(call: MemoryCall, number: number, lines: readonly RecordLine[]): void {
  const intents = lines.filter((line) => line.type === 'write').filter(({ write }) => write === number);
  assert.ok(intents.length > 0, `${call.operation} number ${number} was sent before it was recorded`);
  for (const { address, id } of intents) {
    if (call.operation === 'writeSettings') assert.ok(call.fields && address in call.fields, address);
    else assert.is(id, call.id, address);
  }
}

function assertConcluded(lines: readonly RecordLine[]): void {
  const named = (type: 'write' | 'outcome') =>
    new Set(lines.flatMap((line) => (line.type === type ? [`${line.write} ${line.address}`] : [])));
  assert.equal(named('outcome'), named('write'), 'every write in the record has its outcome');
}

type Way = 'configuration' | 'saved plan';

/** Runs again until all is done: once, and more often only where a plan was refused or something came late. */
async function again(memory: MemoryOrganization, from: Way, said: Said | null, cell: Cell): Promise<void> {
  let way = from;
  for (let runs = 1; ; runs += 1) {
    assert.ok(runs <= 3, `does not converge from the ${from}\n${differenceTo(memory)}`);
    const late = memory.late.length;
    const second = await oneMore(memory, way);
    // What came after this run had looked is for the next one to see.
    const next = memory.late.length < late ? await oneMore(memory, way) : second;
    if (twinIdsIn(memory).length > 0) return eitherIsEnough(memory, said, next, cell);
    const code = exitCodeOfSaid(second);
    if (code === 0) break;
    // What was stored otherwise than planned is for a new plan to judge.
    if (code === 4) assert.is(way, 'saved plan', JSON.stringify(second, null, 1));
    else assert.ok(late > 0, JSON.stringify(second, null, 1));
    if (code === 4) way = 'configuration';
  }
  if (memory.late.length > 0) {
    commitLate(memory);
    const next = await oneMore(memory, way);
    if (twinIdsIn(memory).length > 0) return eitherIsEnough(memory, said, next, cell);
  }
  assertClean(memory, from);
  if (!cell.twins) assert.is(memory.nextId - books.nextId, creates, 'nothing is created twice');
}

/** One more run, judged as the first. */
export async function oneMore(
  memory: MemoryOrganization,
  way: Way,
  faults: readonly MemoryFault[] = [],
): Promise<Said> {
  const earlier = copyOf(memory);
  let of = plan;
  const said = await saidBy(async (): Promise<ApplyReport> => {
    if (way === 'configuration') of = await planFor(desired, memory);
    return (await run(of, way === 'configuration' ? desired : null, memory, { faults })).report;
  });
  counts['second runs'] += 1;
  const came = memory.late.length < earlier.late.length;
  if (came) commitLate(earlier);
  if (came && exitCodeOfSaid(said) === 0) return said;
  const now = storedIn(memory);
  await judge({ plan: of, before: storedIn(earlier), clean, now, said, undisturbed: undisturbed(memory) });
  return said;
}

function assertClean(memory: MemoryOrganization, from: string): void {
  const message = `again from the ${from}: not as if nothing had happened`;
  assert.equal(storedIn(memory).picture, clean.picture, message);
}

const differenceTo = (memory: MemoryOrganization): string => {
  const { picture } = storedIn(memory);
  return [
    ...picture.filter((line) => !clean.picture.includes(line)).map((line) => `+ ${line}`),
    ...clean.picture.filter((line) => !picture.includes(line)).map((line) => `- ${line}`),
  ].join('\n');
};

/** Twins are named by the run that made them or by the next, and after deleting either of them by hand all is well. */
async function eitherIsEnough(
  memory: MemoryOrganization,
  said: Said | null,
  next: Said,
  { twins, title }: Cell,
): Promise<void> {
  assert.ok(twins, `${title}: two objects of one key`);
  commitLate(memory);
  for (const { collection, ids } of twinIdsIn(memory)) {
    assertNamed([...(said ? complaints(said) : []), ...complaints(next)], ids);
    counts['twins named'] += 1;
    assert.is(ids.length, 2);
    for (const id of ids) {
      const repaired = copyOf(memory);
      removeObject(repaired, collection, id);
      const last = await oneMore(repaired, 'configuration');
      assert.is(exitCodeOfSaid(last), 0, JSON.stringify(last, null, 1));
      assertClean(repaired, 'configuration, with one of two deleted by hand');
    }
  }
}
