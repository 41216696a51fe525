import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { LineConditions, PayableConditions, ProductConditions } from '../../src/model/assignment.ts';
import { compileGlob } from '../../src/model/glob.ts';
import type { LiveLine, LivePayable, LiveProduct } from '../../src/model/live.ts';
import {
  compileLineRules,
  compilePayableRules,
  compilePayableSelectors,
  compileProductRules,
  selectorText,
  unmetByLine,
  unmetByProduct,
} from '../../src/plan/match.ts';
import { firstMatch } from '../../src/plan/rule-index.ts';
import { line, payable, product } from './build.ts';

const test = suite('plan/match');

const hour = product('p1', {
  name: 'Consulting hour',
  type: 'service',
  external_reference: 'SKU-100',
  currency: 'EUR',
});

const ofProducts: readonly [title: string, when: ProductConditions, thing: LiveProduct, matches: boolean][] =
  [
    ['no conditions match everything', {}, hour, true],
    ['all conditions must hold', { type: ['service'], name: ['Other'] }, hour, false],
    ['a list means any of its values', { name: ['Other', 'Consulting hour'] }, hour, true],
    ['the whole text must match', { name: ['Consulting'] }, hour, false],
    ['`*` stands for any text', { name: ['Consult*'] }, hour, true],
    ['`*` stands for no text, too', { name: ['Consulting hour*'] }, hour, true],
    ['`*` in front', { name: ['*hour'] }, hour, true],
    ['`*` on both sides', { name: ['*sulting h*'] }, hour, true],
    ['several `*`, in order', { name: ['c*ing*r'] }, hour, true],
    ['several `*`, not in order', { name: ['*hour*consult*'] }, hour, false],
    ['what stands on both sides of `*` may not overlap', { name: ['Consulting h*hour'] }, hour, false],
    ['upper and lower case are alike', { name: ['CONSULTING HOUR'] }, hour, true],
    ['so are ß and SS', { name: ['STRASSE'] }, product('p', { name: 'straße' }), true],
    ['the text of the object is trimmed', { name: ['a'] }, product('p', { name: ' A\n' }), true],
    ['the text of the rule is trimmed', { name: [' a '] }, product('p', { name: 'A' }), true],
    ['Unicode forms are alike', { name: ['e\u0301t*'] }, product('p', { name: 'Été' }), true],
    ['line endings are alike', { name: ['a\r\nb'] }, product('p', { name: 'a\nb' }), true],
    ['`*` crosses lines', { name: ['a*b'] }, product('p', { name: 'a\n\nb' }), true],
    ['`?` is a plain sign', { name: ['Consulting hou?'] }, hour, false],
    ['`.` is a plain sign', { name: ['Consulting.hour'] }, hour, false],
    ['brackets are plain signs', { name: ['[a]'] }, product('p', { name: '[A]' }), true],
    ['a backslash is a plain sign', { name: ['a\\*'] }, product('p', { name: 'a\\b' }), true],
    ['type', { type: ['product', 'service'] }, hour, true],
    ['another type', { type: ['product'] }, hour, false],
    ['external_reference', { external_reference: ['sku-1*'] }, hour, true],
    ['currency', { currency: ['usd', 'eur'] }, hour, true],
    ['a text that is not there is empty', { external_reference: ['SKU*'] }, product('p'), false],
    ['`*` matches a text that is not there', { external_reference: ['*'] }, product('p'), true],
  ];

for (const [title, when, thing, matches] of ofProducts)
  test(`products: ${title}`, () => {
    assert.is(compileProductRules([when])(thing), matches ? 0 : -1);
    assert.is(unmetByProduct(when, thing).length === 0, matches);
  });

const bill = payable('b1', {
  status: 'new',
  document_id: 'INV-2044',
  counterpart_id: 'C0FFEE00-0000-4000-8000-000000000001',
  counterpart_name: 'Amazon Web Services',
  created_at: '2026-01-31T23:59:59.999999Z',
});
const hosting = line(bill, 'l1', { name: 'Hosting', description: 'March' });

type When = { payable?: Partial<PayableConditions>; line_item?: LineConditions['line_item'] };
const conditions = ({ payable: ofPayable, line_item = {} }: When): LineConditions => ({
  payable: { status: ['draft', 'new'], ...ofPayable },
  line_item,
});
const created = (from: string | null, to: string | null): When => ({
  payable: { created_at: { ...(from && { from }), ...(to && { to }) } },
});

const ofLines: readonly [title: string, when: When, matches: boolean, thing?: LiveLine][] = [
  ['draft and new are meant where nothing is said', {}, true],
  ['and nothing else is', {}, false, line(payable('b', { status: 'paid' }), 'l')],
  ['status', { payable: { status: ['paid'] } }, true, line(payable('b', { status: 'paid' }), 'l')],
  ['document_id', { payable: { document_id: ['inv-*'] } }, true],
  ['counterpart_name', { payable: { counterpart_name: ['Amazon*'] } }, true],
  [
    'counterpart_id in any case',
    { payable: { counterpart_id: [(bill.counterpart_id ?? '').toLowerCase()] } },
    true,
  ],
  ['currency', { payable: { currency: ['USD'] } }, false],
  ['name of the line', { line_item: { name: ['host*'] } }, true],
  ['description of the line', { line_item: { description: ['mar?h', 'march'] } }, true],
  ['payable and line must both match', { payable: { currency: ['USD'] }, line_item: { name: ['*'] } }, false],
  ['a day is the whole day in UTC', created('2026-01-31', '2026-01-31'), true],
  ['the day before is over', created(null, '2026-01-30'), false],
  ['the day after has not begun', created('2026-02-01', null), false],
  ['an end alone', created(null, '2026-01-31'), true],
  ['a beginning alone', created('2026-01-31', null), true],
  ['an instant belongs to what begins with it', created('2026-01-31T23:59:59.999Z', null), true],
  ['and to what ends with it', created(null, '2026-01-31T23:59:59.999Z'), true],
  ['an instant in another zone', created('2026-02-01T00:59:59.999+01:00', null), true],
  ['a later instant', created('2026-02-01T00:00:00Z', null), false],
  [
    'an instant without a zone is UTC',
    created('2026-01-31T23:30:00', '2026-01-31T23:30:00'),
    true,
    line(payable('b', { created_at: '2026-01-31T23:30:00' }), 'l'),
  ],
  [
    'a moment that is not known is in no span',
    created('2000-01-01', null),
    false,
    line(payable('b', { created_at: null }), 'l'),
  ],
  ['and no span asks for none', {}, true, line(payable('b', { created_at: null }), 'l')],
];

for (const [title, when, matches, thing = hosting] of ofLines)
  test(`lines: ${title}`, () => {
    const rule = conditions(when);
    assert.is(compileLineRules([rule])(thing), matches ? 0 : -1);
    assert.is(unmetByLine(rule, thing).length === 0, matches);
    // What a rule may match is never left out when payables are chosen.
    if (matches) assert.ok(compilePayableRules([rule.payable])(thing.payable));
  });

test('the conditions that are not met are named as in the file', () => {
  assert.equal(unmetByProduct({ type: ['product'], name: ['*'], currency: ['USD'] }, hour), [
    'type',
    'currency',
  ]);
  const when = conditions({
    payable: { status: ['paid'], created_at: { from: '2027-01-01' } },
    line_item: { name: ['x'] },
  });
  assert.equal([...unmetByLine(when, hosting)].sort(), [
    'line_item.name',
    'payable.created_at',
    'payable.status',
  ]);
});

test('a specific entry compares exactly, but for white space and Unicode form; ids in any case', () => {
  assert.is(selectorText('name', ' Éte\u0301 '), 'Été');
  assert.is.not(selectorText('name', 'a'), selectorText('name', 'A'));
  assert.is.not(selectorText('document_id', 'a'), selectorText('document_id', 'A'));
  for (const by of ['id', 'counterpart_id']) assert.is(selectorText(by, 'AB'), 'ab');
  assert.is(selectorText('name', ' '), null);
  const named = compilePayableSelectors([
    { by: 'document_id', text: 'INV-2044' },
    { by: 'id', text: 'B2' },
  ]);
  assert.equal([bill, payable('b2'), payable('b3')].map(named), [true, true, false]);
});

/** The plainest meaning of a rule: every condition tried one after the other, `*` by regular expression. */
function naive(
  texts: Readonly<Record<string, readonly string[]>>,
  thing: Readonly<Record<string, string | null>>,
) {
  return Object.entries(texts).every(([field, values]) =>
    values.some((value) => {
      const pattern = value
        .trim()
        .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
        .replaceAll('\\*', '[^]*');
      return new RegExp(`^${pattern}$`, 'i').test((thing[field] ?? '').trim());
    }),
  );
}

const text = fc.string({ unit: fc.constantFrom('a', 'A', 'b', 'c', ' ', '.', '*'), maxLength: 6 });
const rules = fc.array(
  fc.dictionary(
    fc.constantFrom('name', 'external_reference', 'currency', 'type'),
    fc.array(text, { minLength: 1, maxLength: 3 }),
    { maxKeys: 3 },
  ),
  { maxLength: 12 },
);
const things = fc.array(
  fc.record({
    name: text,
    external_reference: fc.option(text),
    currency: fc.option(text),
    type: fc.option(text),
  }),
  { minLength: 1, maxLength: 5 },
);

test('with the index the first rule that matches is the one that trying all of them in order finds', () => {
  let found = 0;
  fc.assert(
    fc.property(rules, things, (all, products) => {
      const first = compileProductRules(all);
      for (const each of products) {
        const expected = all.findIndex((rule) => naive(rule, each));
        if (expected > 0) found++;
        assert.is(first(product('p', each)), expected);
      }
    }),
    { numRuns: 3000 },
  );
  assert.ok(found > 300, `only ${found} objects were matched by a later rule`);
});

test('lines: the first rule of several, each under another field', () => {
  const all = [
    conditions({ payable: { document_id: ['X'] } }),
    conditions({ line_item: { description: ['*arc*'] } }),
    conditions({ payable: { counterpart_name: ['amazon*'] } }),
    conditions({ line_item: { name: ['Hosting'] } }),
  ];
  assert.is(compileLineRules(all)(hosting), 1);
  assert.is(compileLineRules(all.slice(2))(hosting), 0);
  assert.is(compileLineRules([...all].reverse())(hosting), 0);
});

test('a text full of `*` takes time that grows with the text and no more', () => {
  const long = 'a'.repeat(2000);
  const first = compileProductRules([{ name: [`${'a*'.repeat(200)}b`] }]);
  assert.is(first(product('p', { name: long })), -1);
  assert.is(first(product('p', { name: `${long}b` })), 0);
});

test('ten thousand rules that begin with something are not tried one by one', () => {
  const all = Array.from({ length: 10_000 }, (_, at) => ({
    texts: { name: [compileGlob(at % 2 === 0 ? `Name ${at}` : `Part ${at}-*`)] },
    span: null,
  }));
  const first = firstMatch(all, ['name']);
  let asked = 0;
  const moment = (): null => null;
  for (let at = 0; at < 10_000; at++) {
    const name = at % 2 === 0 ? `name ${at}` : `part ${at}-x`;
    const text = (): string => {
      asked++;
      return name;
    };
    assert.is(first({ text, moment }), at);
  }
  assert.ok(asked <= 20_000, `${asked} texts were looked at`);
});

const payables: readonly LivePayable[] = [bill, payable('b2', { status: 'paid' })];
test('payables are chosen by the conditions on payables alone', () => {
  const chosen = compilePayableRules([
    conditions({ payable: { counterpart_name: ['amazon*'] } }).payable,
    conditions({ payable: { status: ['paid'], document_id: ['X'] } }).payable,
  ]);
  assert.equal(payables.map(chosen), [true, false]);
});

test.run();
