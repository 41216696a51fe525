import type { CollectionKind } from '../../model/kind.ts';
import { productLabel } from '../../model/labels.ts';
import type { LiveInvoice, LiveInvoiceLine, LiveProduct } from '../../model/live.ts';
import type { PushType } from '../../model/readiness.ts';
import { productAddress } from '../../model/value.ts';
import { accountKind, rateKind } from '../needed-kinds.ts';
import { type Finding, type Judging, slotNamed } from './finding.ts';
import { type Pointer, pointerFindings } from './pointer-findings.ts';
import { taxFinding } from './tax-findings.ts';
import { mends } from './wishes.ts';

/** What keeps products from being pushed: each needs an account, its own or that of the setting. */
export function productFindings(judging: Judging): readonly Finding[] {
  const open = (judging.live.products ?? []).filter(({ id }) => !judging.pushed.products.has(id));
  return open.flatMap((product) =>
    ownedFindings(catalogPointer(product, 'products', product.id, judging), judging),
  );
}

/** What keeps invoices from being pushed: the accounts of their products, and rates of their lines' values. */
export function invoiceFindings(judging: Judging): readonly Finding[] {
  const catalog = new Map((judging.live.products ?? []).map((product) => [product.id, product]));
  return judging.openInvoices.flatMap((invoice) =>
    invoice.lines.flatMap((line, at) => {
      const product = line.inline ? undefined : catalog.get(line.product_id ?? '');
      // An invoice may know the account of its product as it was; either is enough.
      const pointer =
        product && line.ledger_account_id === null
          ? catalogPointer(product, 'invoices', invoice.id, judging)
          : linePointer(invoice, line, at, judging);
      return [...ownedFindings(pointer, judging), ...rateFindings(invoice, line, at, judging)];
    }),
  );
}

function catalogPointer(product: LiveProduct, type: PushType, object: string, judging: Judging): Pointer {
  const kind = accountKind(judging.kinds);
  return {
    type,
    object,
    id: productAddress(product.id),
    label: productLabel(product),
    group: productLabel(product),
    severity: 'blocks',
    about: { what: 'product', id: product.id, name: product.name },
    kind,
    target: product.ledger_account_id,
    wish: judging.wishes.product(product, kind),
    unset: 'PRODUCT_WITHOUT_ACCOUNT',
  };
}

function linePointer(invoice: LiveInvoice, line: LiveInvoiceLine, at: number, judging: Judging): Pointer {
  return {
    ...lineOf(invoice, line, at),
    kind: accountKind(judging.kinds),
    target: line.ledger_account_id,
    wish: null,
    unset: 'INLINE_WITHOUT_ACCOUNT',
  };
}

const lineOf = (invoice: LiveInvoice, line: LiveInvoiceLine, at: number) => ({
  type: 'invoices' as const,
  object: invoice.id,
  // Lines of invoices have no ids of their own.
  id: `${invoice.id}/${at + 1}`,
  label: `${invoice.document_id?.trim() || invoice.id} / ${line.product_name.trim() || at + 1}`,
  group: line.product_name.trim() || '(no name)',
  severity: 'blocks' as const,
  about: null,
});

/** A product that has no account of its own gets that of the setting, if there is one, or will be. */
function ownedFindings(pointer: Pointer, judging: Judging): readonly Finding[] {
  const { kinds, live, targets, wishes } = judging;
  const found = pointerFindings(pointer, judging);
  if (pointer.target !== null) return found;
  const slot = slotNamed(kinds, 'products');
  const fallback = live.settings?.[slot.address] ?? null;
  if (targets.health(pointer.kind, fallback) === 'fine')
    return found.map((each) => ({ ...each, severity: 'covered' }));
  const filled = mends(wishes.setting(slot.address), pointer.kind, fallback, targets);
  if (fallback === null) return found.map((each) => ({ ...each, filled: each.filled || filled }));
  const { about: _, ...place } = pointer;
  return settingBehind(
    { ...place, target: fallback, wish: wishes.setting(slot.address) },
    slot.address,
    judging,
  );
}

/** What is wrong with the setting that a product relies on. */
function settingBehind(
  pointer: Omit<Pointer, 'about'>,
  address: string,
  judging: Judging,
): readonly Finding[] {
  return pointerFindings(
    { ...pointer, id: address, label: address, group: address, about: { what: 'setting', address } },
    judging,
  );
}

function rateFindings(
  invoice: LiveInvoice,
  line: LiveInvoiceLine,
  at: number,
  judging: Judging,
): readonly Finding[] {
  const kind: CollectionKind = rateKind(judging.kinds);
  const place = lineOf(invoice, line, at);
  const target = line.accounting_tax_rate_id;
  return [
    ...pointerFindings({ ...place, kind, target, wish: null, unset: null }, judging),
    ...taxFinding(place, line, null, judging),
  ];
}
