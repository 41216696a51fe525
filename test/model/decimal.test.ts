import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isSameCurrency, minorPlaces } from '../../src/model/currency.ts';
import {
  decimalOf,
  decimalText,
  isSameNumber,
  negative,
  plus,
  rounded,
  shifted,
  times,
} from '../../src/model/decimal.ts';

const test = suite('decimals');

const text = (number: number, places = 0): string => decimalText(decimalOf(number), places);

for (const [number, places, expected] of [
  [119, 2, '119.00'],
  [119.5, 2, '119.50'],
  [119.505, 2, '119.505'],
  [-0.5, 2, '-0.50'],
  [0.1, 0, '0.1'],
  [0, 2, '0.00'],
  [-0, 0, '0'],
  [1e-7, 0, '0.0000001'],
  [1e21, 0, '1000000000000000000000'],
  [1.5e21, 2, '1500000000000000000000.00'],
] as const)
  test(`${number} with ${places} places is ${expected}`, () => assert.is(text(number, places), expected));

test('0.1 and 0.2 are 0.3, and ten times 0.1 is 1', () => {
  assert.ok(isSameNumber(plus(decimalOf(0.1), decimalOf(0.2)), decimalOf(0.3)));
  assert.ok(isSameNumber(times(decimalOf(0.1), decimalOf(10)), decimalOf(1)));
});

for (const [number, places, expected] of [
  [1.005, 2, '1.01'],
  [-1.005, 2, '-1.01'],
  [1.0049, 2, '1.00'],
  [2.5, 0, '3'],
  [1.5, 2, '1.50'],
] as const)
  test(`${number} is rounded to ${expected}`, () =>
    assert.is(decimalText(rounded(decimalOf(number), places), places), expected));

test('what is no number is no decimal', () => {
  for (const number of [Number.NaN, Number.POSITIVE_INFINITY]) assert.throws(() => decimalOf(number));
});

test('every number is written as JavaScript reads it, and adding and taking away leaves it', () => {
  const number = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(fc.property(number, (each) => assert.is(Number(text(each)), each === 0 ? 0 : each)));
  fc.assert(
    fc.property(number, number, (a, b) => {
      const [one, other] = [decimalOf(a), decimalOf(b)];
      assert.ok(isSameNumber(plus(plus(one, other), negative(other)), one));
    }),
  );
});

for (const [currency, minor, expected] of [
  ['EUR', 11900, '119.00'],
  ['JPY', 11900, '11900'],
  ['KWD', 11900, '11.900'],
  ['CLF', 11900, '1.1900'],
  ['jpy ', 11900, '11900'],
  ['XYZ', 11900, '119.00'],
  [null, 11900, '119.00'],
] as const)
  test(`${minor} in the smallest unit of ${currency} are ${expected}`, () => {
    const places = minorPlaces(currency);
    assert.is(decimalText(shifted(decimalOf(minor), places), places), expected);
  });

test('a currency is the same in lower case', () => {
  assert.ok(isSameCurrency('EUR', ' eur'));
  assert.not(isSameCurrency('EUR', 'USD'));
});

test.run();
