import type { LiveInvoice, LiveProduct } from '../../model/live.ts';
import type { Provider } from '../../providers/contract.ts';
import { type AccountBook, compareAccounts } from './accounts-of-lines.ts';
import type { Joined } from './join.ts';

/** Ids in one request: an address stays short enough for every proxy. */
const idsAtOnce = 100;

/**
 * The same pairs, with what products and the settings say now, where the accounts on an invoice are not those over there: an
 * invoice keeps its products as they were, and the setting for products stands in where one has no account.
 */
export async function withProductAccounts(
  joined: Joined,
  invoices: ReadonlyMap<string, LiveInvoice>,
  accounts: AccountBook,
  provider: Provider,
): Promise<Joined> {
  const differing = new Set(
    joined.pairs.flatMap(({ document, own }) => {
      const found = own.accounts && compareAccounts(own.accounts, document.lines, accounts);
      return found === null || found === 'unknown' || !invoices.has(own.id) ? [] : [own.id];
    }),
  );
  if (differing.size === 0) return joined;
  const ids = [...differing].flatMap((id) =>
    (invoices.get(id)?.lines ?? []).flatMap((line) => line.product_id ?? []),
  );
  const [settings, products] = await Promise.all([
    provider.settings(),
    readProducts([...new Set(ids)], provider),
  ]);
  const slot = provider.kinds.settings.find(
    ({ wire: [group, name] }) => group === 'ledger_account_ids' && name === 'products',
  );
  const usual = (slot && settings[slot.address]) ?? null;
  const pairs = joined.pairs.map((pair) => {
    const lines = differing.has(pair.own.id) ? invoices.get(pair.own.id)?.lines : undefined;
    if (!lines) return pair;
    const own = {
      ...pair.own,
      accounts: lines.map((line) => line.ledger_account_id ?? products.get(line.product_id ?? '') ?? usual),
      accountsNow: lines.map(
        (line) => products.get(line.product_id ?? '') ?? line.ledger_account_id ?? usual,
      ),
    };
    return { ...pair, own };
  });
  return { ...joined, pairs };
}

/** The accounts of these products. */
async function readProducts(
  ids: readonly string[],
  provider: Provider,
): Promise<ReadonlyMap<string, string | null>> {
  const batches = Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, at) =>
    ids.slice(at * idsAtOnce, (at + 1) * idsAtOnce),
  );
  const read = await Promise.all(
    batches.map(async (batch) => {
      const found: LiveProduct[] = [];
      for await (const product of provider.products({ ids: batch })) found.push(product);
      return found;
    }),
  );
  return new Map(read.flat().map(({ id, ledger_account_id }) => [id, ledger_account_id]));
}
