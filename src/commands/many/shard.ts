import { InvalidArgumentError } from 'commander';

/** One of several parts of a list: the second of eight. */
export interface Shard {
  readonly part: number;
  readonly of: number;
}

/** Reads `2/8`; anything else is refused. */
export function shardOption(text: string): Shard {
  const [, part = 0, of = 0] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number);
  if (part < 1 || part > of)
    throw new InvalidArgumentError('It must be a part of a number of parts, as in 2/8.');
  return { part, of };
}

/** Every how-manieth of a sorted list: all parts together are the list, and no two have anything in common. */
export const partOf = <T>(list: readonly T[], shard: Shard | null): readonly T[] =>
  shard === null ? list : list.filter((_, at) => at % shard.of === shard.part - 1);
