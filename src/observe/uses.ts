import type { CollectionKind } from '../model/kind.ts';
import { lineLabel, productLabel } from '../model/labels.ts';
import type { Live, LiveLineItem, LivePayable, LiveProduct, Use } from '../model/live.ts';
import { lineAddress, productAddress } from '../model/value.ts';
import type { Provider } from '../providers/contract.ts';
import { eachPayable, type Notify } from './each-payable.ts';

/**
 * Every place outside the settings that uses one of the targets (collection to ids): products, lines of invoices, lines of
 * payables of any status. What cannot point to any of the targets is not read, and what `live` has is not read again.
 */
export async function observeUses(
  targets: ReadonlyMap<string, ReadonlySet<string>>,
  provider: Provider,
  live: Pick<Live, 'products' | 'allProducts' | 'payables' | 'lines'> = {},
  notify: Notify = () => {},
): Promise<readonly Use[]> {
  const wanted = provider.kinds.collections.flatMap((kind): readonly Target[] => {
    const ids = targets.get(kind.collection);
    return ids?.size ? [{ kind, ids }] : [];
  });
  const inProducts = wanted.filter(({ kind }) => kind.usedIn.product !== null);
  const inLines = wanted.filter(({ kind }) => kind.usedIn.line !== null);
  const [products, invoices, lines] = await Promise.all([
    inProducts.length > 0 ? productUses(inProducts, provider, live) : [],
    inLines.length > 0 ? invoiceUses(inLines, provider) : [],
    inLines.length > 0 ? lineUses(inLines, provider, live, notify) : [],
  ]);
  return [...products, ...invoices, ...lines];
}

interface Target {
  readonly kind: CollectionKind;
  readonly ids: ReadonlySet<string>;
}

type User = Pick<Use, 'by' | 'userId' | 'label' | 'freedBy'>;

async function productUses(
  targets: readonly Target[],
  provider: Provider,
  { products, allProducts }: Pick<Live, 'products' | 'allProducts'>,
): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const product of (allProducts && products) || provider.products())
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
  { payables, lines = [] }: Pick<Live, 'payables' | 'lines'>,
  notify: Notify,
): Promise<readonly Use[]> {
  const uses = lines.flatMap(({ payable, line }) => usesInPayable(targets, payable, [line]));
  const read = new Set(payables?.read.map(({ id }) => id));
  const others = payables?.others ?? (await listOthers(provider, read));
  const take = (payable: LivePayable, all: readonly LiveLineItem[]): readonly Use[] =>
    usesInPayable(targets, payable, all);
  return [...uses, ...(await eachPayable(others, provider, take, notify)).flat()];
}

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
