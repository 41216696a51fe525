import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Asking, askApproval, askPatiently, demandTerminal } from '../../src/commands/approval.ts';
import { openPerson } from '../../src/commands/person.ts';
import { Stop } from '../../src/model/problem.ts';

const test = suite('the approval');

const asking = (
  stdin: PassThrough,
  stderr: { readonly write: (text: string) => unknown },
  stop = new AbortController().signal,
): Asking => ({
  edge: { stdin, stderr, variables: {} },
  interrupt: { stop },
  person: openPerson(() => new Date(0)),
});

/** Asks with these bytes typed, and answers what came of it and what was shown. */
async function asked(
  typed: string | null,
  stop = new AbortController(),
): Promise<readonly [result: string, shown: string]> {
  const stdin = new PassThrough();
  let shown = '';
  const stderr = { write: (text: string) => (shown += text) };
  const answer = askApproval(asking(stdin, stderr, stop.signal), 'Make 2 changes?');
  if (typed === null) stop.abort();
  else stdin.end(typed);
  const result = await answer.then(
    () => 'approved',
    (thrown: unknown) => {
      if (!(thrown instanceof Stop)) throw thrown;
      return `${thrown.exitCode} ${thrown.problems.map(({ code }) => code).join()}`;
    },
  );
  return [result, shown];
}

for (const typed of ['yes\n', 'yes\r\n', 'yes', 'yes\nno\n'])
  test(`${JSON.stringify(typed)} approves`, async () => {
    const [result, shown] = await asked(typed);
    assert.is(result, 'approved');
    assert.match(shown, /Make 2 changes\?[\s\S]*"yes"/);
  });

for (const typed of ['', '\n', 'y\n', 'Yes\n', 'YES\n', ' yes\n', 'yes \n', 'no\n', 'no\nyes\n', 'yes!\n'])
  test(`${JSON.stringify(typed)} does not approve: exit 4`, async () => {
    assert.is((await asked(typed))[0], '4 NOT_APPROVED');
  });

test('Ctrl-C at the question is exit 130', async () => {
  assert.is((await asked(null))[0], '130 INTERRUPTED');
});

/** The same for what has taken somebody long, with bytes typed before it is asked and more at each prompt. */
async function askedPatiently(before: string, ...typed: readonly string[]): Promise<string> {
  const stdin = new PassThrough();
  const later = [...typed];
  const stderr = {
    write: (text: string) => {
      const next = /"yes"/.test(text) ? later.shift() : undefined;
      if (next === undefined) return;
      if (next === '') stdin.end();
      else stdin.write(next);
    },
  };
  stdin.write(before);
  // Whoever asked before has left the input waiting.
  stdin.pause();
  return askPatiently(asking(stdin, stderr), 'Write it?').then(
    () => 'approved',
    (thrown: unknown) => (thrown instanceof Stop ? thrown.problems.map(({ code }) => code).join() : 'thrown'),
  );
}

for (const [title, before, typed, result] of [
  ['an Enter alone is asked again', '', ['\n', ' \r\n', 'yes\n'], 'approved'],
  ['what was typed before the question is no answer to it', 'yes\n', ['no\n'], 'NOT_APPROVED'],
  ['an Enter from before refuses nothing', '\n', ['yes\n'], 'approved'],
  ['another answer refuses', '', ['\n', 'y\n', 'yes\n'], 'NOT_APPROVED'],
  ['the end of the input refuses', '', ['\n', ''], 'NOT_APPROVED'],
] as const)
  test(`where much would be lost ${title}`, async () => {
    assert.is(await askedPatiently(before, ...typed), result);
  });

test('after a pager what it was to be told is shown again, and what was typed in it is no answer', async () => {
  const stdin = new PassThrough();
  let shown = '';
  const stderr = {
    write: (text: string) => {
      shown += text;
      if (/"yes"/.test(text)) stdin.end('no\n');
    },
  };
  stdin.write('yes\n');
  stdin.pause();
  const code = await askApproval(asking(stdin, stderr), 'Make them?', '\nPlan: 1 to delete.\n').then(
    () => 'approved',
    (thrown: unknown) => (thrown instanceof Stop ? thrown.problems[0]?.code : 'thrown'),
  );
  assert.is(code, 'NOT_APPROVED');
  assert.match(shown, /^\nPlan: 1 to delete\.\n\nMake them\?\n/);
});

test('an input that has ended before the question refuses', async () => {
  const stdin = new PassThrough();
  stdin.end();
  stdin.resume();
  const stderr = { write: () => {} };
  const ended = askPatiently(asking(stdin, stderr), 'Write it?');
  const code = await ended.then(
    () => 'approved',
    (thrown: unknown) => (thrown instanceof Stop ? thrown.problems[0]?.code : 'thrown'),
  );
  assert.is(code, 'NOT_APPROVED');
});

test('without a terminal nobody is asked: exit 3', () => {
  const stdin = new PassThrough();
  assert.throws(() => demandTerminal({ stdin }), /APPROVAL_NEEDED/);
  assert.not.throws(() => demandTerminal({ stdin: Object.assign(stdin, { isTTY: true }) }));
});

test.run();
