import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { apply } from '../../src/apply/apply.ts';
import { exitCodeOf } from '../../src/apply/report.ts';
import { survey } from '../../src/pipeline.ts';
import { allowed, planFor, run } from '../apply/world.ts';
import {
  booksInMemory,
  connectBooks,
  copyOf,
  desiredBooks,
  pictureOfEmulator,
  pictureOfMemory,
  startBooks,
  twinsInEmulator,
  twinsInMemory,
} from './world.ts';

/* What all proofs of the apply stand on: the plan holds everything, and applies the same in memory and over HTTP. */

const test = suite('the books that faults are injected into');
const desired = await desiredBooks();

test('the plan has every action on every kind, and more than 40 writes', async () => {
  const memory = copyOf(await booksInMemory());
  const plan = await planFor(desired, memory);
  const pairs = new Set(plan.changes.map(({ action, kind }) => `${action} ${kind}`));
  assert.equal(
    [...pairs].sort(),
    [
      ...['create', 'delete', 'update'].flatMap((action) => [
        `${action} ledger_account`,
        `${action} tax_rate`,
      ]),
      'assign line_item_assignment',
      'assign product_assignment',
      'set setting',
      'unassign product_assignment',
    ].sort(),
  );
  assert.ok(plan.changes.filter(({ depends_on }) => depends_on.length > 0).length >= 15);
  const { provider, report } = await run(plan, desired, memory);
  assert.is(exitCodeOf(report), 0, JSON.stringify(report));
  assert.ok(provider.calls.filter(({ write }) => write).length > 40);
  assert.equal((await planFor(desired, memory)).changes, []);
  assert.equal(twinsInMemory(memory), []);
});

test('what nobody declared is as it was', async () => {
  const memory = await booksInMemory();
  const before = pictureOfMemory(memory).filter((line) => /Nobody|Paid|Sales|404/.test(line));
  assert.ok(before.length >= 7, before.join('\n'));
  await run(await planFor(desired, memory), desired, memory);
  const after = pictureOfMemory(memory);
  const moved = before.filter((line) => !after.includes(line));
  // The plan moves one product and one setting away from them, and nothing else.
  assert.equal(
    moved.map((line) => /Old table|settings/.exec(line)?.[0]),
    ['Old table', 'settings'],
  );
});

test('over HTTP it comes to the same', async () => {
  const emulator = await startBooks();
  const provider = connectBooks(emulator);
  try {
    const configuration = { path: 'ledgerform.yaml', sha256: '00', git_commit: null, dirty: false };
    const context = { provider, now: () => new Date(), version: '0.0.0' };
    const look = { target: [], allowed, configuration, base: null, notes: [] };
    const { plan } = await survey(desired, look, context);
    const report = await apply(
      { plan, desired, production: null },
      {
        ...context,
        sleep: async () => {},
        settleSeconds: 2,
        concurrency: 8,
        stop: new AbortController().signal,
        record: () => ({ id: 'run', write: () => {}, close: () => {} }),
        notify: () => {},
      },
    );
    assert.is(exitCodeOf(report), 0, JSON.stringify(report));
    assert.equal((await survey(desired, look, context)).plan.changes, []);
    assert.equal(twinsInEmulator(emulator), []);
    const kept = pictureOfEmulator(emulator);
    for (const words of ['Nobody', 'VIENNA', 'Postage'])
      assert.ok(
        kept.some((line) => new RegExp(words, 'i').test(line)),
        words,
      );
  } finally {
    await provider.close();
    await emulator.close();
  }
});

test.run();
