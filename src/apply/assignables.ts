import type { LineConditions, ProductConditions } from '../model/assignment.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Live, LiveLine, LiveProduct } from '../model/live.ts';
import type { Change } from '../model/plan.ts';
import { type Address, lineAddress, productAddress } from '../model/value.ts';
import { compileLineRules, compileProductRules, type FirstMatch } from '../plan/match.ts';

/** A product or a line of a payable as it is now. */
export interface Assignable {
  /** The id of the object of a kind that it points to. */
  readonly pointsTo: (kind: CollectionKind) => string | null;
  /** Whether it still is what a rule is about. */
  readonly matches: (conditions: ProductConditions | LineConditions) => boolean;
}

/** Finds what an assignment is about; null where it is gone. What was not read is a bug, because it is not gone. */
export function assignables(live: Live): (change: Change) => Assignable | null {
  const products = live.products && indexed(live.products, ({ id }) => productAddress(id));
  const lines = live.lines && linesByAddress(live);
  const productRule = compiled(compileProductRules);
  const lineRule = compiled(compileLineRules);
  const ofProduct = (product: LiveProduct): Assignable => ({
    pointsTo: ({ usedIn }) => usedIn.product && product[usedIn.product],
    matches: (conditions) => !('payable' in conditions) && productRule(conditions)(product) >= 0,
  });
  const ofLine = (line: LiveLine): Assignable => ({
    pointsTo: ({ usedIn }) => usedIn.line && line.line[usedIn.line],
    matches: (conditions) => 'payable' in conditions && lineRule(conditions)(line) >= 0,
  });
  return ({ kind, address }) => {
    if (kind === 'product_assignment') return found(products, address, ofProduct);
    return found(lines, address, ofLine);
  };
}

/** Whether a change says what a product or a line is assigned to. */
export const isAssignment = ({ kind }: Pick<Change, 'kind'>): boolean =>
  kind === 'product_assignment' || kind === 'line_item_assignment';

/** The lines that were read, by the address of their assignment. */
export const linesByAddress = ({ lines }: Live): ReadonlyMap<Address, LiveLine> =>
  indexed(lines ?? [], ({ payable, line }) => lineAddress(payable.id, line.id));

function indexed<T>(objects: readonly T[], addressOf: (object: T) => Address): ReadonlyMap<Address, T> {
  return new Map(objects.map((object) => [addressOf(object), object]));
}

function found<T>(
  objects: ReadonlyMap<Address, T> | undefined,
  address: Address,
  make: (object: T) => Assignable,
): Assignable | null {
  if (!objects) throw new Error(`${address} must be read before a plan is compared with it`);
  const object = objects.get(address);
  return object === undefined ? null : make(object);
}

/** Each rule is prepared once, however many objects it is asked about. */
function compiled<C extends object, T>(
  compile: (rules: readonly C[]) => FirstMatch<T>,
): (conditions: C) => FirstMatch<T> {
  const known = new Map<C, FirstMatch<T>>();
  return (conditions) => {
    const before = known.get(conditions);
    if (before) return before;
    const match = compile([conditions]);
    known.set(conditions, match);
    return match;
  };
}
