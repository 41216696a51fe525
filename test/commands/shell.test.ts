import { PassThrough } from 'node:stream';
import { execa } from 'execa';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Interrupt } from '../../src/commands/interrupt.ts';
import { showReading, showWriting, trackReading, trackWriting } from '../../src/commands/progress.ts';
import { openShell, type Voice } from '../../src/commands/shell.ts';
import { animate } from '../../src/commands/task-list.ts';
import type { Change } from '../../src/model/plan.ts';
import { warningProblem } from '../../src/model/problem.ts';
import { changes, planOf } from '../render/plan-document.ts';

const test = suite('how a command speaks');

const { signal } = new AbortController();
const usual: Voice = { format: 'human', color: true, quiet: false, verbose: false };

const traffic = { requests: 3, byOperation: {}, throttled: 0, retried: 0, limitPerSecond: 30 };

/** A shell on a process that is not there, and what it said. Its clock stands until `at` says another time. */
function spoken(given: Partial<Voice> = {}, variables: Record<string, string> = {}, isTTY = true) {
  let time = 0;
  const said = { stdout: '', stderr: '' };
  let writing = false;
  const interrupt: Interrupt = {
    stop: signal,
    abort: signal,
    writing: () => {
      writing = true;
    },
    wrote: () => writing,
    lend: (work) => work(),
    over: () => {},
  };
  const to = (name: 'stdout' | 'stderr') => ({
    isTTY,
    columns: 0,
    write: (text: string) => (said[name] += text),
  });
  const edge = {
    stdin: new PassThrough(),
    stdout: to('stdout'),
    stderr: to('stderr'),
    variables,
    cwd: '/',
    now: () => new Date(time),
    version: '0.0.0',
    home: new URL('file:///'),
  };
  const at = (ms: number) => {
    time = ms;
  };
  return { said, shell: openShell(edge, { ...usual, ...given }, interrupt), wrote: () => writing, at };
}

const colours: readonly (readonly [
  what: string,
  voice: Partial<Voice>,
  variables: Record<string, string>,
  isTTY: boolean,
  coloured: boolean,
])[] = [
  ['a terminal', {}, {}, true, true],
  ['a terminal in CI', {}, { CI: 'true' }, true, true],
  ['no terminal', {}, { TERM: 'xterm' }, false, false],
  ['NO_COLOR', {}, { NO_COLOR: '1' }, true, false],
  ['an empty NO_COLOR', {}, { NO_COLOR: '' }, true, true],
  ['--no-color', { color: false }, {}, true, false],
  ['a dumb terminal', {}, { TERM: 'dumb' }, true, false],
];
for (const [what, voice, variables, isTTY, coloured] of colours)
  test(`${what} has ${coloured ? '' : 'no '}colours`, () => {
    const { shell } = spoken(voice, variables, isTTY);
    assert.is(shell.paint.red('x') !== 'x', coloured);
    assert.is(shell.notePaint.red('x') !== 'x', coloured);
  });

test('with JSON only the document goes to stdout', () => {
  const { said, shell } = spoken({ format: 'json' });
  shell.say('a table');
  shell.note('a note\n');
  assert.is(shell.toldJson(), false);
  shell.sayJson({ a: 1 });
  assert.is(shell.toldJson(), true);
  assert.equal(said, { stdout: '{\n  "a": 1\n}\n', stderr: 'a note\n' });
});

test('-q silences notes and warnings, and -v outdoes it', () => {
  const quiet = spoken({ quiet: true });
  quiet.shell.note('a note');
  quiet.shell.warn([warningProblem('TWINS', 'Two.')]);
  quiet.shell.log('a line');
  assert.is(quiet.said.stderr, '');
  const both = spoken({ quiet: true, verbose: true });
  both.shell.note('a note\n');
  both.shell.log('a line');
  assert.is(both.said.stderr, 'a note\na line\n');
});

test('progress hands on what the work comes to; a change that starts is no write yet', async () => {
  const { shell, wrote } = spoken({}, {}, false);
  assert.is(
    await showReading(
      shell,
      () => traffic,
      async () => 'read',
    ),
    'read',
  );
  const [change] = changes;
  const result = await showWriting(shell, planOf(), async (notify) => {
    if (!change) throw new Error('no change');
    notify({ type: 'started', change });
    const outcome = {
      address: change.address,
      action: change.action,
      status: 'failed' as const,
      id: null,
      error: null,
    };
    notify({ type: 'finished', change, outcome });
    return 'written';
  });
  assert.equal([result, wrote()], ['written', false]);
});

test('work that fails fails with its own error, in a list and without one', async () => {
  const failing = () => Promise.reject(new RangeError('mine'));
  const { shell } = spoken({}, {}, false);
  for (const run of [
    () => showReading(shell, () => traffic, failing),
    () => animate([{ title: () => 'x', done: () => false, failed: () => false }], failing),
  ])
    await run().then(
      () => assert.unreachable(),
      (thrown: unknown) => assert.instance(thrown, RangeError),
    );
});

test('a list ends with its work, also when a task never says that it is done', async () => {
  const tasks = [
    { title: () => 'never', done: () => false, failed: () => false },
    { title: () => 'at once', done: () => true, failed: () => false },
  ];
  assert.is(await animate(tasks, async () => 'done'), 'done');
});

test('a kind in which something failed, or was left, gets no sign of success', async () => {
  const script = `
    import { animate } from ${JSON.stringify(new URL('../../src/commands/task-list.ts', import.meta.url).href)};
    const task = (title, failed) => ({ title: () => title, done: () => true, failed: () => failed });
    await animate([task('Good 3/3', false), task('Bad 3/3', true)], async () => {});
    await animate([{ ...task('Broken', false), done: () => false }], () => Promise.reject(new Error('mine'))).catch(() => {});`;
  const { stderr } = await execa(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', script],
    { env: { LISTR_FORCE_TTY: '1', LISTR_DISABLE_COLOR: '1', NO_COLOR: '1' } },
  );
  assert.match(stderr, /✔ Good 3\/3/);
  assert.match(stderr, /✖ Bad 3\/3/);
  assert.not.match(stderr, /✔ (Bad|Broken)/);
});

test('what reading lines will cost is told once and before it starts; not with -q', async () => {
  for (const quiet of [false, true]) {
    const { said, shell } = spoken({ quiet }, {}, false);
    await showReading(
      shell,
      () => traffic,
      async (notify) => {
        notify({ type: 'estimate', requests: 2000, seconds: 67 });
        assert.is(
          said.stderr,
          quiet ? '' : 'Reads the lines of 2,000 payables: about 2,000 requests, 67 s at 30 a second.\n',
        );
      },
    );
  }
});

test('how much longer lines take is told from the pace so far, when some seconds of it have passed', () => {
  const { at, shell } = spoken();
  const { notify, title } = trackReading(shell, () => traffic);
  assert.is(title(), 'Reading what is live · 3 requests');
  at(60_000);
  notify({ type: 'estimate', requests: 10_000, seconds: 334 });
  assert.match(title(), /about 10,000 requests, 5 min 34 s at 30 a second$/);
  notify({ type: 'progress', what: 'lines', done: 60, total: 10_000 });
  at(62_999);
  assert.is(title(), 'Reading what is live · 3 requests · lines of 60/10,000 payables');
  at(70_000);
  notify({ type: 'progress', what: 'lines', done: 400, total: 10_000 });
  assert.match(title(), / · lines of 400\/10,000 payables · about 4 min left$/);
  notify({ type: 'progress', what: 'lines', done: 10_000, total: 10_000 });
  assert.match(title(), / · lines of 10,000\/10,000 payables$/);
  notify({ type: 'estimate', requests: 2, seconds: 1 });
  notify({ type: 'progress', what: 'lines', done: 1, total: 2 });
  assert.match(title(), /lines of 1\/2 payables$/, 'a second reading has a pace of its own');
});

test('how much longer writes take is told for each kind from its own first write on', () => {
  const { at, shell } = spoken();
  const [rate, account] = changes;
  if (!rate || !account) throw new Error('two changes are needed');
  const accounts = Array.from({ length: 10 }, (_, place) => ({ ...account, address: `${place}` }));
  const { notify, tasks } = trackWriting(shell, planOf({ changes: [rate, ...accounts] }));
  const finish = (change: Change): void => {
    notify({ type: 'started', change });
    const { action, address } = change;
    const outcome = { address, action, status: 'applied' as const, id: null, error: null };
    notify({ type: 'finished', change, outcome });
  };
  const titles = () => tasks.map(({ title }) => title());
  finish(rate);
  at(100_000);
  for (const change of accounts.slice(0, 2)) finish(change);
  assert.equal(titles(), ['Tax rates 1/1', 'Ledger accounts 2/10']);
  at(110_000);
  assert.equal(titles(), ['Tax rates 1/1', 'Ledger accounts 2/10 · about 40 s left']);
});

test('what an interrupted run leaves out is no progress, and its line no success', () => {
  const { shell } = spoken();
  const [rate] = changes;
  if (!rate) throw new Error('a change is needed');
  const two = [rate, { ...rate, address: 'tax_rates.other' }];
  const { notify, tasks } = trackWriting(shell, planOf({ changes: two }));
  for (const [at, change] of two.entries()) {
    const { action, address } = change;
    const status = at === 0 ? 'applied' : 'skipped';
    notify({ type: 'finished', change, outcome: { address, action, status, id: null, error: null } });
  }
  assert.equal(
    tasks.map(({ title, done, failed }) => [title(), done(), failed()]),
    [['Tax rates 1/2', false, true]],
  );
});

test('a result is told once: a second time would be a mistake of ours', async () => {
  const { said, shell } = spoken({ format: 'markdown' });
  const result = { command: 'plan', organizations: [], many: true, exit_code: 0 } as const;
  shell.say('for people');
  await shell.tell(result);
  assert.match(said.stdout, /^<!-- ledgerform:organizations -->/);
  await shell.tell(result).then(
    () => assert.unreachable(),
    (error: unknown) => assert.match(String(error), 'told twice'),
  );
});

test.run();
