import type { Live, LiveCollection, LiveLine, LivePayable, LiveProduct } from '../model/live.ts';
import type { Provider } from '../providers/contract.ts';
import { isWhole, type LineNeed, type ProductNeed } from './assignment-needs.ts';
import { collect } from './collect.ts';
import { eachPayable, type Notify } from './each-payable.ts';
import type { Needs } from './needs.ts';

/**
 * Reads what is needed, and only that, all of it at once; lines when the payables are known that they stand in. A read
 * that fails is thrown: what is missing is never empty.
 */
export async function observe(needs: Needs, provider: Provider, notify: Notify = () => {}): Promise<Live> {
  const lists = [...needs.collections].map(async ([collection, scope]): Promise<[string, LiveCollection]> => {
    const objects = await (scope === 'external'
      ? provider.list(collection, scope)
      : provider.list(collection));
    return [collection, { scope, objects }];
  });
  const [settings, collections, products, lines] = await Promise.all([
    needs.settings ? provider.settings() : null,
    Promise.all(lists),
    needs.products && readProducts(needs.products, provider),
    needs.lines && readLines(needs.lines, provider, notify),
  ]);
  return { collections: new Map(collections), settings, ...products, ...lines };
}

async function readProducts(
  { lists }: ProductNeed,
  provider: Provider,
): Promise<Pick<Live, 'products' | 'allProducts'>> {
  const products = await once(lists.map((filter): AsyncIterable<LiveProduct> => provider.products(filter)));
  return { products, allProducts: lists.some(isWhole) };
}

async function readLines(
  { lists, wanted }: LineNeed,
  provider: Provider,
  notify: Notify,
): Promise<Pick<Live, 'payables' | 'lines'>> {
  const payables = await once(lists.map((filter): AsyncIterable<LivePayable> => provider.payables(filter)));
  const read = payables.filter(wanted);
  const lines = await eachPayable(
    read,
    provider,
    (payable, items) => items.map((line): LiveLine => ({ payable, line })),
    notify,
  );
  const others = lists.some(isWhole) ? payables.filter((payable) => !wanted(payable)) : null;
  return { payables: { read, others }, lines: lines.flat() };
}

/** Everything in several lists, each thing once, though lists overlap and paging may deliver something twice. */
async function once<T extends { readonly id: string }>(
  lists: readonly AsyncIterable<T>[],
): Promise<readonly T[]> {
  const found = new Map<string, T>();
  for (const all of await Promise.all(lists.map(collect))) for (const each of all) found.set(each.id, each);
  return [...found.values()];
}
