import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hundredthsToPercent, percentToHundredths } from '../../src/model/percent.ts';

const test = suite('percentages');

for (const [text, hundredths] of [
  ['0%', 0],
  ['7.5%', 750],
  ['7.05%', 705],
  ['7.50%', 750],
  ['20 %', 2000],
  [' 20%\t', 2000],
  ['100%', 10000],
  ['0.01%', 1],
  ['8.875%', null],
  ['20', null],
  ['-1%', null],
  ['1,5%', null],
  ['.5%', null],
  ['5.%', null],
  ['1e1%', null],
  ['20%%', null],
  ['', null],
] as const) {
  test(`${JSON.stringify(text)} is ${hundredths === null ? 'no percentage' : `${hundredths} hundredths`}`, () => {
    assert.is(percentToHundredths(text), hundredths);
  });
}

test('every hundredth survives the way to text and back, in the shortest form', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 10_000 }), (hundredths) => {
      const text = hundredthsToPercent(hundredths);
      assert.is(percentToHundredths(text), hundredths);
      assert.not.match(text, /\.\d*0%$|\.%$/);
    }),
  );
});

test('a negative rate from the service is shown, not hidden', () => {
  assert.is(hundredthsToPercent(-750), '-7.5%');
  assert.is(hundredthsToPercent(-5), '-0.05%');
});

test.run();
