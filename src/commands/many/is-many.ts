import { errorProblem, Stop } from '../../model/problem.ts';
import { namedConfigurations } from '../one-configuration.ts';
import { leadsToSeveral } from './find-configurations.ts';
import type { ManyOptions } from './fleet.ts';
import type { Wave } from './waves.ts';

interface Choosing extends ManyOptions {
  readonly waves?: readonly Wave[];
}

/** Whether many organizations are asked for: `-c` can lead to several, or an option is only about many. One plain file, or one folder with a configuration, is one. */
export function isMany(options: Choosing, cwd: string): boolean {
  const [first = '', ...more] = namedConfigurations(options);
  return more.length > 0 || choosing(options).length > 0 || leadsToSeveral(first, cwd);
}

/** Refuses options that choose among many for one saved plan. */
export function refuseChoosing(options: Choosing): void {
  const [first] = choosing(options);
  if (first === undefined) return;
  throw new Stop(3, [
    errorProblem('OPTION_INVALID', `${first} is not for one saved plan.`, {
      hint: 'Name a folder of plans that ledgerform plan --out wrote for many organizations.',
    }),
  ]);
}

const choosing = ({ changedSince, shard, waves }: Choosing): readonly string[] => [
  ...(shard === undefined ? [] : ['--shard']),
  ...(changedSince === undefined ? [] : ['--changed-since']),
  ...(waves === undefined ? [] : ['--waves']),
];
