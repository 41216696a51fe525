import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { paint, unpainted } from '../../src/render/paint.ts';
import { fit } from '../../src/render/terminal/fit.ts';
import { width } from '../../src/render/width.ts';

const test = suite('text in the width of a terminal');

const fitted = (text: string, columns: number): readonly string[] => fit(text, columns).split('\n');

test('a sentence is broken between words and stays at its indent', () => {
  assert.equal(fitted('  The name is longer than the service takes.\n', 24), [
    '  The name is longer',
    '  than the service',
    '  takes.',
    '',
  ]);
});

test('what follows a sign stands below what the sign is for', () => {
  assert.equal(fitted('  → Quote the code, or take another one.', 22), [
    '  → Quote the code, or',
    '    take another one.',
  ]);
  assert.equal(fitted('  + ledger_accounts.cash  1000 Cash  a.yaml:7', 30), [
    '  + ledger_accounts.cash  1000',
    '    Cash  a.yaml:7',
  ]);
});

test('a value is broken below where it begins', () => {
  assert.equal(fitted('      name  "one two three" -> "four"', 26), [
    '      name  "one two',
    '            three" ->',
    '            "four"',
  ]);
});

test('the last cell of a row is broken below where it begins', () => {
  assert.equal(fitted('  bills  0%  not ready  0 of 3 can be pushed, 1 is older', 48), [
    '  bills  0%  not ready  0 of 3 can be pushed, 1',
    '                        is older',
  ]);
});

test('a line of YAML that is broken stays the same YAML', () => {
  assert.equal(fitted('      where: { counterpart: "Hetzner", name: "Hosting" }', 34), [
    '      where: { counterpart:',
    '        "Hetzner", name: "Hosting"',
    '        }',
  ]);
});

test('a word that is wider than the terminal stays whole in a line of its own', () => {
  const url = 'https://example.test/a/very/long/address';
  assert.equal(fitted(`see ${url} for more`, 20), ['see', url, 'for more']);
});

test('a command to copy is not broken', () => {
  const save = 'ledgerform plan --out plan.json';
  const apply = 'ledgerform apply plan.json';
  assert.equal(fitted(`  → Add --auto-approve, or apply a saved plan: ${save}, then ${apply}.`, 40), [
    '  → Add --auto-approve, or apply a saved',
    '    plan:',
    `    ${save},`,
    `    then ${apply}.`,
  ]);
  assert.equal(fitted('see with ledgerform records list --status error -c "orgs/*" what failed', 30), [
    'see with',
    'ledgerform records list --status error -c "orgs/*"',
    'what failed',
  ]);
  assert.equal(fitted('ledgerform history shows them all', 20), ['ledgerform history', 'shows them all']);
});

test('a word that fits into the terminal but not below its line gets what it needs', () => {
  assert.equal(fitted('   key value-of-eighteen1', 20), ['   key', '  value-of-eighteen1']);
});

test('text without spaces is broken between its words, and no sign stands alone that closes something', () => {
  for (const line of fitted('勘定科目は「旅費交通費」です。通信費ではありません。', 20)) {
    assert.ok(width(line) <= 20, line);
    assert.not.match(line, /^[」。、]/);
    assert.not.match(line, /「$/);
  }
});

test('a question keeps the space before its answer', () => {
  assert.is(fit('  Only "yes" is accepted here: ', 20).slice(-6), 'here: ');
});

test('each line has its own colours', () => {
  const { bold, red } = paint(true);
  assert.equal(fitted(`ab ${red(`cd ${bold('efghijklmnop qrst')} uv`)} 12`, 20), [
    `ab ${red('cd ')}${red(bold('efghijklmnop'))}`,
    `${red(bold('qrst'))}${red(' uv')} 12`,
  ]);
});

const frame = [
  '    7 | a: 1',
  `  > 8 | name: "${'long '.repeat(12)}" # and more`,
  `      | ${' '.repeat(50)}^`,
];

test('lines around a position are cut, and the mark stays under its place', () => {
  const [before = '', line = '', mark = ''] = fitted(frame.join('\n'), 40);
  assert.ok([before, line, mark].every((each) => width(each) <= 40));
  const place = (frame[2] ?? '').indexOf('^');
  assert.is(line.slice(mark.indexOf('^'), mark.indexOf('^') + 4), frame[1]?.slice(place, place + 4));
  assert.match(line, /^ {2}> 8 \| ….*…$/);
});

test('lines around a position that is at their beginning are cut at their end', () => {
  const lines = [`  > 1 | ${'x'.repeat(90)}`, '      | ^'];
  assert.equal(fitted(lines.join('\n'), 40), [`  > 1 | ${'x'.repeat(31)}…`, '      | ^']);
});

test('nothing is broken where nobody knows how wide it may be, and in windows of a few columns', () => {
  const text = 'one two three four five six seven eight nine ten';
  for (const columns of [Number.POSITIVE_INFINITY, Number.NaN, 0, 1, 19]) assert.is(fit(text, columns), text);
});

const sign = fc.constantFrom('→ ', '│ ', '+ ', '✓ ', 'name  ', 'error AB_C ', 'key: ', '');
const word = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 12 }),
  fc.constantFrom(
    '現金',
    '旅費交通費と会議費',
    '한국어',
    '👩‍💻',
    'Größe',
    'שלום',
    'e\u0301',
    'ราคา',
    '❤️',
    '🇬🇧',
  ),
);
const line = fc
  .tuple(fc.nat(8), sign, fc.array(word, { maxLength: 30 }), fc.nat(20))
  .map(([indent, lead, words, painted]) => {
    const brush = [paint(true).red, paint(true).bold, paint(true).dim][painted] ?? ((text: string) => text);
    return `${' '.repeat(indent)}${lead}${brush(words.join(' '))}`;
  });

test('no line is wider than the terminal unless a word is, and nothing but spaces is lost', () => {
  fc.assert(
    fc.property(fc.array(line), fc.integer({ min: 20, max: 120 }), (lines, columns) => {
      const text = lines.join('\n');
      const shown = fit(text, columns);
      const bare = (each: string) => unpainted(each).replaceAll(/[ \n]/g, '');
      assert.is(bare(shown), bare(text));
      for (const each of unpainted(shown).split('\n')) {
        const isWide = width(each.trimEnd()) > columns;
        if (isWide)
          assert.ok(
            each
              .trim()
              .split(' ')
              .some((one) => width(one) > columns),
            each,
          );
      }
      assert.is(fit(text, 100_000), text);
    }),
  );
});

test('no line leaves a colour behind', () => {
  fc.assert(
    fc.property(line, fc.integer({ min: 20, max: 60 }), (text, columns) => {
      for (const each of fitted(text, columns)) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are such characters
        const codes = [...each.matchAll(/\u001b\[(\d+)m/g)].map(([, code]) => Number(code));
        const open = codes.filter((code) => code < 22 || (code > 30 && code < 39)).length;
        assert.is(open, codes.length - open);
      }
    }),
  );
});

test.run();
