import type { Desired, DesiredEntry, Reference } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Change } from '../model/plan.ts';
import { warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { placeOf } from './places.ts';

/**
 * Marks drift of what the file says with a variable: a variable is what it is now on both sides, so one that was changed
 * since the base looks like drift.
 */
export function insertedNow(desired: Desired, kinds: Kinds): (change: Change) => Change {
  const entries = new Map(desired.entries.map((entry) => [entry.address, entry]));
  const moving = movingKeys(desired, kinds);
  const isMoving = (reference: Reference | null): boolean =>
    reference?.type === 'key' && moving.has(reference.address);
  // Settings go by their address, items of assignments by their place.
  const inserted = new Set<string>();
  for (const { address, fromVariable, reference } of desired.settings)
    if (fromVariable || isMoving(reference)) inserted.add(address);
  for (const { fromVariable, origin, targets } of [
    ...desired.assignments.products,
    ...desired.assignments.lineItems,
  ])
    if (fromVariable || Object.values(targets).some(isMoving)) inserted.add(placeOf(origin));
  return (change) => {
    if (change.reason !== 'drift') return change;
    const { address, source } = change;
    const entry = entries.get(address);
    const depends = entry
      ? touchesVariable(change, entry)
      : inserted.has(address) || (source !== null && inserted.has(placeOf(source)));
    return depends ? doubted(change) : change;
  };
}

function doubted(change: Change): Change {
  const { address, label, source } = change;
  const message = `${label}: the file says it with a variable, and what that was when this was last applied nobody knows.`;
  const hint = 'If the variable has changed, apply this plan; --repair leaves it to you.';
  const warning = warningProblem('VARIABLE_SINCE_BASE', message, { origin: source, address, hint });
  return { ...change, warnings: [...change.warnings, warning] };
}

const touchesVariable = ({ after, before }: Change, { fromVariables = [] }: DesiredEntry): boolean =>
  fromVariables.some((name) => name === 'id' || (before?.[name] ?? null) !== (after?.[name] ?? null));

/** Keys that may mean another object than they did: their id, code or name, or their look-up, comes from a variable. */
function movingKeys({ entries, externals }: Desired, kinds: Kinds): ReadonlySet<Address> {
  const identityOf = new Map(kinds.collections.map(({ collection, identity }) => [collection, identity]));
  const isMoving = ({ collection, fields, fromVariables = [] }: DesiredEntry): boolean => {
    const code = identityOf.get(collection) ?? '';
    return fromVariables.some(
      (name) => name === 'id' || name === code || (name === 'name' && !Object.hasOwn(fields, code)),
    );
  };
  return new Set([
    ...entries.filter(isMoving).map(({ address }) => address),
    ...externals.filter(({ fromVariable }) => fromVariable).map(({ address }) => address),
  ]);
}
