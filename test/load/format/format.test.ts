import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { format } from '../../../src/load/format/format.ts';

const test = suite('the canonical form');

const formatted = (text: string, modeline: string | null = null): string => {
  const done = format({ path: 'a.yaml', text, modeline });
  if ('problems' in done) throw new Error(done.problems.map(({ code }) => code).join(' '));
  return done.text;
};

const codesOf = (text: string): readonly string[] => {
  const done = format({ path: 'a.yaml', text, modeline: null });
  return 'problems' in done ? done.problems.map(({ code }) => code) : [];
};

const cases: readonly (readonly [title: string, before: string, after: string])[] = [
  [
    'sections and fields stand in the order of the schema, entries in that of their author',
    'settings: {}\nledger_accounts:\n  b: { nominal_code: "2", name: B, id: x }\n  a: { name: A }\ntax_rates: {}\nenvironment: local\nversion: 1\n',
    'version: 1\nenvironment: local\n\ntax_rates: {}\n\nledger_accounts:\n  b: { id: x, name: B, nominal_code: "2" }\n  a: { name: A }\n\nsettings: {}\n',
  ],
  [
    'a mapping with a key that nobody knows keeps its order',
    'ledger_accounts:\n  a:\n    nominal_code: "1"\n    nmae: A\n    name: B\n',
    'ledger_accounts:\n  a:\n    nominal_code: "1"\n    nmae: A\n    name: B\n',
  ],
  [
    'rules begin with their name, and lists stand in',
    'assignments:\n  products:\n  - ledger_account: a\n    when: {name: x}\n    rule: r\n',
    'assignments:\n  products:\n    - rule: r\n      when: { name: x }\n      ledger_account: a\n',
  ],
  [
    'quotes that somebody has written stay, as double ones where that takes no more signs',
    `ledger_accounts:\n  a: { name: 'it''s', nominal_code: 'A1' }\n  b: { name: 'say "x"', description: "plain" }\n`,
    `ledger_accounts:\n  a: { name: "it's", nominal_code: "A1" }\n  b: { name: 'say "x"', description: "plain" }\n`,
  ],
  [
    'what readers may take for something else gets quotes, and account codes always',
    'tax_rates:\n  a: { name: NO, code: RED }\nledger_accounts:\n  b: { name: 2026-01-01, nominal_code: CASH }\n',
    'tax_rates:\n  a: { name: "NO", code: RED }\n\nledger_accounts:\n  b: { name: "2026-01-01", nominal_code: "CASH" }\n',
  ],
  [
    'a code without quotes that is a number stays one: to mend it is for validate --fix',
    'ledger_accounts:\n  a: { nominal_code: 0400 }\n',
    'ledger_accounts:\n  a: { nominal_code: 0400 }\n',
  ],
  [
    'a comment between a key and its value stands above the key',
    'ledger_accounts:\n  # one\n  { a: { name: x } }\nsettings:\n  # two\n  {\n    ledger_accounts:\n      # three\n      { payments: a }\n  }\n',
    '# one\nledger_accounts: { a: { name: x } }\n\n# two\nsettings:\n  # three\n  ledger_accounts: { payments: a }\n',
  ],
  [
    'brackets over several lines become a block',
    'policy: {\n  protect: [ # these\n    ledger_accounts.a, # one\n    ledger_accounts.b\n  ],\n  prune: all }\n',
    'policy:\n  prune: all\n  protect: # these\n    - ledger_accounts.a # one\n    - ledger_accounts.b\n',
  ],
  [
    'comments go with what they stand above or beside',
    'version: 1\nsettings: {} # set\n# rates\ntax_rates: {} # none\n',
    'version: 1\n\n# rates\ntax_rates: {} # none\n\nsettings: {} # set\n',
  ],
  [
    'the heading of a file stays at its top',
    '# yaml-language-server: $schema=x\n# Our books\nsettings: {}\nversion: 1\n',
    '# yaml-language-server: $schema=x\n# Our books\n\nversion: 1\n\nsettings: {}\n',
  ],
  [
    'comments at the end of a section stay in it, as deep as it is',
    'settings: {}\nledger_accounts:\n    a: {}\n    # b: {}\n\n    # c: {}\nversion: 1\n',
    'version: 1\n\nledger_accounts:\n  a: {}\n  # b: {}\n\n  # c: {}\n\nsettings: {}\n',
  ],
  [
    'entries that are commented out stay in the section that has no others',
    'settings: {}\ntax_rates:\n    # a: {}\n\n    # b: {}\n# why\nledger_accounts: {}\n   # c: {}\nassignments:\n  products:\n  - \n   # when: {}\n  line_items:\n   # - {}\n',
    'tax_rates:\n  # a: {}\n\n  # b: {}\n\n# why\nledger_accounts: {}\n  # c: {}\n\nsettings: {}\n\nassignments:\n  products:\n    -\n      # when: {}\n  line_items:\n    # - {}\n',
  ],
  [
    'a comment that touches a section ends it, whatever stands last in there',
    'assignments:\n  line_items:\n    - a\n    # b\n\n    # c\n  products:\n    - d\n# end\n\nsettings: {}\n',
    'assignments:\n  products:\n    - d\n  line_items:\n    - a\n    # b\n\n    # c\n# end\n\nsettings: {}\n',
  ],
  [
    'comments that stand below others keep their column',
    'organization:\n  id: x            # one\n  name: "a name"   # two\nenvironment: local # three\n',
    'organization:\n  id: x            # one\n  name: "a name"   # two\nenvironment: local # three\n',
  ],
  [
    'sections keep their order where a comment between them belongs to none',
    'settings: {}\n\n# ===== Rates =====\n\ntax_rates: {}\n',
    'settings: {}\n\n# ===== Rates =====\n\ntax_rates: {}\n',
  ],
  [
    'an item keeps its order where what it would begin with has a comment above',
    'assignments:\n  products:\n    - when: {}\n      # why\n      rule: r\n      ledger_account: a\n',
    'assignments:\n  products:\n    - when: {}\n      # why\n      rule: r\n      ledger_account: a\n',
  ],
  [
    'an alias stays behind its anchor',
    'ledger_accounts:\n  a:\n    description: &d text\n    name: *d\n  b: { description: *d, name: B }\n',
    'ledger_accounts:\n  a:\n    description: &d text\n    name: *d\n  b: { name: B, description: *d }\n',
  ],
  [
    'empty lines are one at most, none where a block begins, and one before each section',
    'version: 1\n\n\norganization:\n\n  id: x\n\n\n\n  name: z\nsettings: {}\n\n\n',
    'version: 1\n\norganization:\n  id: x\n\n  name: z\n\nsettings: {}\n',
  ],
  [
    'lines of a text move together and stay what they are',
    'ledger_accounts:\n     a:\n          description: | # long\n               one  \n                 two\n\n\n               three\n     b: {}\n',
    'ledger_accounts:\n  a:\n    description: | # long\n      one  \n        two\n\n\n      three\n  b: {}\n',
  ],
  [
    'empty lines that a text keeps are its own',
    'ledger_accounts:\n   a:\n      description: |+\n         x\n\n\nsettings: {}\n',
    'ledger_accounts:\n  a:\n    description: |+\n      x\n\n\nsettings: {}\n',
  ],
  [
    'a text over several lines stays on several',
    'ledger_accounts:\n    a:\n        name: one\n           two   \n\n           three # c\n        description: "four\n         five"\n',
    'ledger_accounts:\n  a:\n    name: one\n      two\n\n      three # c\n    description: "four\n      five"\n',
  ],
  [
    'line ends and a byte order mark stay',
    '\ufeffversion:   1\r\nsettings: {}',
    '\ufeffversion: 1\r\n\r\nsettings: {}\r\n',
  ],
  [
    'the mark of a document stays',
    '%YAML 1.2\n--- # here\nsettings:  {}\n...\n',
    '%YAML 1.2\n--- # here\nsettings: {}\n...\n',
  ],
  [
    'a comment behind a dash stands above its item',
    'removed:\n  tax_rates:\n    - # gone\n      code: X\n',
    'removed:\n  tax_rates:\n    # gone\n    - code: X\n',
  ],
  [
    'keys in other scripts need no quotes',
    "ledger_accounts:\n  'касса': { name: x }\n  банк: { name: z }\n",
    'ledger_accounts:\n  "касса": { name: x }\n  банк: { name: z }\n',
  ],
];
for (const [title, before, after] of cases)
  test(title, () => {
    assert.is(formatted(before), after);
    assert.is(formatted(after), after);
  });

for (const props of ['&all', '!!map', '&all !!map', '!!map # all of it\n&all'])
  for (const lead of ['', '---\n', '--- ', '--- # begins\n', '# head\n', '%YAML 1.2\n---\n'])
    test(`the anchor and tag of a whole document stay: ${JSON.stringify(lead + props)}`, () => {
      const sorted = 'version: 1\nenvironment: local\n';
      const after = `${lead}${props}\n${sorted}`;
      assert.is(formatted(`${lead}${props}   \nenvironment: local\nversion: 1\n`), after);
      assert.is(formatted(after), after);
      const inBrackets = formatted(`${lead}${props} { environment: local, version: 1 }\n`);
      assert.is(inBrackets, `${lead}${props}\n{ version: 1, environment: local }\n`);
      assert.is(formatted(inBrackets), inBrackets);
    });

test('a line that leads editors to the schema is written where there is none', () => {
  const line = '# yaml-language-server: $schema=./s.json';
  assert.is(formatted('version: 1\nsettings: {}\n', line), `${line}\nversion: 1\n\nsettings: {}\n`);
  assert.is(formatted('# Ours\n\nsettings: {}\n', line), `${line}\n#\n# Ours\n\nsettings: {}\n`);
  const known = '# licence\n# yaml-language-server: $schema=other\nsettings: {}\n';
  assert.is(formatted(known, line), known);
  assert.is(
    formatted('\ufeffversion: 1\r\nsettings: {}\r\n', line),
    `\ufeff${line}\r\nversion: 1\r\n\r\nsettings: {}\r\n`,
  );
});

test('what is no YAML, holds a key twice, or is of another program is refused', () => {
  assert.equal(codesOf('settings: [\n'), ['YAML_SYNTAX']);
  assert.equal(codesOf('settings: {}\n---\nsettings: {}\n'), ['YAML_SYNTAX']);
  assert.equal(codesOf('settings:\n\tledger_accounts: {}\n'), ['YAML_SYNTAX']);
  assert.equal(codesOf('settings: {}\nsettings: {}\n'), ['DUPLICATE_KEY']);
  assert.equal(codesOf('tax_rates:\n  <<: *a\n  <<: *b\n  __proto__: *c\n  __proto__: {}\n'), [
    'DUPLICATE_KEY',
    'DUPLICATE_KEY',
  ]);
  assert.equal(codesOf('version: "3"\nservices: {}\n'), ['NOT_OURS']);
  assert.equal(codesOf('- 1\n'), ['NOT_OURS']);
});

test('a key that stands twice is shown where it stands in the file as it is', () => {
  const text = 'tax_rates:\n  a: {}\n  a: {}\n';
  const done = format({ path: 'a.yaml', text, modeline: '# yaml-language-server: $schema=./s.json' });
  const [problem] = 'problems' in done ? done.problems : [];
  assert.equal([problem?.file, problem?.line, problem?.column], ['a.yaml', 3, 3]);
  assert.match(problem?.message ?? '', '2:3');
});

test('it is said where sections keep their order because of a comment', () => {
  const divided = (text: string): unknown => {
    const done = format({ path: 'a.yaml', text, modeline: null });
    return 'divided' in done && done.divided;
  };
  assert.is(divided('settings: {}\n\n# Rates\n\ntax_rates: {}\n'), true);
  assert.is(divided('tax_rates: {}\n\n# Rest\n\nsettings: {}\n'), false);
});

const below = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).map(
    (path) => `${folder}/${path.replaceAll('\\', '/')}`,
  );

test('the examples are in canonical form', () => {
  for (const path of below('examples').filter((each) => each.endsWith('.yaml')))
    assert.is(formatted(readFileSync(path, 'utf8')), readFileSync(path, 'utf8'), path);
});

test('every YAML file of the tests is formatted or refused with a reason, never left unproven', () => {
  const files = below('test').filter((each) => /\.ya?ml$/.test(each) && !each.includes('/node_modules/'));
  assert.ok(files.length > 30);
  for (const path of files)
    assert.not.ok(codesOf(readFileSync(path, 'utf8')).includes('FORMAT_UNPROVEN'), path);
});

test.run();
