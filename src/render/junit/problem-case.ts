import type { Problem } from '../../model/problem.ts';
import { paint } from '../paint.ts';
import { problemCounts, problemsText } from '../problem-text.ts';
import type { ResultView } from '../result-view.ts';
import type { TestCase } from './test-case.ts';

/** A test that fails with the errors among these problems; what else there is to say it prints. */
export function problemCase(name: string, problems: readonly Problem[], view: ResultView): TestCase {
  const text = problemsText(problems, paint(false), view.linesOf, view.frame);
  const errors = problems.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return { name, out: text };
  const message = errors.length === 1 ? first.message : problemCounts(errors);
  return { name, failure: { type: first.code, message, text } };
}
