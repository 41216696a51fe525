import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fix } from '../../src/load/fix.ts';
import { splice } from '../../src/load/splice.ts';
import { head, tryText } from './try-load.ts';

const test = suite('fix');

const codes = [
  '0400',
  '010',
  '0o17',
  '0x1F',
  '1e3',
  '1.10',
  '.5',
  'true',
  'FALSE',
  '-7',
  '+3',
  '.inf',
  '9007199254740993',
];
const rates = ['7.5', '19.25', '1.5', '07.5'];

for (const code of codes) {
  test(`${code} is quoted as it is written`, async () => {
    const text = `${head}ledger_accounts:\n  a: { nominal_code: ${code} } # a comment\n`;
    const [fixed] = fix(await tryText(text));
    assert.is(fixed?.text, text.replace(`: ${code} }`, `: "${code}" }`));
    const again = await tryText(fixed?.text ?? '');
    assert.is(again.desired?.entries[0]?.fields.nominal_code, code);
  });
}

for (const [what, value] of [
  ['nothing', ''],
  ['null', 'null'],
  ['a list', '[1]'],
  ['a tagged number', '!!int 7'],
]) {
  test(`${what} in place of a code is left to a person`, async () => {
    const loaded = await tryText(`${head}ledger_accounts:\n  a:\n    nominal_code: ${value}\n`);
    assert.ok(loaded.problems.length > 0);
    assert.equal(fix(loaded), []);
  });
}

for (const rate of ['20', '750', '7.0', '0.5', '0.19', '7.555', '101.5', '-1.5', '"7.5"', '1e1']) {
  test(`the rate ${rate} is left to a person`, async () => {
    const loaded = await tryText(`${head}tax_rates:\n  a: { code: A, effective_tax_rate: ${rate} }\n`);
    assert.equal(
      loaded.problems.map(({ code }) => code),
      ['PERCENT_FORM'],
    );
    assert.equal(fix(loaded), []);
  });
}

const eol = fc.constantFrom('\n', '\r\n');
const gap = fc.constantFrom('', ' ', '  # why', '   # "quoted" ü 💶');
const value = fc.oneof(
  fc.constantFrom(...codes).map((code) => ({ field: 'nominal_code', written: code, wanted: `"${code}"` })),
  fc
    .constantFrom('"1"', "'x y'", 'plain')
    .map((code) => ({ field: 'nominal_code', written: code, wanted: code })),
  fc.constantFrom('2024', 'true').map((name) => ({ field: 'name', written: name, wanted: `"${name}"` })),
);
const rate = fc.oneof(
  fc.constantFrom(...rates).map((written) => ({ written, wanted: `${written}%` })),
  fc.constantFrom('7%', '20').map((written) => ({ written, wanted: written })),
);

test('fixing changes what is wrong and no other byte, and fixing twice changes nothing more', async () => {
  const file = fc.record({
    end: eol,
    mark: fc.constantFrom('', '\ufeff'),
    accounts: fc.array(fc.tuple(value, gap), { minLength: 1, maxLength: 8 }),
    taxes: fc.array(fc.tuple(rate, gap), { maxLength: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(file, async ({ end, mark, accounts, taxes }) => {
      const write = (which: 'written' | 'wanted') =>
        mark +
        [
          ...head.trimEnd().split('\n'),
          'ledger_accounts:   # all of them',
          ...accounts.map(
            ([each, space], index) => `   a${index}: {  ${each.field}:  ${each[which]} }${space}`,
          ),
          'tax_rates:',
          ...taxes.map(
            ([each, space], index) =>
              `   t${index}: { name: T${index}, effective_tax_rate: ${each[which]} }${space}`,
          ),
          taxes.length === 0 ? '  {}' : '',
        ].join(end);
      const loaded = await tryText(write('written'));
      const once = fix(loaded)[0]?.text ?? write('written');
      assert.is(once, write('wanted'));
      assert.equal(fix(await tryText(once)), []);
    }),
    { numRuns: 60 },
  );
});

test('edits are made wherever they stand, in any order', async () => {
  const edits = fc
    .uniqueArray(fc.nat(40), { maxLength: 10 })
    .map((starts) => starts.map((start) => ({ start, end: start + 1, text: '<>' })));
  await fc.assert(
    fc.property(fc.string({ minLength: 41, maxLength: 60 }), edits, (text, list) => {
      const chosen = new Set(list.map(({ start }) => start));
      const expected = [...text.split('')]
        .map((character, index) => (chosen.has(index) ? '<>' : character))
        .join('');
      assert.is(splice(text, list), expected);
    }),
  );
});

test('edits that overlap or leave the text are refused', () => {
  const edit = (start: number, end: number) => ({ start, end, text: '' });
  assert.throws(
    () => splice('abcdef', [edit(0, 3), edit(2, 4)]),
    (error: unknown) => error instanceof RangeError,
  );
  assert.throws(
    () => splice('abc', [edit(2, 9)]),
    (error: unknown) => error instanceof RangeError,
  );
  assert.is(splice('abc', [edit(0, 1), { start: 1, end: 1, text: 'x' }]), 'xbc');
});

test.run();
