import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Desired } from '../../src/model/desired.ts';
import type { Plan } from '../../src/model/plan.ts';
import { survey } from '../../src/pipeline.ts';
import { memoryProvider } from '../../src/providers/memory/memory.ts';
import { type MemoryOrganization, removeObject } from '../../src/providers/memory/organization.ts';
import type { WireOptions } from '../../src/providers/memory/wire.ts';
import { allowed, planFor, run } from '../apply/world.ts';
import { figures } from './figures.ts';
import { type FuzzCase, fuzzCase } from './fuzz-case.ts';
import { fuzzRuns } from './fuzz-runs.ts';
import { watch } from './fuzz-watch.ts';
import { desiredOf, organizationOf } from './fuzz-world.ts';
import { assertNamed, complaints, exitCodeOfSaid, type Said, saidBy } from './oracle.ts';
import { type Twins, twinIdsIn } from './twin-ids.ts';
import { booksInMemory, copyOf, desiredBooks, identityOf, pictureOfMemory } from './world.ts';

/*
 * Two applies of one file over one organization at the same instant, in every order of their calls and answers that
 * fast-check tries. Nothing in the API keeps them apart, so both may create what neither saw. Then at least one of them
 * says so, and deleting either object by hand is all it takes.
 */

const test = suite('two applies at the same instant');
const counts = { 'pairs of applies': 0, 'pairs that made twins': 0, 'pairs that were both well': 0 };

type Turn = NonNullable<WireOptions['turn']>;

/** Plans and applies, watched: what the other one wrote is never overwritten but in the window of watch. */
async function applyOnce(
  desired: Desired,
  organization: MemoryOrganization,
  turn: Turn,
  plan: Plan | null = null,
): Promise<Said> {
  let watched: ReturnType<typeof watch> | null = null;
  const provider = memoryProvider({
    organization,
    turn,
    watch: (sight) => watched?.see(sight),
    onCall: (call) => watched?.send(call),
  });
  const said = await saidBy(async () => {
    const context = { provider, now: () => new Date(0), version: '0.0.0' };
    const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
    const look = { target: [], allowed, configuration, base: null, notes: [] };
    const approved = plan ?? (await survey(desired, look, context)).plan;
    watched = watch(approved);
    return (await run(approved, plan ? null : desired, organization, { context: { provider } })).report;
  });
  const wrong = (watched as ReturnType<typeof watch> | null)?.wrong() ?? null;
  if (wrong) throw wrong;
  return said;
}

/** Twins of what the file declares. */
function declaredTwins(desired: Desired, organization: MemoryOrganization): readonly Twins[] {
  const declared = new Set(desired.entries.map(({ collection, fields }) => identityOf(collection, fields)));
  return twinIdsIn(organization).filter(({ identity }) => declared.has(identity));
}

/** What both said is true together, and one deletion by hand for each twin leads to the end. */
async function assertTold(
  desired: Desired,
  organization: MemoryOrganization,
  both: readonly Said[],
  kept: 'first' | 'last',
): Promise<void> {
  const words = JSON.stringify(both, null, 1);
  const codes = both.map(exitCodeOfSaid);
  counts['pairs of applies'] += 1;
  if (codes.every((code) => code === 0)) counts['pairs that were both well'] += 1;
  const twins = declaredTwins(desired, organization);
  if (twins.length > 0) {
    counts['pairs that made twins'] += 1;
    assert.ok(codes.includes(5), words);
    for (const { collection, ids } of twins) {
      assertNamed(both.flatMap(complaints), ids);
      const last = kept === 'last' ? ids.at(-1) : ids[0];
      for (const id of ids) if (id !== last) removeObject(organization, collection, id);
    }
  } else if (codes.every((code) => code === 0)) {
    const left = (await planFor(desired, organization)).changes.filter(({ reason }) => reason !== 'rule');
    assert.equal(left, [], `both ended with 0, and not all is done\n${words}`);
  }
  const next = await planFor(desired, organization);
  const { report } = await run(next, desired, organization);
  assert.is(exitCodeOfSaid({ report }), 0, JSON.stringify(report, null, 1));
  assert.equal((await planFor(desired, organization)).changes, []);
}

/** What the file alone comes to; null where it comes to nothing by itself. */
async function aloneIsWell(each: FuzzCase): Promise<boolean> {
  const organization = organizationOf(each);
  const said = await applyOnce(desiredOf(each), organization, async () => {});
  return exitCodeOfSaid(said) === 0 && declaredTwins(desiredOf(each), organization).length === 0;
}

test('in every order that is tried, at least one of them says what happened', async () => {
  const from = fc.constantFrom('configuration' as const, 'saved plan' as const);
  await fc.assert(
    fc.asyncProperty(fuzzCase, fc.scheduler(), from, fc.nat(30), async (each, scheduler, way, start) => {
      if (!(await aloneIsWell(each))) return;
      const desired = desiredOf(each);
      const organization = organizationOf(each);
      const plan = way === 'saved plan' ? await planFor(desired, organization) : null;
      const turn: Turn = (call, direction) =>
        scheduler.schedule(Promise.resolve(), `${call.operation} ${direction}`);
      const later = async (): Promise<Said> => {
        for (let at = 0; at < start; at += 1) await scheduler.schedule(Promise.resolve(), 'start');
        return applyOnce(desired, organization, turn, plan);
      };
      const running = Promise.all([applyOnce(desired, organization, turn, plan), later()]);
      await assertTold(desired, organization, await scheduler.waitFor(running), each.deletes);
    }),
    { numRuns: fuzzRuns(500), includeErrorInReport: true },
  );
  for (const [name, count] of Object.entries(counts)) assert.ok(count > 0, name);
});

test('two that have both looked before either writes make twins of everything, and name them all', async () => {
  const desired = await desiredBooks();
  const books = await booksInMemory();
  const clean = copyOf(books);
  const plan = await planFor(desired, clean);
  const creates = plan.changes.filter(({ action }) => action === 'create').length;
  await run(plan, desired, clean);
  for (const kept of ['first', 'last'] as const) {
    const organization = copyOf(books);
    const both = await Promise.all(gated(2).map((turn) => applyOnce(desired, organization, turn)));
    const twins = declaredTwins(desired, organization);
    assert.is(twins.length, creates, 'each create was done twice');
    await assertTold(desired, organization, both, kept);
    assert.equal(pictureOfMemory(organization), pictureOfMemory(clean));
  }
  figures('two-in-memory', counts);
});

/** Turns for so many providers: nobody's first write arrives before everybody has sent one. */
function gated(count: number): readonly Turn[] {
  let waiting = 0;
  let open = (): void => {};
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  return Array.from({ length: count }, () => {
    let first = true;
    return async ({ write }) => {
      if (!write) return;
      if (first) waiting += 1;
      first = false;
      if (waiting === count) open();
      await gate;
    };
  });
}

test.run();
