import type { Problem } from '../model/problem.ts';

/** Enough for a wrong column of a large chart; what has more is not meant to be a configuration. */
export const maxProblems = 20_000;

/** A key has at most 200 characters, a text of the API 1,000: whatever is longer was not written to be read. */
const longest = { message: 2000, hint: 1000, address: 500 };

/** As many problems as anybody reads, errors before warnings, in their order and each of a readable length; the last one says that there are more. */
export function someProblems(problems: readonly Problem[]): readonly Problem[] {
  const some = problems.length > maxProblems ? firstOf(problems) : problems;
  return some.map(shortened);
}

function firstOf(problems: readonly Problem[]): readonly Problem[] {
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  let warnings = Math.max(0, maxProblems - errors);
  const kept = problems.filter(({ severity }) => severity === 'error' || warnings-- > 0);
  const some = kept.slice(0, maxProblems);
  const last = some.pop();
  return last
    ? [...some, { ...last, message: `${last.message} More problems than these are not listed.` }]
    : [];
}

function shortened(problem: Problem): Problem {
  const { address, hint, message } = problem;
  const fits =
    message.length <= longest.message &&
    (hint ?? '').length <= longest.hint &&
    (address ?? '').length <= longest.address;
  if (fits) return problem;
  return {
    ...problem,
    message: cut(message, longest.message),
    hint: hint && cut(hint, longest.hint),
    address: address && cut(address, longest.address),
  };
}

/** Without half a character at its end. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length - 1).replace(/[\ud800-\udbff]$/, '')}…`;
