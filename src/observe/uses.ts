import type { CollectionKind } from '../model/kind.ts';
import type { LivePayable, LiveProduct, Use } from '../model/live.ts';
import type { Provider } from '../providers/contract.ts';

/** Payables whose lines are read at the same time; the provider paces the requests, this bounds the memory. */
const payablesAtOnce = 64;

/**
 * Every place outside the settings that uses one of the targets (collection to ids): products, lines of invoices, lines of
 * payables of any status. What cannot point to any of the targets is not read.
 */
export async function observeUses(
  targets: ReadonlyMap<string, ReadonlySet<string>>,
  provider: Provider,
): Promise<readonly Use[]> {
  const wanted = provider.kinds.collections.flatMap((kind): readonly Target[] => {
    const ids = targets.get(kind.collection);
    return ids?.size ? [{ kind, ids }] : [];
  });
  const inProducts = wanted.filter(({ kind }) => kind.usedIn.product !== null);
  const inLines = wanted.filter(({ kind }) => kind.usedIn.line !== null);
  const [products, invoices, lines] = await Promise.all([
    inProducts.length > 0 ? productUses(inProducts, provider) : [],
    inLines.length > 0 ? invoiceUses(inLines, provider) : [],
    inLines.length > 0 ? lineUses(inLines, provider) : [],
  ]);
  return [...products, ...invoices, ...lines];
}

interface Target {
  readonly kind: CollectionKind;
  readonly ids: ReadonlySet<string>;
}

type User = Pick<Use, 'by' | 'userId' | 'label' | 'freedBy'>;

async function productUses(targets: readonly Target[], provider: Provider): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const product of provider.products())
    for (const { kind, ids } of targets) {
      const id = kind.usedIn.product && product[kind.usedIn.product];
      if (id !== null && ids.has(id)) uses.push({ collection: kind.collection, id, ...productUser(product) });
    }
  return uses;
}

function productUser({ id, name }: LiveProduct): User {
  return { by: 'product', userId: id, label: name, freedBy: `assignments.products.${id}` };
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

/** Reads the lines of several payables while the list of payables goes on; after a failure it starts no more. */
async function lineUses(targets: readonly Target[], provider: Provider): Promise<readonly Use[]> {
  const found: (readonly Use[])[] = [];
  const failures: unknown[] = [];
  const running = new Set<Promise<void>>();
  let count = 0;
  for await (const payable of provider.payables()) {
    const place = count++;
    const run = usesOfPayable(targets, payable, provider).then(
      (uses) => {
        found[place] = uses;
      },
      (error: unknown) => {
        failures.push(error);
      },
    );
    running.add(run);
    void run.then(() => running.delete(run));
    if (running.size >= payablesAtOnce) await Promise.race(running);
    if (failures.length > 0) break;
  }
  await Promise.all(running);
  if (failures.length > 0) throw failures[0];
  return found.flat();
}

async function usesOfPayable(
  targets: readonly Target[],
  { id, document_id, counterpart_name }: LivePayable,
  provider: Provider,
): Promise<readonly Use[]> {
  const document = [document_id, counterpart_name].filter((word) => word).join(' ') || id;
  const lines = await provider.lineItems(id);
  return lines.flatMap((line) =>
    usesOfLine(targets, line, {
      by: 'line_item',
      userId: id,
      label: `${document} / ${line.name ?? line.description ?? line.id}`,
      freedBy: `assignments.line_items.${id}/${line.id}`,
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
