import type { Desired } from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Live } from '../model/live.ts';
import type { ReferenceTarget } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import { baseValues } from './base-values.ts';
import type { CollectionPart } from './collection-part.ts';
import { explainAssignment } from './explain-assignment.ts';
import { explainEntry } from './explain-entry.ts';
import type { ExplainedField, Explanation } from './explain-types.ts';
import { partsOf, propose, targetsIn } from './propose.ts';

/** Says where everything at an address comes from and what a plan would do there; null where nothing has the address. */
export function explain(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  address: Address,
  base: Desired | null = null,
): Explanation | null {
  const parts = partsOf(desired, live, kinds, base);
  const found =
    explainAssignment(desired, live, kinds, parts, address) ??
    explainEntry(desired, live, kinds, parts, address);
  if (!found) return null;
  const { dangling, ...without } = found;
  const explained = { ...without, fields: withBase(without, base, live, kinds, parts) };
  const targetOf = targetsIn([...parts.values()], dangling);
  const values = [
    ...explained.fields.flatMap(({ base, desired, hidden, live }) => [
      base ?? null,
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
  const { changes } = propose(desired, live, kinds, base);
  return { ...explained, references, change: changes.find((change) => change.address === address) ?? null };
}

function withBase(
  { address, fields, live: object, type }: Pick<Explanation, 'address' | 'fields' | 'live' | 'type'>,
  base: Desired | null,
  live: Live,
  kinds: Kinds,
  parts: ReadonlyMap<string, CollectionPart>,
): readonly ExplainedField[] {
  if (!base) return fields;
  const entry = base.entries.find((each) => each.address === address);
  const kind = kinds.collections.find(({ collection }) => collection === entry?.collection)?.name ?? type;
  const stated = baseValues(base, live, kinds, parts)({ address, kind, id: object?.id ?? null });
  return fields.map((field) =>
    stated && Object.hasOwn(stated, field.name) ? { ...field, base: stated[field.name] ?? null } : field,
  );
}
