import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { askApproval, demandTerminal } from '../../src/commands/approval.ts';
import { Stop } from '../../src/model/problem.ts';

const test = suite('the approval');

/** Asks with these bytes typed, and answers what came of it and what was shown. */
async function asked(
  typed: string | null,
  stop = new AbortController(),
): Promise<readonly [result: string, shown: string]> {
  const stdin = new PassThrough();
  let shown = '';
  const stderr = { write: (text: string) => (shown += text) };
  const answer = askApproval({ stdin, stderr }, 'Make 2 changes?', stop.signal);
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

test('without a terminal nobody is asked: exit 3', () => {
  const stdin = new PassThrough();
  assert.throws(() => demandTerminal({ stdin }), /APPROVAL_NEEDED/);
  assert.not.throws(() => demandTerminal({ stdin: Object.assign(stdin, { isTTY: true }) }));
});

test.run();
