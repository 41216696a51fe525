import { spawnSync } from 'node:child_process';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { width } from '../../src/render/width.ts';
import { command, configuration, openWorkbench, type Workbench } from '../commands/workbench.ts';
import { findPty, startIn } from './pty.ts';
import { openScreen } from './screen.ts';
import { keys, watching } from './typist.ts';

/* What long and wide output looks like in a real terminal, and the pager: the built command, and a program that makes terminals. */

const test = suite('output in a real terminal');
const found = findPty();
if (!found) throw new Error('neither python3 nor script (util-linux) is here to make a terminal');
const pty = found;
const hasLess = spawnSync('less', ['--version']).status === 0;

const names = [
  '旅費交通費と会議費',
  'Büromaterial',
  'Cafe\u0301 and catering',
  '한국 매출',
  'מכירות',
  '银行存款（人民币）',
];
const accounts = Array.from(
  { length: 60 },
  (_, at) =>
    `  a${at}: { name: "${names[at % names.length]} of the year before and of the one before that ${at}", nominal_code: "${4000 + at}" }`,
).join('\n');
const long = configuration(`ledger_accounts:\n${accounts}\n`, 'local');

interface Started {
  readonly columns: number;
  readonly rows: number;
  readonly args: string;
  readonly environment?: Readonly<Record<string, string>>;
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told what to do by such signs
const orders = /\u001b\[[?\d;]*[A-Za-z]/g;

/** Starts it in a shell, which tells afterwards how it ended and how the terminal is left. */
async function inTerminal<T>(
  { args, columns, environment = {}, rows }: Started,
  work: (terminal: ReturnType<typeof open>, bench: Workbench) => Promise<T>,
  file = long,
): Promise<T> {
  const bench = await openWorkbench({ 'ledgerform.yaml': file });
  const terminal = open(bench, { columns, rows, args, environment });
  try {
    return await work(terminal, bench);
  } finally {
    terminal.kill();
    await bench.remove();
  }
}

function open({ folder }: Workbench, { args, columns, environment, rows }: Started) {
  const screen = openScreen(columns, rows);
  const { drawn, ended, until } = watching(screen);
  const words = [process.execPath, ...command].map((word) => `'${word}'`).join(' ');
  // Ctrl-C reaches the shell too, which shall go on and tell.
  const line = `trap : INT; ${words} ${args}; echo "ended with $?, $(stty -a | grep -ow -e -icanon -e icanon)"`;
  const env = { PATH: process.env.PATH, TERM: 'xterm-256color', ...environment };
  const child = startIn(pty, ['sh', '-c', line], { columns, rows, cwd: folder, env });
  let all = '';
  let watch = (): void => {};
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    all += text;
    watch();
    drawn(text);
  });
  child.once('close', ended);
  return {
    screen,
    until,
    /** Waits until something was drawn so often. */
    drawnTimes: (text: string, times: number) =>
      new Promise<void>((resolve) => {
        watch = () => {
          if (all.split(text).length > times) resolve();
        };
        watch();
      }),
    /** All that was drawn, without the orders to the terminal. */
    all: () => all.replaceAll(orders, ''),
    type: (...strokes: readonly string[]) => void child.stdin?.write(strokes.join('')),
    kill: () => void child.kill('SIGKILL'),
  };
}

for (const columns of [20, 80, 200])
  test(`a plan, its problems and tables break no word at ${columns} columns`, () =>
    inTerminal({ columns, rows: 30, args: 'plan --no-pager' }, async ({ all, screen, until }) => {
      await until('ended with 0');
      assert.match(all(), 'Plan: 60 to create.');
      const words = all()
        .split(/[\r\n]+/)
        .filter((line) => width(line.trimEnd()) > columns);
      // What is wider than the terminal is one word.
      for (const line of words)
        assert.ok(
          line
            .trim()
            .split(' ')
            .some((word) => width(word) > columns),
          line,
        );
      if (columns > 40) assert.is(screen.broken(), 0);
    }));

test('a problem is broken between its words, and its mark stands below its place', () =>
  inTerminal(
    { columns: 80, rows: 30, args: 'validate' },
    async ({ screen, until }) => {
      const shown = await until('ended with 3');
      const lines = shown.split('\n');
      const at = lines.findIndex((line) => /^ +\| +\^$/.test(line));
      const mark = lines[at] ?? '';
      const line = lines[at - 1] ?? '';
      assert.is(width(line.slice(0, line.indexOf('descripton'))), width(mark) - 1);
      assert.is(screen.broken(), 0);
    },
    configuration(
      'ledger_accounts:\n  a: { name: "旅費交通費", nominal_code: "1", descripton: "what is meant by it, at some length" }\n',
      'local',
    ),
  ));

if (hasLess) {
  test('a long plan is read in less, where Ctrl-C ends nothing, and leaving it is no failure', () =>
    inTerminal({ columns: 80, rows: 24, args: 'plan' }, async ({ all, drawnTimes, screen, type, until }) => {
      const first = await until(/Plan: 60 to create\.\n[\s\S]*\n:$/);
      assert.match(first, / · local\n\nPlan: /);
      type(keys.interrupt);
      // Once on the screen, once in less, and once more because less draws its page again.
      await drawnTimes('Acme GmbH', 3);
      type('G');
      await until('(END)');
      assert.match(screen.text(), /Plan: 60 to create\.\n\(END\)$/);
      type('q');
      await until('ended with 0, icanon');
      assert.is(all().match(/\(END\)/g)?.length, 1);
    }));

  test('a plan is approved below what it comes to, and what was typed in the pager is no answer', () =>
    inTerminal({ columns: 80, rows: 24, args: 'apply' }, async ({ screen, type, until }) => {
      await until(/\n:$/);
      type('q');
      await until(/Plan: 60 to create\.\n\nMake these 60 changes .*\?\n {2}Only "yes" is accepted:$/);
      type('yes', keys.enter);
      await until('ended with 0');
      assert.match(screen.text(), /Apply: 60 applied; a second look found everything as planned\./);
    }));

  test('Ctrl-C at the question after the pager is exit 130', () =>
    inTerminal({ columns: 80, rows: 24, args: 'apply' }, async ({ type, until }) => {
      await until(/\n:$/);
      type('q');
      await until('Only "yes" is accepted:');
      type(keys.interrupt);
      await until('ended with 130, icanon');
    }));
}

/** A pager that keeps what it is given. */
const spy = 'env > seen.txt; echo "$0|$1" >> seen.txt; head -n 1 > /dev/null';

test('a pager with options and quotes gets the plan and no credentials, and may leave early', () =>
  inTerminal(
    {
      columns: 80,
      rows: 24,
      args: 'plan',
      environment: {
        PAGER: `sh -c '${spy}' --one "two words"`,
        TESOURO_CLIENT_SECRET: 'not-for-a-pager',
        TESOURO_ACCESS_TOKEN: 'nor-this',
        HOLD: '1',
      },
    },
    async ({ until }, bench) => {
      await until('ended with 0');
      const seen = await bench.read('seen.txt');
      assert.match(seen, '--one|two words');
      assert.match(seen, 'HOLD=1');
      assert.not.match(seen, /TESOURO|not-for-a-pager|nor-this/);
    },
  ));

const notPaged: readonly (readonly [
  what: string,
  args: string,
  environment: Readonly<Record<string, string>>,
])[] = [
  ['--no-pager', 'plan --no-pager', {}],
  ['an empty LEDGERFORM_PAGER', 'plan', { LEDGERFORM_PAGER: '' }],
  ['a pager that is not there', 'plan', { PAGER: 'no-such-pager-anywhere' }],
  ['a CI', 'plan', { CI: 'true' }],
  ['a dumb terminal', 'plan', { TERM: 'dumb' }],
  ['-q', 'plan -q', {}],
  ['--json', 'plan --json', {}],
  ['a pipe', 'plan | cat', {}],
  ['input from elsewhere', 'plan < /dev/null', {}],
];
for (const [what, args, environment] of notPaged)
  test(`with ${what} a long plan is written whole, and nobody is waited for`, () =>
    inTerminal({ columns: 80, rows: 24, args, environment }, async ({ all, until }) => {
      await until('ended with 0');
      assert.match(
        all(),
        what === '--json' ? '"ledger_accounts.a59"' : /ledger_accounts\.a59[\s\S]*Plan: 60 to create/,
      );
    }));

test.run();
