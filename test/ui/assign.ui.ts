import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { command, openWorkbench, type Workbench } from '../commands/workbench.ts';
import { runHere } from '../reliability/hostile/run-here.ts';
import { file, seed } from './books.ts';
import { findPty, startIn } from './pty.ts';
import { openScreen } from './screen.ts';
import { keys, watching } from './typist.ts';

/* The questions of `assign` in a real terminal: the built command, and a program that makes terminals. */

const test = suite('ledgerform assign in a real terminal');
const found = findPty();
if (!found) throw new Error('neither python3 nor script (util-linux) is here to make a terminal');
const pty = found;

interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** Starts it in a shell, which tells afterwards how it ended and how the terminal is left. */
async function inTerminal<T>(
  { columns, rows }: Size,
  work: (terminal: ReturnType<typeof open>, bench: Workbench) => Promise<T>,
): Promise<T> {
  const bench = await openWorkbench({ 'ledgerform.yaml': file, 'seed.json': seed });
  const reset = await runHere(['local', 'reset', '--seed', 'seed.json'], { cwd: bench.folder });
  assert.is(reset.code, 0, reset.stderr);
  const terminal = open(bench, { columns, rows });
  try {
    return await work(terminal, bench);
  } finally {
    terminal.kill();
    await bench.remove();
  }
}

function open({ folder }: Workbench, { columns, rows }: Size) {
  const screen = openScreen(columns, rows);
  const { drawn, ended, until } = watching(screen);
  const words = [process.execPath, ...command, 'assign'].map((word) => `'${word}'`).join(' ');
  const line = `${words}; echo "ended with $?, $(stty -a | grep -ow -e -icanon -e icanon)"`;
  const { PATH } = process.env;
  const env = { PATH, TERM: 'xterm-256color' };
  const child = startIn(pty, ['sh', '-c', line], { columns, rows, cwd: folder, env });
  let all = '';
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    all += text;
    drawn(text);
  });
  child.once('close', ended);
  return {
    screen,
    until,
    all: () => all,
    type: (...strokes: readonly string[]) => void child.stdin?.write(strokes.join('')),
    kill: () => void child.kill('SIGKILL'),
  };
}

const usual: Size = { columns: 80, rows: 30 };

test('questions are answered with arrows, letters and Enter, and the answers written and planned', () =>
  inTerminal(usual, async ({ screen, type, until }, bench) => {
    await until(/Question 1.*\n.*payments/);
    type(keys.down, keys.up, keys.enter);
    await until(/Question 2.*\n.*products/);
    type(keys.tab);
    await until('> Skip this one');
    type(keys.enter);
    await until(/Question 3.*\n“Hosting”/);
    type('other');
    await until(/Account: other\n> 6000/);
    type(keys.backspace.repeat(5), 'hos');
    await until(/Account: hos\n> 404/);
    type(keys.enter);
    await until('> A rule: exactly these');
    type(keys.enter);
    await until(/Question 4.*\n“Domain”/);
    type(keys.escape);
    await until(/Question 3.*\n“Hosting”/);
    type(keys.enter);
    await until('> A rule: exactly these');
    type(keys.enter);
    await until(/Question 4/);
    type(keys.tab, keys.down.repeat(3));
    await until('> Stop here');
    type(keys.enter);
    await until('Only "yes" is accepted:');
    type('yes\r');
    // The terminal takes whole lines again.
    await until('ended with 0, icanon');
    assert.match(screen.text(), 'Plan: 1 to set, 2 to assign.');
    assert.match(
      await bench.read('ledgerform.yaml'),
      'line_item: { name: Hosting }\n      ledger_account: hosting',
    );
  }));

test('Ctrl-C leaves the file and the terminal as they were: exit 130', () =>
  inTerminal(usual, async ({ type, until }, bench) => {
    await until(/Question 1/);
    type('so far');
    await until('nothing matches');
    type(keys.interrupt);
    await until('ended with 130, icanon');
    assert.is(await bench.read('ledgerform.yaml'), file);
  }));

test('in a small terminal the list is shorter and the question still fits', () =>
  inTerminal({ columns: 60, rows: 20 }, async ({ screen, type, until }) => {
    await until(/Question 1[\s\S]*type to search/);
    assert.is(
      screen
        .text()
        .split('\n')
        .filter((row) => / external/.test(row)).length,
      7,
    );
    for (const row of ['6002', '6009']) {
      type(keys.pageDown);
      await until(new RegExp(`> ${row}`));
      assert.is(screen.text().split('Question').length, 2);
    }
    type(keys.interrupt);
    await until('ended with 130');
  }));

test.run();
