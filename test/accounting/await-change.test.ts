import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { awaitChange } from '../../src/accounting/await-change.ts';

const test = suite('waiting for a change');

/** A world whose time passes only while somebody waits. */
function world(seconds: number, longestPause?: number) {
  const pauses: number[] = [];
  const stop = new AbortController();
  let time = 1000;
  return {
    pauses,
    stop,
    passed: () => time - 1000,
    awaiting: <T>(look: () => Promise<T>, enough: (seen: T) => boolean) =>
      awaitChange({
        look,
        enough,
        seconds,
        now: () => time,
        wait: async (milliseconds) => {
          pauses.push(milliseconds);
          time += milliseconds;
        },
        stop: stop.signal,
        ...(longestPause === undefined ? {} : { longestPause }),
      }),
  };
}

test('what is there already needs no pause', async () => {
  const { awaiting, pauses } = world(10);
  assert.equal(
    await awaiting(
      async () => 7,
      () => true,
    ),
    { status: 'enough', seen: 7 },
  );
  assert.equal(pauses, []);
});

test('pauses double up to five seconds, and it is seen soon', async () => {
  const { awaiting, pauses } = world(900);
  let looks = 0;
  const waited = await awaiting(
    async () => (looks += 1),
    (seen) => seen === 9,
  );
  assert.equal(waited, { status: 'enough', seen: 9 });
  assert.equal(pauses, [200, 400, 800, 1600, 3200, 5000, 5000, 5000]);
});

test('the time is kept to, and ends with a look', async () => {
  const { awaiting, passed, pauses } = world(2);
  let looks = 0;
  const waited = await awaiting(
    async () => (looks += 1),
    () => false,
  );
  assert.equal(waited, { status: 'over', seen: 5 });
  assert.equal(pauses, [200, 400, 800, 600]);
  assert.is(passed(), 2000);
});

test('no seconds mean one look', async () => {
  const { awaiting, pauses } = world(0);
  assert.equal(
    await awaiting(
      async () => 1,
      () => false,
    ),
    { status: 'over', seen: 1 },
  );
  assert.equal(pauses, []);
});

test('a dear look waits longer', async () => {
  const { awaiting, pauses } = world(60, 20_000);
  await awaiting(
    async () => 1,
    () => false,
  );
  assert.equal(pauses, [200, 400, 800, 1600, 3200, 6400, 12_800, 20_000, 14_600]);
});

test('whoever stops it waits no longer, also in the middle of a pause', async () => {
  const stop = new AbortController();
  const waiting = awaitChange({
    look: async () => 3,
    enough: () => false,
    seconds: 900,
    now: () => 0,
    wait: () => {
      stop.abort();
      return new Promise<void>(() => {});
    },
    stop: stop.signal,
  });
  assert.equal(await waiting, { status: 'stopped', seen: 3 });
  const { awaiting, stop: before } = world(900);
  before.abort();
  assert.equal(
    await awaiting(
      async () => 3,
      () => false,
    ),
    { status: 'stopped', seen: null },
  );
});

test('a look that fails is thrown', async () => {
  const { awaiting } = world(900);
  try {
    await awaiting(
      async () => {
        throw new Error('no list');
      },
      () => false,
    );
    assert.unreachable();
  } catch (error) {
    assert.is(error instanceof Error && error.message, 'no list');
  }
});

test.run();
