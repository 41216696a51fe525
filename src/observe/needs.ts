import type { Desired, Reference } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Plan } from '../model/plan.ts';
import { type Address, payableIdIn, productAddress } from '../model/value.ts';
import {
  joinLists,
  type LineNeed,
  lineNeed,
  linesOfPayables,
  type ProductNeed,
  productNeed,
  productsById,
} from './assignment-needs.ts';

/** What has to be read. `external`: the internal objects of the collection are not needed. */
export interface Needs {
  readonly collections: ReadonlyMap<string, 'all' | 'external'>;
  readonly settings: boolean;
  readonly products: ProductNeed | null;
  readonly lines: LineNeed | null;
}

/** The least that a plan for this file needs. */
export function needsOfDesired(desired: Desired, kinds: Kinds): Needs {
  const all = new Set<string>(desired.declared);
  for (const { collection } of [...desired.entries, ...desired.removed]) all.add(collection);
  // The old value of a setting is shown by its name, so its collection is needed whatever the new one is.
  const stated = new Set(desired.settings.map(({ address }) => address));
  for (const { address, collection } of kinds.settings) if (stated.has(address)) all.add(collection);
  for (const { reference } of desired.settings) if (isLookUp(reference)) all.add(reference.collection);
  const { products, lineItems } = desired.assignments;
  // What is assigned now is shown by its name, and where it is gone there is a gap.
  for (const { targets } of [...products, ...lineItems])
    for (const { name, collection } of kinds.collections)
      if (Object.hasOwn(targets, name)) all.add(collection);
  const collections = new Map<string, 'all' | 'external'>();
  for (const { collection } of desired.externals) collections.set(collection, 'external');
  for (const collection of all) collections.set(collection, 'all');
  return {
    collections,
    settings: desired.settings.length > 0,
    products: productNeed(products),
    lines: lineNeed(lineItems),
  };
}

/** The least that comparing a plan with the live state needs. */
export function needsOfPlan(plan: Plan, kinds: Kinds): Needs {
  const collections = new Map<string, 'all' | 'external'>();
  for (const { name, collection } of kinds.collections)
    if (plan.changes.some((change) => change.kind === name || isAssigned(change, name)))
      collections.set(collection, 'all');
  let settings = plan.changes.some(
    ({ action, address }) => action === 'delete' && !plan.config.allowed.in_use.includes(address),
  );
  for (const { address, after } of plan.changes) {
    const slot = kinds.settings.find((each) => each.address === address);
    if (!slot) continue;
    settings = true;
    const target = after?.[slot.field];
    const reference = target ? plan.observed.references[target] : undefined;
    if (reference && collections.get(slot.collection) !== 'all')
      collections.set(
        slot.collection,
        reference.external === true ? (collections.get(slot.collection) ?? 'external') : 'all',
      );
  }
  return { collections, settings, ...assignmentsOf(plan) };
}

/** What explaining one address needs beside what the file needs: the thing itself, whether or not the file says anything of it. */
export function needsOfAddress(address: Address, kinds: Kinds): Needs {
  const slot = kinds.settings.find((each) => each.address === address);
  const [start = ''] = address.split(/[.[]/);
  const own = kinds.collections.find(({ collection }) => collection === (slot?.collection ?? start));
  const isProduct = address.startsWith(productAddress(''));
  const isLine = !isProduct && start === 'assignments';
  const pointedTo = kinds.collections.filter(
    ({ usedIn }) => (isProduct && usedIn.product !== null) || (isLine && usedIn.line !== null),
  );
  return {
    collections: new Map([...(own ? [own] : []), ...pointedTo].map(({ collection }) => [collection, 'all'])),
    settings: slot !== undefined,
    products: isProduct ? productsById([address.slice(productAddress('').length)]) : null,
    lines: isLine ? linesOfPayables([payableIdIn(address)]) : null,
  };
}

/** Everything that either needs. */
export function joinNeeds(first: Needs, second: Needs): Needs {
  const collections = new Map(first.collections);
  for (const [collection, scope] of second.collections)
    if (scope === 'all' || !collections.has(collection)) collections.set(collection, scope);
  return {
    collections,
    settings: first.settings || second.settings,
    products: joinProducts(first.products, second.products),
    lines: joinLines(first.lines, second.lines),
  };
}

function joinProducts(first: ProductNeed | null, second: ProductNeed | null): ProductNeed | null {
  return first && second ? { lists: joinLists(first.lists, second.lists) } : (first ?? second);
}

function joinLines(first: LineNeed | null, second: LineNeed | null): LineNeed | null {
  if (!first || !second) return first ?? second;
  return {
    lists: joinLists(first.lists, second.lists),
    wanted: (payable) => first.wanted(payable) || second.wanted(payable),
  };
}

function assignmentsOf({ changes }: Plan): Pick<Needs, 'products' | 'lines'> {
  const products = changes.flatMap(({ kind, id }) => (kind === 'product_assignment' && id ? [id] : []));
  const payables = changes.flatMap(({ kind, address }) =>
    kind === 'line_item_assignment' ? [payableIdIn(address)] : [],
  );
  return {
    products: products.length > 0 ? productsById(products) : null,
    lines: payables.length > 0 ? linesOfPayables(payables) : null,
  };
}

/** Whether a change assigns an object of the kind to a product or a line. */
function isAssigned({ kind, after }: Plan['changes'][number], name: string): boolean {
  const assigns = kind === 'product_assignment' || kind === 'line_item_assignment';
  return assigns && after !== null && Object.hasOwn(after, name);
}

function isLookUp(reference: Reference | null): reference is Extract<Reference, { type: 'lookup' }> {
  return reference?.type === 'lookup';
}
