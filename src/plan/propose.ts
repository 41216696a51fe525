import type { Desired } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Live, LiveObject } from '../model/live.ts';
import type { Change, ReferenceTarget, Unmanaged } from '../model/plan.ts';
import type { Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { compareAssignments, type RuleFacts } from './assign.ts';
import { baseEntries, formersOf, objectsOfBase } from './base-keys.ts';
import { warnOfChanges } from './change-warnings.ts';
import { type CollectionPart, compareCollection } from './collection-part.ts';
import { compareSettings } from './compare-settings.ts';
import { externalMissing } from './external-missing.ts';
import { type Formers, order } from './order.ts';
import { payableWarnings } from './payable-warnings.ts';
import { planWarnings } from './plan-warnings.ts';
import { mentioned } from './references.ts';
import { withReasons } from './three-way.ts';
import { fieldText } from './words.ts';

/** What turns the live state into the desired one, and all that is to be said about it. */
export interface Proposal {
  /** In execution order. */
  readonly changes: readonly Change[];
  readonly unchanged: readonly Address[];
  readonly unmanaged: readonly Unmanaged[];
  /** What concerns the plan as a whole; what concerns one change is in that change. */
  readonly warnings: readonly Problem[];
  /** To be said as well where the accounting system is known to be connected and pulled. */
  readonly missingWherePulled: readonly Problem[];
  /** Errors. The rest is of use only when there are none. */
  readonly problems: readonly Problem[];
  /** What forbids these changes whatever is allowed. */
  readonly refusals: readonly Problem[];
  readonly references: Readonly<Record<Address, ReferenceTarget>>;
  /** Live id to the address of the key, or of the assignment, that manages it. */
  readonly managed: ReadonlyMap<string, Address>;
  /** Live id to the address of the key that had it at the base. */
  readonly managedAtBase: ReadonlyMap<string, Address>;
  /** The conditions of the rules behind the changes, by `file:line:column`. */
  readonly rules: Readonly<Record<string, RuleFacts>>;
}

/**
 * Compares the file with what is live, and where there is a base with what was last applied. The same inputs give the same
 * proposal, in whatever order they were read.
 */
export function propose(desired: Desired, live: Live, kinds: Kinds, base: Desired | null = null): Proposal {
  const parts = partsOf(desired, live, kinds, base);
  const all = [...parts.values()];
  const settings = compareSettings(desired, live, kinds, parts);
  const assignments = compareAssignments(desired, live, kinds, parts);
  const dangling = new Map([...settings.dangling, ...assignments.dangling]);
  const targetOf = targetsIn(all, dangling);
  const facts = { desired, live, kinds, parts, targetOf };
  const found = [...all.flatMap((part) => warnOfChanges(part)), ...settings.changes, ...assignments.changes];
  const changes = order(withReasons(found, base, facts), kinds, formersIn(desired, kinds, base));
  const missing = externalMissing(desired, all);
  const pulled = all.some(({ live: { byId } }) => [...byId.values()].some(({ external }) => external));
  const problems = [...all.flatMap((part) => part.problems), ...settings.problems, ...assignments.problems];
  const managed = [...all.flatMap(({ identified }) => [...identified.managed]), ...assignments.managed];
  return {
    changes,
    unchanged: [...all.flatMap((part) => part.unchanged), ...settings.unchanged, ...assignments.unchanged],
    unmanaged: all.flatMap((part) => part.unmanaged),
    warnings: [
      ...problems.filter(({ severity }) => severity === 'warning'),
      ...planWarnings(desired, base, changes),
      ...(pulled ? missing : []),
      ...payableWarnings(changes, live, kinds),
    ],
    missingWherePulled: pulled ? [] : missing,
    problems: problems.filter(({ severity }) => severity === 'error'),
    refusals: all.flatMap((part) => part.refusals),
    references: mentioned(changes, kinds, targetOf),
    managed: new Map(managed),
    managedAtBase: objectsAtBase(all, base),
    rules: assignments.rules,
  };
}

/** Every collection compared for itself. */
export function partsOf(
  desired: Desired,
  live: Live,
  kinds: Kinds,
  base: Desired | null = null,
): ReadonlyMap<string, CollectionPart> {
  const entries = baseEntries(base);
  return new Map(
    kinds.collections.map((kind) => [kind.collection, compareCollection(kind, desired, live, entries)]),
  );
}

function formersIn(desired: Desired, kinds: Kinds, base: Desired | null): Formers {
  const entries = baseEntries(base);
  return new Map(
    kinds.collections.flatMap((kind) =>
      desired.entries
        .filter(({ collection }) => collection === kind.collection)
        .map((entry) => [entry.address, formersOf(kind, entry, entries)] as const),
    ),
  );
}

function objectsAtBase(parts: readonly CollectionPart[], base: Desired | null): ReadonlyMap<string, Address> {
  const entries = baseEntries(base);
  return new Map(
    parts.flatMap(({ live }) =>
      [...entries.values()].flatMap((entry) =>
        entry.collection === live.kind.collection
          ? objectsOfBase(live, entry).map(({ id }) => [id, entry.address] as const)
          : [],
      ),
    ),
  );
}

/** The live object behind an address, if there is one; `dangling` are ids that point to nothing. */
export function targetsIn(
  parts: readonly CollectionPart[],
  dangling: ReadonlyMap<Address, string>,
): (address: Address) => ReferenceTarget | undefined {
  const found = new Map<Address, () => ReferenceTarget>();
  for (const [address, id] of dangling)
    found.set(address, () => ({ id, code: null, name: null, external: null }));
  for (const { live, addressOf, externals } of parts) {
    const add = (address: Address, object: LiveObject): unknown =>
      found.set(address, () => targetOf(live.kind, object));
    for (const object of live.byId.values()) add(addressOf(object.id), object);
    for (const [address, object] of externals) add(address, object);
  }
  return (address) => found.get(address)?.();
}

function targetOf(kind: CollectionKind, { id, fields, external }: LiveObject): ReferenceTarget {
  return {
    id,
    code: fieldText(kind, fields, kind.identity),
    name: fieldText(kind, fields, 'name'),
    external,
  };
}
