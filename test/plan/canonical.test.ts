import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Field } from '../../src/model/kind.ts';
import type { Value } from '../../src/model/value.ts';
import { canonical, comparable, sameValue } from '../../src/plan/canonical.ts';

const test = suite('plan/canonical');

const text: Field = { type: 'text', maxLength: 500, description: '', example: '' };
const folded: Field = { ...text, foldCase: true };
const percent: Field = { type: 'percent', description: '', example: '' };

const forms: readonly [title: string, field: Field, value: Value, canonical: Value][] = [
  ['null stays null', text, null, null],
  ['empty text is null', text, '', null],
  ['white space alone is null', text, ' \t\r\n ', null],
  ['surrounding white space goes', text, '  4010 \n', '4010'],
  ['inner white space stays', text, 'a  b', 'a  b'],
  ['line endings become \\n', text, 'a\r\nb\rc', 'a\nb\nc'],
  ['a decomposed letter becomes one character', text, 'u\u0308ber', 'über'],
  ['case stays, where it makes no difference too', folded, 'Red', 'Red'],
  ['leading zeros stay', text, '0400', '0400'],
  ['a percentage loses trailing zeros', percent, '7.50%', '7.5%'],
  ['a percentage loses leading zeros and spaces', percent, ' 007 % ', '7%'],
  ['text that is no percentage stays as it is', percent, 'seven', 'seven'],
];
for (const [title, field, value, expected] of forms)
  test(title, () => assert.is(canonical(field, value), expected));

const pairs: readonly [title: string, field: Field, a: Value, b: Value, same: boolean][] = [
  ['empty and null are no difference', text, '', null, true],
  ['case is a difference', text, 'red', 'RED', false],
  ['case is no difference where the field folds it', folded, 'red', 'RED', true],
  ['ß and SS are no difference where the field folds case', folded, 'straße', 'STRASSE', true],
  ['inner white space is a difference', folded, 'a b', 'ab', false],
  ['0% is not empty', percent, '0%', null, false],
  ['rates are compared in 1/100 %', percent, '20%', '20.00%', true],
  ['a hundredth of a percent is a difference', percent, '7.5%', '7.51%', false],
];
for (const [title, field, a, b, same] of pairs) test(title, () => assert.is(sameValue(field, a, b), same));

test('the canonical form of a canonical form is itself, and no difference from what it came from', () => {
  const value = fc.option(fc.string({ unit: 'binary' }), { nil: null });
  const field = fc.constantFrom(text, folded, percent);
  fc.assert(
    fc.property(field, value, (chosen, raw) => {
      const once = canonical(chosen, raw);
      assert.is(canonical(chosen, once), once);
      assert.ok(sameValue(chosen, raw, once));
      assert.is(comparable(chosen, comparable(chosen, raw)), comparable(chosen, raw));
    }),
  );
});

test.run();
