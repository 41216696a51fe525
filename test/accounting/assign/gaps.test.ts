import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findGaps } from '../../../src/accounting/assign/gaps.ts';
import { groupsOf } from '../../../src/accounting/assign/groups.ts';
import { line, payable, product } from '../../plan/build.ts';
import { account, books, nameOf } from './books.ts';

const test = suite('what lacks an account');

const hosting = account('404', 'Hosting', 'Expense');
const bill = payable('1');

test('without an account is what has none, and what points to one that is gone', () => {
  const products = [
    product('a'),
    product('b', { ledger_account_id: 'id-404' }),
    product('c', { ledger_account_id: 'id-9' }),
  ];
  const lines = [line(bill, 'x'), line(bill, 'y', { ledger_account_id: 'id-404' })];
  const { objects } = findGaps(books([hosting], { products, lines }));
  assert.equal(
    objects.map(({ address }) => address),
    ['assignments.products.a', 'assignments.products.c', 'assignments.line_items.1/x'],
  );
});

test('an archived account is never offered, in whatever case the service says it', () => {
  const archived = ['Archived', 'ARCHIVED', 'archived'].map((status, at) => ({
    ...account(`50${at}`, `Old ${at}`, 'Expense'),
    status,
  }));
  const { chart } = books([hosting, ...archived], {});
  assert.equal(
    chart.map(({ code }) => code),
    ['404'],
  );
});

test('what the next apply gives an account is left out and counted', () => {
  const file = {
    products: [{ when: { name: ['Product a'] }, account: { code: '404' } }],
    lines: [
      { payable: { by: 'id', text: '1' }, line: { by: 'id', text: 'x' }, account: { code: '404' } },
    ] as const,
  };
  const things = { products: [product('a'), product('b')], lines: [line(bill, 'x'), line(bill, 'y')] };
  const { covered, objects } = findGaps(books([hosting], things, file));
  assert.equal(covered, { setting: 0, product: 1, line_item: 1 });
  assert.equal(
    objects.map(({ address }) => address),
    ['assignments.products.b', 'assignments.line_items.1/y'],
  );
});

test('what the file says shall have none is left out, and so is a line that an entry of another file names', () => {
  const file = {
    lines: [
      { payable: { by: 'id', text: '1' }, line: { by: 'id', text: 'x' }, account: null },
      { payable: { by: 'id', text: '1' }, line: { by: 'id', text: 'y' }, rate: null },
    ] as const,
  };
  const things = { lines: [line(bill, 'x'), line(bill, 'y')] };
  const facts = books([hosting], things, file);
  assert.equal(findGaps(facts).closed, { setting: 0, product: 0, line_item: 1 });
  assert.is(findGaps(facts).objects[0]?.item?.type, 'specific', 'an entry of the own file can be added to');
  assert.equal(findGaps({ ...facts, own: 'other.yaml' }).closed, { setting: 0, product: 0, line_item: 2 });
});

const slots = { 'settings.ledger_accounts.payments': null, 'settings.ledger_accounts.products': null };

test('the payments setting is asked for where it is empty, and one account for all products where one has none', () => {
  const addresses = (facts: ReturnType<typeof books>) =>
    findGaps(facts).settings.map(({ address }) => address);
  assert.equal(addresses(books([hosting], { products: [product('a')] }, {}, slots)), Object.keys(slots));
  assert.equal(addresses(books([hosting], {}, {}, slots)), ['settings.ledger_accounts.payments']);
  const stated = { settings: { 'ledger_accounts.payments': { code: '404' } } } as const;
  assert.equal(addresses(books([hosting], {}, stated, slots)), []);
  assert.is(findGaps(books([hosting], {}, stated, slots)).covered.setting, 1);
});

test('equal names of one vendor are one group whatever their case, the largest first, then those of most money', () => {
  const other = payable('2', { counterpart_name: ' hetzner ' });
  const lines = [
    line(bill, 'a', { name: 'Domain', amount: 900 }),
    line(bill, 'b', { name: 'Rack', amount: 5000 }),
    line(bill, 'c', { name: 'Hosting', amount: 100 }),
    line(other, 'd', { name: 'HOSTING', amount: 150 }),
    line(payable('3', { counterpart_name: 'OVH' }), 'e', { name: 'Hosting', amount: 1 }),
  ];
  const groups = groupsOf(findGaps(books([hosting], { lines })));
  assert.equal(
    groups.map((group) => [
      nameOf(group),
      'gaps' in group && group.gaps.length,
      'amounts' in group && group.amounts,
    ]),
    [
      ['Hetzner / HOSTING', 2, [{ currency: 'EUR', amount: 250 }]],
      ['Hetzner / Rack', 1, [{ currency: 'EUR', amount: 5000 }]],
      ['Hetzner / Domain', 1, [{ currency: 'EUR', amount: 900 }]],
      ['OVH / Hosting', 1, [{ currency: 'EUR', amount: 1 }]],
    ],
  );
});

test('products of one name and two types, and lines that only a description tells, are groups of their own', () => {
  const products = [
    product('a', { name: 'Day', type: 'service' }),
    product('b', { name: 'Day', type: 'product' }),
  ];
  const lines = [line(bill, 'x', { name: 'Fee' }), line(bill, 'y', { name: ' ', description: 'Fee' })];
  const groups = groupsOf(findGaps(books([hosting], { products, lines })));
  assert.equal(groups.length, 4);
  assert.equal(
    groups.flatMap((group) => ('named' in group && group.type === 'line_item' ? [group.named] : [])).sort(),
    ['description', 'name'],
  );
});

test.run();
