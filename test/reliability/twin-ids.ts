import { type MemoryOrganization, storedObjects } from '../../src/providers/memory/organization.ts';
import { kinds } from '../../src/providers/tesouro/kinds/index.gen.ts';
import { identityOf } from './world.ts';

/** Internal objects of one collection that share one identity. */
export interface Twins {
  readonly collection: string;
  readonly identity: string;
  readonly ids: readonly string[];
}

/** All twins that are stored, with their ids: see `twinsInMemory`. */
export function twinIdsIn(memory: MemoryOrganization): readonly Twins[] {
  const groups = new Map<string, { readonly collection: string; readonly ids: string[] }>();
  for (const { collection } of kinds.collections)
    for (const { external, fields, id } of storedObjects(memory, collection).values()) {
      if (external) continue;
      const identity = identityOf(collection, fields);
      const group = groups.get(identity) ?? { collection, ids: [] };
      group.ids.push(id);
      groups.set(identity, group);
    }
  return [...groups].flatMap(([identity, group]) => (group.ids.length > 1 ? [{ identity, ...group }] : []));
}
