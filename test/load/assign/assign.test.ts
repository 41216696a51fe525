import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { RuleWay, Way } from '../../../src/accounting/assign/ways.ts';
import { external, internal, line, live, payable, product } from '../../plan/build.ts';
import { head } from '../try-load.ts';
import { type Chosen, tryAssign } from './try-assign.ts';

const test = suite('writing accounts into the file');

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const hosting = external(id(1), { name: 'Hosting', nominal_code: '404', description: null });
const twin = external(id(2), { name: 'Fees', nominal_code: '405', description: null });
const sales = internal(id(3), { name: 'Sales', nominal_code: '200', description: null });
const rate = external(id(4), { name: 'Standard', code: 'STD', description: null });
const accounts = [hosting, twin, sales];
const bill = payable(id(10), { document_id: 'INV-1' });
const settings = { 'settings.ledger_accounts.payments': null, 'settings.ledger_accounts.products': null };

const assigned = { 'settings.ledger_accounts.payments': id(3), 'settings.ledger_accounts.products': id(3) };

const state = (
  things: Parameters<typeof live>[2],
  slots: Readonly<Record<string, string | null>> = settings,
) => live({ ledger_accounts: accounts, tax_rates: [rate] }, slots, things);

const rule =
  (others = 0) =>
  (ways: readonly Way[]): Way | undefined =>
    ways.find((way): way is RuleWay => way.type === 'rule' && way.others === others);

const dollars = ['Day $', '{x}'].join('');

/** The text behind the head of the file. */
async function written(
  body: string,
  things: Parameters<typeof live>[2],
  choose: (name: string) => Chosen | null,
  more: Readonly<Record<string, string>> = {},
  slots: Readonly<Record<string, string | null>> = assigned,
) {
  const tried = await tryAssign({ 'ledgerform.yaml': head + body, ...more }, state(things, slots), choose);
  assert.ok(tried.text.startsWith(head), 'what stands above stays');
  return { ...tried, text: tried.text.slice(head.length) };
}

const keys = `external:
  ledger_accounts: { hosting: { nominal_code: "404" } }  # Xero
`;

test('one line is an entry by number and name, by the key of the account, and the plan assigns it', async () => {
  const { changes, errors, text } = await written(
    keys,
    { lines: [line(bill, id(20), { name: 'Rack: "1"' })] },
    () => ({ code: '404' }),
  );
  assert.is(
    text,
    `${keys}assignments:
  line_items:
    - payable: { document_id: INV-1 }
      line_item: { name: "Rack: \\"1\\"" }
      ledger_account: hosting
`,
  );
  assert.equal(errors, []);
  assert.equal(
    changes.map(({ after, id: line }) => [line, after?.ledger_account]),
    [[id(20), 'external.ledger_accounts.hosting']],
  );
});

test('an empty list in brackets becomes a block: an item on a line has no room for what it says', async () => {
  const lines = ['Rack', 'Power'].map((name, at) => line(bill, id(20 + at), { name }));
  const body = `${keys}assignments:\n  line_items: [] # nothing yet\n`;
  const { changes, errors, text } = await written(body, { lines }, () => ({ code: '404' }));
  assert.is(
    text,
    `${keys}assignments:
  line_items: # nothing yet
    - payable: { document_id: INV-1 }
      line_item: { name: Power }
      ledger_account: hosting
    - payable: { document_id: INV-1 }
      line_item: { name: Rack }
      ledger_account: hosting
`,
  );
  assert.equal([errors, changes.length], [[], 2]);
});

test('what no key declares is written by its code, and by its id where several have that code', async () => {
  const things = { products: [product(id(30), { name: 'Mug' })] };
  const only = { code: '405' };
  const byCode = await written('', things, () => only);
  assert.match(byCode.text, 'ledger_account: { nominal_code: "405" }');
  const again = external(id(9), { name: 'Other', nominal_code: '405', description: null });
  const twins = live({ ledger_accounts: [...accounts, again] }, settings, things);
  const byId = await tryAssign({ 'ledgerform.yaml': head }, twins, (name) => (name === 'Mug' ? only : null));
  assert.match(byId.text, `ledger_account: { id: ${id(2)} }`);
  assert.equal(byId.errors, []);
});

test('entries stand before the first rule, a new rule behind them all, and comments where they were', async () => {
  const body = `assignments:
  products:
    # by hand
    - product: { name: Mug }
      ledger_account: { nominal_code: "200" }
    # all the rest of May
    - rule: may   # 2026
      when: { name: "May*" }
      ledger_account: { nominal_code: "405" }
policy: { max_deletes: 3 } # few
`;
  const products = [
    product(id(30), { name: 'Mug', ledger_account_id: id(3) }),
    product(id(31), { name: 'Day' }),
    product(id(32), { name: 'Hour' }),
    product(id(33), { name: 'Hour' }),
  ];
  const { changes, errors, text } = await written(body, { products }, (name) =>
    name === 'Hour' ? { code: '200', way: rule() } : name === 'Day' ? { code: '405' } : null,
  );
  assert.is(
    text,
    body
      .replace(
        '    # all the rest',
        `    - product: { name: Day }
      ledger_account: { nominal_code: "405" }
    # all the rest`,
      )
      .replace(
        'policy:',
        `    - rule: Hour
      when:
        type: product
        name: Hour
      ledger_account: { nominal_code: "200" }
policy:`,
      ),
  );
  assert.equal(errors, []);
  assert.equal(changes.map(({ id: product }) => product).sort(), [id(31), id(32), id(33)]);
});

test('before a rule without an account stands one that says the same besides, so that it wins', async () => {
  const body = `external:
  tax_rates: { std: { code: STD } }
assignments:
  line_items:
    - rule: rates
      when: {}
      tax_rate: std
`;
  const lines = [line(bill, id(20), { name: 'Rack' }), line(bill, id(21), { name: 'Rack' })];
  const ruled = await written(body, { lines }, (name) =>
    name === 'Rack' ? { code: '404', way: rule() } : null,
  );
  assert.match(
    ruled.text,
    `    - rule: Rack, Hetzner
      when:
        payable: { counterpart_name: Hetzner }
        line_item: { name: Rack }
      ledger_account: { nominal_code: "404" }
      tax_rate: std
    - rule: rates`,
  );
  assert.equal(ruled.changes.length, 2);
  for (const { after } of ruled.changes)
    assert.equal(Object.keys(after ?? {}).sort(), ['ledger_account', 'tax_rate']);
  const entered = await written(
    body,
    {
      lines: [
        line(bill, id(20), { name: 'Rack' }),
        line(bill, id(21), { name: 'Fan', accounting_tax_rate_id: id(5) }),
      ],
    },
    (name) => (name === '' ? null : { code: '404' }),
  );
  assert.is(
    entered.text.split('tax_rate: std').length,
    3,
    'a rate that is there is not replaced by an entry',
  );
});

test('an entry that names the line already gets the account', async () => {
  const body = `assignments:
  line_items:
    - payable: { document_id: INV-1 }
      line_item: { name: Rack } # the big one
      tax_rate: { code: STD }
`;
  const { changes, errors, text } = await written(
    body,
    { lines: [line(bill, id(20), { name: 'Rack' })] },
    () => ({ code: '404' }),
  );
  assert.is(
    text,
    body.replace('      tax_rate', '      ledger_account: { nominal_code: "404" }\n      tax_rate'),
  );
  assert.equal([errors, changes.length], [[], 1]);
});

test('a setting is written where its section is, in the style that is there', async () => {
  const body = 'settings:\n  ledger_accounts: { products: null }\n';
  const { changes, text } = await written(body, {}, () => ({ code: '200' }), {}, settings);
  assert.is(text, 'settings:\n  ledger_accounts: { payments: { nominal_code: "200" }, products: null }\n');
  assert.equal(
    changes.map(({ action, address }) => `${action} ${address}`),
    ['set settings.ledger_accounts.payments'],
  );
});

test('texts of the service are no variables, and a name of a rule that is taken gets a number', async () => {
  const escaped = dollars.replace('$', '$$$$');
  const item = `{ rule: "${escaped}", when: { name: "N*" }, ledger_account: { nominal_code: "405" } }`;
  const body = `assignments:\n  products: [${item}]\n`;
  const products = [
    product(id(30), { name: dollars, type: 'service' }),
    product(id(31), { name: dollars, type: 'service' }),
  ];
  const { changes, errors, text } = await written(body, { products }, (name) =>
    name.startsWith('Day') ? { code: '405', way: rule() } : null,
  );
  assert.match(text, `${escaped} 2`);
  assert.equal([errors, changes.length], [[], 2]);
});

test('an inherited rule stays behind what is written, and its file is not touched', async () => {
  const chart =
    'assignments:\n  line_items:\n    - rule: rates\n      when: {}\n      tax_rate: { code: STD }\n';
  const { changes, text } = await written(
    'extends: [chart.yaml]\n',
    { lines: [line(bill, id(20), { name: 'Rack' })] },
    () => ({ code: '404', way: rule() }),
    { 'chart.yaml': chart },
  );
  assert.match(text, '- rule: Rack, Hetzner');
  assert.match(text, 'tax_rate: { code: STD }');
  assert.equal(
    changes.map(({ source }) => source?.file),
    ['ledgerform.yaml'],
  );
});

test('what is written elsewhere and only stands for itself here is left alone, and said; all else is written', async () => {
  const body = 'external:\n  ledger_accounts: &none {}\nsettings:\n  ledger_accounts: *none\n';
  const things = { products: [product(id(30), { name: 'Day' })] };
  const { errors, refused, text } = await written(body, things, () => ({ code: '200' }), {}, settings);
  assert.ok(text.startsWith(body));
  assert.match(text, 'product: { name: Day }');
  assert.is(refused.length, 2);
  for (const why of refused) assert.match(why, 'alias');
  assert.equal(errors, []);
});

test.run();
