import { errorProblem, Stop } from '../model/problem.ts';

/** What cannot be done without a base. */
export const noBase = (option: string): Stop =>
  new Stop(3, [
    errorProblem('NO_BASE', `${option} needs a base revision, and there is none.`, {
      hint: `Without a base nobody can tell what drifted. Name the revision that was last applied (--base), or let ledgerform apply --record keep it.`,
    }),
  ]);
