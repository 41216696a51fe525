import type { Desired, Reference } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Plan } from '../model/plan.ts';

/** What has to be read. `external`: the internal objects of the collection are not needed. */
export interface Needs {
  readonly collections: ReadonlyMap<string, 'all' | 'external'>;
  readonly settings: boolean;
}

/** The least that a plan for this file needs. */
export function needsOfDesired(desired: Desired, kinds: Kinds): Needs {
  const all = new Set<string>(desired.declared);
  for (const { collection } of [...desired.entries, ...desired.removed]) all.add(collection);
  // The old value of a setting is shown by its name, so its collection is needed whatever the new one is.
  const stated = new Set(desired.settings.map(({ address }) => address));
  for (const { address, collection } of kinds.settings) if (stated.has(address)) all.add(collection);
  for (const { reference } of desired.settings) if (isLookUp(reference)) all.add(reference.collection);
  const collections = new Map<string, 'all' | 'external'>();
  for (const { collection } of desired.externals) collections.set(collection, 'external');
  for (const collection of all) collections.set(collection, 'all');
  return { collections, settings: desired.settings.length > 0 };
}

/** The least that comparing a plan with the live state needs. */
export function needsOfPlan(plan: Plan, kinds: Kinds): Needs {
  const collections = new Map<string, 'all' | 'external'>();
  for (const { name, collection } of kinds.collections)
    if (plan.changes.some(({ kind }) => kind === name)) collections.set(collection, 'all');
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
  return { collections, settings };
}

function isLookUp(reference: Reference | null): reference is Extract<Reference, { type: 'lookup' }> {
  return reference?.type === 'lookup';
}
