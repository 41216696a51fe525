import type { Desired } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveProduct } from '../model/live.ts';
import { productAddress } from '../model/value.ts';
import { observe } from '../observe/observe.ts';
import { productContest } from '../plan/assign.ts';
import { compareCollection } from '../plan/collection-part.ts';
import { findWinners } from '../plan/winners.ts';
import type { Provider } from '../providers/contract.ts';
import type { Listing, Row } from './list.ts';
import { sayOf } from './listing-say.ts';
import { accountsOf, idFilter, needsFor, targetCells } from './listing-words.ts';

/** Products with their accounts and what of the file assigns them; an id spares the others. */
export async function listProducts(
  id: string | undefined,
  unassigned: boolean,
  desired: Desired,
  provider: Provider,
): Promise<Listing> {
  const needs = { ...needsFor('product', provider.kinds), products: { lists: [idFilter(id)] } };
  const live = await observe(needs, provider);
  const kinds = provider.kinds.collections.filter(({ usedIn }) => usedIn.product !== null);
  const accounts = accountsOf(live, kinds);
  const items = desired.assignments.products;
  const { winners } = findWinners(productContest(items, live));
  const idOf = (product: LiveProduct) => (kind: CollectionKind) =>
    kind.usedIn.product && product[kind.usedIn.product];
  const parts = items.length === 0 ? [] : kinds.map((kind) => compareCollection(kind, desired, live));
  const rows = (live.products ?? [])
    .filter((each) => !unassigned || kinds.some((kind) => accounts.isGap(kind, idOf(each)(kind))))
    .map((product): Row => {
      const item = items[winners.get(product) ?? -1];
      const { amount: _, ...texts } = product;
      return {
        ...texts,
        key: item ? productAddress(product.id) : null,
        ...targetCells(kinds, accounts, idOf(product)),
        assigned_by: sayOf(item, parts, idOf(product)),
      };
    });
  const names = kinds.map(({ name }) => name);
  return {
    columns: ['external_reference', 'name', 'type', 'currency', ...names, 'assigned_by', 'id'],
    rows,
  };
}
