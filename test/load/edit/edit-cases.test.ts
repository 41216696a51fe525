import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parse } from 'yaml';
import { edit } from '../../../src/load/edit/edit.ts';
import {
  type Obstacle,
  obstacleText,
  type Path,
  type Written,
  type YamlEdit,
} from '../../../src/load/edit/edits.ts';

const test = suite('editing YAML text, case by case');

const set = (path: string, value: Written): YamlEdit => ({ type: 'set', path: stepsOf(path), value });
const remove = (path: string): YamlEdit => ({ type: 'remove', path: stepsOf(path) });
const insert = (path: string, at: number, value: Written): YamlEdit => ({
  type: 'insert',
  path: stepsOf(path),
  at,
  value,
});
const stepsOf = (path: string): Path =>
  path.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step));

const cases: readonly (readonly [
  title: string,
  before: string,
  edits: readonly YamlEdit[],
  after: string,
])[] = [
  ['plain text stays plain', 'a: one # c\n', [set('a', 'two words')], 'a: two words # c\n'],
  ['double quotes stay', 'a: "one"\n', [set('a', 'two')], 'a: "two"\n'],
  ['single quotes stay', "a: 'one'\n", [set('a', "it's")], "a: 'it''s'\n"],
  [
    'single quotes that cannot hold a text become double ones',
    "a: 'one'\n",
    [set('a', 'x\ty')],
    'a: "x\\ty"\n',
  ],
  ['null takes the place of a text', 'a: "one" # c\n', [set('a', null)], 'a: null # c\n'],
  [
    'a text takes the place of null',
    'a: ~\nb:\nc: # c\n',
    [set('a', 'x'), set('b', 'y'), set('c', 'z')],
    'a: x\nb: "y"\nc: z # c\n',
  ],
  [
    'a text of many lines becomes a block',
    'a: one # c\nb: 1\n',
    [set('a', 'x\ny\n')],
    'a: | # c\n  x\n  y\nb: 1\n',
  ],
  ['between brackets it stays on its line', 'a: { b: one }\n', [set('a.b', 'x\ny')], 'a: { b: "x\\ny" }\n'],
  [
    'a literal block stays one',
    'a: | # c\n    one\n    two\nb: 1\n',
    [set('a', 'three\n\n  four\n')],
    'a: | # c\n    three\n\n      four\nb: 1\n',
  ],
  [
    'a block without a last line end says so',
    'a: |\n  one\n\nb: 1\n',
    [set('a', 'two')],
    'a: |-\n  two\n\nb: 1\n',
  ],
  [
    'a folded block is folded again',
    `a: >\n  one\n# c\n`,
    [set('a', `${'word '.repeat(20).trim()}\nnext\n`)],
    `a: >\n  ${'word '.repeat(14)}word\n  word word word word word\n\n  next\n# c\n`,
  ],
  [
    'a block gives way to null and keeps its comment',
    'a: >- # c\n  one\n  two\n\nb: 1\n',
    [set('a', null)],
    'a: null # c\n\nb: 1\n',
  ],
  ['a text that a block cannot show is quoted', 'a: |\n  one\n', [set('a', ' lead\n')], 'a: " lead\\n"\n'],
  [
    'carriage returns are kept',
    'a:\r\n    b: 1\r\nc: |\r\n    one\r\n',
    [set('a.d', 'x'), set('c', 'p\nq\n')],
    'a:\r\n    b: 1\r\n    d: x\r\nc: |\r\n    p\r\n    q\r\n',
  ],
  [
    'a byte order mark is kept',
    '\ufeffa: 1\n',
    [set('a', 'x'), set('b.c', 'y')],
    '\ufeffa: x\nb:\n  c: "y"\n',
  ],
  ['a file without a last line end stays without', 'a: 1', [set('b', 'x')], 'a: 1\nb: x'],
  [
    'a key stands behind the last one, before what is noted below',
    'a:\n   b: 1 # one\n   # below\n\nc: 1\n',
    [set('a.d', null)],
    'a:\n   b: 1 # one\n   d: null\n   # below\n\nc: 1\n',
  ],
  [
    'a key of a compact item stands below the others',
    '- a: 1\n- x\n',
    [set('0.b', 'y2')],
    '- a: 1\n  b: y2\n- x\n',
  ],
  ['a key goes between brackets', 'a: { b: 1 } # c\n', [set('a.d', 'x, y')], 'a: { b: 1, d: "x, y" } # c\n'],
  [
    'a key goes on a line of its own where the others do',
    'a: {\n  b: 1, # c\n  d: 2  # e\n}\n',
    [set('a.f', 'x')],
    'a: {\n  b: 1, # c\n  d: 2,  # e\n  f: x\n}\n',
  ],
  ['empty brackets take a key', 'a: {} # c\n', [set('a.b', 'x')], 'a: { b: x } # c\n'],
  [
    'empty brackets give way to what does not fit on a line',
    'a: {} # c\n\nf: {}\n',
    [set('a.b.x', '1'), set('f.c', 'x\ny'), set('f.d', 'z')],
    'a: # c\n  b:\n    x: "1"\n\nf:\n  c: |-\n    x\n    y\n  d: z\n',
  ],
  [
    'empty brackets below another key, or with an anchor, take keys where they are',
    'a:\n  {}\nb: &b {}\nc: *b\nd: [{}]\n',
    [set('a.x', { p: 'q', r: 's' }), set('d.0.x', { p: 'q', r: 's' })],
    'a:\n  { x: { p: q, r: s } }\nb: &b {}\nc: *b\nd: [{ x: { p: q, r: s } }]\n',
  ],
  [
    'what is new gets its remark beside its first line',
    'a:\n  x: 1\nf: {}\n',
    [
      { type: 'set', path: ['a', 'w'], value: { name: 'Fees', code: '01' }, remark: 'type: Expense' },
      { type: 'set', path: ['a', 'z'], value: { code: '02' }, remark: 'two\nlines # and ##[x' },
      { type: 'set', path: ['a', 'x'], value: '2', remark: 'not new' },
      { type: 'set', path: ['f', 'w'], value: 'v', remark: 'is' },
      { type: 'set', path: ['g', 'u'], value: 'p\nq', remark: '\u202e ' },
    ],
    'a:\n  x: "2"\n  w: # type: Expense\n    name: Fees\n    code: "01"\n  z: { code: "02" } # two lines # and ## [x\nf:\n  w: v # is\ng:\n  u: |-\n    p\n    q\n',
  ],
  [
    'between brackets no remark can stand',
    'a: { x: 1 }\n',
    [{ type: 'set', path: ['a', 'w'], value: 'z', remark: 'r' }],
    'a: { x: 1, w: z }\n',
  ],
  [
    'a section without a value takes keys',
    'a: # c\nb: 1\n',
    [set('a.x.p', 'z'), set('a.w', 'v')],
    'a: # c\n  x:\n    p: z\n  w: v\nb: 1\n',
  ],
  [
    'several keys of an absent section make it once',
    'v: 1\n',
    [set('s.l.p', 'cash'), set('s.l.q', 'bank'), set('s.t.d', null)],
    'v: 1\ns:\n  l:\n    p: cash\n    q: bank\n  t:\n    d: null\n',
  ],
  [
    'an absent section stands in as the file does',
    'a:\n    b: 1\n',
    [set('c.d', 'x')],
    'a:\n    b: 1\nc:\n    d: x\n',
  ],
  [
    'sections and fields come to stand in the order of the schema, where the others do',
    'version: 1\n\ntax_rates:\n  a:\n    name: A\n    description: x\n  b: { code: B }\n\n# set\nsettings: {}\n',
    [
      set('ledger_accounts.k', { name: 'K', nominal_code: '1' }),
      set('tax_rates.a.code', 'A1'),
      set('tax_rates.a.id', 'u'),
      set('tax_rates.b.name', 'B'),
      set('policy.prune', 'never'),
      set('environment', 'local'),
    ],
    'version: 1\nenvironment: local\n\ntax_rates:\n  a:\n    id: u\n    name: A\n    code: A1\n    description: x\n  b: { name: B, code: B }\n\nledger_accounts:\n  k:\n    name: K\n    nominal_code: "1"\n\n# set\nsettings: {}\n\npolicy:\n  prune: never\n',
  ],
  [
    'where others stand in no order a new key is the last; before the first it stands before what is noted of that',
    'settings: {}\ntax_rates:\n  # what\n  a: {}\n  b:\n    # why\n    name: B\n',
    [set('ledger_accounts.k', null), set('tax_rates.b.id', 'u')],
    'settings: {}\ntax_rates:\n  # what\n  a: {}\n  b:\n    id: u\n    # why\n    name: B\nledger_accounts:\n  k: null\n',
  ],
  [
    'comments at the end of a section stay in it when another one is written below',
    'tax_rates:\n  a: {}\n  # b: {}\n\n  # c: {}\n',
    [set('ledger_accounts.k', null)],
    'tax_rates:\n  a: {}\n  # b: {}\n\n  # c: {}\n\nledger_accounts:\n  k: null\n',
  ],
  [
    'an entry takes lines, a look-up one',
    'a:\n  b: 1\n',
    [set('a.c', { name: 'New: one', nominal_code: '0400' }), set('a.d', { code: 'NO' })],
    'a:\n  b: 1\n  c:\n    name: "New: one"\n    nominal_code: "0400"\n  d: { code: "NO" }\n',
  ],
  [
    'a look-up takes the place of a key',
    'a: cash # c\n',
    [set('a', { code: '1' })],
    'a: { code: "1" } # c\n',
  ],
  [
    'a key takes the place of a look-up',
    'a: { code: "1" } # c\nb:\n  code: "1"\n\nc: 1\n',
    [set('a', 'cash'), set('b', 'cash')],
    'a: cash # c\nb: cash\n\nc: 1\n',
  ],
  [
    'a key stands apart where the others do',
    'a: 1\n\n# of b\nb: 1 # c\n\n# end\n',
    [set('c.d', 'x'), set('e', null)],
    'a: 1\n\n# of b\nb: 1 # c\n\nc:\n  d: x\n\ne: null\n\n# end\n',
  ],
  [
    'with `whole` the comments inside of what was there go with it',
    'a: # b\n  # c\n  code: "1" # d\n  # e\nf: [ # g\n  1]\n',
    [
      { type: 'set', path: ['a'], value: null, whole: true },
      { type: 'set', path: ['f'], value: 'x', whole: true },
    ],
    'a: null # b\n  # e\nf: x\n',
  ],
  [
    'of a look-up with the same key only the value changes',
    'a:\n  code: "1" # c\n',
    [set('a', { code: '2' })],
    'a:\n  code: "2" # c\n',
  ],
  [
    'an item stands first, above what is noted there',
    'l:  # c\n# d\n- a: 1\n',
    [insert('l', 0, { x: '1', p: { z: 'w' } })],
    'l:  # c\n- x: "1"\n  p: { z: w }\n# d\n- a: 1\n',
  ],
  [
    'an item stands behind another one',
    'l:\n  -   a # c\n\n  # d\n  -   b\n',
    [insert('l', 1, 'x')],
    'l:\n  -   a # c\n  -   x\n\n  # d\n  -   b\n',
  ],
  [
    'an item is in brackets where its neighbour is',
    'l:\n  - { a: 1, b: 2 }\n',
    [insert('l', 0, { a: '3', b: '4' })],
    'l:\n  - { a: "3", b: "4" }\n  - { a: 1, b: 2 }\n',
  ],
  [
    'items go between brackets',
    'l: [a, b]\nm: []\n',
    [insert('l', 0, 'x'), insert('l', 1, 'y2'), insert('l', 9, 'z'), insert('m', 0, 'w')],
    'l: [x, a, y2, b, z]\nm: [w]\n',
  ],
  [
    'an empty list between brackets becomes a block for what needs more than a line',
    'a:\n  l: []  # none\n  m: [ ] \n  n: { o: [] }\n',
    ['l', 'm', 'n.o'].map((path) => insert(`a.${path}`, 0, { b: '1', c: 'd' })),
    'a:\n  l:  # none\n    - b: "1"\n      c: d\n  m: \n    - b: "1"\n      c: d\n  n: { o: [{ b: "1", c: d }] }\n',
  ],
  ['an item that is there already is not inserted again', 'l: [a]\n', [insert('l', 0, 'a')], 'l: [a]\n'],
  [
    'an absent list is made',
    'v: 1\n',
    [insert('a.l', 0, { x: 'p', y: 'q' }), insert('a.l', 0, 'r')],
    'v: 1\na:\n  l:\n    - x: p\n      "y": q\n    - r\n',
  ],
  [
    'a key goes with its lines and its comment',
    '# a\na:\n  b: 1 # one\n  # two\n  c: { d: 2 } # three\n# e\ne: 1\n',
    [remove('a.c')],
    '# a\na:\n  b: 1 # one\n  # two\n# e\ne: 1\n',
  ],
  [
    'a section that loses all its keys stays, empty',
    'a: # c\n  b: 1\n  # d\n  e: 2\nf: 1\n',
    [remove('a.b'), remove('a.e')],
    'a: {} # c\n  # d\nf: 1\n',
  ],
  ['an item goes', 'l:\n- a: 1\n  b: 2 # c\n# d\n- x\n', [remove('l.0')], 'l:\n# d\n- x\n'],
  [
    'items go from between brackets',
    'l: [a, b, c]\nm: { a: 1, b: 2 }\nn: [ a ]\n',
    [remove('l.0'), remove('l.1'), remove('m.b'), remove('n.0')],
    'l: [c]\nm: { a: 1 }\nn: []\n',
  ],
  [
    'an item with a line of its own between brackets goes with the line',
    'l: [\n  a, # one\n  # two\n  b, # three\n]\n',
    [remove('l.0')],
    'l: [\n  # two\n  b, # three\n]\n',
  ],
  [
    'paths mean the text before, whatever else comes and goes',
    'l: [a, b, c]\n',
    [insert('l', 0, 'x'), remove('l.1'), set('l.2', 'z')],
    'l: [x, a, z]\n',
  ],
  ['an empty file is begun', '', [set('a', 'x')], 'a: x\n'],
  [
    'a file of comments is gone on with',
    '# only\r\n---\r\n',
    [set('a.b', 'x')],
    '# only\r\n---\r\na:\r\n  b: x\r\n',
  ],
  ['an anchor that nobody uses stays', 'a: &x one\n', [set('a', 'two')], 'a: &x two\n'],
  [`a literal \`$\${\` is no variable`, `a: "$\${x}"\n`, [set('a', 'two')], 'a: "two"\n'],
];

for (const [title, before, edits, after] of cases) {
  test(title, () => {
    const edited = edit(before, edits);
    assert.equal(edited.refused, []);
    assert.is(edited.text, after);
    if (
      edits.every(({ type }) => type !== 'remove') &&
      !edits.some(({ path, type }) => type === 'set' && path.includes(2))
    )
      assert.is(edit(after, edits).text, after);
  });
}

const readersOf11 = [
  '0400',
  '010',
  '0o17',
  '0x1F',
  '0b11',
  '1e3',
  '1.10',
  '.5',
  '1_000',
  '12:30',
  '190:20:30.15',
  '-7',
  '+3',
  '.inf',
  '-.INF',
  '.nan',
  '2024-01-01',
  '2001-12-14t21:59:43.10-05:00',
  '2001-12-15 2:59:43.10',
  'yes',
  'No',
  'ON',
  'off',
  'y',
  'N',
  'true',
  'FALSE',
  'null',
  'Null',
  '~',
  '',
  '=',
  '<<',
  ' lead',
  'trail ',
  '\ttab',
  'a: b',
  'a:',
  'a #b',
  '#a',
  '- a',
  '-',
  '? a',
  '? ',
  ': a',
  ',a',
  '[a',
  ']a',
  '{a',
  '}a',
  '&a',
  '*a',
  '!a',
  '|',
  '>',
  "'a",
  '"a',
  '%a',
  '@a',
  '`a',
  'a\nb',
  'a\u0007',
  '\u0085',
  'a\u2028b',
  '\ufeffa',
  '---',
  '...',
  'a\rb',
  '\ud800',
];
for (const text of readersOf11) {
  test(`${JSON.stringify(text)} is quoted, so that every reader takes it for this text`, () => {
    for (const before of ['a: x\n', 'a: { b: x }\n', 'a: [x]\n']) {
      const path = before.includes('b') ? 'a.b' : before.includes('[') ? 'a.0' : 'a';
      const { refused, text: after } = edit(before, [set(path, text)]);
      assert.equal(refused, []);
      assert.match(after, /["|]/);
      for (const version of ['1.1', '1.2'] as const) {
        const read: unknown = parse(after, { version, merge: version === '1.1' });
        assert.ok(JSON.stringify(read).includes(JSON.stringify(text)), `${version}: ${after}`);
      }
    }
  });
}

test('what no reader can take for anything else is written without quotes', () => {
  const texts = [
    'cash',
    'Consulting income',
    '7.5%',
    '9d2b4c8f-2087-4738-ba91-7359683c49a4',
    '00000000-0000-0000-0000-000000000000',
    '4010 Sales',
    'a-b',
    "it's",
    'https://a.example/b?c=d',
    'Müller 💶',
  ];
  for (const text of texts) assert.is(edit('a: x\n', [set('a', text)]).text, `a: ${text}\n`);
});

const refusals: readonly (readonly [Obstacle, string, YamlEdit])[] = [
  ['syntax', 'a: [\n', set('a', 'x')],
  ['syntax', 'a: 1\n---\nb: 1\n', set('a', 'x')],
  ['syntax', '%YAML 1.1\n---\na: 1\n', set('a', 'x')],
  ['syntax', 'a: !local 1\n', set('a', 'x')],
  ['alias', 'b: &x 1\na: *x\n', set('a', 'x')],
  ['alias', 'b: &x { c: 1 }\na: *x\n', set('a.c', 'x')],
  ['alias', 'b: &x { c: 1 }\na: *x\n', remove('a.c')],
  ['anchor', 'a: &x 1\nb: *x\n', set('a', 'x')],
  ['anchor', 'a: &x { c: 1 }\nb: *x\n', set('a.c', 'x')],
  ['anchor', 'a: &x { c: 1 }\nb: *x\n', set('a.d', 'x')],
  ['anchor', 'a: &x [1]\nb: *x\n', insert('a', 0, 'x')],
  ['anchor', 'a: &x { c: 1 }\nb: *x\n', remove('a')],
  ['anchor', 'a: { c: &x 1 }\nb: *x\n', set('a', 'x')],
  ['anchor', 'a: &x { c: 1 }\nb: *x\n', remove('a.c')],
  ['merge', 'b: &x { c: 1 }\na:\n  <<: *x\n', set('a.c', 'x')],
  ['merge', 'b: &x { c: 1 }\na:\n  <<: *x\n', remove('a.c')],
  ['tag', 'a: !!str 1\n', set('a', 'x')],
  ['tag', 'a: !!map { c: 1 }\n', set('a.c', 'x')],
  ['variable', `a: \${var.X}\n`, set('a', 'x')],
  ['variable', `a: 'x \${var.X:-y} z'\n`, set('a', 'x')],
  ['variable', `a: { code: "\${var.X}" }\n`, set('a', 'x')],
  ['variable', `a: |\n  x \${var.X}\n`, set('a', 'x')],
  ['comment', 'a:\n  code: "1" # why\n', set('a', 'x')],
  ['comment', 'a: [\n  1, # why\n]\n', set('a', 'x')],
  ['form', 'a: 1\n', set('a.b', 'x')],
  ['form', 'a: [1]\n', set('a.b', 'x')],
  ['form', 'a: [1]\n', set('a.7', 'x')],
  ['form', 'a: { b: 1 }\n', insert('a', 0, 'x')],
  ['form', 'a: 1\na: 2\n', set('a', 'x')],
  ['form', 'a: 1\n', { type: 'set', path: [], value: 'x' }],
  ['unsafe', 'a: |+\n  x\nb: 1\n\nc: 2\n', remove('b')],
];

test('what cannot be edited safely is refused, the text is kept, and other edits are made', () => {
  for (const [why, text, one] of refusals) {
    const alone = edit(text, [one]);
    assert.equal(alone, { text, refused: [{ edit: one, why }] });
    assert.ok(obstacleText(why).length > 0);
    if (why === 'syntax') continue;
    const other = set('zzz', 'w');
    const both = edit(text, [other, one]);
    assert.equal(both.refused, [{ edit: one, why }], text);
    assert.is(both.text, edit(text, [other]).text);
  }
});

test('of two edits of one place the second is refused', () => {
  const text = 'a: { b: 1 }\n';
  for (const [first, second] of [
    [set('a.b', 'x'), set('a.b', 'z')],
    [set('a', 'x'), set('a.b', 'z')],
    [set('a.b', 'x'), remove('a')],
  ] as const) {
    const edited = edit(text, [first, second]);
    assert.equal(edited.refused, [{ edit: second, why: 'clash' }]);
    assert.is(edited.text, edit(text, [first]).text);
  }
});

test.run();
