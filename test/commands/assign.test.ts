import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { PassThrough } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Interrupt } from '../../src/commands/interrupt.ts';
import { beginning, run } from '../../src/commands/run.ts';
import { runHere } from '../reliability/hostile/run-here.ts';
import { file, seed } from '../ui/books.ts';
import { openScreen } from '../ui/screen.ts';
import { keys, watching } from '../ui/typist.ts';
import { codesOf, configuration, jsonOf, openWorkbench, type Workbench } from './workbench.ts';

const test = suite('ledgerform assign');
const home = pathToFileURL(`${resolve(import.meta.dirname, '..', '..')}/`);
const [payments, products] = ['settings.ledger_accounts.payments', 'settings.ledger_accounts.products'];

const ajv = new Ajv2020({ allowUnionTypes: true });
addFormats.default(ajv);
const isSuggestions = ajv.compile(JSON.parse(readFileSync('schemas/assign.v1.schema.json', 'utf8')));

/** A group of the document. */
interface Told {
  readonly name: string | null;
  readonly counterpart_name: string | null;
  readonly objects: readonly { readonly address: string }[];
  readonly suggestions: readonly { readonly account: { readonly code: string } }[];
}

async function inBooks(work: (bench: Workbench) => Promise<void>): Promise<void> {
  const bench = await openWorkbench({ 'ledgerform.yaml': file, 'seed.json': seed });
  try {
    const reset = await runHere(['local', 'reset', '--seed', 'seed.json'], { cwd: bench.folder });
    assert.is(reset.code, 0, reset.stderr);
    await work(bench);
  } finally {
    await bench.remove();
  }
}

/** Runs it inside this process in a terminal of 80 columns and 30 rows; whoever types sees what it draws. */
function inTerminal(
  { folder }: Workbench,
  args: readonly string[] = [],
  variables: Readonly<Record<string, string>> = { NO_COLOR: '1' },
) {
  const screen = openScreen(80, 30);
  const { drawn, ended, until } = watching(screen);
  const stdin = Object.assign(new PassThrough(), { isTTY: true });
  const [stdout, all]: [string[], string[]] = [[], []];
  const out = (kept: string[]) => ({
    isTTY: true,
    columns: 80,
    rows: 30,
    write: (text: string) => {
      kept.push(text);
      // A terminal begins a line at its first column.
      drawn(text.replace(/(?<!\r)\n/g, '\r\n'));
    },
  });
  const stop = new AbortController();
  const interrupt: Interrupt = {
    stop: stop.signal,
    abort: stop.signal,
    writing: () => {},
    wrote: () => false,
    lend: (work) => work(),
    over: () => {},
  };
  const edge = {
    stdin,
    stdout: { ...out(stdout), isTTY: false },
    stderr: out(all),
    // Nothing moves while it reads.
    variables: { CI: '1', ...variables },
    cwd: folder,
    now: () => new Date(),
    version: '0.0.0',
    home,
  };
  const code = run(['assign', ...args], edge, interrupt, beginning()).finally(ended);
  return {
    until,
    code,
    screen,
    type: (...strokes: readonly string[]) => void stdin.write(strokes.join('')),
    hangUp: () => void stdin.end(),
    stop: () => stop.abort(),
    written: () => stdout.join(''),
    raw: () => all.join(''),
  };
}

test('without a terminal it asks nothing and says what to do: exit 3', () =>
  inBooks(async (bench) => {
    const ran = await bench.run(['assign', '--json']);
    assert.is(ran.code, 3);
    assert.equal(codesOf(jsonOf(ran)), ['TERMINAL_NEEDED']);
    assert.match(ran.stdout, '--suggest');
    assert.is(await bench.read('ledgerform.yaml'), file);
  }));

test('--suggest prints the questions with accounts, scores and reasons, and writes nothing', () =>
  inBooks(async (bench) => {
    const json = await runHere(['assign', '--suggest', '--json'], { cwd: bench.folder });
    const { groups, left_out } = JSON.parse(json.stdout);
    assert.equal([json.code, left_out.covered], [0, { setting: 0, product: 0, line_item: 0 }]);
    assert.ok(isSuggestions(JSON.parse(json.stdout)), JSON.stringify(isSuggestions.errors));
    const short = groups.map(({ counterpart_name, name, objects, suggestions }: Told) => [
      [counterpart_name, name].filter(Boolean).join(' ') || objects[0]?.address,
      suggestions[0]?.account.code,
    ]);
    assert.equal(short.slice(0, 4), [
      [payments, '1090'],
      [products, '200'],
      ['Hetzner Hosting', '404'],
      ['Hetzner Domain', '404'],
    ]);
    assert.is(short.length, 8);
    const [, , hosting] = groups;
    assert.equal(hosting.amounts, [{ currency: 'EUR', amount: 9800 }]);
    assert.is(hosting.suggestions[0].why[0], 'the one other line “Hosting” of Hetzner is on 404 Hosting');
    assert.equal(hosting.rule, {
      name: 'Hosting, Hetzner',
      when: { payable: { counterpart_name: 'Hetzner' }, line_item: { name: 'Hosting' } },
      others: 0,
      kept: 1,
    });
    assert.is(await bench.read('ledgerform.yaml'), file);
    const text = await runHere(['assign', '--suggest', '--type', 'line_items', '--min-score', '0.5'], {
      cwd: bench.folder,
    });
    assert.match(text.stdout, '“Domain” of Hetzner · 2 lines · EUR 24.00');
    assert.not.match(text.stdout, 'Consulting');
    // What is read is said before it is: the lists, and the lines when it is known of how many payables.
    const [lists, lines] = text.stderr.split('\n').filter((row) => row.startsWith('Reads'));
    assert.match(lists ?? '', 'Reads ledger accounts and payables that are draft or new: 2 requests or more');
    assert.match(lines ?? '', 'Reads the lines of 4 payables: about 4 requests');
    assert.not.match(text.stdout, '\u001b');
    assert.match(text.stdout, '3 questions about 5 gaps');
    const named = await runHere(['assign', '--suggest', '-c', 'ledgerform.yaml'], { cwd: bench.folder });
    assert.match(named.stdout, /To answer them: ledgerform assign -c ledgerform\.yaml\n/);
    assert.match(named.stdout, 'Records that were already pushed keep theirs.');
    assert.not.match(named.stdout, '`null`');
  }));

for (const wrong of [
  ['--type', 'rates'],
  ['--min-score', '2'],
  ['--min-score', 'high'],
])
  test(`${wrong.join(' ')} is refused: exit 3`, () =>
    inBooks(async (bench) => {
      const ran = await runHere(['assign', '--suggest', ...wrong, '--json'], { cwd: bench.folder });
      assert.equal([ran.code, JSON.parse(ran.stdout).problems[0].code], [3, 'OPTION_INVALID']);
    }));

test('answers are taken one by one, shown as a difference, written after a yes, and planned', () =>
  inBooks(async (bench) => {
    const { code, screen, type, until, written } = inTerminal(bench);
    await until(/Question 1.*\n.*payments/);
    assert.match(screen.text(), '> 1090 Payments clearing');
    assert.not.match(screen.text(), '1099');
    type(keys.enter);
    await until(/Question 2.*\n.*products/);
    type('4 off', keys.backspace, keys.backspace, keys.backspace);
    await until(/Account: 4\n> 404/);
    type(keys.tab, keys.enter);
    await until(/Question 3.*\n“Hosting” of Hetzner · 2 lines · EUR 98.00/);
    type(keys.enter);
    await until('> A rule: exactly these');
    type(keys.down, keys.down);
    await until('> A rule: these and 2 other lines');
    type(keys.enter);
    const next = await until(/Question 4/);
    assert.not.match(next, 'Domain', 'the rule has answered that too');
    assert.match(next, '“Büro \\u001b[31mreinigen” of Glanz Reinigung');
    type('clean');
    await until('> 408 Cleaning');
    // No file can hold its name, so there is no question of a rule.
    type(keys.enter);
    await until(/Question 5.*\n“Consulting day”/);
    type(keys.tab, keys.down);
    await until('> Skip all products');
    type(keys.enter);
    const diff = await until('Only "yes" is accepted:');
    assert.match(diff, '+     - rule: Hetzner');
    type('yes\n');
    assert.is(await code, 0);
    assert.match(written(), 'Plan: 1 to set, 5 to assign.');
    assert.match(screen.text(), 'ledgerform apply');
    const text = await bench.read('ledgerform.yaml');
    assert.ok(text.startsWith(file), 'what was there stays as it is');
    assert.match(text, 'payments: { nominal_code: "1090" }');
    assert.match(text, 'when: { payable: { counterpart_name: Hetzner } }\n      ledger_account: hosting');
    // Two payables have its number, of which one is closed, and its name no file can hold.
    assert.match(text, /- payable: \{ id: [0-9a-f-]{36} \}\n {6}line_item: \{ id: [0-9a-f-]{36} \}/);
    const applied = await runHere(['apply', '--auto-approve'], { cwd: bench.folder });
    assert.is(applied.code, 0, applied.stderr);
    const left = JSON.parse((await runHere(['assign', '--suggest', '--json'], { cwd: bench.folder })).stdout);
    assert.equal(
      left.groups.map(({ type }: { readonly type: string }) => type),
      ['setting', 'product', 'product', 'product'],
    );
  }));

test('one step back asks again, and whoever stops early writes what is chosen so far', () =>
  inBooks(async (bench) => {
    const { code, type, until } = inTerminal(bench, ['--type', 'line_items', '--json']);
    await until(/Question 1.*\n“Hosting”/);
    type(keys.tab, keys.enter);
    await until(/Question 2.*\n“Domain”/);
    type(keys.escape);
    await until(/Question 1.*\n“Hosting”/);
    type('cost 39');
    await until('> 6039 Other cost 39');
    type(keys.enter);
    await until('How is it to be written?');
    type(keys.escape);
    await until(/Question 1.*\n“Hosting”/);
    type('nothing like it', keys.enter);
    await until('nothing matches');
    type(keys.backspace.repeat(15), keys.enter);
    await until('> A rule: exactly these');
    type(keys.down, keys.enter);
    await until(/Question 2.*\n“Domain”/);
    type(keys.tab, keys.down, keys.down, keys.down);
    await until('> Stop here');
    type(keys.enter);
    await until('Only "yes" is accepted:');
    // A stray Enter does not lose the answers.
    type('\n');
    await until('Only "yes" is accepted;');
    type('yes\n');
    assert.is(await code, 0);
    const text = await bench.read('ledgerform.yaml');
    assert.is(text.split('line_item: { name: Hosting }').length, 3);
    assert.not.match(text, 'Domain');
  }));

test('--json prints one document with what was chosen and the plan', () =>
  inBooks(async (bench) => {
    const { code, type, until, written } = inTerminal(bench, ['--type', 'settings', '--json']);
    await until(/Question 1/);
    type(keys.enter);
    await until(/Question 2/);
    type(keys.tab, keys.enter);
    await until('Only "yes" is accepted:');
    type('yes\n');
    assert.is(await code, 0);
    const document = JSON.parse(written());
    assert.equal(
      [document.written, document.not_written, document.plan.summary.set],
      [['ledgerform.yaml'], [], 1],
    );
    assert.equal(document.choices[0].for, [payments]);
  }));

const endings = [
  ['Ctrl-C', 130, 'INTERRUPTED', ({ type }: Terminal) => type(keys.interrupt)],
  ['the end of the input', 130, 'INTERRUPTED', ({ hangUp }: Terminal) => hangUp()],
  ['a signal', 130, 'INTERRUPTED', ({ stop }: Terminal) => stop()],
  [
    'Quit',
    4,
    'NOT_APPROVED',
    ({ type }: Terminal) => type(keys.tab, keys.up.repeat(0), keys.down.repeat(4), keys.enter),
  ],
] as const;
type Terminal = ReturnType<typeof inTerminal>;

for (const [title, exit, problem, end] of endings)
  test(`${title} ends it and nothing is written: exit ${exit}`, () =>
    inBooks(async (bench) => {
      const terminal = inTerminal(bench, ['--json']);
      await terminal.until(/Question 1/);
      terminal.type(keys.enter);
      await terminal.until(/Question 2/);
      end(terminal);
      assert.is(await terminal.code, exit);
      assert.equal(
        JSON.parse(terminal.written()).problems.map(({ code }: { readonly code: string }) => code),
        [problem],
      );
      assert.is(await bench.read('ledgerform.yaml'), file);
    }));

test('any answer but yes writes nothing: exit 4', () =>
  inBooks(async (bench) => {
    const { code, type, until } = inTerminal(bench, ['--type', 'settings']);
    await until(/Question 1/);
    type(keys.enter);
    await until(/Question 2/);
    type(keys.enter);
    await until('Only "yes" is accepted:');
    type('y\n');
    assert.is(await code, 4);
    assert.is(await bench.read('ledgerform.yaml'), file);
  }));

test('a file that somebody changes meanwhile is not written over: exit 1', () =>
  inBooks(async (bench) => {
    const { code, type, until } = inTerminal(bench, ['--type', 'settings']);
    await until(/Question 1/);
    type(keys.enter);
    await until(/Question 2/);
    type(keys.enter);
    await until('Only "yes" is accepted:');
    const theirs = `${file}# theirs\n`;
    await bench.write('ledgerform.yaml', theirs);
    type('yes\n');
    assert.is(await code, 1);
    assert.is(await bench.read('ledgerform.yaml'), theirs);
  }));

test('what cannot be written safely is said, and where nothing can nothing is asked any more: exit 3', () =>
  inBooks(async (bench) => {
    const aliased = `${configuration('', 'local')}external:\n  ledger_accounts: &none {}\nsettings:\n  ledger_accounts: *none\n`;
    await bench.write('ledgerform.yaml', aliased);
    const { code, type, until, written } = inTerminal(bench, ['--type', 'settings', '--json']);
    await until(/Question 1/);
    type(keys.enter);
    await until(/Question 2/);
    type(keys.tab, keys.enter);
    assert.is(await code, 3);
    assert.equal(codesOf(JSON.parse(written())), ['NOT_WRITTEN']);
    assert.is(await bench.read('ledgerform.yaml'), aliased);
  }));

test('where nothing speaks for any account Enter takes none, until somebody types or moves', () =>
  inBooks(async (bench) => {
    const { code, type, until } = inTerminal(bench, ['--type', 'settings', '--min-score', '1']);
    await until(/Question 1.*nothing speaks for any account/);
    type(keys.enter);
    type(keys.down);
    assert.match(await until('> 1090'), /Question 1/);
    type(keys.down);
    await until('> 200');
    type('40', keys.backspace, keys.backspace);
    assert.not.match(await until(/Account:\n {2}1090/), '> ');
    type('404', keys.enter);
    await until(/Question 2/);
    type(keys.interrupt);
    assert.is(await code, 130);
  }));

test('a long chart scrolls within the screen, wide letters stand in line, and NO_COLOR has no colours', () =>
  inBooks(async (bench) => {
    const { code, raw, screen, type, until } = inTerminal(bench, ['--type', 'line_items']);
    await until(/Question 1/);
    // What was said before the question is as long as it is.
    const before = screen.broken();
    for (const row of ['6012', '6029', '7001']) {
      type(keys.pageDown);
      await until(new RegExp(`> .*${row}`));
      assert.is(screen.broken(), before);
      // The question is never taller than the screen, which would leave rows of old ones above it.
      assert.is(screen.text().split('Question 1').length, 2);
      assert.match(screen.text(), /^“Hosting”|\n“Hosting”/);
    }
    const rows = screen
      .text()
      .split('\n')
      .filter((row) => row.includes('external · Expense'));
    const columnOf = (row: string) =>
      [...row.slice(0, row.indexOf('external'))].reduce(
        (sum, sign) => sum + (/\p{sc=Han}|\p{sc=Hiragana}/u.test(sign) ? 2 : 1),
        0,
      );
    assert.is(new Set(rows.map(columnOf)).size, 1, screen.text());
    // biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin so
    assert.not.match(raw(), /\u001b\[\d*m/);
    type(keys.interrupt);
    assert.is(await code, 130);
  }));

test.run();
