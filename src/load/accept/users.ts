import type { Reference } from '../../model/desired.ts';
import type { Change } from '../../model/plan.ts';
import type { Origin } from '../../model/problem.ts';
import type { Address } from '../../model/value.ts';
import type { Facts } from './wish.ts';

/** Where the file refers to each entry by its key, apart from what accepted changes write anew. */
export function usersOf(accepted: readonly Change[], { desired }: Facts): ReadonlyMap<Address, Origin> {
  const users = new Map<Address, Origin>();
  const add = (reference: Reference | null, origin: Origin): void => {
    if (reference?.type === 'key' && !users.has(reference.address)) users.set(reference.address, origin);
  };
  const settings = new Set(accepted.map(({ address }) => address));
  for (const { address, origin, reference } of desired.settings)
    if (!settings.has(address)) add(reference, origin);
  const rewritten = new Set(accepted.flatMap(rewrittenBy));
  for (const item of [...desired.assignments.products, ...desired.assignments.lineItems])
    for (const [name, reference] of Object.entries(item.targets))
      if (item.type === 'rule' || !rewritten.has(placeOf(item.origin, name))) add(reference, item.origin);
  return users;
}

/** The values that a change of an assignment writes anew. */
const rewrittenBy = ({ after, before, source }: Change): readonly string[] =>
  source === null
    ? []
    : Object.keys(after ?? {})
        .filter((name) => before?.[name] !== after?.[name])
        .map((name) => placeOf(source, name));

const placeOf = ({ column, file, line }: Origin, name: string): string => `${file}:${line}:${column} ${name}`;
