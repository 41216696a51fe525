import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { Address } from '../model/value.ts';
import { partsOf } from '../plan/propose.ts';
import { coveredThings } from './covered-things.ts';

/** Keys of one collection. */
export interface KnownNames {
  /** The key of each object that has one, by id. */
  readonly keyOf: ReadonlyMap<string, string>;
  /** Keys that cannot be given again. */
  readonly taken: ReadonlySet<string>;
}

/** What a configuration says already of what is live. */
export interface Covered {
  readonly names: ReadonlyMap<string, KnownNames>;
  /** Ids of objects that an entry or a look-up finds, or that `removed` names. */
  readonly objects: ReadonlySet<string>;
  readonly settings: ReadonlySet<Address>;
  /**
   * Products and lines that an item has the say over. `settled`: nothing that is added can take that away from it. `behind`: a new
   * rule would stand before it. `exception`: they have something else than the rule says, which it leaves to them.
   */
  readonly things: ReadonlyMap<Address, 'settled' | 'behind' | 'exception'>;
}

/** What an empty file says. */
export const coveredByNothing: Covered = {
  names: new Map(),
  objects: new Set(),
  settings: new Set(),
  things: new Map(),
};

/** What a configuration covers, whose own file has this path. */
export function coveredBy(desired: Desired, live: Live, kinds: Kinds, own: string): Covered {
  const parts = partsOf(desired, live, kinds);
  const objects = new Set<string>();
  const names = new Map<string, KnownNames>();
  for (const { changes, externals, identified, live: index } of parts.values()) {
    const { collection } = index.kind;
    const declared = [...desired.entries, ...desired.externals].filter(
      (each) => each.collection === collection,
    );
    const keys = new Map(declared.map(({ address, key }) => [address, key]));
    const keyOf = new Map<string, string>();
    const add = (id: string, address: Address): void => {
      const key = keys.get(address);
      objects.add(id);
      if (key !== undefined && !keyOf.has(id)) keyOf.set(id, key);
    };
    for (const [id, address] of identified.managed) add(id, address);
    for (const [address, { id }] of externals) add(id, address);
    // What `prune: all` would delete is what the file lacks.
    for (const { action, id, reason } of changes)
      if (action === 'delete' && reason !== 'prune' && id !== null) objects.add(id);
    const dropped = (desired.dropped ?? []).map(({ address }) => address.slice(address.lastIndexOf('.') + 1));
    names.set(collection, { keyOf, taken: new Set([...keys.values(), ...dropped]) });
  }
  return {
    names,
    objects,
    settings: new Set(desired.settings.map(({ address }) => address)),
    things: coveredThings(desired, { live, kinds, parts, own }),
  };
}
