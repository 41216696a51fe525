import type { LiveLineItem, LivePayable, LiveProduct } from './live.ts';

type Payable = Pick<LivePayable, 'id' | 'document_id' | 'counterpart_name'>;
type Line = Pick<LiveLineItem, 'id' | 'name' | 'description'>;

/** What a controller calls a product: `SKU-100 Consulting hour`. */
export function productLabel({
  id,
  name,
  external_reference,
}: Pick<LiveProduct, 'id' | 'name' | 'external_reference'>): string {
  return joined([external_reference, name]) || id;
}

/** What a controller calls a payable: `INV-2044 Hetzner`. */
export function payableLabel({ id, document_id, counterpart_name }: Payable): string {
  return joined([document_id, counterpart_name]) || id;
}

/** What a controller calls a line of a payable: `INV-2044 Hetzner / Hosting`. */
export function lineLabel(payable: Payable, { id, name, description }: Line): string {
  return `${payableLabel(payable)} / ${name?.trim() || description?.trim() || id}`;
}

function joined(words: readonly (string | null)[]): string {
  return words.flatMap((word) => word?.trim() || []).join(' ');
}
