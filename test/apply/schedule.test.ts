import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { schedule } from '../../src/apply/schedule.ts';
import type { Change } from '../../src/model/plan.ts';

const order = suite('the order of writes');

const change = (address: string, depends_on: readonly string[] = []): Change => ({
  address,
  kind: 'ledger_account',
  action: 'create',
  reason: 'config',
  label: address,
  id: null,
  before: null,
  after: {},
  source: null,
  depends_on,
  warnings: [],
});

interface Script {
  readonly concurrency?: number;
  readonly fails?: ReadonlySet<string>;
  readonly haltAfter?: number;
}

async function play(
  groups: readonly (readonly Change[])[],
  { concurrency = 4, fails, haltAfter }: Script = {},
) {
  const log: string[] = [];
  const blocked = new Map<string, string>();
  let active = 0;
  let most = 0;
  let started = 0;
  const left = await schedule(groups, (each) => each.depends_on, {
    concurrency,
    halted: () => haltAfter !== undefined && started >= haltAfter,
    block: (each, cause) => void blocked.set(each.address, cause),
    async carryOut(changes) {
      started += 1;
      active += 1;
      most = Math.max(most, active);
      for (const { address } of changes) log.push(`+${address}`);
      await Promise.resolve();
      await Promise.resolve();
      active -= 1;
      for (const { address } of changes) log.push(`-${address}`);
      return new Map(changes.map(({ address }) => [address, !fails?.has(address)]));
    },
  });
  return { log, blocked, most, left: left.map(({ address }) => address) };
}

order('what a change depends on is over before it starts, and no more run at once than may', async () => {
  const graph = fc.array(fc.record({ needs: fc.array(fc.nat(), { maxLength: 3 }), fails: fc.boolean() }), {
    maxLength: 30,
  });
  await fc.assert(
    fc.asyncProperty(graph, fc.integer({ min: 1, max: 5 }), async (nodes, concurrency) => {
      const changes = nodes.map(({ needs }, index) =>
        change(`c${index}`, index === 0 ? [] : needs.map((each) => `c${each % index}`)),
      );
      const fails = new Set(nodes.flatMap((each, index) => (each.fails ? [`c${index}`] : [])));
      const { log, blocked, most, left } = await play(
        changes.map((each) => [each]),
        { concurrency, fails },
      );
      assert.ok(most <= concurrency);
      assert.equal(left, []);
      for (const { address, depends_on } of changes) {
        const begun = log.indexOf(`+${address}`);
        const stopped = depends_on.some((each) => fails.has(each) || blocked.has(each));
        assert.is(blocked.has(address), stopped);
        assert.is(begun === -1, stopped);
        for (const each of depends_on) if (!stopped) assert.ok(log.indexOf(`-${each}`) < begun);
        if (stopped) assert.ok(fails.has(blocked.get(address) ?? ''), 'the cause is the change that failed');
      }
    }),
  );
});

order('a group waits for all its members, and is sent together', async () => {
  const { log } = await play([[change('a')], [change('b', ['a'])], [change('s1'), change('s2', ['b'])]]);
  assert.equal(log, ['+a', '-a', '+b', '-b', '+s1', '+s2', '-s1', '-s2']);
});

order('a member that is blocked does not keep the others of its group', async () => {
  const { log, blocked } = await play([[change('a')], [change('s1', ['a']), change('s2')]], {
    fails: new Set(['a']),
  });
  assert.equal([...blocked], [['s1', 'a']]);
  assert.ok(log.includes('-s2'));
});

order('a group is cut where its members would wait for each other', async () => {
  const { log, left } = await play([
    [change('delete', ['s1'])],
    [change('update', ['delete'])],
    [change('s1'), change('s2', ['update'])],
  ]);
  assert.equal(left, []);
  assert.equal(
    log.filter((each) => each.startsWith('+')),
    ['+s1', '+delete', '+update', '+s2'],
  );
});

order('after a halt nothing is started, and what is blocked is told apart from what is left', async () => {
  const groups = [[change('a')], [change('b', ['a'])], [change('c')]];
  const { blocked, left } = await play(groups, { concurrency: 1, haltAfter: 1, fails: new Set(['a']) });
  assert.equal([...blocked], [['b', 'a']]);
  assert.equal(left, ['c']);
});

order('changes that wait for each other are refused loudly', async () => {
  try {
    await play([[change('a', ['b'])], [change('b', ['a'])]]);
  } catch (error) {
    assert.match(error instanceof Error ? error.message : '', 'a, b');
    return;
  }
  assert.unreachable();
});

order('a bug in one write is thrown when the others are over', async () => {
  const log: string[] = [];
  try {
    await schedule([[change('a')], [change('b')]], () => [], {
      concurrency: 2,
      halted: () => false,
      block: () => {},
      async carryOut([each]) {
        if (each?.address === 'a') throw new Error('bug');
        await Promise.resolve();
        log.push('b is over');
        return new Map([['b', true]]);
      },
    });
  } catch (error) {
    assert.is(error instanceof Error ? error.message : '', 'bug');
    assert.equal(log, ['b is over']);
    return;
  }
  assert.unreachable();
});

order.run();
