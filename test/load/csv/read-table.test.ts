import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { delimiters } from '../../../src/load/csv/delimiters.ts';
import { read, rowsOf, tableOf } from './tables.ts';

const test = suite('the table of a spreadsheet');

/** The headers in which each role is found, and whose they are. */
const layouts: readonly (readonly [
  title: string,
  header: string,
  layout: string,
  of: string,
  roles: Readonly<Record<string, string>>,
])[] = [
  [
    'Xero’s template',
    '*Code,*Name,*Type,*Tax Code,Description,Dashboard,Expense Claims,Enable Payments',
    'xero',
    'accounts',
    { code: '*Code', name: '*Name', type: '*Type', description: 'Description' },
  ],
  [
    'Xero’s export',
    'Code,Name,Type,Tax Code,Description',
    'xero',
    'accounts',
    { code: 'Code', name: 'Name', type: 'Type', description: 'Description' },
  ],
  [
    'Xero’s tax rates',
    'Name,Tax Type,Display Tax Rate,Effective Rate',
    'xero',
    'rates',
    { code: 'Tax Type', name: 'Name', rate: 'Effective Rate' },
  ],
  [
    'QuickBooks’ template',
    'Account Number,Account Name,Type,Detail type,Description',
    'quickbooks',
    'accounts',
    { code: 'Account Number', name: 'Account Name', type: 'Type', description: 'Description' },
  ],
  [
    'QuickBooks with the number called account',
    'Account,Account Name,Type,Detail Type',
    'quickbooks',
    'accounts',
    { code: 'Account', name: 'Account Name', type: 'Type' },
  ],
  [
    'QuickBooks’ list of accounts',
    ',Account #,Full name,Type,Detail type,Description,Balance',
    'quickbooks',
    'accounts',
    { code: 'Account #', name: 'Full name', type: 'Type', description: 'Description' },
  ],
  [
    'QuickBooks Desktop’s list of accounts',
    'Active Status,Account,Type,Balance Total,Description,Accnt. #,Tax Line',
    'quickbooks',
    'accounts',
    { code: 'Accnt. #', name: 'Account', type: 'Type', description: 'Description' },
  ],
  [
    'QuickBooks without numbers',
    'Account,Type,Detail type,Balance',
    'quickbooks',
    'accounts',
    { name: 'Account', type: 'Type' },
  ],
  [
    'QuickBooks’ tax rates',
    'Tax Name,Tax Rate,Agency',
    'quickbooks',
    'rates',
    { name: 'Tax Name', rate: 'Tax Rate' },
  ],
  ['DATEV', 'Konto;Beschriftung', 'datev', 'accounts', { code: 'Konto', name: 'Beschriftung' }],
  [
    'DATEV in other words',
    'Kontonummer;Kontobezeichnung;Kontoart',
    'datev',
    'accounts',
    { code: 'Kontonummer', name: 'Kontobezeichnung', type: 'Kontoart' },
  ],
  [
    'DATEV’s format',
    'Konto;Kontenbeschriftung;SprachId;Kontenbeschriftung lang',
    'datev',
    'accounts',
    { code: 'Konto', name: 'Kontenbeschriftung', description: 'Kontenbeschriftung lang' },
  ],
  [
    'DATEV’s tax keys',
    'Steuerschlüssel;Bezeichnung;Steuersatz %',
    'datev',
    'rates',
    { code: 'Steuerschlüssel', name: 'Bezeichnung', rate: 'Steuersatz %' },
  ],
  [
    'plain accounts',
    'code,name,type,description',
    'plain',
    'accounts',
    { code: 'code', name: 'name', type: 'type', description: 'description' },
  ],
  [
    'plain accounts by the API’s words',
    'Nominal Code|NAME|Category',
    'plain',
    'accounts',
    { code: 'Nominal Code', name: 'NAME', type: 'Category' },
  ],
  [
    'plain rates',
    'code\tname\trate_percent\tuse',
    'plain',
    'rates',
    { code: 'code', name: 'name', rate: 'rate_percent', type: 'use' },
  ],
];

for (const [title, header, layout, of, roles] of layouts)
  test(`${title}: the columns are known by their headers`, () => {
    const { columns } = tableOf(`${header}\n1${header.replace(/[^,;|\t]/g, '')}\n`);
    const found = Object.entries(columns.index).map(([role, at]) => [role, columns.header.cells[at]]);
    assert.equal([columns.layout, columns.of], [layout, of]);
    assert.equal(Object.fromEntries(found), roles);
  });

for (const [name, sign] of Object.entries(delimiters))
  test(`${name}: what stands between cells is found out, whatever else stands in them`, () => {
    const others = Object.values(delimiters).filter((each) => each !== sign);
    const text = `${['code', 'name', 'description'].join(sign)}\n${['01', `"a${others.join('b')}c${sign}d"`, 'x'].join(sign)}\n`;
    const table = tableOf(text);
    assert.is(table.delimiter, name);
    assert.equal(table.rows[0]?.cells[1], `a${others.join('b')}c${sign}d`);
  });

test('a row says the line on which it begins, behind blank lines and line breaks in cells', () => {
  const text = 'Acme\r\n\r\ncode,name\r\n1,"a\r\nb\nc"\r\n\r\n,,\r\n2,d\r3,e';
  assert.equal(
    tableOf(text).rows.map(({ cells, line }) => [line, ...cells]),
    [
      [4, '1', 'a\nb\nc'],
      [9, '2', 'd'],
      [10, '3', 'e'],
    ],
  );
});

test('titles, a separator line of Excel and the first line of DATEV may stand above the headers', () => {
  assert.is(tableOf('sep=;\ncode;name\n1;a\n').columns.header.line, 2);
  assert.is(
    tableOf('"EXTF";700;20;"Kontenbeschriftungen"\nKonto;Kontenbeschriftung\n1;a\n').columns.header.line,
    2,
  );
  assert.is(tableOf('Acme Ltd,,\nAccount List,,\n,,\ncode,name,type\n1,a,b\n').columns.header.line, 4);
});

test('a chart that says the usual tax rate of each account is no list of rates, unless somebody says so', () => {
  const chart = 'code,name,type,tax rate\n200,Sales,Sales,20%\n090,Bank account,Current Asset,0%\n';
  assert.is(tableOf(chart).columns.of, 'accounts');
  assert.is(tableOf(chart, { of: 'rates' }).columns.of, 'rates');
  assert.is(tableOf('code,name,type,tax rate\nS,Standard,sale,20%\n').columns.of, 'rates');
});

test('columns that are named count and no others', () => {
  const text = 'Nummer,Text,description\n1,a,b\n';
  const { columns } = tableOf(text, { columns: { code: 'nummer', name: 'Text' } });
  assert.equal(columns, {
    layout: 'named',
    of: 'accounts',
    header: { line: 1, end: 1, cells: ['Nummer', 'Text', 'description'] },
    index: { code: 0, name: 1 },
  });
  assert.is(tableOf('A,B\n1,2%\n', { columns: { name: 'A', rate: 'B' } }).columns.of, 'rates');
  assert.equal(read(text, { columns: { code: 'Konto' } }), {
    why: 'columns',
    line: 1,
    cells: ['Nummer', 'Text', 'description'],
  });
});

const wrong: readonly (readonly [title: string, text: string, why: Readonly<Record<string, unknown>>])[] = [
  ['an empty file', ' \n\n', { why: 'empty' }],
  ['unknown headers', '\nNummer;Wert\n1;2\n', { why: 'columns', line: 2, cells: ['Nummer', 'Wert'] }],
  ['a quote without an end', 'code,name\n1,a\n2,"b\n3,c\n', { why: 'quote', line: 3, open: true }],
  ['a quote without an end in the headers', 'code,"name\n1,a\n', { why: 'quote', line: 1, open: true }],
  [
    'a quote without an end far below',
    `code,name\n${'1,a\n'.repeat(40_000)}2,"b\n3,c\n`,
    { why: 'quote', line: 40_002, open: true },
  ],
  ['something behind a quote', 'code,name\n1,"a"b\n2,c\n', { why: 'quote', line: 2, open: false }],
  ['too many rows', `code,name\n${'1,a\n'.repeat(50_001)}`, { why: 'rows', most: 50_000 }],
];

for (const [title, text, why] of wrong)
  test(`${title} is told with its place`, () => {
    assert.equal(read(text), why);
  });

test('a quote inside of a cell is a letter, and white space around cells is none', () => {
  const { rows } = rowsOf('code , name\n 01 , 3" pipe\n2, "b, c" \n');
  assert.equal(
    rows.map(({ fields }) => Object.values(fields)),
    [
      ['3" pipe', '01'],
      ['b, c', '2'],
    ],
  );
});

test.run();
