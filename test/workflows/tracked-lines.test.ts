import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { evaluate } from './expression.ts';
import { type Tracker, trackLines } from './tracked-lines.ts';

const test = suite('which lines of a script were run');

async function notRun(play: (tracker: Tracker) => Promise<void>): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), 'ledgerform-lines-'));
  try {
    const tracker = trackLines(folder);
    await play(tracker);
    return tracker.notRun();
  } finally {
    await rm(folder, { recursive: true });
  }
}

const shell = `# a comment
say() {
  echo "$1"
}
if [ "$WORD" = a ]; then
  say one
elif [ "$WORD" = b ]; then
  say two
else
  say \\
    three
fi
while read -r line; do
  echo "$line"
done <<< "$WORD"
`;
const inBash = async (tracker: Tracker, word: string): Promise<void> => {
  const traced = tracker.bash({ name: null, text: 'set -e' }, { name: 'x', text: shell });
  await execa('bash', [traced.path], { env: { ...traced.environment, WORD: word }, stdin: 'ignore' });
  traced.ended();
};

test('of a shell script, those of the branches that no run took are told', async () => {
  assert.equal(await notRun((tracker) => inBash(tracker, 'a')), [
    'x:7: elif [ "$WORD" = b ]; then',
    'x:8: say two',
    'x:10: say \\',
  ]);
});

test('several runs count together', async () => {
  const all = await notRun(async (tracker) => {
    for (const word of ['a', 'b', 'c']) await inBash(tracker, word);
  });
  assert.equal(all, []);
});

const script = `const word = process.argv[2];
const tell = (text) => console.log(text);
// a comment
if (word === 'a') tell('one');
else tell('two');
function never() {
  tell('never');
}
tell(word === 'b' ? 'b' : 'other');
`;

test('of JavaScript also a part of a line that was never run is told', async () => {
  const run = async (tracker: Tracker, word: string) => {
    const traced = tracker.javaScript('x', script);
    await execa('node', [traced.path, word], { env: traced.environment });
    traced.ended();
  };
  assert.equal(await notRun((tracker) => run(tracker, 'a')), [
    "x:5: else tell('two');",
    'x:6: function never() {',
    "x:7: tell('never');",
    "x:9: tell(word === 'b' ? 'b' : 'other');",
  ]);
  const both = await notRun(async (tracker) => {
    for (const word of ['a', 'b']) await run(tracker, word);
  });
  assert.equal(both, ['x:6: function never() {', "x:7: tell('never');"]);
});

for (const [expression, value] of [
  ["'a' == 'A' && !false", true],
  ["vars.EMPTY || 'x'", 'x'],
  ["(vars.SET == 'a b') && 'yes' || 'no'", 'yes'],
  ["success() && steps.plan.outputs.path != ''", true],
  ["'it''s'", "it's"],
] as const)
  test(`${expression} is ${String(value)}`, () => {
    const values = { vars: { EMPTY: '', SET: 'a b' }, steps: { plan: { outputs: { path: 'p' } } } };
    const found = evaluate(expression, { values, functions: { success: () => true } });
    assert.is(found, value);
  });

test('an expression that the evaluator does not know is an error, not nothing', () => {
  for (const wrong of ['hashFiles()', 'secret.X', 'vars.A >= 1', "('a'"])
    assert.throws(() => evaluate(wrong, { values: { vars: {} }, functions: {} }));
});

test.run();
