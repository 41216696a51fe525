import { createHash } from 'node:crypto';
import type { CommonOptions } from '../common-options.ts';
import { namedConfigurations } from '../one-configuration.ts';
import type { ManyOptions } from './fleet.ts';

/**
 * A short name for the organizations that a run was asked for, the same at every run that asks so: jobs for others, or for
 * another part of them, have another one. What `--changed-since` takes of them makes no difference.
 */
export function chosenBy(
  options: Pick<CommonOptions, 'config' | 'env'> & Pick<ManyOptions, 'shard'>,
  plans: string | undefined,
  environment: string | undefined,
): string {
  const { env, shard } = options;
  const asked = {
    from: plans === undefined ? [...namedConfigurations(options)].sort() : plans,
    environment: env ?? environment?.trim() ?? '',
    shard: shard ? `${shard.part}/${shard.of}` : '',
  };
  return createHash('sha256').update(JSON.stringify(asked)).digest('hex').slice(0, 12);
}
