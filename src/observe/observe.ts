import type { Live, LiveCollection } from '../model/live.ts';
import type { Provider } from '../providers/contract.ts';
import type { Needs } from './needs.ts';

/** Reads what is needed, and only that, all of it at once. A read that fails is thrown: what is missing is never empty. */
export async function observe(needs: Needs, provider: Provider): Promise<Live> {
  const lists = [...needs.collections].map(async ([collection, scope]): Promise<[string, LiveCollection]> => {
    const objects = await (scope === 'external'
      ? provider.list(collection, scope)
      : provider.list(collection));
    return [collection, { scope, objects }];
  });
  const [settings, collections] = await Promise.all([
    needs.settings ? provider.settings() : null,
    Promise.all(lists),
  ]);
  return { collections: new Map(collections), settings };
}
