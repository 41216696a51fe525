import type { CollectionKind } from '../model/kind.ts';
import { lineLabel, productLabel } from '../model/labels.ts';
import type { Covered, Live, LiveLineItem, LivePayable, LiveProduct, Use } from '../model/live.ts';
import { lineAddress, productAddress } from '../model/value.ts';
import type { Provider } from '../providers/contract.ts';
import { eachPayable, type Notify } from './each-payable.ts';

/** Collection to ids of accounts or rates. */
export type Ids = ReadonlyMap<string, ReadonlySet<string>>;

/** Uses that were found, and where all of them were searched. */
export interface FoundUses {
  readonly uses: readonly Use[];
  readonly covered: Pick<Covered, 'product' | 'invoice' | 'line_item'>;
}

/**
 * Every place outside the settings that uses one of the targets: products, lines of invoices, lines of payables of any
 * status. What cannot point to any of the targets is not read, and what `live` has is not read again. Uses of what is
 * `besides` are found in what is read anyway.
 */
export async function observeUses(
  targets: Ids,
  provider: Provider,
  live: Pick<Live, 'products' | 'allProducts' | 'payables' | 'lines'> = {},
  notify: Notify = () => {},
  besides: Ids = new Map(),
): Promise<FoundUses> {
  const sought = provider.kinds.collections.flatMap((kind): readonly Target[] => {
    const ids = new Set([...(targets.get(kind.collection) ?? []), ...(besides.get(kind.collection) ?? [])]);
    return ids.size > 0 ? [{ kind, ids }] : [];
  });
  const isTarget = ({ kind }: Target): boolean => (targets.get(kind.collection)?.size ?? 0) > 0;
  const inProducts = sought.filter(({ kind }) => kind.usedIn.product !== null);
  const inLines = sought.filter(({ kind }) => kind.usedIn.line !== null);
  const [wholeProducts, wholeLines] = [inProducts.some(isTarget), inLines.some(isTarget)];
  const [products, invoices, lines] = await Promise.all([
    productUses(inProducts, wholeProducts ? productsIn(provider, live) : (live.products ?? [])),
    wholeLines ? invoiceUses(inLines, provider) : [],
    wholeLines ? lineUses(inLines, provider, live, notify) : readLineUses(inLines, live),
  ]);
  const covered = {
    product: wholeProducts || live.allProducts === true,
    invoice: wholeLines,
    line_item: wholeLines,
  };
  return { uses: [...products, ...invoices, ...lines], covered };
}

interface Target {
  readonly kind: CollectionKind;
  readonly ids: ReadonlySet<string>;
}

type User = Pick<Use, 'by' | 'userId' | 'label' | 'freedBy'>;

const productsIn = (
  provider: Provider,
  { products, allProducts }: Pick<Live, 'products' | 'allProducts'>,
): AsyncIterable<LiveProduct> | readonly LiveProduct[] => (allProducts && products) || provider.products();

async function productUses(
  targets: readonly Target[],
  products: AsyncIterable<LiveProduct> | readonly LiveProduct[],
): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const product of products)
    for (const { kind, ids } of targets) {
      const id = kind.usedIn.product && product[kind.usedIn.product];
      if (id !== null && ids.has(id)) uses.push({ collection: kind.collection, id, ...productUser(product) });
    }
  return uses;
}

function productUser(product: LiveProduct): User {
  const { id } = product;
  return { by: 'product', userId: id, label: productLabel(product), freedBy: productAddress(id) };
}

async function invoiceUses(targets: readonly Target[], provider: Provider): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const { id, document_id, lines } of provider.invoices())
    for (const line of lines) {
      const label = `${document_id ?? id} / ${line.product_name}`;
      uses.push(...usesOfLine(targets, line, { by: 'invoice', userId: id, label, freedBy: null }));
    }
  return uses;
}

async function lineUses(
  targets: readonly Target[],
  provider: Provider,
  { payables, lines }: Pick<Live, 'payables' | 'lines'>,
  notify: Notify,
): Promise<readonly Use[]> {
  const uses = readLineUses(targets, { lines });
  const read = new Set(payables?.read.map(({ id }) => id));
  const others = payables?.others ?? (await listOthers(provider, read));
  const take = (payable: LivePayable, all: readonly LiveLineItem[]): readonly Use[] =>
    usesInPayable(targets, payable, all);
  return [...uses, ...(await eachPayable(others, provider, take, notify)).flat()];
}

const readLineUses = (
  targets: readonly Target[],
  { lines = [] }: { readonly lines?: Live['lines'] | undefined },
): readonly Use[] =>
  targets.length === 0 ? [] : lines.flatMap(({ payable, line }) => usesInPayable(targets, payable, [line]));

async function listOthers(provider: Provider, read: ReadonlySet<string>): Promise<readonly LivePayable[]> {
  const others = new Map<string, LivePayable>();
  for await (const payable of provider.payables()) if (!read.has(payable.id)) others.set(payable.id, payable);
  return [...others.values()];
}

function usesInPayable(
  targets: readonly Target[],
  payable: LivePayable,
  lines: readonly LiveLineItem[],
): readonly Use[] {
  const { id } = payable;
  return lines.flatMap((line) =>
    usesOfLine(targets, line, {
      by: 'line_item',
      userId: id,
      label: lineLabel(payable, line),
      freedBy: lineAddress(id, line.id),
    }),
  );
}

interface Line {
  readonly ledger_account_id: string | null;
  readonly accounting_tax_rate_id: string | null;
}

function usesOfLine(targets: readonly Target[], line: Line, user: User): readonly Use[] {
  return targets.flatMap(({ kind, ids }) => {
    const id = kind.usedIn.line && line[kind.usedIn.line];
    return id !== null && ids.has(id) ? [{ collection: kind.collection, id, ...user }] : [];
  });
}
