import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { chartRows } from '../../src/load/csv/chart-rows.ts';
import { readTable } from '../../src/load/csv/read-table.ts';
import { isForbidden } from '../../src/load/scalar-value.ts';
import { hundredthsToPercent } from '../../src/model/percent.ts';
import { toWindows1252 } from '../../src/model/windows-1252.ts';
import { canonicalText } from '../../src/plan/canonical.ts';
import { type ChartLayout, type ChartLine, chartCsv, chartLayouts } from '../../src/render/chart-csv.ts';
import { kindOf } from '../load/csv/tables.ts';
import { hostileTexts } from '../reliability/hostile/texts.ts';

const test = suite('a chart for spreadsheets');

const none: ChartLine = { code: null, name: null, rate: null, type: null, description: null };

test('each program gets its columns', () => {
  const lines: readonly ChartLine[] = [
    { code: '0010', name: 'Land; "own"', rate: null, type: 'Asset', description: 'a\nb' },
  ];
  const texts = chartLayouts.map((layout) => chartCsv(lines, 'accounts', layout));
  assert.equal(texts, [
    'code,name,type,description\r\n0010,"Land; ""own""",Asset,"a\nb"\r\n',
    '*Code,*Name,*Type,*Tax Code,Description\r\n0010,"Land; ""own""",Asset,,"a\nb"\r\n',
    'Account Number,Account Name,Type,Detail Type,Description\r\n0010,"Land; ""own""",Asset,,"a\nb"\r\n',
    'Konto;Kontenbeschriftung\r\n0010;"Land; ""own"""\r\n',
  ]);
  assert.is(
    chartCsv([{ ...none, code: 'S', name: 'Standard', rate: '19%' }], 'rates', 'plain'),
    'code,name,rate,type,description\r\nS,Standard,19%,,\r\n',
  );
});

test('formulas are texts, and what no file may hold is shown', () => {
  assert.is(
    chartCsv(
      [{ ...none, code: '-5', name: '=cmd()', description: 'x\r\n@y\u001b[2J\u202e' }],
      'accounts',
      'plain',
    ),
    "code,name,type,description\r\n'-5,'=cmd(),,\"x\n'@y\\u001b[2J\\u202e\"\r\n",
  );
});

/** A text that a configuration can hold, in the form in which it is compared. */
const texts = (lines: 'one line' | 'lines') =>
  fc
    .oneof(
      fc.constantFrom(...Object.values(hostileTexts)),
      fc.string({ unit: 'grapheme', maxLength: 15 }),
      fc.string({ unit: fc.constantFrom(...`'"=+-@,;|:# \n\t\\x1１＝`), maxLength: 10 }),
    )
    .map(canonicalText)
    .map((text) => (lines === 'lines' ? text : text.replace(/\s*\n\s*/g, ' ')))
    .filter((text) => !isForbidden(text));

const line = fc.record({
  code: fc.oneof(texts('one line'), fc.stringMatching(/^0\d{3}$/)).filter((text) => text !== ''),
  name: texts('one line'),
  rate: fc.constant(null),
  type: fc.constantFrom('Asset', 'Expense', "'=Type", ''),
  description: texts('lines'),
});

const hold: Readonly<Record<ChartLayout, readonly (keyof ChartLine)[]>> = {
  plain: ['code', 'name', 'type', 'description'],
  xero: ['code', 'name', 'type', 'description'],
  quickbooks: ['code', 'name', 'type', 'description'],
  datev: ['code', 'name'],
};

for (const layout of chartLayouts)
  test(`an import of what was exported as ${layout} gives every text back`, () => {
    void fc.assert(
      fc.property(fc.uniqueArray(line, { selector: ({ code }) => code, maxLength: 5 }), (lines) => {
        const bytes = bytesOf(chartCsv(lines, 'accounts', layout), layout);
        const table = readTable(bytes, { encoding: null, delimiter: null, of: null, columns: null });
        if ('why' in table) throw new Error(JSON.stringify(table));
        const { rows, skipped } = chartRows(table, kindOf('accounts'));
        const kept = lines.map((each) => ({ ...none, ...pick(each, hold[layout]) }));
        assert.equal([table.columns.layout, skipped], [layout, []]);
        assert.equal(
          rows.map(({ fields, type }) => ({
            ...none,
            code: fields.nominal_code ?? null,
            name: fields.name ?? null,
            type,
            description: fields.description ?? null,
          })),
          kept.map((each) =>
            Object.fromEntries(
              Object.entries(each).map(([name, value]) => [name, value === '' ? null : value]),
            ),
          ),
        );
      }),
      { numRuns: 150 },
    );
  });

/** DATEV’s own encoding where it has all the letters. */
function bytesOf(text: string, layout: ChartLayout): Uint8Array {
  const narrow = layout === 'datev' ? toWindows1252(text) : { missing: '' };
  return 'missing' in narrow ? Buffer.from(`\ufeff${text}`) : narrow;
}

const pick = (each: ChartLine, names: readonly (keyof ChartLine)[]): Partial<ChartLine> =>
  Object.fromEntries(names.map((name) => [name, each[name]]));

test('an import of exported rates gives every rate back', () => {
  for (let rate = 0; rate <= 10_000; rate += 37) {
    const percent = hundredthsToPercent(rate);
    const text = chartCsv([{ ...none, code: 'a', name: 'b', rate: percent }], 'rates', 'plain');
    const table = readTable(Buffer.from(text), { encoding: null, delimiter: null, of: null, columns: null });
    if ('why' in table) throw new Error(JSON.stringify(table));
    assert.is(chartRows(table, kindOf('rates')).rows[0]?.fields.effective_tax_rate, percent);
  }
});

test.run();
