import { codeFrame } from '../../load/code-frame.ts';
import { errorProblem, type Problem } from '../../model/problem.ts';
import type { ApiError } from '../../providers/contract.ts';
import { problemsText } from '../../render/problem-text.ts';
import type { ExitCode } from '../exit-code.ts';
import { writeFitted } from '../room.ts';
import type { Shell } from '../shell.ts';

/** Tells that the service has refused a write. It was sent, and is proven not done: exit 1. */
export function tellRefused(problem: Problem, shell: Shell): ExitCode {
  if (shell.json) shell.sayJson({ ok: false, exit_code: 1, problems: [shell.aim(problem)] });
  else tellProblems([problem], shell);
  return 1;
}

/** Tells problems beside a result, also with `-q`. */
export function tellProblems(problems: readonly Problem[], shell: Shell): void {
  const text = problemsText(problems.map(shell.aim), shell.notePaint, shell.linesOf, codeFrame);
  writeFitted(shell.edge.stderr, shell.edge.variables, text);
}

/** A write whose answer was lost, and that no look could find: what was tried, and what to do. */
export const nobodyKnows = (what: string, { problem }: ApiError, hint: string): Problem =>
  errorProblem('LOST_ANSWER', `Nobody knows whether ${what}: ${problem.message}`, { hint });
