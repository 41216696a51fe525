import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { harmlessCell, originalCell } from '../../src/model/harmless-cell.ts';
import { hostileTexts } from '../reliability/hostile/texts.ts';

const test = suite('a harmless cell');

const formula = /^[\s\u200c\u200d]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]/u;
/** To a program that takes another sign for the end of a cell, and our quotes for letters. */
const within = /[,;\t|]["\u200c\u200d]*[=+\-@|%\uff1d\uff0b\uff0d\uff20\u2212]/u;
const order = /^\s*::|##\w*\[/u;

function isHarmless(cell: string): void {
  for (const line of cell.split('\n')) {
    assert.not.match(line, formula);
    assert.not.match(line, within);
    assert.not.match(line, order);
  }
}

const texts = fc.oneof(
  fc.constantFrom(...Object.values(hostileTexts)),
  fc.string({ unit: fc.constantFrom(...'\'"=+-@|%,;:#[\\ \n\tax１＝−\u200d'), maxLength: 12 }),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);

test('no line of it is a formula to a spreadsheet or an order to a runner', () => {
  for (const text of Object.values(hostileTexts)) isHarmless(harmlessCell(text));
  void fc.assert(fc.property(texts, (text) => isHarmless(harmlessCell(text))));
});

test('what stood there before is never lost', () => {
  for (const text of Object.values(hostileTexts)) assert.is(originalCell(harmlessCell(text)), text);
  void fc.assert(
    fc.property(texts, (text) => assert.is(originalCell(harmlessCell(text)), text)),
    { numRuns: 1000 },
  );
});

test('what is harmless stays as it is, read and written', () => {
  for (const text of [
    "'quoted'",
    "O'Neill",
    '19 % VAT',
    'a=b',
    'Erlöse, -minderungen',
    'a::b',
    '# 4',
    'x\\y',
    "it's -5",
  ]) {
    assert.is(harmlessCell(text), text);
    assert.is(originalCell(text), text);
  }
});

test.run();
