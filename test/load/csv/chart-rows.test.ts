import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rateOf } from '../../../src/load/csv/rate-of.ts';
import { rowsOf } from './tables.ts';

const test = suite('the rows of a chart');

test('codes keep their zeros, and cells that are empty say nothing', () => {
  const { rows, skipped } = rowsOf(
    'code,name,type,description\n0010,Land,Asset,\n="0020",Häuser,,"x\r\ny"\n0030,,,\n',
  );
  assert.equal(skipped, []);
  assert.equal(rows, [
    { line: 2, fields: { name: 'Land', nominal_code: '0010' }, type: 'Asset' },
    { line: 3, fields: { name: 'Häuser', nominal_code: '0020', description: 'x\ny' }, type: null },
    { line: 5, fields: { nominal_code: '0030' }, type: null },
  ]);
});

test('a line break in a name is a space', () => {
  assert.is(rowsOf('code,name\n1,"Bank \n Giro"\n').rows[0]?.fields.name, 'Bank Giro');
});

/** What is skipped, by line; the reason is told in words that hold this. */
const skips: readonly (readonly [
  title: string,
  text: string,
  skipped: readonly (readonly [number, RegExp])[],
])[] = [
  ['neither code nor name', 'code,name,type\n1,a,x\n,,Expense\n', [[3, /neither/]]],
  ['a code twice', 'code,name\n1,a\n2,b\n1,c\n', [[4, /line 2 has this code/]]],
  ['a name twice, without codes', 'name,type\na,x\na,y\n', [[3, /line 2 has this name/]]],
  ['headers once more', 'code,name\n1,a\ncode,name\n2,b\n', [[3, /headers/]]],
  ['a heading by its type', 'code,name,type\n1,ASSETS,Heading\n10,Cash,Posting\n', [[2, /posted/]]],
  ['a total by its type', 'code,name,type\n10,Cash,Posting\n19,All,End-Total\n', [[3, /posted/]]],
  ['a total by its name', 'name,type\nCash,Bank\nTotal assets,Bank\nTotalisator,Bank\n', [[3, /total/]]],
  ['a total in the column of codes', 'code,name,type\n10,Cash,Bank\nTotal,,\n', [[3, /total/]]],
  [
    'a note in the column of codes',
    'code,name,type\n10,Cash,Bank\nPrinted on Friday\n"Friday, Nov 06, 2026 05:12 PM GMTZ",,\n20,,Bank\n30\n',
    [
      [3, /alone/],
      [4, /alone/],
    ],
  ],
  [
    'more cells than there are headers, because a text is not between quotes',
    'code,name,type,description\n10,Cash,Bank,\n20,Rent, office,Expense,\n30,Fees,Expense,a, b\n40,Tax,Expense,x\n',
    [
      [3, /5 cells.*4.*quotes/],
      [4, /5 cells.*4.*quotes/],
    ],
  ],
  [
    'a code that a spreadsheet program has rounded',
    'code,name\n1.23457E+11,a\n"1,2E+11",b\n1E5,c\n12E+5,d\n',
    [
      [2, /rounded/],
      [3, /rounded/],
      [5, /rounded/],
    ],
  ],
  ['a heading without a code among codes', 'code,name\n,Assets\n10,Cash\n', [[2, /no code/]]],
  ['a note below a list without codes', 'name,type\nCash,Bank\nPrinted on Friday,\n', [[3, /no type/]]],
  [
    'a name over the limit',
    `code,name\n1,${'x'.repeat(501)}\n2,${'x'.repeat(500)}\n`,
    [[2, /501 characters/]],
  ],
  ['a code over the limit', `code,name\n${'1'.repeat(501)},a\n`, [[2, /501 characters/]]],
  [
    'a description over the limit',
    `code,name,description\n1,a,${'🦉'.repeat(2049)}\n2,b,${'🦉'.repeat(2048)}\n`,
    [[2, /2049 characters/]],
  ],
  ['a field of a megabyte', `code,name\n1,${'y'.repeat(1_000_000)}\n2,b\n`, [[2, /1000000 characters/]]],
  [
    'an invisible character',
    'code,name\n1,a\u202eb\n2,\u0007c\n3,d\u200de\n',
    [
      [2, /invisible/],
      [3, /invisible/],
    ],
  ],
  [
    'rates that are none',
    'code,name,rate\na,A,abc\nb,B,\nc,C,-5\nd,D,100.01\ne,E,19.125\nf,F,0.19\ng,G,19\n',
    [
      [2, /percentage/],
      [3, /no rate/],
      [4, /percentage/],
      [5, /percentage/],
      [6, /percentage/],
      [7, /in percent/],
    ],
  ],
];

for (const [title, text, expected] of skips)
  test(`${title}: the row is left out, and it is said why`, () => {
    const { skipped } = rowsOf(text);
    assert.equal(
      skipped.map(({ line }) => line),
      expected.map(([line]) => line),
    );
    for (const [at, { why }] of skipped.entries()) assert.match(why, expected[at]?.[1] ?? /^$/);
  });

test('of few rows that have all come apart none is taken', () => {
  const { rows } = rowsOf('code,name,type,description\n10,Rent, office,Expense,\n20,Fees,Expense,a, b\n');
  assert.equal(rows, []);
});

test('delimiters behind every row mean nothing, and neither do cells that are left out', () => {
  const { rows, skipped } = rowsOf('code;name;type\n10;Cash;Bank;;\n20;Fees;;;\n30\n');
  assert.equal([rows.length, skipped], [3, []]);
  assert.equal(rowsOf('code;name;;\n10;Cash;;my note\n').skipped, []);
});

test('an account without a number is one where it has a type, or where none has a number', () => {
  assert.is(rowsOf('code,name,type\n10,Cash,Bank\n,Petty cash,Bank\n').rows.length, 2);
  assert.is(rowsOf('code,name\n,Cash\n,Petty cash\n').rows.length, 2);
});

const rates: readonly (readonly [cell: string, percent: string | null])[] = [
  ['20', '20%'],
  ['20.0', '20%'],
  ['7,5 %', '7.5%'],
  ['07.50%', '7.5%'],
  ['0', '0%'],
  ['0.0', '0%'],
  ['0.5%', '0.5%'],
  ['100', '100%'],
  ['19.000000', '19%'],
  ['0.5', null],
  ['100.01', null],
  ['7.125', null],
  ['1e1', null],
  ['+5', null],
  ['5 %%', null],
  ['½', null],
];

for (const [cell, percent] of rates)
  test(`a rate of ${cell} is ${percent ?? 'none that anybody could be sure of'}`, () => {
    const rate = rateOf(cell);
    assert.is('percent' in rate ? rate.percent : null, percent);
  });

test('the names of members of objects are texts like others', () => {
  const { rows } = rowsOf('code,name,type\n__proto__,constructor,__proto__\n');
  assert.equal(rows[0], {
    line: 2,
    fields: { name: 'constructor', nominal_code: '__proto__' },
    type: '__proto__',
  });
});

test.run();
