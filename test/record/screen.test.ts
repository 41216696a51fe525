import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openScreen } from '../ui/screen.ts';
import { plain, restyled, type Style } from '../ui/style.ts';
import { rowsOf } from './shown.ts';

const test = suite('what a terminal remembers');

test('rows that have scrolled away are kept, and the cursor is counted from the first', () => {
  const screen = openScreen(10, 2);
  screen.feed('one\r\ntwo\r\nthree\r\nfour');
  assert.equal(rowsOf(screen.lines()), ['one', 'two', 'three', 'four']);
  assert.is(screen.text(), 'three\nfour');
  assert.equal(screen.cursor(), { row: 3, column: 4 });
});

const styles: readonly (readonly [orders: string, style: Partial<Style>])[] = [
  ['', {}],
  ['1', { bold: true }],
  ['1;32', { bold: true, colour: 2 }],
  ['96', { colour: 14 }],
  ['41', { background: 1 }],
  ['102', { background: 10 }],
  ['2 22', {}],
  ['31 1 39', { bold: true }],
  ['31;4 0', {}],
  ['38;5;9;1', { bold: true }],
  ['38;2;1;2;3;4', { underline: true }],
  ['7 27 3', { italic: true }],
];
for (const [orders, style] of styles)
  test(`after ${orders || 'an empty order'} a sign is drawn so`, () => {
    assert.equal(orders.split(' ').reduce(restyled, plain), { ...plain, ...style });
  });

test('a sign keeps the style that it was drawn with', () => {
  const screen = openScreen(10, 2);
  screen.feed('\u001b[32ma\u001b[39mb\u001b[K');
  assert.equal(
    screen
      .lines()[0]
      ?.slice(0, 3)
      .map(({ style }) => style.colour),
    [2, null, null],
  );
});

test.run();
