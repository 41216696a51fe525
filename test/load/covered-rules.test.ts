import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { coveredRules } from '../../src/load/covered-rules.ts';
import type { LineConditions, PayableConditions, ProductConditions } from '../../src/model/assignment.ts';
import { head } from './try-load.ts';
import { tryResolve } from './try-resolve.ts';

const test = suite('rules that an earlier one covers');

/** The places of the covered rules, each with that of the one that covers it. */
function coveredAt(rules: readonly (ProductConditions | LineConditions)[]): readonly (readonly number[])[] {
  const items = rules.map((when) => ({ when }));
  return coveredRules(items).map(({ rule, by }) => [items.indexOf(rule), items.indexOf(by)]);
}

const yes: readonly (readonly [earlier: ProductConditions, later: ProductConditions])[] = [
  [{}, {}],
  [{}, { name: ['x'] }],
  [{ type: ['service'] }, { type: ['service'], name: ['Consult*'] }],
  [{ type: ['service', 'product'] }, { type: ['product'] }],
  [{ name: ['Consult*'] }, { name: ['consulting'] }],
  [{ name: ['Consult*'] }, { name: ['CONSULTING*'] }],
  [{ name: ['*a*'] }, { name: ['*a*a*', 'xax', 'a'] }],
  [{ name: ['a*', 'b*'] }, { name: ['abc', 'b*c'] }],
  [{ name: ['a*b*c'] }, { name: ['a*xb*yc'] }],
  [{ name: ['*b'] }, { name: ['a*ab'] }],
  [{ name: ['a*a'] }, { name: ['aa'] }],
  [{ name: ['straße*'] }, { name: ['STRASSE 1'] }],
  [{ name: ['ΟΔΟΣ*'] }, { name: ['οδοσα'] }],
  [{ name: ['Cafe\u0301'] }, { name: ['CAFÉ'] }],
];
const no: typeof yes = [
  [{ name: ['x'] }, {}],
  [{ name: ['x'] }, { external_reference: ['x'] }],
  [{ type: ['service'] }, { type: ['service', 'product'] }],
  [{ type: ['service'], name: ['x'] }, { type: ['service'] }],
  [{ name: ['Consult'] }, { name: ['Consult*'] }],
  [{ name: ['a*'] }, { name: ['*'] }],
  [{ name: ['a*b'] }, { name: ['a*'] }],
  [{ name: ['a*b'] }, { name: ['*b'] }],
  [{ name: ['a*a'] }, { name: ['a'] }],
  [{ name: ['ab*ba'] }, { name: ['aba'] }],
  [{ name: ['a*b*c'] }, { name: ['a*c'] }],
  [{ name: ['a.c'] }, { name: ['abc'] }],
];

for (const [earlier, later] of yes) {
  test(`${JSON.stringify(earlier)} covers ${JSON.stringify(later)}`, () => {
    assert.equal(coveredAt([earlier, later]), [[1, 0]]);
  });
}
for (const [earlier, later] of no) {
  test(`${JSON.stringify(earlier)} does not cover ${JSON.stringify(later)}`, () => {
    assert.equal(coveredAt([earlier, later]), []);
  });
}

const lines = (payable: Omit<PayableConditions, 'status'>, status = ['draft', 'new']): LineConditions => ({
  payable: { ...payable, status },
  line_item: {},
});
const created = (from?: string, to?: string): LineConditions =>
  lines({ created_at: { ...(from ? { from } : {}), ...(to ? { to } : {}) } });

test('spans of time cover what lies within them, to the end of a day', () => {
  const march = created('2026-03-01', '2026-03-31');
  assert.equal(coveredAt([march, created('2026-03-01T00:00:00Z', '2026-03-31T23:59:59Z')]), [[1, 0]]);
  assert.equal(coveredAt([march, created('2026-03-01T00:00:00+01:00', '2026-03-31')]), []);
  assert.equal(coveredAt([march, created('2026-03-01', '2026-04-01T00:00:00Z')]), []);
  assert.equal(coveredAt([march, created('2026-03-01')]), []);
  assert.equal(coveredAt([march, lines({})]), []);
  assert.equal(coveredAt([created('2026-03-01'), march]), [[1, 0]]);
  assert.equal(coveredAt([lines({}), march]), [[1, 0]]);
});

test('a rule for more states is not covered', () => {
  assert.equal(coveredAt([lines({}), lines({}, ['new', 'paid'])]), []);
  assert.equal(coveredAt([lines({}), lines({}, ['new'])]), [[1, 0]]);
});

test('conditions on the line and on the payable are not mixed up', () => {
  const byLine: LineConditions = { payable: { status: ['new'] }, line_item: { name: ['x'] } };
  const byPayable = lines({ document_id: ['x'] }, ['new']);
  assert.equal(coveredAt([byLine, byPayable]), []);
  assert.equal(coveredAt([byPayable, byLine]), []);
});

test('of several that cover a rule the first is named, and each covered rule is told once', () => {
  assert.equal(coveredAt([{ type: ['service'] }, {}, { name: ['x'] }, { type: ['service'] }]), [
    [2, 1],
    [3, 0],
  ]);
});

/** A matcher that is too simple to be wrong: what is compared are small letters, so that cases need no more than lower case. */
const simple = (globs: readonly string[] | undefined, text: string): boolean =>
  globs === undefined ||
  globs.some((glob) => new RegExp(`^${glob.toLowerCase().replaceAll('*', '.*')}$`).test(text.toLowerCase()));

const glob = fc
  .array(fc.constantFrom('a', 'b', 'B', '*'), { minLength: 1, maxLength: 5 })
  .map((all) => all.join(''));
const text = fc.array(fc.constantFrom('a', 'A', 'b', 'c'), { maxLength: 6 }).map((all) => all.join(''));
const globs = fc.array(glob, { minLength: 1, maxLength: 3 });
const day = fc.integer({ min: 1, max: 9 }).map((number) => `2026-01-0${number}`);
const when = fc.record(
  {
    document_id: globs,
    counterpart_name: globs,
    created_at: fc.record({ from: day, to: day }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);
const line = fc.record({ name: globs }, { requiredKeys: [] });
const status = fc.uniqueArray(fc.constantFrom('draft', 'new', 'paid'), { minLength: 1 });
const conditions: fc.Arbitrary<LineConditions> = fc
  .tuple(when, line, status)
  .map(([payable, line_item, status]) => ({ payable: { ...payable, status }, line_item }));
interface Seen {
  readonly name: string;
  readonly document_id: string;
  readonly counterpart_name: string;
  readonly status: string;
  readonly created: string;
}
const object: fc.Arbitrary<Seen> = fc.record({
  name: text,
  document_id: text,
  counterpart_name: text,
  status: fc.constantFrom('draft', 'new', 'paid'),
  created: day,
});

function meets({ payable, line_item }: LineConditions, seen: Seen): boolean {
  const { from = '', to = '9' } = payable.created_at ?? {};
  return (
    payable.status.includes(seen.status) &&
    simple(payable.document_id, seen.document_id) &&
    simple(payable.counterpart_name, seen.counterpart_name) &&
    simple(line_item.name, seen.name) &&
    from <= seen.created &&
    seen.created <= to
  );
}

test('a rule that is reported as covered is never the first to match anything', async () => {
  let reported = 0;
  await fc.assert(
    fc.property(
      fc.array(conditions, { minLength: 2, maxLength: 8 }),
      fc.array(object, { minLength: 20, maxLength: 20 }),
      (rules, objects) => {
        const covered = new Set(coveredAt(rules).map(([at]) => at));
        reported += covered.size;
        for (const seen of objects) assert.not(covered.has(rules.findIndex((rule) => meets(rule, seen))));
      },
    ),
    { numRuns: 2000 },
  );
  assert.ok(reported > 100, `${reported}`);
});

test('one pattern covers another exactly when it matches every short text that the other matches', async () => {
  const letters = ['a', 'b', 'c'];
  const texts = [''];
  for (let at = 0; at < texts.length && texts.length < 1000; at++)
    for (const letter of letters) texts.push(`${texts[at]}${letter}`);
  const short = fc
    .array(fc.constantFrom('a', 'b', '*'), { minLength: 1, maxLength: 3 })
    .map((all) => all.join(''));
  await fc.assert(
    fc.property(short, short, (wide, narrow) => {
      const all = texts.every((each) => !simple([narrow], each) || simple([wide], each));
      assert.is(coveredAt([{ name: [wide] }, { name: [narrow] }]).length === 1, all, `${wide} ${narrow}`);
    }),
    { numRuns: 1500 },
  );
});

function milliseconds(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const hostile: Readonly<Record<string, readonly ProductConditions[]>> = {
  '10,000 stars': [{ name: ['*'.repeat(10_000)] }, { name: [`${'*'.repeat(10_000)}x`] }],
  '100,000 stars between letters': [{ name: ['a*'.repeat(100_000)] }, { name: ['a'.repeat(300_000)] }],
  'a text that nearly matches everywhere': [
    { name: [`*${'a'.repeat(250)}b*${'a'.repeat(248)}`] },
    { name: ['a'.repeat(300_000)] },
  ],
  '20,000 rules of different names': Array.from({ length: 20_000 }, (_, at) => ({ name: [`p${at}`] })),
  '20,000 rules of patterns': Array.from({ length: 20_000 }, (_, at) => ({ name: [`*${at}*x*`] })),
  'two rules of 20,000 patterns': [1, 2].map((side) => ({
    name: Array.from({ length: 20_000 }, (_, at) => `*${at}*${side}*`),
  })),
};

for (const [what, rules] of Object.entries(hostile)) {
  test(`${what} take bounded time`, () => {
    const time = milliseconds(() => coveredRules(rules.map((when) => ({ when }))));
    assert.ok(time < 5000, `${time} ms`);
  });
}

test('two thousand sensible rules are compared to the last', () => {
  const rules = Array.from({ length: 2000 }, (_, at) => ({ name: [`SKU-${at}-*`], type: ['product'] }));
  assert.equal(coveredAt([...rules, { name: ['SKU-1999-blue'], type: ['product'] }]), [[2000, 1999]]);
});

test('the warning stands at the rule and names the earlier one', async () => {
  const text = `${head}assignments:
  products:
    - { rule: all, when: { name: "*" }, ledger_account: { nominal_code: "1" } }
    - { rule: some, when: { type: service }, ledger_account: { nominal_code: "2" } }
`;
  const { problems } = await tryResolve({ 'ledgerform.yaml': text });
  assert.equal(
    problems.map(({ code, severity, line, column }) => `${code} ${severity} ${line}:${column}`),
    ['RULE_COVERED warning 6:7'],
  );
  assert.match(problems[0]?.message ?? '', /`some`.*`all`.*ledgerform\.yaml:5:7/);
});

test('nothing is concluded from rules that cannot be read', async () => {
  const broken = ['{ nmae: x }', '{ name: 5 }', `{ name: "\${var.NOPE}" }`, '{ name: [x, 5] }', '[]', 'x'];
  for (const when of broken) {
    const text = `${head}assignments:
  products:
    - { when: ${when}, ledger_account: { nominal_code: "1" } }
    - { when: { type: service }, ledger_account: { nominal_code: "2" } }
  line_items:
    - { when: { payable: ${when} }, ledger_account: { nominal_code: "1" } }
    - { when: { payable: { created_at: ${when} } }, ledger_account: { nominal_code: "1" } }
    - { when: { line_item: {} }, ledger_account: { nominal_code: "2" } }
`;
    const { problems } = await tryResolve({ 'ledgerform.yaml': text });
    assert.not(
      problems.some(({ code }) => code === 'RULE_COVERED'),
      when,
    );
  }
});

test.run();
