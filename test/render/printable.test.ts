import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { jsonText } from '../../src/render/json-text.ts';
import { printable, printableLines } from '../../src/render/printable.ts';
import { harmful, hostile } from './hostile.ts';

const test = suite('printable text');

for (const [what, text] of Object.entries(hostile))
  test(`${what} comes out harmless and visible`, () => {
    assert.not.match(printable(text), harmful);
    assert.not.match(printable(text), /[\n\r]/);
    assert.is.not(printable(text), text);
  });

test('ordinary text in any script stays as it is', () => {
  for (const text of [
    '4010 Consulting',
    'Größe & Söhne',
    '銀行存款',
    'بنك',
    'קופה',
    'नकद',
    '👩‍💻 Löhne',
    'می‌خواهم',
    'a::b',
    'C:\\x',
  ])
    assert.is(printable(text), text);
});

test('whatever the text, no control is left in it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.not.match(printable(text), harmful);
      for (const line of printableLines(text)) assert.not.match(line, /[\n\r]/);
    }),
  );
});

test('JSON output keeps the data and shows no control to a terminal', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'binary' })), (value) => {
      const text = jsonText(value);
      assert.equal(JSON.parse(text), JSON.parse(JSON.stringify(value)));
      assert.not.match(text, /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\w*\[/u);
    }),
  );
  assert.equal(JSON.parse(jsonText(hostile)), JSON.parse(JSON.stringify(hostile)));
});

test.run();
