import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Account } from '../../src/accounting/assign/chart.ts';
import { findGaps } from '../../src/accounting/assign/gaps.ts';
import { groupsOf } from '../../src/accounting/assign/groups.ts';
import { accountNote } from '../../src/render/assign/question-text.ts';
import { suggestionsText } from '../../src/render/assign/suggestions-text.ts';
import { paint } from '../../src/render/paint.ts';
import { books } from '../accounting/assign/books.ts';
import { line, payable } from '../plan/build.ts';

const test = suite('suggestions as text');

const none: Account = {
  address: 'ledger_accounts.deposits',
  id: 'x',
  code: '215',
  name: 'Deposits',
  description: null,
  type: null,
  external: false,
  isThere: null,
  label: '215 Deposits',
};
const bill = payable('1');

/** What is printed of so many lines, each with a name of its own. */
function printed(count: number, showAll: boolean): string {
  const lines = Array.from({ length: count }, (_, at) => line(bill, `l${at}`, { name: `Part ${at}` }));
  const gaps = findGaps(books([], { lines }));
  const all = groupsOf(gaps).map((group) => ({ group, suggestions: [], rule: null }));
  return suggestionsText(all, gaps, paint(false), showAll);
}

const questionsIn = (text: string): number => text.split('\n').filter((row) => row.startsWith('“')).length;

test('of many questions the first twenty stand there, and how many more there are', () => {
  const text = printed(1_250, false);
  assert.is(questionsIn(text), 20);
  assert.match(text, '… and 1,230 more questions about 1,230 gaps (--show-all lists them, --json has them).');
  assert.match(text, '1,250 questions about 1,250 gaps');
});

test('all of them stand there on demand, and where they are few', () => {
  assert.is(questionsIn(printed(50, true)), 50);
  for (const text of [printed(50, true), printed(20, false)]) assert.not.match(text, '--show-all');
});

test('an account that the accounting system does not have is told to be of no use yet', () => {
  const note = (isThere: boolean | null, id: string | null = 'x') =>
    accountNote({ ...none, id, isThere, external: isThere === true });
  assert.equal(
    [note(true), note(null), note(false), note(false, null)],
    ['external', 'internal', 'internal, not over there', 'internal, not created yet, not over there'],
  );
  const [group] = groupsOf(findGaps(books([], { lines: [line(bill, 'l', { name: 'Rack' })] })));
  if (!group) throw new Error('there is no question');
  const told = (isThere: boolean | null) => {
    const suggestion = { account: { ...none, isThere }, score: 0.5, why: ['it is so'] as const };
    const counts = { setting: 0, product: 0, line_item: 0 };
    const all = [{ group, suggestions: [suggestion], rule: null }];
    return suggestionsText(all, { closed: counts, covered: counts }, paint(false), false);
  };
  assert.match(told(false), 'cannot be pushed');
  for (const fine of [true, null]) assert.not.match(told(fine), 'cannot be pushed');
});

test.run();
