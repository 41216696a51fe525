import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RecordedRun } from '../../src/apply/history.ts';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { jsonOf, type Ran } from '../commands/workbench.ts';
import { figures } from './figures.ts';
import { onlyRun, onStands, recordUndisturbed, type Stand, verdictsOf, writesOf } from './stand.ts';
import { pictureOfEmulator, twinsInEmulator } from './world.ts';

/*
 * Signals at random instants of an apply. After the first one what is in flight is finished and known; after the second
 * one calls are broken off, and what was under way is in doubt. Whatever was said, the next run comes to the same end.
 */

const test = suite('an apply that is told to stop');
const undisturbed = await recordUndisturbed();
const seed = randomInt(2 ** 31);
let signals = 0;
test.after(() => figures('signals', { signals }));

interface Interruption {
  /** At which request, counted from 1; it may be one that never comes. */
  readonly request: number;
  readonly signals: readonly ('SIGINT' | 'SIGTERM')[];
  /** How many requests later the second signal comes, at the latest after a moment. */
  readonly later: number;
  readonly concurrency: 1 | 3 | 30;
  readonly plan: boolean;
  readonly json: boolean;
  /** The service stops answering at the first signal. */
  readonly silent: boolean;
}

const interruption = (twice: boolean): fc.Arbitrary<Interruption> => {
  const signals = fc.constantFrom(['SIGINT', 'SIGTERM'] as const, ['SIGTERM', 'SIGINT'] as const);
  return fc.record({
    request: fc.integer({ min: 1, max: undisturbed.requests + 2 }),
    // Two of the same kind at once would be one.
    signals: signals.map((both) => (twice ? both : both.slice(1))),
    later: fc.constantFrom(0, 1, 5),
    concurrency: fc.constantFrom(1, 3, 30),
    plan: fc.boolean(),
    json: fc.boolean(),
    silent: twice ? fc.boolean() : fc.constant(false),
  });
};

const numRuns = 10;

for (const twice of [false, true])
  test(`${twice ? 'twice' : 'once'} says what is known, and the next run ends it`, () =>
    onStands(
      4,
      fc.sample(interruption(twice), { seed, numRuns }).map((each) => ({ ...each, seed })),
      async (each, stand) => {
        const { emulator, ran } = await interrupted(each, stand);
        await judge(each, ran, stand, emulator);
        signals += each.signals.length;
        const again = await stand.bench.run(
          ['apply', ...(each.plan ? ['plan.json'] : ['--auto-approve']), '--json', '-q', '--settle', '0.2'],
          stand.environment,
        );
        assert.is(again.code, 0, again.stdout + again.stderr);
        assert.equal(twinsInEmulator(emulator), []);
        assert.equal(pictureOfEmulator(emulator), undisturbed.picture);
      },
    ));

async function interrupted(
  { concurrency, json, later, plan, request, signals, silent }: Interruption,
  stand: Stand,
): Promise<{ readonly emulator: Emulator; readonly ran: Ran }> {
  const [first = 'SIGINT', second] = signals;
  let seen = 0;
  let over = false;
  const never = new Promise<void>(() => {});
  const emulator = await stand.open({
    latencyMs: 5,
    onRequest: () => {
      if (over) return undefined;
      seen += 1;
      if (seen === request) child.kill(first);
      if (seen === request + later && second) child.kill(second);
      // Where nothing is answered no later request may come.
      if (seen === request && second) setTimeout(() => child.kill(second), 100);
      return silent && seen >= request ? never : undefined;
    },
  });
  const args = [plan ? 'plan.json' : '--auto-approve', ...(json ? ['--json'] : [])];
  const child = stand.bench.start(
    ['apply', ...args, '--concurrency', String(concurrency)],
    stand.environment,
  );
  const { exitCode, signal, stderr, stdout } = await child;
  over = true;
  // While a process is taken down it listens no more, and the second signal may be the one that ends it.
  if (signal) assert.ok(signal === second && stdout + stderr !== '', `it was ended by ${signal}\n${stderr}`);
  return { emulator, ran: { code: signal ? 130 : exitCode, stdout, stderr } };
}

async function judge(each: Interruption, ran: Ran, stand: Stand, emulator: Emulator): Promise<void> {
  const words = `${ran.stdout}\n${ran.stderr}`;
  const done = same(pictureOfEmulator(emulator), undisturbed.picture);
  const once = each.signals.length === 1;
  if (ran.code !== 0) assert.is(ran.code, 130, words);
  if (ran.code === 0 || once) assert.is(ran.code === 0, done, words);
  if (writesOf(emulator).length > 0) await judgeRecord(onlyRun(stand.bench), once, stand, emulator);
  // Cut off by its own clock, after a second signal, it may not come to say anything.
  const silent = ran.stdout === '' && !once;
  if (each.json && !silent) judgeDocument(jsonOf(ran), ran.code, emulator);
  if (!each.json && ran.code === 130 && !silent && writesOf(emulator).length > 0)
    assert.match(ran.stdout, /skipped|unknown|not everything is proven/, words);
  if (ran.code === 130 && writesOf(emulator).length > 0) assert.match(ran.stderr, /Stopping/, words);
}

/** The record of what was stored; after one signal nothing is in doubt. */
async function judgeRecord(run: RecordedRun, once: boolean, stand: Stand, emulator: Emulator): Promise<void> {
  const recorded = new Map(run.changes.map(({ address, status }) => [address, status]));
  const wanted = once ? ['applied'] : ['applied', 'in_doubt'];
  for (const [address, verdict] of await verdictsOf(stand.plan, emulator)) {
    const status = recorded.get(address);
    // Broken off before it was sent, as while settings are read.
    const unsent = !once && status === 'failed' && verdict === 'run';
    if (status !== undefined && !unsent)
      assert.ok(wanted.includes(status), `${address} is recorded as ${status}`);
    if (verdict === 'already_done') assert.ok(status, `${address} was done and is not in the record`);
    if (status === 'applied') assert.is(verdict, 'already_done', `${address} is recorded as applied`);
  }
  if (once) assert.ok(run.end, 'the record has its end');
}

function judgeDocument(
  document: Record<string, unknown>,
  code: number | undefined,
  emulator: Emulator,
): void {
  const { outcomes, summary } = document;
  if (!Array.isArray(outcomes)) {
    assert.is(document.exit_code, code);
    assert.is(writesOf(emulator).length, 0, 'a run that wrote ends with a report');
    return;
  }
  const counts = Object.values(Object(summary)).map(Number);
  assert.is(
    counts.reduce((sum, count) => sum + count, 0),
    outcomes.length,
  );
}

const same = (left: readonly string[], right: readonly string[]): boolean =>
  JSON.stringify(left) === JSON.stringify(right);

test.run();
