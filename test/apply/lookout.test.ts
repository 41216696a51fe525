import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lookout } from '../../src/apply/lookout.ts';
import { errorProblem } from '../../src/model/problem.ts';
import { ReadFailed } from '../../src/providers/contract.ts';

const looks = suite('looks after lost answers');

const failure = (endsRun: boolean): ReadFailed =>
  new ReadFailed({
    problem: errorProblem('API_UNREACHABLE', 'down'),
    status: null,
    requestId: null,
    endsRun,
  });

looks('everybody who waits shares each read, but only reads that began later', async () => {
  let reads = 0;
  const look = lookout(
    async () => (reads += 1),
    1000,
    async () => {},
  );
  const found = await Promise.all([1, 2, 3].map(() => look((read) => (read >= 2 ? read : null))));
  assert.is(reads, 2);
  assert.equal(
    found.map(({ status }) => status),
    ['seen', 'seen', 'seen'],
  );
});

looks('absent needs a complete last read', async () => {
  let reads = 0;
  const failing = lookout<number>(
    async () => {
      reads += 1;
      throw failure(false);
    },
    1000,
    async () => {},
  );
  assert.is((await failing(() => null)).status, 'uncertain');
  assert.ok(reads > 1);
  const empty = lookout(
    async () => 1,
    0,
    async () => {},
  );
  assert.is((await empty(() => null)).status, 'absent');
});

looks('a read that ends the run ends the look at once', async () => {
  let reads = 0;
  const look = lookout<number>(
    async () => {
      reads += 1;
      throw failure(true);
    },
    1000,
    async () => {},
  );
  assert.is((await look(() => null)).status, 'uncertain');
  assert.is(reads, 1);
});

looks('a bug in a read reaches everybody who waits', async () => {
  const look = lookout<number>(
    async () => {
      throw new Error('bug');
    },
    1000,
    async () => {},
  );
  const results = await Promise.allSettled([look(() => null), look(() => null)]);
  assert.equal(
    results.map(({ status }) => status),
    ['rejected', 'rejected'],
  );
});

looks.run();
