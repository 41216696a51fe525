import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { listenForInterrupts } from '../../src/commands/interrupt.ts';
import { page } from '../../src/commands/page.ts';
import { type PagerWanted, pagerFor, pagerVariables } from '../../src/commands/pager-choice.ts';
import { openPerson } from '../../src/commands/person.ts';
import { boundless } from '../../src/commands/room.ts';
import { createPatience } from '../../src/providers/tesouro/patience.ts';

const test = suite('the pager');

const window = { columns: 80, rows: 24 };
const long = 'a line\n'.repeat(24);
const wanted = (given: Partial<PagerWanted> = {}): PagerWanted => ({
  allowed: true,
  stdin: true,
  stdout: true,
  variables: {},
  platform: 'linux',
  ...given,
});

const choices: readonly (readonly [
  what: string,
  text: string,
  given: Partial<PagerWanted>,
  pager: string | null,
])[] = [
  ['a text that is longer than the screen', long, {}, 'less'],
  ['a text that fits, with the line after it', 'a line\n'.repeat(23), {}, null],
  ['one long line', 'x'.repeat(80 * 24), {}, 'less'],
  ['wide characters, by the room they take', '現'.repeat(40 * 24), {}, 'less'],
  ['LEDGERFORM_PAGER before PAGER', long, { variables: { LEDGERFORM_PAGER: 'a -b', PAGER: 'c' } }, 'a -b'],
  ['PAGER', long, { variables: { PAGER: 'more "-d x"' } }, 'more "-d x"'],
  ['an empty LEDGERFORM_PAGER', long, { variables: { LEDGERFORM_PAGER: '', PAGER: 'less' } }, null],
  ['cat', long, { variables: { PAGER: ' cat ' } }, null],
  ['--no-pager, -q and -v', long, { allowed: false }, null],
  ['input from elsewhere', long, { stdin: false }, null],
  ['output to elsewhere', long, { stdout: false }, null],
  ['a CI with a terminal', long, { variables: { CI: 'true' } }, null],
  ['a terminal that can do nothing', long, { variables: { TERM: 'dumb' } }, null],
  ['Windows, which has no less', long, { platform: 'win32' }, null],
  ['Windows with a pager', long, { platform: 'win32', variables: { PAGER: 'less' } }, 'less'],
];
for (const [what, text, given, pager] of choices)
  test(`${what}: ${pager ?? 'none'}`, () => {
    assert.is(pagerFor(text, window, wanted(given))?.command ?? null, pager);
  });

test('a screen of unknown height needs none', () => {
  assert.is(pagerFor(long.repeat(100), boundless, wanted()), null);
});

test('a pager gets no credentials, and what less needs for colours', () => {
  const { LESS, LESSCHARSET, ...others } = pagerVariables({
    TESOURO_CLIENT_SECRET: 'a',
    TESOURO_ACCESS_TOKEN: 'b',
    tesouro_client_secret: 'c',
    LEDGERFORM_VAR_KEY: 'd',
    LEDGERFORM_PAGER: 'less',
    HOME: '/home',
    UNSET: undefined,
  });
  assert.equal([LESS, LESSCHARSET], ['FRX', 'utf-8']);
  assert.equal(others, { LV: '-c', LEDGERFORM_PAGER: 'less', HOME: '/home' });
  assert.is(pagerVariables({ LESS: '-i' }).LESS, '-i');
});

/* `page` itself, with programs that are everywhere; what it shows goes to this test's own output, so these show nothing. */
const never = new AbortController().signal;
const started = (command: string, usual = false, text = 'text\n'.repeat(50_000)) =>
  page(text, { command, usual }, process.env, never);

const ends: readonly (readonly [what: string, command: string, usual: boolean, shown: boolean])[] = [
  ['reads to the end', 'cat > /dev/null', false, true],
  ['is left early', 'head -c 10 > /dev/null', false, true],
  ['is left without reading', 'true', false, true],
  ['is killed', 'kill -9 $$', false, true],
  ['ends with an exit code of its own', 'cat > /dev/null; exit 3', false, true],
  ['knows one of its options not', 'exit 1', false, false],
  ['cannot be executed', 'exit 126', false, false],
  ['is not there', 'exit 127', false, false],
  ['is the usual one, and not there', 'ledgerform-has-no-such-pager', true, false],
];
for (const [what, command, usual, shown] of ends)
  test(`a pager that ${what} has ${shown ? '' : 'not '}shown the text`, async () => {
    assert.is(await started(command, usual), shown);
  });

test('options and quotes of a pager are the shell’s', async () => {
  assert.ok(await started('sh -c "exit 3" "a b"'));
  assert.not.ok(await started("sh -c 'exit 1' less"));
});

test('the end of the run ends the pager', async () => {
  const stop = new AbortController();
  const ended = page('text', { command: 'exec sleep 60', usual: false }, process.env, stop.signal);
  stop.abort();
  assert.ok(await ended);
});

test('the time in which somebody reads and answers is not the run’s', async () => {
  let time = 0;
  const person = openPerson(() => new Date(time));
  await person.attend(async () => {
    time += 5000;
    assert.is(person.attended(), 5000);
    await person.attend(async () => {
      time += 1000;
    });
  });
  time += 700;
  assert.is(person.attended(), 6000);
  await person
    .attend(async () => {
      time += 10;
      throw new Error('left');
    })
    .catch(() => {});
  assert.is(person.attended(), 6010);
});

test('a deadline waits while somebody reads, and only then', () => {
  let [now, attended] = [0, 3000];
  const clock = { now: () => now, today: () => now, after: () => () => {} };
  const patience = createPatience(10, new AbortController().signal, clock, () => attended);
  now = 4000;
  assert.is(patience.remaining(), 6000);
  attended += 60_000;
  now += 60_000;
  assert.is(patience.remaining(), 6000);
  now += 6000;
  assert.is(patience.remaining(), 0);
});

test('while a pager has the terminal Ctrl-C is its own, and SIGTERM still ends the run', async () => {
  const interrupt = listenForInterrupts(() => {});
  try {
    await interrupt.lend(async () => {
      process.emit('SIGINT', 'SIGINT');
      process.emit('SIGINT', 'SIGINT');
      assert.not.ok(interrupt.stop.aborted);
    });
    await interrupt.lend(async () => {
      process.emit('SIGTERM', 'SIGTERM');
      assert.ok(interrupt.stop.aborted);
    });
  } finally {
    interrupt.over();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.removeAllListeners(signal);
  }
});

test.run();
