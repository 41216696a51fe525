import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { ReferenceTarget } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import { explainAssignment } from './explain-assignment.ts';
import { explainEntry } from './explain-entry.ts';
import type { Explanation } from './explain-types.ts';
import { partsOf, propose, targetsIn } from './propose.ts';

/** Says where everything at an address comes from and what a plan would do there; null where nothing has the address. */
export function explain(desired: Desired, live: Live, kinds: Kinds, address: Address): Explanation | null {
  const parts = partsOf(desired, live, kinds);
  const found =
    explainAssignment(desired, live, kinds, parts, address) ??
    explainEntry(desired, live, kinds, parts, address);
  if (!found) return null;
  const { dangling, ...explained } = found;
  const targetOf = targetsIn([...parts.values()], dangling);
  const values = [
    ...explained.fields.flatMap(({ desired, hidden, live }) => [
      desired,
      live,
      ...hidden.map(({ value }) => value),
    ]),
    ...explained.items.flatMap(({ targets }) => Object.values(targets)),
  ];
  const references: Record<Address, ReferenceTarget> = {};
  for (const value of values) {
    const target = value === null || explained.type === 'entry' ? undefined : targetOf(value);
    if (value !== null && target) references[value] = target;
  }
  const { changes } = propose(desired, live, kinds);
  return { ...explained, references, change: changes.find((change) => change.address === address) ?? null };
}
