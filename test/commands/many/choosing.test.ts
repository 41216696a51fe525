import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { atOnce } from '../../../src/commands/many/at-once.ts';
import { chosenBy } from '../../../src/commands/many/chosen.ts';
import { partOf, shardOption } from '../../../src/commands/many/shard.ts';
import { inWaves, wavesOption } from '../../../src/commands/many/waves.ts';

const test = suite('parts and waves of a list');
const lists = fc.array(fc.integer(), { maxLength: 40 }).map((list) => list.map((_, at) => at));

test('all shards together are the list, none has what another has, and they are equally long but for one', () => {
  fc.assert(
    fc.property(lists, fc.integer({ min: 1, max: 12 }), (list, of) => {
      const parts = Array.from({ length: of }, (_, at) => partOf(list, { part: at + 1, of }));
      assert.equal(
        parts.flat().sort((a, b) => a - b),
        list,
      );
      const lengths = parts.map(({ length }) => length);
      assert.ok(Math.max(...lengths) - Math.min(...lengths) <= 1);
    }),
  );
});

test('all waves together are the list in its order, and none is empty', () => {
  const waves = fc
    .tuple(
      fc.uniqueArray(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }),
      fc.uniqueArray(fc.integer({ min: 1, max: 99 }), { maxLength: 3 }),
    )
    .map(([some, parts]) => [
      ...some.sort((a, b) => a - b).map(String),
      ...parts.sort((a, b) => a - b).map((part) => `${part}%`),
      '100%',
    ]);
  fc.assert(
    fc.property(lists, waves, (list, texts) => {
      const found = inWaves(list, wavesOption(texts.join(',')));
      assert.equal(found.flat(), list);
      assert.ok(found.every(({ length }) => length > 0));
    }),
  );
  assert.equal(inWaves([1, 2, 3], null), [[1, 2, 3]]);
  assert.equal(
    inWaves(
      Array.from({ length: 30 }, (_, at) => at),
      wavesOption('1,10%,100%'),
    ).map(({ length }) => length),
    [1, 2, 27],
  );
});

test('the name of what was asked for is the same at every run, and another for other organizations', () => {
  const name = (config: readonly string[], env?: string, part?: number): string =>
    chosenBy({ config, ...(env ? { env } : {}), ...(part ? { shard: { part, of: 8 } } : {}) }, undefined, '');
  assert.is(name(['a/*', 'b/*']), name(['b/*', 'a/*']));
  const others = [
    name(['a/*']),
    name(['a/*'], undefined, 1),
    name(['a/*'], undefined, 2),
    name(['a/*'], 'sandbox'),
    name(['b/*']),
    chosenBy({ config: ['a/*'] }, 'plans', ''),
    chosenBy({ config: ['a/*'] }, undefined, 'production'),
  ];
  assert.is(new Set(others).size, others.length);
  assert.ok(others.every((each) => /^[0-9a-f]{12}$/.test(each)));
});

test('what is no shard and no list of waves is refused', () => {
  for (const text of ['0/2', '3/2', '1', '1/0', 'a/b', '-1/2', '1/2/3', ''])
    assert.throws(() => shardOption(text));
  for (const text of [
    '',
    '1',
    '1,2',
    '2,1,100%',
    '50%,10%,100%',
    '0,100%',
    '101%',
    '1,,100%',
    '10%,10%,100%',
  ])
    assert.throws(() => wavesOption(text), undefined, text);
  assert.equal(shardOption('2/8'), { part: 2, of: 8 });
});

test('no more is done at once than allowed, and the answers come in order', async () => {
  let [open, most] = [0, 0];
  const results = await atOnce([30, 10, 20, 0, 5], 2, async (item) => {
    open += 1;
    most = Math.max(most, open);
    for (let turn = 0; turn < item; turn += 1) await Promise.resolve();
    open -= 1;
    return { item };
  });
  assert.equal(
    results.map(({ item }) => item),
    [30, 10, 20, 0, 5],
  );
  assert.is(most, 2);
});

test.run();
