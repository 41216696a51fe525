import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { keysFor } from '../../src/import/keys.ts';
import { snakeCase } from '../../src/import/latin.ts';
import type { LiveObject } from '../../src/model/live.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';

const test = suite('keys of imported objects');
const [accounts, rates] = kinds.collections;
if (!accounts || !rates) throw new Error('kinds are missing');

const object = (at: number, name: string | null, code: string | null, kind = accounts): LiveObject => ({
  id: `${at}b1c2d3e-0000-4000-8000-000000000000`,
  external: false,
  status: 'Active',
  fields: { name, [kind.identity]: code },
});

const keysOf = (...objects: readonly LiveObject[]): readonly (string | undefined)[] => {
  const keys = keysFor(accounts, objects, new Set());
  return objects.map(({ id }) => keys.get(id));
};

const words: readonly (readonly [text: string, key: string])[] = [
  ['Consulting income', 'consulting_income'],
  ['Größe & Straße', 'grosse_and_strasse'],
  ['Løn, Ærø', 'lon_aero'],
  ["Owner's équity", 'owners_equity'],
  ['Owner’s equity (old)', 'owners_equity_old'],
  ['Zażółć gęślą jaźń', 'zazolc_gesla_jazn'],
  ['İstanbul ışık', 'istanbul_isik'],
  ['Касса и щит', 'kassa_i_shchit'],
  ['Їжа, йод', 'yizha_yod'],
  ['Ταμείο Ψυχή', 'tameio_psychi'],
  ['ＡＢＣ ½ Ⅳ', 'abc_1_2_iv'],
  ['現金 Office', 'office'],
  ['現金', ''],
  ['مصاريف', ''],
  ['💶', ''],
  ['', ''],
];
for (const [text, key] of words)
  test(`${JSON.stringify(text)} is read as ${key === '' ? 'nothing' : key}`, () =>
    assert.is(snakeCase(text), key));

const keyed: readonly (readonly [name: string | null, code: string | null, key: string])[] = [
  ['Cash', '1000', 'cash'],
  ['現金', '1000', 'account_1000'],
  ['現金', 'A-10', 'account_a_10'],
  [null, null, 'account_1b1c2d3e'],
  ['現金', '現金', 'account_1b1c2d3e'],
  ['Yes', '1', 'account_yes'],
  ['null', '1', 'account_null'],
  ['4010', null, 'account_4010'],
  // What is left of these names would look like a code that they do not have.
  ['銀行 2', '1002', 'account_1002'],
  ['銀行 2', null, 'account_2'],
  ['9', '1002', 'account_9'],
  ['银行存款 USD', '1002', 'account_1002'],
  ['銀行 Office', '1002', 'office'],
  ['Объезд', '1002', 'obezd'],
  ['Größe ½', '1002', 'grosse_1_2'],
  ['20 % VAT', null, 'account_20_vat'],
  ['1e5', null, 'account_1e5'],
  ['word '.repeat(20), null, 'word_word_word_word_word_word_word_word_word_word_word_word'],
  ['x'.repeat(100), null, 'x'.repeat(60)],
];
for (const [name, code, key] of keyed)
  test(`${JSON.stringify(name)} with the code ${JSON.stringify(code)} gets the key ${key}`, () =>
    assert.equal(keysOf(object(1, name, code)), [key]));

test('a tax rate is called a rate', () => {
  const one = object(1, 'Yes', null, rates);
  assert.equal([...keysFor(rates, [one], new Set()).values()], ['rate_yes']);
});

test('several with one name each get their code behind it, and no code makes it the start of the id', () => {
  assert.equal(keysOf(object(1, 'Rent', '6100'), object(2, 'rent', '6200'), object(3, 'Rent!', null)), [
    'rent_6100',
    'rent_6200',
    'rent_3b1c2d3e',
  ]);
  assert.equal(keysOf(object(1, 'Rent', '6100'), object(2, 'Rent', '6100')), [
    'rent_1b1c2d3e',
    'rent_2b1c2d3e',
  ]);
});

test('a key that another name and code would make as well is nobody’s', () => {
  const keys = keysOf(object(1, 'A', 'b'), object(2, 'A', 'c'), object(3, 'A b', null));
  assert.equal(keys, ['a_1b1c2d3e', 'a_c', 'a_b']);
});

test('a key that is taken is not given again', () => {
  const one = object(1, 'Cash', '1000');
  assert.equal([...keysFor(accounts, [one], new Set(['cash'])).values()], ['cash_1000']);
});

test.run();
