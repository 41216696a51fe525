import type { Stored } from './json.ts';
import type { CollectionName, Write } from './state.ts';

/** What an organization of a seed holds already. */
export interface SeedMade {
  readonly organization: string;
  /** The next place in the order of creation. */
  readonly count: { seq: number };
  readonly made: ReadonlyMap<CollectionName, readonly Stored[]>;
}

/** The writes that put objects into a collection, in their order. */
export function putAll(
  collection: CollectionName,
  objects: readonly Stored[],
  { organization, count }: SeedMade,
): readonly Write[] {
  return objects.map((value) => {
    const seq = count.seq;
    count.seq += 1;
    return { organization, collection, id: value.id, seq, value };
  });
}
