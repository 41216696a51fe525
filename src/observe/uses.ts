import type { LivePayable, Use } from '../model/live.ts';
import type { Provider } from '../providers/contract.ts';

type Targets = ReadonlyMap<string, ReadonlySet<string>>;

/** Payables whose lines are read at the same time; the provider paces the requests, this bounds the memory. */
const payablesAtOnce = 64;

/**
 * Every place outside the settings that uses one of the targets: products, lines of invoices, lines of payables of any
 * status. Products point to ledger accounts alone, so they are read only when one of those is among the targets.
 */
export async function observeUses(targets: Targets, provider: Provider): Promise<readonly Use[]> {
  const wanted = [...targets.values()].some((ids) => ids.size > 0);
  if (!wanted) return [];
  const [products, invoices, lines] = await Promise.all([
    targets.get('ledger_accounts')?.size ? productUses(targets, provider) : [],
    invoiceUses(targets, provider),
    lineUses(targets, provider),
  ]);
  return [...products, ...invoices, ...lines];
}

async function productUses(targets: Targets, provider: Provider): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const product of provider.products()) {
    const user = {
      by: 'product' as const,
      userId: product.id,
      label: product.name,
      freedBy: `assignments.products.${product.id}`,
    };
    uses.push(...usesOf(targets, { account: product.ledger_account_id, rate: null }, user));
  }
  return uses;
}

async function invoiceUses(targets: Targets, provider: Provider): Promise<readonly Use[]> {
  const uses: Use[] = [];
  for await (const { id, document_id, lines } of provider.invoices())
    for (const line of lines) {
      const label = `${document_id ?? id} / ${line.product_name}`;
      const user = { by: 'invoice' as const, userId: id, label, freedBy: null };
      uses.push(
        ...usesOf(targets, { account: line.ledger_account_id, rate: line.accounting_tax_rate_id }, user),
      );
    }
  return uses;
}

/** Reads the lines of several payables while the list of payables goes on; after a failure it starts no more. */
async function lineUses(targets: Targets, provider: Provider): Promise<readonly Use[]> {
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
  targets: Targets,
  payable: LivePayable,
  provider: Provider,
): Promise<readonly Use[]> {
  const lines = await provider.lineItems(payable.id);
  const document =
    [payable.document_id, payable.counterpart_name].filter((word) => word).join(' ') || payable.id;
  return lines.flatMap((line) =>
    usesOf(
      targets,
      { account: line.ledger_account_id, rate: line.accounting_tax_rate_id },
      {
        by: 'line_item',
        userId: payable.id,
        label: `${document} / ${line.name ?? line.description ?? line.id}`,
        freedBy: `assignments.line_items.${payable.id}/${line.id}`,
      },
    ),
  );
}

function usesOf(
  targets: Targets,
  held: { readonly account: string | null; readonly rate: string | null },
  user: Pick<Use, 'by' | 'userId' | 'label' | 'freedBy'>,
): readonly Use[] {
  const points = [
    ['ledger_accounts', held.account],
    ['tax_rates', held.rate],
  ] as const;
  return points.flatMap(([collection, id]) =>
    id !== null && targets.get(collection)?.has(id) ? [{ collection, id, ...user }] : [],
  );
}
