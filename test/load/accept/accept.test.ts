import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Live, LiveObject } from '../../../src/model/live.ts';
import { external, internal, line, live, payable, product } from '../../plan/build.ts';
import { head } from '../try-load.ts';
import { tryAccept } from './try-accept.ts';

const test = suite('accepting live values');

const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const account = (
  at: number,
  nominal_code: string | null,
  name: string | null,
  description: string | null = null,
) => internal(id(at), { name, nominal_code, description });
const rate = (at: number, code: string, effective_tax_rate: string) =>
  internal(id(at), { name: code, code, effective_tax_rate, description: null });
const bank = external(id(90), { name: 'Bank', nominal_code: '404', description: null });
const payments = 'settings.ledger_accounts.payments';
const cash = account(1, '1090', 'Cash');
const sales = account(2, '4010', 'Sales');

interface Row {
  readonly title: string;
  readonly own: string;
  readonly base?: string;
  readonly where?: 'base';
  readonly live: Live;
  /** The lines that go and come, in their order; of the base with `base`. */
  readonly diff: readonly string[];
  readonly left?: readonly RegExp[];
  /** Accepted, and planned all the same, for what was no drift. */
  readonly still?: readonly string[];
}

const books = (accounts: readonly LiveObject[], ...rest: readonly unknown[]): Live =>
  live({ ledger_accounts: accounts }, ...(rest as [])); // as `live` takes them

const cashAndSales = `ledger_accounts:
  cash: # petty
    name: 'Cash'   # short
    nominal_code: "1090"
  sales: { name: Sales, nominal_code: "4010" }
`;

const rows: readonly Row[] = [
  {
    title: 'a changed field is written where it stands',
    own: cashAndSales,
    live: books([account(1, '1090', 'Kasse'), sales]),
    diff: ["-    name: 'Cash'   # short", "+    name: 'Kasse'   # short"],
  },
  {
    title: 'what YAML or the language would take for something else is written so that it is not',
    own: cashAndSales,
    live: books([account(1, '1090', 'NO'), account(2, '4010', `\${var.X}: # "a"`)]),
    diff: [
      "-    name: 'Cash'   # short",
      "+    name: 'NO'   # short",
      '-  sales: { name: Sales, nominal_code: "4010" }',
      `+  sales: { name: "$\${var.X}: # \\"a\\"", nominal_code: "4010" }`,
    ],
  },
  {
    title: 'a rate keeps its percent form, a description that is gone is null',
    own: 'tax_rates:\n  red:\n    code: RED\n    effective_tax_rate: 7.5%\n    description: >\n      Reduced\n',
    live: live({ tax_rates: [rate(1, 'RED', '19.25%')] }),
    diff: [
      '-    effective_tax_rate: 7.5%',
      '-    description: >',
      '-      Reduced',
      '+    effective_tax_rate: 19.25%',
      '+    description: null',
    ],
  },
  {
    title: 'a code that differs in case alone is no difference',
    own: 'tax_rates:\n  red: { code: red, name: Old, effective_tax_rate: 5% }\n',
    live: live({
      tax_rates: [internal(id(1), { name: 'New', code: 'RED', effective_tax_rate: '5%', description: null })],
    }),
    diff: [
      '-  red: { code: red, name: Old, effective_tax_rate: 5% }',
      '+  red: { code: red, name: New, effective_tax_rate: 5% }',
    ],
  },
  {
    title: 'a text in a block stays one, its last line end with it',
    own: 'ledger_accounts:\n  cash:\n    nominal_code: "1090"\n    description: |\n      Old\n  sales: { nominal_code: "4010" }\n',
    live: books([account(1, '1090', 'Cash', 'New: one\n\ntwo'), sales]),
    diff: ['-      Old', '+      New: one', '+', '+      two'],
  },
  {
    title: 'what an extended file declares is overridden in the own file',
    own: 'extends: [base.yaml]\nledger_accounts:\n  sales: { description: null }\n# end',
    base: cashAndSales,
    live: books([account(1, '1090', 'Kasse'), account(2, '4010', 'Verkauf')]),
    diff: [
      '-  sales: { description: null }',
      '+  sales: { name: Verkauf, description: null }',
      '+  cash:',
      '+    name: Kasse',
    ],
  },
  {
    title: 'with base it is written where it stands',
    own: 'extends: [base.yaml]\n',
    base: cashAndSales,
    where: 'base',
    live: books([account(1, '1090', 'Kasse'), sales]),
    diff: ["-    name: 'Cash'   # short", "+    name: 'Kasse'   # short"],
  },
  {
    title: 'a setting gets the key of what it points to',
    own: `${cashAndSales}settings:\n  ledger_accounts: { payments: cash } # all\n`,
    live: books([cash, sales], { [payments]: id(2) }),
    diff: ['-  ledger_accounts: { payments: cash } # all', '+  ledger_accounts: { payments: sales } # all'],
  },
  {
    title: 'a setting of an extended file is overridden, also with an external key',
    own: 'extends: [base.yaml]\n',
    base: `${cashAndSales}external: { ledger_accounts: { bank: { nominal_code: "404" } } }\nsettings: { ledger_accounts: { payments: cash } }\n`,
    live: books([cash, sales, bank], { [payments]: id(90) }),
    diff: ['+', '+settings:', '+  ledger_accounts:', '+    payments: bank'],
  },
  {
    title: 'a setting that was cleared is null',
    own: `${cashAndSales}settings: { ledger_accounts: { payments: cash } }\n`,
    live: books([cash, sales], { [payments]: null }),
    diff: [
      '-settings: { ledger_accounts: { payments: cash } }',
      '+settings: { ledger_accounts: { payments: null } }',
    ],
  },
  {
    title: 'what has no key is looked up by its code',
    own: `${cashAndSales}settings: { ledger_accounts: { payments: cash } }\n`,
    live: books([cash, sales, account(3, '0400', 'Other')], { [payments]: id(3) }),
    diff: [
      '-settings: { ledger_accounts: { payments: cash } }',
      '+settings: { ledger_accounts: { payments: { nominal_code: "0400" } } }',
    ],
  },
  {
    title: 'where the code is not unique, or there is none, by its id',
    own: `${cashAndSales}settings: { ledger_accounts: { payments: cash, products: sales } }\n`,
    live: books(
      [cash, sales, account(3, '0400', 'Other'), account(4, '0400', 'Twin'), account(5, null, 'No code')],
      {
        [payments]: id(3),
        'settings.ledger_accounts.products': id(5),
      },
    ),
    diff: [
      '-settings: { ledger_accounts: { payments: cash, products: sales } }',
      `+settings: { ledger_accounts: { payments: { id: ${id(3)} }, products: { id: ${id(5)} } } }`,
    ],
  },
  {
    title: 'a setting that points to nothing any more is left',
    own: `${cashAndSales}settings: { ledger_accounts: { payments: cash } }\n`,
    live: books([cash, sales], { [payments]: id(77) }),
    diff: [],
    left: [/^settings\.ledger_accounts\.payments: it points to .* does not exist any more$/],
  },
  {
    title: 'an entry whose object is gone goes with its lines',
    own: cashAndSales,
    live: books([sales]),
    diff: ['-  cash: # petty', "-    name: 'Cash'   # short", '-    nominal_code: "1090"'],
  },
  {
    title: 'an entry of an extended file is dropped by null',
    own: 'extends: [base.yaml]\n',
    base: cashAndSales,
    live: books([sales]),
    diff: ['+', '+ledger_accounts:', '+  cash: null'],
  },
  {
    title: 'with base it goes from every file that states it',
    own: 'extends: [base.yaml]\nledger_accounts:\n  cash: { description: null }\n',
    base: cashAndSales,
    where: 'base',
    live: books([sales]),
    diff: ['-  cash: # petty', "-    name: 'Cash'   # short", '-    nominal_code: "1090"'],
  },
  {
    title: 'an entry that a setting, a rule or policy.protect still refers to is left',
    own: `${cashAndSales}  fees: { nominal_code: "5000" }
settings: { ledger_accounts: { payments: cash } }
assignments: { products: [{ rule: all, when: { name: "*" }, ledger_account: sales }] }
policy: { protect: [ledger_accounts.fees] }
`,
    live: books([], { [payments]: id(1) }),
    diff: [],
    left: [
      /^settings/,
      /^ledger_accounts\.cash: .* refers to its key$/,
      /^ledger_accounts\.sales: .* refers to its key$/,
      /^ledger_accounts\.fees: `policy\.protect` names it$/,
    ],
  },
  {
    title: 'an entry goes when the setting that referred to it has gone elsewhere as well',
    own: 'ledger_accounts:\n  cash: { nominal_code: "1090" }\n  sales: { nominal_code: "4010" }\nsettings: { ledger_accounts: { payments: cash } }\n',
    live: books([sales], { [payments]: id(2) }),
    diff: [
      '-  cash: { nominal_code: "1090" }',
      '-settings: { ledger_accounts: { payments: cash } }',
      '+settings: { ledger_accounts: { payments: sales } }',
    ],
  },
  {
    title: 'an entry that may have been renamed by hand is left',
    own: cashAndSales,
    live: books([account(1, '1091', 'Cash'), sales]),
    diff: [],
    left: [/^ledger_accounts\.cash: it may have been renamed by hand$/],
  },
  {
    title: 'what `removed` names and is there again goes from the list',
    own: `${cashAndSales}removed:\n  ledger_accounts:\n    - { nominal_code: "1180" } # old\n    - { nominal_code: "1181" }\n`,
    live: books([cash, sales, account(3, '1180', 'Old')]),
    diff: ['-    - { nominal_code: "1180" } # old'],
  },
  {
    title: 'a list of an extended file cannot be overridden',
    own: 'extends: [base.yaml]\n',
    base: `${cashAndSales}removed: { ledger_accounts: [{ nominal_code: "1180" }] }\nassignments: { products: [{ product: { id: ${id(50)} }, ledger_account: cash }] }\n`,
    live: live(
      { ledger_accounts: [cash, sales, account(3, '1180', 'Old')] },
      {},
      { products: [product(id(50), { ledger_account_id: id(2) })] },
    ),
    diff: [],
    left: [/^assignments\.products\..* --accept=base/, /^ledger_accounts\[.* --accept=base/],
  },
  {
    title: 'with base its lists are changed',
    own: 'extends: [base.yaml]\n',
    base: `${cashAndSales}removed: { ledger_accounts: [{ nominal_code: "1180" }] }\nassignments: { products: [{ product: { id: ${id(50)} }, ledger_account: cash }] }\n`,
    where: 'base',
    live: live(
      { ledger_accounts: [cash, sales, account(3, '1180', 'Old')] },
      {},
      { products: [product(id(50), { ledger_account_id: id(2) })] },
    ),
    diff: [
      '-removed: { ledger_accounts: [{ nominal_code: "1180" }] }',
      `-assignments: { products: [{ product: { id: ${id(50)} }, ledger_account: cash }] }`,
      '+removed: { ledger_accounts: [] }',
      `+assignments: { products: [{ product: { id: ${id(50)} }, ledger_account: sales }] }`,
    ],
  },
  {
    title: 'an entry that names a product gets what is assigned, or null',
    own: `${cashAndSales}assignments:
  products:
    - product: { id: ${id(50)} } # first
      ledger_account: cash # why
    - { product: { id: ${id(51)} }, ledger_account: cash }
`,
    live: live(
      { ledger_accounts: [cash, sales] },
      {},
      { products: [product(id(50), { ledger_account_id: id(2) }), product(id(51))] },
    ),
    diff: [
      '-      ledger_account: cash # why',
      `-    - { product: { id: ${id(51)} }, ledger_account: cash }`,
      '+      ledger_account: sales # why',
      `+    - { product: { id: ${id(51)} }, ledger_account: null }`,
    ],
  },
  {
    title: 'beside a rule that overwrites stands a new entry before it',
    own: `${cashAndSales}assignments:
  # by rule
  products:
    - rule: all
      when: { name: "*" }
      ledger_account: cash
      overwrite: true
`,
    live: live(
      { ledger_accounts: [cash, sales] },
      {},
      {
        products: [
          product(id(50), { ledger_account_id: id(2) }),
          product(id(51), { ledger_account_id: id(1) }),
        ],
      },
    ),
    diff: [`+    - product: { id: ${id(50)} }`, '+      ledger_account: sales'],
  },
  {
    title: 'a rule of an extended file is overridden by an entry of the own file',
    own: 'extends: [base.yaml]\n',
    base: `${cashAndSales}assignments: { products: [{ when: { name: "*" }, ledger_account: cash, overwrite: true }] }\n`,
    live: live(
      { ledger_accounts: [cash, sales] },
      {},
      { products: [product(id(50), { ledger_account_id: id(2) })] },
    ),
    diff: [
      '+',
      '+assignments:',
      '+  products:',
      `+    - product: { id: ${id(50)} }`,
      '+      ledger_account: sales',
    ],
  },
  {
    title: 'lines of payables likewise, and what the rule fills stays as it says',
    own: `${cashAndSales}tax_rates: { red: { code: RED } }
assignments:
  line_items:
    - when: { line_item: { name: "*" } }
      ledger_account: cash
      tax_rate: red
      overwrite: true
`,
    live: live(
      { ledger_accounts: [cash, sales], tax_rates: [rate(9, 'RED', '7%')] },
      {},
      { lines: [line(payable(id(60)), id(61), { ledger_account_id: id(2) })] },
    ),
    diff: [
      `+    - payable: { id: ${id(60)} }`,
      `+      line_item: { id: ${id(61)} }`,
      '+      tax_rate: red',
      '+      ledger_account: sales',
    ],
    still: [`assign assignments.line_items.${id(60)}/${id(61)}`],
  },
  {
    title: 'a variable, an alias and an anchor that is used elsewhere are left, all else is written',
    own: `ledger_accounts:
  a: { nominal_code: "\${var.CODE}", name: &shared Cash, description: x }
  b: { nominal_code: "4010", name: *shared }
  c: { nominal_code: "3000", name: "C \${var.CODE}" }
  d: { nominal_code: "3001", name: D }
`,
    live: books([
      account(1, '1090', 'One', 'x'),
      account(2, '4010', 'Two'),
      account(3, '3000', 'Three'),
      account(4, '3001', 'Four'),
    ]),
    diff: ['-  d: { nominal_code: "3001", name: D }', '+  d: { nominal_code: "3001", name: Four }'],
    left: [
      /^ledger_accounts\.a: .*anchor/,
      /^ledger_accounts\.b: .*alias/,
      /^ledger_accounts\.c: .*variable/,
    ],
  },
  {
    title: 'what no file can say is left',
    own: cashAndSales,
    live: books([account(1, '1090', 'a\u202eb'), account(2, '4010', null)]),
    diff: [],
    left: [
      /^ledger_accounts\.cash: `name` holds an invisible character$/,
      /^ledger_accounts\.sales: it has no `name`/,
    ],
  },
  {
    title: 'a change with which the file would be wrong is left, others are made',
    own: `ledger_accounts:
  a: { id: ${id(1)}, nominal_code: "1", name: A }
  b: { nominal_code: "2", name: B }
removed: { ledger_accounts: [{ nominal_code: "3" }] }
`,
    live: books([account(1, '3', 'A'), account(2, '2', 'Bee')]),
    diff: ['-  b: { nominal_code: "2", name: B }', '+  b: { nominal_code: "2", name: Bee }'],
    left: [/^ledger_accounts\.a: the file would be wrong: /],
  },
];

for (const row of rows) {
  test(row.title, async () => {
    const files = { 'ledgerform.yaml': head + row.own, ...(row.base ? { 'base.yaml': row.base } : {}) };
    const tried = await tryAccept(files, row.live, row.where);
    const path = row.where === 'base' ? 'base.yaml' : 'ledgerform.yaml';
    const shown = diffOf(files[path] ?? '', tried.files[path] ?? '');
    assert.equal(
      sorted(shown),
      sorted(row.diff),
      `${tried.files[path]}\n${tried.left.join('\n')}\n${tried.reasons.join('\n')}`,
    );
    const expected = row.left ?? [];
    assert.is(tried.left.length, expected.length, tried.left.join('\n'));
    for (const pattern of expected)
      assert.ok(
        tried.left.some((each) => pattern.test(each)),
        `${pattern}: ${tried.left.join('\n')}`,
      );
    assert.ok(tried.accepted.length > 0 || row.diff.length === 0);
    const still = tried.after.filter(({ address }) => tried.accepted.includes(address));
    assert.equal(
      still.map(({ action, address }) => `${action} ${address}`),
      row.still ?? [],
    );
  });
}

const texts = fc.constantFrom(
  'Cash',
  'NO',
  '0400',
  'a: b',
  'x #y',
  'Ünï',
  'two\nlines',
  '~',
  `\${var.CODE}`,
  'x',
  "it's",
);
const entry = fc.record({
  in: fc.constantFrom('own', 'base', 'both'),
  flow: fc.boolean(),
  name: texts,
  description: fc.option(texts),
  live: fc.option(fc.record({ name: texts, description: fc.option(texts) })),
});

test('whatever has drifted, what is accepted is no difference any more, and what is left is as it was', async () => {
  const drawn = fc.record({
    entries: fc.array(entry, { minLength: 1, maxLength: 5 }),
    payments: fc.nat(5),
    stored: fc.nat(6),
    where: fc.constantFrom('own' as const, 'base' as const),
  });
  await fc.assert(
    fc.asyncProperty(drawn, async ({ entries, payments: stated, stored, where }) => {
      const section = (layer: string): string => {
        const own = entries.flatMap((each, at) =>
          each.in === layer || each.in === 'both' ? [entryText(each, at)] : [],
        );
        return own.length === 0 ? '' : `ledger_accounts:\n${own.join('')}`;
      };
      const setting = `settings: { ledger_accounts: { payments: k${stated % entries.length} } } # p\n`;
      const files = {
        'ledgerform.yaml': `${head}extends: [base.yaml]\n${section('own')}`,
        'base.yaml': `# base\n${section('base')}${setting}`,
      };
      const objects = entries.flatMap(({ live: now }, at) =>
        now ? [account(at + 1, `c${at}`, now.name, now.description)] : [],
      );
      const tried = await tryAccept(
        files,
        books(objects, { [payments]: objects[stored]?.id ?? null }),
        where,
      );
      const planned = tried.after.map(({ address }) => address);
      assert.equal(
        planned.filter((address) => tried.accepted.includes(address)),
        [],
      );
      assert.equal(
        tried.left.filter((each) => !/refers to its key|renamed by hand/.test(each)),
        [],
      );
      if (where === 'base') return;
      assert.is(tried.files['base.yaml'], files['base.yaml']);
    }),
    { numRuns: 100 },
  );
});

test.run();

function entryText(
  {
    description,
    flow,
    name,
  }: { readonly description: string | null; readonly flow: boolean; readonly name: string },
  at: number,
): string {
  const quoted = (text: string): string => JSON.stringify(text.replaceAll('$' + '{', () => '$$' + '{'));
  const fields = [
    `name: ${quoted(name)}`,
    `nominal_code: c${at}`,
    `description: ${description === null ? 'null' : quoted(description)}`,
  ];
  return flow
    ? `  k${at}: { ${fields.join(', ')} } # f\n`
    : `  k${at}: # e\n${fields.map((each) => `    ${each} # g\n`).join('')}`;
}

/** The lines that go and come. */
function diffOf(before: string, after: string): readonly string[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  const count = (lines: readonly string[], line: string): number =>
    lines.filter((each) => each === line).length;
  return [
    ...[...new Set(old)].filter((line) => count(old, line) > count(now, line)).map((line) => `-${line}`),
    ...[...new Set(now)].filter((line) => count(now, line) > count(old, line)).map((line) => `+${line}`),
  ];
}

const sorted = (lines: readonly string[]): readonly string[] => [...lines].sort();
