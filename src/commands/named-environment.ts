import type { Environment } from '../model/desired.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { type CommonOptions, environments } from './common-options.ts';
import type { Shell } from './shell.ts';

/** The environment that the user names, by option or variable. */
export function namedEnvironment(options: Pick<CommonOptions, 'env'>, shell: Shell): Environment | null {
  const name = options.env ?? (shell.edge.variables.LEDGERFORM_ENV ?? '').trim();
  if (name === '') return null;
  const found = environments.find((each) => each === name);
  if (found !== undefined) return found;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', `LEDGERFORM_ENV is "${name}".`, {
      hint: `It must be one of ${environments.join(', ')}.`,
    }),
  ]);
}
