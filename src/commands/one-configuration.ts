import { errorProblem, Stop } from '../model/problem.ts';
import type { CommonOptions } from './common-options.ts';

/** What `-c` names, as given. */
export const namedConfigurations = ({ config }: Pick<CommonOptions, 'config'>): readonly string[] =>
  config ?? ['ledgerform.yaml'];

/** The one configuration of a command that works on one, as given; several are Stop (exit 3). */
export function oneConfiguration(options: Pick<CommonOptions, 'config'>): string {
  const [first = '', ...more] = namedConfigurations(options);
  if (more.length === 0) return first;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', 'Several configurations are named, and this works on one.', {
      hint: 'Give -c once. Only validate, plan, apply and drift take several.',
    }),
  ]);
}
