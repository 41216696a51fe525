import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { errorTexts } from '../../src/providers/tesouro/accounting/error-texts.ts';

const test = suite('texts in errors of unknown shape');

const rows: Readonly<Record<string, readonly [unknown, readonly string[]]>> = {
  'nothing is said by nothing': [{}, []],
  'null says nothing': [null, []],
  'a text is itself': ['No rate', ['No rate']],
  'a message is its sentence, and its code is not repeated': [{ message: 'No rate', code: 17 }, ['No rate']],
  'messages in a list are told one by one': [
    [{ message: 'a' }, { message: 'b' }],
    ['a', 'b'],
  ],
  'what is nested beside a sentence says more': [
    { message: 'Validation failed', errors: [{ message: 'No rate of 19 %' }] },
    ['Validation failed', 'No rate of 19 %'],
  ],
  'a name stands before the texts below it': [
    { line_items: [{ msg: 'No account' }] },
    ['line_items: No account'],
  ],
  'the same text is told once': [['a', 'a'], ['a']],
  'line ends and control characters are no part of it': ['a\n\u001b[31mb', ['a [31mb']],
};
for (const [title, [given, expected]] of Object.entries(rows))
  test(title, () => assert.equal(errorTexts(given), expected));

test('what is nested without end, or endless, ends', () => {
  let deep: unknown = 'x';
  for (let depth = 0; depth < 10_000; depth += 1) deep = { a: deep };
  assert.equal(errorTexts(deep), []);
  assert.ok(errorTexts(Array.from({ length: 10_000 }, (_, at) => `e${at}`)).length <= 20);
});

test.run();
