import * as assert from 'uvu/assert';
import type { Emulator } from '../../src/emulator/emulator.ts';
import type { Fault } from '../../src/emulator/faults.ts';
import { Stop } from '../../src/model/problem.ts';
import {
  applyTo,
  assertRecorded,
  type Contents,
  type Mode,
  planOf,
  type Ran,
  storedIn,
  undisturbed,
  withEmulator,
  writesIn,
} from './http-run.ts';
import { assertNamed, complaints, judge, type Said, type Stored } from './oracle.ts';
import { organization } from './world.ts';

/*
 * One cell of the matrix: one fault at one request. The run under the fault is judged by what is stored; then what comes
 * late comes, and two copies go on without the fault, one from the configuration and one from the same saved plan. Both
 * must be done after one run, and the next plan must be empty.
 */

/** One fault at one request, and what may come of it. */
export interface Cell {
  readonly name: string;
  /** What each test is about: a kind of fault. */
  readonly group: string;
  readonly faults: readonly Fault[];
  /** How many requests must have been struck at least; without any the cell proves nothing. */
  readonly strikes: number;
  /** Exit codes that are right. */
  readonly exits: readonly number[];
  readonly deadlineSeconds?: number;
  /** Whether the end check knows the configuration. */
  readonly fromFile: boolean;
  /** One key may have two objects, as long as both are named. */
  readonly mayTwin?: boolean;
  /** Something is stored that neither the plan saw nor wants: the same saved plan may then be refused. */
  readonly mayBeStale?: boolean;
  /** The fault stays until it is lifted: the second run must come to the same as the first. */
  readonly stays?: boolean;
  /** What a person does before the next run can come to an end. */
  readonly repair?: (books: ReturnType<Emulator['organization']>) => void;
  readonly after?: (ran: Ran) => void;
}

/** What all cells start from, and what a run without any fault makes of it. */
export interface Clean {
  readonly contents: Contents;
  readonly before: Stored;
  readonly plan: Awaited<ReturnType<typeof planOf>>;
  readonly ran: Ran;
  readonly after: Stored;
}

/** The books, their plan, and a recorded run without faults. */
export async function cleanRun(): Promise<Clean> {
  const contents = await withEmulator(null, [], async (emulator) => emulator.contents());
  return withEmulator(contents, [], async (emulator) => {
    const plan = await planOf(emulator);
    const before = storedIn(emulator);
    const ran = await applyTo(emulator, { plan }, { fromFile: true });
    assert.is(ran.exitCode, 0, JSON.stringify(ran.said));
    return { contents, before, plan, ran, after: storedIn(emulator) };
  });
}

/** Runs a cell; how many requests were struck. Throws where anything that was promised does not hold. */
export async function runCell(cell: Cell, clean: Clean): Promise<number> {
  const { plan } = clean;
  const { left, code, strikes } = await withEmulator(clean.contents, cell.faults, async (emulator) => {
    const ran = await applyTo(emulator, { plan }, cell);
    await judgeRun(cell, clean, ran);
    if (!cell.exits.includes(ran.exitCode))
      assert.unreachable(`exit ${ran.exitCode}, not ${cell.exits.join(' or ')}: ${words(ran.said)}`);
    cell.after?.(ran);
    emulator.settle();
    cell.repair?.(emulator.organization(organization));
    const left = { contents: emulator.contents(), stored: storedIn(emulator), said: ran.said };
    return { left, code: ran.exitCode, strikes: struckIn(emulator) };
  });
  assert.ok(strikes >= cell.strikes, `struck ${strikes} of ${cell.strikes} requests`);
  if (cell.stays) await sameAgain(cell, left.contents, code);
  await goOn(cell, clean, left);
  return strikes;
}

const struckIn = (emulator: Emulator): number => emulator.log().filter(({ fault }) => fault !== null).length;

async function judgeRun(cell: Cell, { plan, before, after }: Clean, ran: Ran): Promise<void> {
  const { said, stored: now, contents } = ran;
  // A commit may come between the last look and the end.
  const unseen = cell.mayTwin === true && ran.exitCode === 0 && now.twins.length > 0;
  if (!unseen)
    await judge({ plan, before, clean: after, now, said, undisturbed: await undisturbed(contents, now) });
  if (ran.exitCode === 1)
    assert.equal(writesIn(ran.log), [], `exit 1, but a write was sent: ${words(ran.said)}`);
  if (ran.exitCode === 5)
    assert.ok(writesIn(ran.log).length > 0, `exit 5, but no write was sent: ${words(ran.said)}`);
  assertRecorded(ran);
  assert.is(ran.timersLeft, 0, 'timers are left at the end');
  // The time for what was under way to be broken off.
  const most = (cell.deadlineSeconds ?? 1200) + 3;
  assert.ok(ran.seconds <= most, `took ${ran.seconds} seconds, ${most} were allowed`);
}

/** As long as the cause is there, each run comes to the same, and does nothing new. */
async function sameAgain(cell: Cell, contents: Contents, code: number): Promise<void> {
  await withEmulator(contents, cell.faults, async (emulator) => {
    const before = storedIn(emulator);
    const ran = await applyTo(emulator, { plan: 'from the configuration' });
    assert.is(ran.exitCode, code, `the second run differs: ${words(ran.said)}`);
    assert.equal(storedIn(emulator).picture, before.picture, 'the second run changed something');
  });
}

/** What a run leaves behind, late commits and all. */
interface Left {
  readonly contents: Contents;
  readonly stored: Stored;
  readonly said: Said;
}

async function goOn(cell: Cell, clean: Clean, { contents, stored, said }: Left): Promise<void> {
  if (stored.twins.length > 0) {
    assert.ok(cell.mayTwin, `twins: ${stored.twins.join(', ')}`);
    return onlyOneStays(clean, contents, said);
  }
  await converges(clean, contents, 'from the configuration', [0]);
  await converges(clean, contents, 'of the saved plan', cell.mayBeStale ? [0, 4] : [0]);
}

const goneOn = new Map<string, Promise<Ran>>();

/** A run without any disturbance. It depends on nothing but what is stored, so what looks alike goes on once. */
async function converges(
  clean: Clean,
  contents: Contents,
  how: 'from the configuration' | 'of the saved plan',
  exits: readonly number[],
): Promise<void> {
  const mode: Mode = how === 'from the configuration' ? { plan: how } : { plan: clean.plan };
  const ran = await withEmulator(contents, [], (emulator) => {
    const key = `${how} ${JSON.stringify(storedIn(emulator).picture)}`;
    const going = goneOn.get(key) ?? applyTo(emulator, mode);
    goneOn.set(key, going);
    return going;
  });
  if (!exits.includes(ran.exitCode))
    assert.unreachable(`the run after it, ${how}: exit ${ran.exitCode}: ${words(ran.said)}`);
  if (ran.exitCode !== 0) return;
  assert.equal(ran.stored, clean.after, `the run after it, ${how}`);
  await nothingLeft(ran);
}

const planned = new Map<string, Promise<number>>();

/** The next plan is empty; asked once of what looks alike. */
async function nothingLeft({ contents, stored: { picture } }: Ran): Promise<void> {
  const key = JSON.stringify(picture);
  const changes =
    planned.get(key) ??
    withEmulator(contents, [], async (emulator) => (await planOf(emulator)).changes.length);
  planned.set(key, changes);
  assert.is(await changes, 0, 'the next plan has something left to do');
}

/** Two objects for one key: somebody names both, and without either of them all converges. */
async function onlyOneStays(clean: Clean, contents: Contents, said: Said): Promise<void> {
  await withEmulator(contents, [], async (emulator) => {
    const pairs = pairsIn(emulator);
    const problems = [...complaints(said), ...(await complaintsOfPlan(emulator))];
    for (const { ids } of pairs) assertNamed(problems, ids);
    for (const which of [0, 1]) {
      await withEmulator(contents, [], async (copy) => {
        for (const { collection, ids } of pairs)
          copy.organization(organization).remove(collection, ids[which] ?? '');
        await converges(clean, copy.contents(), 'from the configuration', [0]);
      });
    }
  });
}

async function complaintsOfPlan(emulator: Emulator) {
  try {
    return (await planOf(emulator)).warnings;
  } catch (error) {
    if (error instanceof Stop) return error.problems;
    throw error;
  }
}

interface Pair {
  readonly collection: 'ledger_accounts' | 'tax_rates';
  readonly ids: readonly string[];
}

function pairsIn(emulator: Emulator): readonly Pair[] {
  const books = emulator.organization(organization);
  return (['ledger_accounts', 'tax_rates'] as const).flatMap((collection) => {
    const byCode = new Map<unknown, string[]>();
    for (const { id, code, nominal_code, name, is_external } of books.all(collection)) {
      if (is_external === true) continue;
      const identity = nominal_code ?? code ?? `name ${name}`;
      byCode.set(identity, [...(byCode.get(identity) ?? []), id]);
    }
    return [...byCode.values()].filter((ids) => ids.length > 1).map((ids) => ({ collection, ids }));
  });
}

const words = (said: Said): string => JSON.stringify(said, null, 1).slice(0, 6000);
