import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { csv } from '../../src/render/csv.ts';
import { table, tableRows } from '../../src/render/table.ts';
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

const accounts = [
  [
    'f5c45109-47ac-4b86-958f-f8f8e016d708',
    'ledger_accounts.travel',
    '旅費交通費と会議費',
    '5000',
    '',
    'Active',
  ],
  ['6f1621c4-fe90-4434-b64f-247cb3e9d97a', '', 'Hosting and domains of all our sites', '5001', '', 'Active'],
];
const accountTitles = ['id', 'key', 'name', 'nominal_code', 'description', 'status'];
const keptWhole = ['id', 'key'];

test('a table that is wider than the terminal takes several lines, ids and keys whole on the last, without empty columns', () => {
  assert.equal(table(accountTitles, accounts, keptWhole, 80).split('\n'), [
    'name                                  nominal_code  status',
    '  id                                    key',
    '旅費交通費と会議費                    5000          Active',
    '  f5c45109-47ac-4b86-958f-f8f8e016d708  ledger_accounts.travel',
    'Hosting and domains of all our sites  5001          Active',
    '  6f1621c4-fe90-4434-b64f-247cb3e9d97a',
    '',
  ]);
});

test('where only a little room is missing, texts are shortened and rows stay in one line', () => {
  const [titles, first, second] = tableRows(accountTitles, accounts, keptWhole, 130);
  assert.match(titles ?? '', /^id {36}key {21}name {2,}nominal_code {2}description {2}status$/);
  assert.match(first ?? '', / 旅費交通費と会議費 {2,}5000 /);
  assert.match(second ?? '', / Hosting and .*… {2}5001 /);
  assert.ok([titles, first, second].every((line) => width(line ?? '') <= 130));
});

test('amounts and dates are never shortened', () => {
  const rows = [['123,456,789,012.00 EUR', '2026-11-02T09:00:00Z', 'A very long name of somebody']];
  for (let room = 24; room < 80; room += 1) {
    const text = table(['amount', 'date', 'who'], rows, [], room);
    assert.match(text, '123,456,789,012.00 EUR');
    assert.match(text, '2026-11-02T09:00:00Z');
  }
});

const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 70 }).map((text) => text.trim());

test('no line is wider than the terminal unless one cell is, and what is whole is there whole', () => {
  const world = fc.tuple(fc.array(fc.tuple(cell, cell, cell, cell)), fc.integer({ min: 20, max: 200 }));
  fc.assert(
    fc.property(world, ([rows, room]) => {
      const titles = ['one', 'two', 'three', 'whole'];
      const drawn = tableRows(titles, rows, ['whole'], room);
      for (const line of drawn.flatMap((each) => each.split('\n')))
        assert.ok(width(line) <= room || rows.some(([, , , whole]) => line.endsWith(whole)), line);
      rows.forEach(([, , , whole], at) => {
        assert.ok(drawn[at + 1]?.includes(whole));
      });
      assert.is(drawn.length, rows.length + 1);
    }),
  );
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
