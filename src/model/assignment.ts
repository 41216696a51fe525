import type { Reference } from './desired.ts';
import type { Origin } from './problem.ts';

/**
 * What an assignment states: the name of a kind, which is the name of the field in files and plans, to what shall be
 * assigned. A kind that is absent is not managed; null unassigns.
 */
export type Targets = Readonly<Record<string, Reference | null>>;

/** How one product is meant: exactly one of these. */
export type ProductSelector =
  | { readonly by: 'id'; readonly text: string }
  | { readonly by: 'external_reference'; readonly text: string }
  | { readonly by: 'name'; readonly text: string };

/** How one payable is meant. */
export interface PayableSelector {
  readonly by: 'id' | 'document_id' | 'counterpart_id' | 'counterpart_name';
  readonly text: string;
}

/** How one line of a payable is meant. */
export interface LineSelector {
  readonly by: 'id' | 'name' | 'description';
  readonly text: string;
}

/** Conditions on a product, all of which must hold; each is a list of which any will do. Texts may have `*`. */
export interface ProductConditions {
  readonly type?: readonly string[];
  readonly name?: readonly string[];
  readonly external_reference?: readonly string[];
  readonly currency?: readonly string[];
}

/** Conditions on a payable; `status` is always there, because leaving it out means draft and new. */
export interface PayableConditions {
  readonly status: readonly string[];
  readonly document_id?: readonly string[];
  readonly counterpart_name?: readonly string[];
  readonly counterpart_id?: readonly string[];
  readonly currency?: readonly string[];
  /** Dates (`2026-01-31`, the whole day in UTC) or instants; both ends belong to it. */
  readonly created_at?: { readonly from?: string; readonly to?: string };
}

/** Conditions on a line and its payable. */
export interface LineConditions {
  readonly payable: PayableConditions;
  readonly line_item: { readonly name?: readonly string[]; readonly description?: readonly string[] };
}

interface Item {
  readonly targets: Targets;
  readonly origin: Origin;
  /** A variable is inserted somewhere in it. */
  readonly fromVariable?: true;
}

/** An item that names one thing. */
export interface SpecificProduct extends Item {
  readonly type: 'specific';
  readonly product: ProductSelector;
}
export interface SpecificLine extends Item {
  readonly type: 'specific';
  readonly payable: PayableSelector;
  readonly line_item: LineSelector;
}

/** An item for any number of things. Without `overwrite` it only fills gaps. */
interface Rule extends Item {
  readonly type: 'rule';
  /** Unique in its list; null when it has none. */
  readonly name: string | null;
  readonly overwrite: boolean;
}
export interface ProductRule extends Rule {
  readonly when: ProductConditions;
}
export interface LineRule extends Rule {
  readonly when: LineConditions;
}

/** The section `assignments` in order of precedence: a file's own items before the inherited ones. */
export interface Assignments {
  readonly products: readonly (SpecificProduct | ProductRule)[];
  readonly lineItems: readonly (SpecificLine | LineRule)[];
}
