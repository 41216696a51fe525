import type { Kinds } from '../model/kind.ts';
import type { Change, ReferenceTarget } from '../model/plan.ts';
import type { Address } from '../model/value.ts';

/** Every live object behind an address that the changes mention; an address that is not there is created by the plan. */
export function mentioned(
  changes: readonly Change[],
  kinds: Kinds,
  targetOf: (address: Address) => ReferenceTarget | undefined,
): Readonly<Record<Address, ReferenceTarget>> {
  const collections = new Set(kinds.collections.map(({ name }) => name));
  const addresses = new Set<Address>();
  for (const change of changes) {
    for (const address of change.depends_on) addresses.add(address);
    if (collections.has(change.kind)) continue;
    for (const fields of [change.before, change.after])
      for (const value of Object.values(fields ?? {})) if (value !== null) addresses.add(value);
  }
  const references: Record<Address, ReferenceTarget> = {};
  for (const address of [...addresses].sort()) {
    const target = targetOf(address);
    if (target) references[address] = target;
  }
  return references;
}
