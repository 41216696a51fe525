import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { findGaps } from '../../../src/accounting/assign/gaps.ts';
import { groupsOf } from '../../../src/accounting/assign/groups.ts';
import { accountsMatching } from '../../../src/accounting/assign/matching.ts';
import { suggesting } from '../../../src/accounting/assign/suggest.ts';
import { line, payable, product } from '../../plan/build.ts';
import { account, books, suggested } from './books.ts';

const test = suite('suggestions');

const hosting = account('404', 'Hosting', 'Expense');
const office = account('453', 'Office expenses', 'Expense');
const sales = account('200', 'Sales', 'Income', { description: 'Fees for consulting' });
const chart = [hosting, office, sales];
const bill = payable('1');

const whyOf = (facts: ReturnType<typeof books>): readonly string[] => {
  const [group] = groupsOf(findGaps(facts));
  return group ? (suggesting(facts, 0)(group)[0]?.why ?? []) : [];
};

test('where other lines of the vendor are says the more the more they are, and says how many', () => {
  const on = (count: number, code: string) =>
    Array.from({ length: count }, (_, at) =>
      line(bill, `${code}-${at}`, { name: `Other ${at}`, ledger_account_id: `id-${code}` }),
    );
  const gap = line(bill, 'gap', { name: 'Rack' });
  const few = books(chart, { lines: [gap, ...on(1, '453')] });
  const many = books(chart, { lines: [gap, ...on(14, '453'), ...on(1, '404')] });
  assert.equal(whyOf(few), ['the one other line of Hetzner is on 453 Office expenses']);
  assert.equal(whyOf(many)[0], '14 of 15 other lines of Hetzner are on 453 Office expenses');
  const score = (facts: ReturnType<typeof books>) =>
    Number(suggested(facts)['Hetzner / Rack']?.[0]?.split(' ')[1]);
  assert.ok(score(many) > score(few));
});

test('the same name of the same vendor says more than the vendor alone', () => {
  const lines = [
    line(bill, 'gap', { name: 'Paper' }),
    line(bill, 'a', { name: 'Paper', ledger_account_id: 'id-453' }),
    line(bill, 'b', { name: 'Server', ledger_account_id: 'id-404' }),
  ];
  assert.equal(
    suggested(books(chart, { lines }))['Hetzner / Paper']?.map((each) => each.split(' ')[0]),
    ['453', '404'],
  );
});

test('a rule of the file that means the vendor is a reason, with its name', () => {
  const lines = [
    {
      rule: 'amazon',
      when: { payable: { counterpart_name: ['Amazon*'] }, line_item: { name: ['Paper*'] } },
      account: { code: '453' },
    },
  ];
  const gap = line(payable('2', { counterpart_name: 'Amazon EU' }), 'gap', { name: 'Desk' });
  assert.equal(whyOf(books(chart, { lines: [gap] }, { lines })), [
    'the rule amazon puts this vendor on 453 Office expenses',
  ]);
});

test('an entry for a product of this name is a reason, with its place', () => {
  const products = [{ by: { by: 'name', text: 'Mug' }, account: { code: '200' } }] as const;
  const things = { products: [product('a', { name: 'MUG', type: null })] };
  assert.equal(whyOf(books(chart, things, { products })), [
    'the entry ledgerform.yaml:100 puts this name on 200 Sales',
  ]);
});

test('words count without case, marks and their ends, and the sort of the account with them', () => {
  const accounts = [account('1', 'Büro-Material', 'Expense'), account('2', 'Material sold', 'Income')];
  const gap = line(bill, 'gap', { name: 'BURO materials' });
  const facts = books(accounts, { lines: [gap] });
  assert.equal(whyOf(facts), ['“buro” and “materials” stand in its name; its type is Expense']);
  assert.equal(
    suggested(facts)['Hetzner / BURO materials']?.map((each) => each.split(' ')[0]),
    ['1', '2'],
  );
});

test('a product finds the account whose description names it', () => {
  const facts = books(chart, { products: [product('a', { name: 'Consultancy' })] });
  assert.equal(whyOf(facts), ['“consultancy” stands in its description; its type is Income']);
});

test('settings are told by what such accounts are usually called', () => {
  const accounts = [...chart, account('1090', 'Payments clearing', 'Asset')];
  const slots = { 'settings.ledger_accounts.payments': null, 'settings.ledger_accounts.products': null };
  const found = suggested(books(accounts, { products: [product('a')] }, {}, slots));
  assert.match(found['settings.ledger_accounts.payments']?.[0] ?? '', '1090');
  assert.match(found['settings.ledger_accounts.products']?.[0] ?? '', '200');
});

test('an account that the file declares and nobody has created yet can be suggested, one that it removes cannot', () => {
  const things = { products: [product('a', { name: 'Training' })] };
  const file = { ledger_accounts: { training: { name: 'Training', nominal_code: '4020' } } };
  assert.match(suggested(books([], things, file))['product / Training']?.[0] ?? '', '4020');
  const gone = account('4020', 'Training', undefined, { external: false });
  const removed = {
    ledger_accounts: {},
    removed: { ledger_accounts: [{ id: 'id-4020' }] },
    policy: { prune: 'all' },
  } as const;
  assert.equal(suggested(books([gone], things, removed))['product / Training'], []);
});

test('an internal account of which the accounting system has none by code or name is marked, once something was pulled', () => {
  const mine = (code: string, name: string) =>
    account(code, name, undefined, { external: false, id: `mine-${code}` });
  const inner = [mine('404', 'Servers'), mine('9', 'Sales'), mine('215', 'Deposits'), mine('11', 'Old')];
  const old = account('77', 'Old', 'Income', { status: 'archived' });
  const file = { ledger_accounts: { training: { name: 'Training', nominal_code: '4020' } } };
  const marks = (accounts: Parameters<typeof books>[0]) =>
    Object.fromEntries(
      books(accounts, {}, file).chart.flatMap((each) => (each.external ? [] : [[each.name, each.isThere]])),
    );
  assert.equal(marks([...chart, old, ...inner]), {
    Deposits: false,
    Old: false,
    Sales: true,
    Servers: true,
    Training: false,
  });
  assert.equal(new Set(Object.values(marks(inner))), new Set([null]));
  assert.ok(books(chart).chart.every(({ isThere }) => isThere));
});

test('what says less than is asked for is no suggestion', () => {
  const facts = books(chart, { lines: [line(bill, 'gap', { name: 'Hosting in May' })] });
  assert.equal(suggested(facts, 0.9)['Hetzner / Hosting in May'], []);
  assert.is(suggested(facts, 0.1)['Hetzner / Hosting in May']?.length, 1);
});

type On = { readonly on: number | null };

interface World {
  readonly accounts: readonly {
    readonly code: string;
    readonly name: string;
    readonly type: string | undefined;
    readonly status: string;
  }[];
  readonly lines: readonly (On & { readonly vendor: string; readonly name: string })[];
  readonly products: readonly (On & { readonly name: string; readonly type: string | null })[];
  readonly turn: number;
}

const words = fc.constantFrom('Hosting', 'Büro', 'Paper', 'consulting', 'Consult', 'Sales', 'x*', '経費');
const name = fc.array(words, { maxLength: 3 }).map((some) => some.join(' '));
const world: fc.Arbitrary<World> = fc.record({
  accounts: fc.uniqueArray(
    fc.record({
      code: fc.integer({ min: 1, max: 9 }).map(String),
      name,
      type: fc.constantFrom('Income', 'Expense', undefined),
      status: fc.constantFrom('Active', 'Archived'),
    }),
    { selector: ({ code }) => code, minLength: 1, maxLength: 6 },
  ),
  lines: fc.array(fc.record({ vendor: words, name, on: fc.option(fc.integer({ min: 1, max: 9 })) }), {
    maxLength: 12,
  }),
  products: fc.array(
    fc.record({
      name,
      type: fc.constantFrom('service', 'product', null),
      on: fc.option(fc.integer({ min: 1, max: 9 })),
    }),
    { maxLength: 8 },
  ),
  turn: fc.integer({ min: 0, max: 11 }),
});

/** What holds in any world. */
function told({ accounts, lines, products, turn }: World): void {
  const chart = accounts.map(({ code, name, status, type }) => account(code, name, type, { status }));
  const things = {
    lines: lines.map(({ name, on, vendor }, at) =>
      line(payable(`p${at}`, { counterpart_name: vendor }), `l${at}`, {
        name,
        ledger_account_id: on === null ? null : `id-${on}`,
        amount: at,
      }),
    ),
    products: products.map(({ name, on, type }, at) =>
      product(`${at}`, { name, type, ledger_account_id: on === null ? null : `id-${on}` }),
    ),
  };
  const turned = <T>(all: readonly T[]): readonly T[] =>
    [...all.slice(turn % (all.length + 1)), ...all.slice(0, turn % (all.length + 1))].reverse();
  const tell = (facts: ReturnType<typeof books>) => {
    const suggest = suggesting(facts, 0);
    return groupsOf(findGaps(facts)).map((group) => ({ group: group.key, suggestions: suggest(group) }));
  };
  const first = tell(books(chart, things));
  const second = tell(
    books(turned(chart), { lines: turned(things.lines), products: turned(things.products) }),
  );
  assert.equal(second, first);
  const archived = new Set(accounts.flatMap(({ code, status }) => (status === 'Archived' ? [code] : [])));
  for (const { suggestions } of first)
    for (const { account, score, why } of suggestions) {
      assert.not.ok(archived.has(account.code ?? ''));
      assert.ok(score >= 0 && score < 1 && why.length > 0);
    }
}

test('the order in which things were read changes nothing, and nothing archived is ever suggested', () => {
  // biome-ignore lint/nursery/noFloatingPromises: the property is synchronous, so nothing is promised
  fc.assert(fc.property(world, told), { numRuns: 150 });
});

test('typing finds accounts by code, name and description, all of its words, a code that begins so first', () => {
  const { chart: accounts } = books([...chart, account('4040', 'Café & bar'), account('7', 'Paper 404')]);
  const found = (typed: string) => accountsMatching(typed, accounts, []).map(({ code }) => code);
  assert.equal(found('404'), ['404', '4040', '7']);
  assert.equal(found('cafe'), ['4040']);
  assert.equal(found('consulting fees'), ['200']);
  assert.equal(found('consulting nothing'), []);
  assert.equal(found(''), ['200', '404', '4040', '453', '7']);
});

test.run();
