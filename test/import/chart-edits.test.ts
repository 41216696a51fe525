import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ChartWanted, chartEdits } from '../../src/import/chart-edits.ts';
import type { ChartRow } from '../../src/load/csv/chart-rows.ts';
import { edit } from '../../src/load/edit/edit.ts';
import { kindOf } from '../load/csv/tables.ts';
import { tryLoad } from '../load/try-load.ts';

const test = suite('the rows of a chart in a file');

const head = 'version: 1\norganization: { id: 9d2b4c8f-2087-4738-ba91-7359683c49a4 }\n';
const own = `${head}# mine
ledger_accounts:
    cash:   # the till
        name: 'Cash'
        nominal_code: "0980"
    rent: { name: Rent, nominal_code: "4210" }   # monthly
    bank: { name: Bank }
external:
  ledger_accounts:
    fees: { nominal_code: "404" }
removed:
  ledger_accounts: [{ nominal_code: "0999" }]
# the end
`;
const row = (line: number, fields: ChartRow['fields'], type: string | null = null): ChartRow => ({
  line,
  fields,
  type,
});
const add: ChartWanted = { external: false, update: false };

/** What rows come to in a file, and the file with them. */
async function into(
  text: string,
  rows: readonly ChartRow[],
  wanted = add,
  of: 'accounts' | 'rates' = 'accounts',
) {
  const { declared, problems } = await tryLoad({ 'ledgerform.yaml': text });
  assert.ok(declared, JSON.stringify(problems));
  const done = chartEdits(rows, declared, kindOf(of), wanted);
  const { refused, text: after } = edit(
    text,
    done.edits.flatMap(({ edits }) => edits),
  );
  assert.equal(refused, []);
  return { ...done, after };
}

test('what is new stands behind the rest, with its type as a comment, and every other byte stays', async () => {
  const { after, edits } = await into(own, [
    row(2, { nominal_code: '0010', name: 'Land: "own" # 1', description: 'a\nb' }, 'Fixed asset'),
    row(3, { nominal_code: '0020' }),
  ]);
  const fresh = `    land_own_1: # type: Fixed asset
        name: 'Land: "own" # 1'
        nominal_code: "0010"
        description: |-
            a
            b
    account_0020: { nominal_code: "0020" }
`.replace(`'Land: "own" # 1'`, '"Land: \\"own\\" # 1"');
  assert.is(after, own.replace('    bank: { name: Bank }\n', `    bank: { name: Bank }\n${fresh}`));
  assert.equal(
    edits.map(({ address }) => address),
    ['ledger_accounts.land_own_1', 'ledger_accounts.account_0020'],
  );
});

test('a row that the file says already changes nothing, whatever its key there', async () => {
  const rows = [
    row(2, { nominal_code: '0980', name: 'Cash' }),
    row(3, { name: 'Bank' }),
    row(4, { nominal_code: '4210' }),
  ];
  const { after, different, edits, same, skipped } = await into(own, rows);
  assert.equal([after, different, edits, same, skipped], [own, [], [], 3, []]);
});

test('a row that says something else is told, and changes the file only when that is asked for', async () => {
  const rows = [row(2, { nominal_code: '0980', name: 'Kasse', description: 'Petty' })];
  const { after, different } = await into(own, rows);
  assert.is(after, own);
  assert.equal(
    different.map(({ entry, fields }) => [entry.address, fields]),
    [
      [
        'ledger_accounts.cash',
        [
          { name: 'name', file: 'Cash', row: 'Kasse' },
          { name: 'description', file: null, row: 'Petty' },
        ],
      ],
    ],
  );
  const updated = await into(own, rows, { ...add, update: true });
  const changed = own
    .replace("'Cash'", "'Kasse'")
    .replace('nominal_code: "0980"\n', 'nominal_code: "0980"\n        description: Petty\n');
  assert.is(updated.after, changed);
  assert.is((await into(changed, rows)).same, 1);
});

test('a row that the file has elsewhere is left out, and it is said where', async () => {
  const rows = [row(2, { nominal_code: '404', name: 'Fees' }), row(3, { nominal_code: '0999', name: 'Old' })];
  const { edits, skipped } = await into(own, rows);
  assert.equal(edits, []);
  assert.match(skipped[0]?.why ?? '', /external\.ledger_accounts\.fees/);
  assert.match(skipped[1]?.why ?? '', /removed/);
});

test('look-ups state the code alone, and what it is called as a comment', async () => {
  const rows = [
    row(2, { nominal_code: '404', name: 'Fees' }),
    row(3, { nominal_code: '477', name: 'Wages' }, 'Expense'),
    row(4, { nominal_code: '4210', name: 'Rent' }),
    row(5, { name: 'Petty cash' }),
  ];
  const { after, same, skipped } = await into(own, rows, { ...add, external: true });
  const fresh = `    wages: { nominal_code: "477" } # Wages · type: Expense
    petty_cash: { name: Petty cash }
`;
  assert.is(after, own.replace('"404" }\n', `"404" }\n${fresh}`));
  assert.is(same, 1);
  assert.match(skipped[0]?.why ?? '', /ledger_accounts\.rent/);
});

test('keys are those that nothing else has, and accounts of one name get their code', async () => {
  const text = `${head}ledger_accounts: {}\nexternal:\n  ledger_accounts:\n    wages: { nominal_code: "477" }\n`;
  const { edits } = await into(text, [
    row(2, { nominal_code: '6000', name: 'Wages' }),
    row(3, { nominal_code: '0001', name: 'Other' }),
    row(4, { nominal_code: '0002', name: 'Other' }),
  ]);
  assert.equal(
    edits.map(({ address }) => address.split('.').at(-1)),
    ['wages_6000', 'other_0001', 'other_0002'],
  );
});

test('tax codes are the same in any case, and rates are written in percent', async () => {
  const text = `${head}tax_rates:\n  full: { code: USt19, effective_tax_rate: 19% }\n`;
  const rows = [
    row(2, { code: 'UST19', effective_tax_rate: '19%' }),
    row(3, { code: 'ust7', effective_tax_rate: '7%', name: '7 %' }),
  ];
  const { after, same } = await into(text, rows, add, 'rates');
  assert.is(same, 1);
  assert.is(after, `${text}  rate_7:\n    name: 7 %\n    code: ust7\n    effective_tax_rate: 7%\n`);
});

test('what looks like a variable is written as text', async () => {
  const { after } = await into(`${head}`, [row(2, { nominal_code: '1', name: `a \${var.X}` })]);
  assert.is(after, `${head}\nledger_accounts:\n  a_var_x:\n    name: a $\${var.X}\n    nominal_code: "1"\n`);
});

test('any rows, imported twice, change nothing the second time, and the first time only add', async () => {
  const field = fc.string({
    unit: fc.constantFrom(...'abéЖ中 01:#"\'-{}[],&*!|>%@`=$'),
    minLength: 1,
    maxLength: 8,
  });
  const text = field.map((each) => each.trim()).filter((each) => each !== '');
  const rows = fc.uniqueArray(fc.record({ nominal_code: text, name: text, description: text }), {
    selector: ({ nominal_code }) => nominal_code,
    minLength: 1,
    maxLength: 6,
  });
  await fc.assert(
    fc.asyncProperty(
      rows,
      fc.constantFrom(own, head, `${head}ledger_accounts: {} # none\n`),
      async (drawn, file) => {
        const wanted = drawn.map((fields, at) => row(at + 2, fields, fields.name));
        const first = await into(file, wanted);
        const second = await into(first.after, wanted);
        assert.is(second.after, first.after);
        assert.equal([second.edits, second.different, second.same], [[], [], drawn.length]);
        const left = first.after.split('\n');
        for (const each of file.replace(' {} # none', ' # none').split('\n')) {
          const at = left.indexOf(each);
          assert.ok(at >= 0, each);
          left.splice(0, at + 1);
        }
      },
    ),
    { numRuns: 60 },
  );
});

test.run();
