import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codeFrame, linesOf } from '../../src/load/code-frame.ts';
import { errorProblem, warningProblem } from '../../src/model/problem.ts';
import { paint } from '../../src/render/paint.ts';
import { problemsText } from '../../src/render/problem-text.ts';
import { width } from '../../src/render/width.ts';
import { matchesGolden } from './golden.ts';

const test = suite('problems for people');

test('a problem has its code, place, code frame, sentence and fix', () => {
  const text = 'version: 1\nledger_accounts:\n  cash:\n    nominal_code: 0400\n';
  const problems = [
    errorProblem('CODE_NOT_TEXT', 'nominal_code is the number 400.', {
      origin: { file: 'ledgerform.yaml', line: 4, column: 19 },
      hint: 'Quote it: "0400".',
    }),
    warningProblem('TWINS', 'Two of them.\n- a\n- b', { address: 'ledger_accounts.cash' }),
    errorProblem('FILE_NOT_FOUND', 'There is no other.yaml.', {
      origin: { file: 'other.yaml', line: 1, column: 1 },
    }),
  ];
  const known = (file: string) => (file === 'ledgerform.yaml' ? linesOf(text) : undefined);
  matchesGolden('problems.txt', problemsText(problems, paint(false), known, codeFrame));
});

test('the mark stands below its place, also behind wide characters', () => {
  const line = 'name: "現金と銀行", code: 1';
  const at = { file: 'a.yaml', line: 1, column: line.indexOf('code') + 1 };
  const text = problemsText(
    [errorProblem('CODE_NOT_TEXT', 'A number.', { origin: at })],
    paint(false),
    () => [line],
    codeFrame,
  );
  const [shown = '', mark = ''] = text.split('\n').slice(2);
  assert.is(width(mark) - 1, width(shown.slice(0, shown.indexOf('code'))));
});

test('a continued message cannot be taken for a line of its own', () => {
  const text = problemsText(
    [errorProblem('TWINS', 'x\nNo changes.')],
    paint(false),
    () => undefined,
    codeFrame,
  );
  assert.not.match(text, /^No changes/m);
});

test('ten thousand problems in a large file are told in time', () => {
  const lines = linesOf('a: b\n'.repeat(50_000));
  const problems = Array.from({ length: 10_000 }, (_, at) =>
    errorProblem('UNKNOWN_KEY', 'Unknown.', { origin: { file: 'a', line: at + 1, column: 1 } }),
  );
  const started = performance.now();
  const told = problemsText(problems, paint(false), () => lines, codeFrame);
  assert.is(told.match(/UNKNOWN_KEY/g)?.length, 10_000);
  assert.ok(performance.now() - started < 5000);
});

test.run();
