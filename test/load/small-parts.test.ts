import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { canonicalText } from '../../src/load/canonical-text.ts';
import { codeFrame } from '../../src/load/code-frame.ts';
import { originOf } from '../../src/load/source-file.ts';
import { suggest } from '../../src/load/suggest.ts';

const test = suite('parts of load');

test('the code frame shows the line, its neighbours and the column', () => {
  const text = 'one: 1\ntwo: 2\nthree: 3\nfour: 4\nfive: 5\n';
  assert.is(
    codeFrame(text, 3, 8),
    ['  1 | one: 1', '  2 | two: 2', '> 3 | three: 3', '    |        ^', '  4 | four: 4'].join('\n'),
  );
});

test('the code frame shows nothing that controls a terminal, and not more than a line holds', () => {
  const frame = codeFrame(`a: "\u001b[31mred\u202e"\t# x${'y'.repeat(5000)}\r\n`, 1, 5);
  assert.not.match(frame.replaceAll('\n', ''), /[\p{Cc}\p{Bidi_Control}]/u);
  assert.ok(frame.length < 400);
  assert.match(codeFrame(`${'x'.repeat(3000)}here`, 1, 3001), /here/);
});

test('the code frame never fails, wherever it is asked to point', async () => {
  await fc.assert(
    fc.property(fc.string(), fc.nat(20), fc.nat(200), (text, line, column) => {
      assert.type(codeFrame(text, line + 1, column + 1), 'string');
    }),
  );
});

test('line and column are those that splitting the text gives', async () => {
  await fc.assert(
    fc.property(fc.array(fc.stringMatching(/^[a-z ]{0,5}$/), { minLength: 1 }), fc.nat(), (lines, at) => {
      const text = lines.join('\n');
      const lineStarts = lines.map(
        (_, index) => lines.slice(0, index).join('\n').length + (index > 0 ? 1 : 0),
      );
      const start = at % (text.length + 1);
      const before = text.slice(0, start).split('\n');
      const expected = { file: 'f', line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
      assert.equal(originOf({ file: { path: 'f', text, lineStarts }, start }), expected);
    }),
  );
});

test('canonical text is canonical', async () => {
  await fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const once = canonicalText(text);
      assert.is(canonicalText(once), once);
      assert.is(once, once.normalize('NFC').trim());
    }),
  );
});

for (const [word, expected] of [
  ['nominal_cod', 'nominal_code'],
  ['NAME', 'name'],
  ['decription', 'description'],
  ['namme', 'name'],
  ['colour', null],
  ['x', null],
] as const) {
  test(`${word} suggests ${expected ?? 'nothing'}`, () => {
    assert.is(suggest(word, ['name', 'nominal_code', 'description', 'id', 'was']), expected);
  });
}

test.run();
