import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { differenceTo, holds } from './looks-like.ts';
import { play } from './play.ts';
import { notation, stepsOf } from './steps.ts';

/* What follows the pages must itself be able to fail. */

const test = suite('the player of pages');

const fence = (info: string, ...lines: readonly string[]): string =>
  `\`\`\`${info}\n${lines.map((line) => `${line}\n`).join('')}\`\`\`\n`;

const unknown: readonly [title: string, page: string][] = [
  ['a fence without a word', fence('', 'ledgerform plan')],
  ['a language that says no file', fence('yaml', 'version: 1')],
  ['a verb that there is not', fence('yaml name=a.yaml', 'version: 1')],
  ['a shell that there is not', fence('bash', 'ledgerform plan')],
  ['a comment that there is not', '<!-- after: true -->\n'],
  ['a fence that never ends', '```sh\nledgerform plan\n'],
  ['an indented fence', '- so:\n  ```sh\n  ledgerform plan\n  ```\n'],
];
for (const [title, page] of unknown)
  test(`${title} is an error`, () => {
    assert.throws(() => stepsOf(page), /nobody knows what to do|indented or never ends/);
  });

test('every notation is one that is understood', () => {
  const page = [
    '<!-- before: true -->\n<!-- sandbox -->\n<!-- live: a b -->\n<!-- fault: -->\n<!-- killed: 1 a -->\n',
    fence('yaml file=a', 'x'),
    fence('yaml add=a', 'x'),
    fence('diff file=a', '-x'),
    fence('sh', 'x'),
    fence('console', '$ x'),
    fence('json printed', '{}'),
    fence('text', 'x'),
    `<!-- not run -->\n${fence('yaml', 'x')}`,
  ].join('');
  assert.equal([...new Set(stepsOf(page).map(({ does }) => does))].sort(), Object.keys(notation).sort());
});

const wrong: readonly [title: string, page: string, what: RegExp][] = [
  ['a command that fails', fence('sh', 'true', 'false'), /^line 1: false\nended with 1/],
  ['a command that ends with another code', fence('sh', 'false # exit 2'), /ended with 1/],
  ['a command that should fail', fence('sh', 'true # exit 2'), /ended with 0/],
  ['a preparation that fails', '<!-- before: false -->\n', /ended with 1/],
  ['another output', fence('console', '$ echo one', 'two'), /the page shows: two/],
  ['more output', fence('console', '$ printf "one\\ntwo\\n"', 'one'), /the page shows: nothing more/],
  ['less output', fence('console', '$ echo one', 'one', 'two'), /the page shows: two/],
  ['output without a command', fence('console', 'one'), /output without a command/],
  ['a program that is not there', fence('sh', 'no-such-program'), /ended with 127/],
  [
    'another document',
    fence('sh', "echo '{}' # --json") + fence('json printed', '{ "a": 1 }'),
    /not in what/,
  ],
  [
    'a diff that fits nowhere',
    fence('yaml file=a', 'x: 1') + fence('diff file=a', '-x: 2', '+x: 3'),
    /stand 0 times/,
  ],
  [
    'a diff that fits twice',
    fence('yaml file=a', 'x: 1', 'x: 1') + fence('diff file=a', '-x: 1', '+x: 3'),
    /stand 2 times/,
  ],
  ['a change of a service that is not there', '<!-- live: ledger_accounts 1 {} -->\n', /no sandbox/],
];
for (const [title, page, what] of wrong)
  test(`${title} is an error`, async () => {
    const failed = await play(page).then(
      () => null,
      (error: unknown) => (error instanceof Error ? error.message : ''),
    );
    assert.match(failed ?? 'nothing failed', what);
  });

test('it goes from folder to folder, exports, writes, adds, edits and prints like the terminal of a reader', async () => {
  const page = [
    fence('sh', 'mkdir -p below/deeper && cd below', 'export WHO=Ada'),
    fence('yaml file=deeper/a.yaml', 'x: 1', 'y: 2'),
    fence('yaml add=deeper/a.yaml', 'z: 3'),
    fence('diff file=deeper/a.yaml', ' x: 1', '-y: 2', '+y: 4'),
    fence('console', '$ cat deeper/a.yaml; echo $WHO >&2', 'x: 1', 'y: 4', '', 'z: 3', 'Ada'),
    fence('console', '$ sh -c "exit 2" # exit 2'),
    `<!-- not run -->\n${fence('sh', 'false')}`,
  ].join('');
  const { notRun, ran } = await play(page);
  assert.is(ran.length, 4);
  assert.equal(notRun, ['false']);
});

const alike: readonly [shown: readonly string[], printed: string][] = [
  [['a', 'b'], 'a\nb\n'],
  [['', 'a'], '\n\na  \n\n'],
  [['…'], ''],
  [['…', 'b'], 'a\na\nb\n'],
  [['a', '…', 'b', '…'], 'a\nb\n'],
  [['a … c (1.0)'], 'a b c (1.0)'],
];
const unlike: readonly [shown: readonly string[], printed: string][] = [
  [['a'], ''],
  [[], 'a'],
  [['a', '…'], 'b\na'],
  [['a … c (1.0)'], 'a b c (1x0)'],
  [['… c'], 'a\nb c'],
  [['a', '', 'b'], 'a\nb'],
];
test('`…` is anything within a line, alone any number of lines, and nothing else is', () => {
  for (const [shown, printed] of alike) assert.is(differenceTo(shown, printed), null, shown.join('|'));
  for (const [shown, printed] of unlike) assert.is.not(differenceTo(shown, printed), null, shown.join('|'));
});

test('a document holds what is shown of it', () => {
  const document = { a: 1, list: [{ b: null, c: 'x' }, 2] };
  assert.ok(holds(document, { list: [{ b: null, c: '…' }] }));
  for (const shown of [{ a: 2 }, { list: [2] }, { d: '…' }, { list: {} }, { a: {} }, { list: [{ b: 0 }] }])
    assert.not(holds(document, shown), JSON.stringify(shown));
});

test.run();
