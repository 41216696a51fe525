import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findGaps } from '../../../src/accounting/assign/gaps.ts';
import { type Group, groupsOf } from '../../../src/accounting/assign/groups.ts';
import { namingLines, namingProducts } from '../../../src/accounting/assign/selectors.ts';
import { answeredBy, type Decision, questionsLeft } from '../../../src/accounting/assign/session.ts';
import { type Way, waysFor } from '../../../src/accounting/assign/ways.ts';
import { line, payable, product } from '../../plan/build.ts';
import { account, books, nameOf } from './books.ts';

const test = suite('ways of writing a choice');

const hosting = account('404', 'Hosting', 'Expense');
const bill = payable('1');
const writable = () => true;

function waysOf(
  facts: ReturnType<typeof books>,
  at = 0,
  isWritable: (text: string) => boolean = writable,
): readonly Way[] {
  const gaps = findGaps(facts);
  const group = groupsOf(gaps)[at];
  if (!group || group.type === 'setting') throw new Error('no group of objects');
  return waysFor(facts, gaps, isWritable)(group, { answered: new Set() });
}

const short = (ways: readonly Way[]) =>
  ways.map((way) => (way.type === 'entries' ? 'entries' : [way.when, way.others, way.kept]));

test('rules from the narrowest to the widest, each with what else it would decide and what it leaves', () => {
  const lines = [
    line(bill, 'a', { name: 'Hosting' }),
    line(bill, 'b', { name: 'Domain' }),
    line(bill, 'c', { name: 'Hosting', ledger_account_id: 'id-404' }),
    line(payable('2', { counterpart_name: 'OVH' }), 'd', { name: 'Hosting', amount: -1 }),
  ];
  const facts = books([hosting], { lines });
  const at = groupsOf(findGaps(facts)).findIndex((group) => nameOf(group) === 'Hetzner / Hosting');
  assert.equal(short(waysOf(facts, at)), [
    'entries',
    [{ payable: { counterpart_name: 'Hetzner' }, line_item: { name: 'Hosting' } }, 0, 1],
    [{ payable: { counterpart_name: 'Hetzner' } }, 1, 1],
    [{ line_item: { name: 'Hosting' } }, 1, 1],
  ]);
});

test('what an earlier rule or an entry decides is not counted: a new rule stands behind them', () => {
  const file = {
    lines: [
      { rule: 'domains', when: { line_item: { name: ['Domain'] } }, account: { code: '404' } },
      { payable: { by: 'id', text: '1' }, line: { by: 'id', text: 'c' }, account: { code: '404' } },
    ] as const,
  };
  const lines = ['Hosting', 'Domain', 'Rack'].map((name, at) => line(bill, 'abc'[at] ?? '', { name }));
  assert.equal(short(waysOf(books([hosting], { lines }, file)))[1], [
    { payable: { counterpart_name: 'Hetzner' }, line_item: { name: 'Hosting' } },
    0,
    0,
  ]);
  assert.is(waysOf(books([hosting], { lines }, file)).length, 2, 'the wider ones do the same');
});

test('where a rule without an account has the say, a new one may take more from it, and none may take from one that overwrites', () => {
  const file = { lines: [{ rule: 'rates', when: {}, rate: { code: 'STD' } }] };
  const lines = [line(bill, 'a', { name: 'Hosting' }), line(bill, 'b', { name: 'Domain' })];
  assert.equal(short(waysOf(books([hosting], { lines }, file)))[2], [
    { payable: { counterpart_name: 'Hetzner' } },
    1,
    0,
  ]);
  const overwriting = { lines: [{ rule: 'rates', when: {}, rate: { code: 'STD' }, overwrite: true }] };
  assert.equal(
    short(waysOf(books([hosting], { lines }, overwriting))),
    ['entries'],
    'it would overwrite accounts too',
  );
});

test('what that rule decides besides and has an account gets the same from the new one', () => {
  const file = { lines: [{ rule: 'rates', when: {}, rate: { code: 'STD' } }] };
  const lines = [
    line(bill, 'a', { name: 'Hosting' }),
    line(bill, 'b', { name: 'Hosting', ledger_account_id: 'id-404' }),
  ];
  assert.equal(short(waysOf(books([hosting], { lines }, file)))[1], [
    { payable: { counterpart_name: 'Hetzner' }, line_item: { name: 'Hosting' } },
    0,
    1,
  ]);
});

test('a rule that would stand before one that was chosen tells what it takes from it', () => {
  const file = {
    lines: [{ rule: 'rates', when: { line_item: { description: ['x'] } }, rate: { code: 'STD' } }],
  };
  const lines = [
    line(bill, 'a', { name: 'Hosting', description: 'x' }),
    line(bill, 'b', { name: 'Hosting', description: 'y' }),
  ];
  const facts = books([hosting], { lines }, file);
  const gaps = findGaps(facts);
  const group = groupsOf(gaps).find((each) => each.type !== 'setting' && each.gaps[0].item !== null);
  if (!group || group.type === 'setting') throw new Error('no group of that rule');
  const answered = new Set(['assignments.line_items.1/b']);
  assert.equal(
    short(waysFor(facts, gaps, writable)(group, { answered })),
    ['entries'],
    'it would give it a rate too',
  );
});

test('things that a rule behind would have decided are told as others', () => {
  const file = {
    lines: [
      { rule: 'rates', when: { line_item: { name: ['Hosting'] } }, rate: { code: 'STD' } },
      { rule: 'rest', when: {}, account: { code: '404' } },
    ],
  };
  const lines = [line(bill, 'a', { name: 'Hosting' }), line(bill, 'b', { name: 'Domain' })];
  const ways = waysOf(books([hosting], { lines }, file));
  assert.equal(short(ways), [
    'entries',
    [{ payable: { counterpart_name: 'Hetzner' }, line_item: { name: 'Hosting' } }, 0, 0],
  ]);
});

test('products: by name, by how names begin, by type', () => {
  const products = ['Consulting day', 'Consulting hour', 'Training'].map((name, at) =>
    product(`${at}`, { name, type: 'service' }),
  );
  assert.equal(short(waysOf(books([hosting], { products }))), [
    'entries',
    [{ type: 'service', name: 'Consulting day' }, 0, 0],
    [{ type: 'service', name: 'Consulting*' }, 1, 0],
    [{ type: 'service' }, 2, 0],
  ]);
});

test('a text that no file can hold is left to entries', () => {
  const lines = [line(bill, 'a', { name: 'Host\u202eing' })];
  assert.equal(short(waysOf(books([hosting], { lines }), 0, (text) => !text.includes('\u202e'))), [
    'entries',
  ]);
});

test('a rule answers the questions that it answers, a skipped one is not asked again, and one step back asks again', () => {
  const lines = [
    line(bill, 'a', { name: 'Hosting' }),
    line(bill, 'b', { name: 'Domain' }),
    line(payable('2', { counterpart_name: 'OVH' }), 'c', { name: 'Rack' }),
  ];
  const slots = { 'settings.ledger_accounts.payments': null, 'settings.ledger_accounts.products': null };
  const facts = books([hosting], { lines, products: [product('p')] }, {}, slots);
  const gaps = findGaps(facts);
  const groups = groupsOf(gaps);
  const names = (decisions: readonly Decision[]) => questionsLeft(groups, decisions).map(nameOf);
  const choose = (name: string, way: (ways: readonly Way[]) => Way | undefined): Decision => {
    const group: Group | undefined = groups.find((each) => nameOf(each) === name);
    const [account] = facts.chart;
    if (!group || !account) throw new Error(name);
    const ways =
      group.type === 'setting' ? [] : waysFor(facts, gaps, writable)(group, { answered: new Set() });
    return { type: 'choice', group, account, way: way(ways) ?? { type: 'entries' } };
  };
  const all = names([]);
  assert.is(all.length, 6);
  const vendor = choose('Hetzner / Domain', (ways) =>
    ways.find((way) => way.type === 'rule' && way.others === 1),
  );
  assert.equal(all.filter((name) => !names([vendor]).includes(name)).sort(), [
    'Hetzner / Domain',
    'Hetzner / Hosting',
  ]);
  assert.is(answeredBy([vendor]).size, 2);
  assert.equal(names([{ type: 'skip all', of: 'line_item' }]).length, 3);
  const forAll = choose('settings.ledger_accounts.products', () => undefined);
  assert.not.ok(
    names([forAll]).some((name) => name.includes('Product p')),
    'one account for all products',
  );
  assert.equal(names([vendor, forAll].slice(0, 0)), all);
});

test('products are named by the most readable text that is theirs alone', () => {
  const products = [
    product('1', { name: 'Day', external_reference: 'SKU-1' }),
    product('2', { name: 'Hour', external_reference: 'SKU-2' }),
    product('3', { name: 'Night', external_reference: ' SKU-2 ' }),
    product('4', { name: 'Twin' }),
    product('5', { name: 'Twin' }),
  ];
  assert.equal(products.map(namingProducts(products, writable)), [
    { product: { external_reference: 'SKU-1' } },
    { product: { name: 'Hour' } },
    { product: { name: 'Night' } },
    { product: { id: '4' } },
    { product: { id: '5' } },
  ]);
});

test('lines are named by number and name where both are theirs alone, else by ids', () => {
  const other = payable('2', { document_id: 'INV-2' });
  const lines = [
    line(bill, 'a', { name: 'Hosting' }),
    line(bill, 'b', { name: 'Twin', description: 'First' }),
    line(bill, 'c', { name: 'Twin', description: 'Second' }),
    line(other, 'd', { name: null }),
  ];
  assert.equal(lines.map(namingLines(lines, (number) => number === 'INV-1', writable)), [
    { payable: { document_id: 'INV-1' }, line_item: { name: 'Hosting' } },
    { payable: { document_id: 'INV-1' }, line_item: { description: 'First' } },
    { payable: { document_id: 'INV-1' }, line_item: { description: 'Second' } },
    { payable: { id: '2' }, line_item: { id: 'd' } },
  ]);
});

test.run();
