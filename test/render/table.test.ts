import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csv } from '../../src/render/csv.ts';
import { table } from '../../src/render/table.ts';
import { padEnd, shorten, width } from '../../src/render/width.ts';
import { hostile } from './hostile.ts';

const test = suite('tables and CSV');

const widths: readonly (readonly [text: string, columns: number])[] = [
  ['', 0],
  ['4010 Cash', 9],
  ['Größe', 5],
  ['Gro\u0308ße', 5],
  ['現金', 4],
  ['ｶﾅ', 2],
  ['ＡＢ', 4],
  ['한국', 4],
  ['👩‍💻', 2],
  ['🇬🇧', 2],
  ['❤️', 2],
  ['…', 1],
];
for (const [text, columns] of widths)
  test(`"${text}" takes ${columns} columns`, () => {
    assert.is(width(text), columns);
  });

test('a shortened text has at most the columns it may have', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 20 }), (text, columns) => {
      assert.ok(width(shorten(text, columns)) <= columns);
      if (width(text) <= columns) assert.is(shorten(text, columns), text);
    }),
  );
});

test('a padded text has the columns it shall have', () => {
  assert.is(padEnd('現金', 6), '現金  ');
  assert.is(padEnd('abcdef', 3), 'abcdef');
});

test('columns with wide characters stand below their titles', () => {
  const lines = table(
    ['code', 'name', 'by'],
    [
      ['1002', '銀行存款', 'a'],
      ['1', 'Cash', 'b'],
    ],
  ).split('\n');
  assert.equal(lines, ['code  name      by', '1002  銀行存款  a', '1     Cash      b', '']);
});

test('a table of fifty thousand rows is drawn', () => {
  const rows = Array.from({ length: 50_000 }, (_, at) => [String(at), 'x']);
  assert.is(table(['id', 'name'], rows).split('\n').length, 50_002);
});

const formulas = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '|calc', '%0A=1'];
for (const text of formulas)
  test(`a spreadsheet does not calculate ${JSON.stringify(text)}`, () => {
    const [, cell = ''] = csv(['name'], [[text]]).split('\r\n');
    assert.match(cell, /^"?'/);
  });

test('a spreadsheet of another country, to which another sign ends a cell, calculates nothing either', () => {
  const [, cell] = csv(['name'], [['Fees;=1+1;"=2;@x, -5']]).split('\r\n');
  assert.is(cell, `"Fees;'=1+1;'""=2;'@x, -5"`);
});

test('CSV quotes what needs it and keeps one row on one line', () => {
  assert.is(csv(['a', 'b'], [['x,"y"', null]]), 'a,b\r\n"x,""y""",\r\n');
  const text = csv(
    ['name'],
    Object.values(hostile).map((each) => [each]),
  );
  assert.is(text.split('\r\n').length, Object.keys(hostile).length + 2);
  assert.not.match(text.replaceAll('\r\n', ''), /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
});

test.run();
