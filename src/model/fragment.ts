import { errorProblem, type Problem } from './problem.ts';

/** Says that a file by itself is no configuration: it names no organization. */
export const fragmentProblem = (path: string): Problem =>
  errorProblem(
    'FRAGMENT',
    `${path} names no \`organization\`: it is a fragment, only there to be extended.`,
    {
      hint: 'Name a configuration that extends it, or add `organization` with its `id`, and `version: 1`.',
    },
  );
