import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address, Fields, Value } from '../model/value.ts';
import { comparable } from '../plan/canonical.ts';

/** What identifies an object that a create makes: its code or, where it has none, its name. */
export interface OwnIdentity {
  readonly field: string;
  /** Equal for two objects exactly when they have the same identity. */
  readonly key: Value;
  readonly text: string;
}

/** The identity in these fields; null where there is neither code nor name. */
export function ownIdentity(kind: CollectionKind, fields: Fields): OwnIdentity | null {
  for (const name of [kind.identity, 'name']) {
    const field = kind.fields[name];
    const text = fields[name];
    if (!field || text === undefined || text === null) continue;
    const key = comparable(field, text);
    if (key !== null) return { field: name, key, text };
  }
  return null;
}

/** Says that one key has several objects: which, and that none was deleted. */
export function twins(address: Address, identity: OwnIdentity, ids: readonly string[]): Problem {
  return errorProblem(
    'TWINS',
    `${address} has ${ids.length} objects with ${identity.field} "${identity.text}": ${ids.join(' and ')}; none of them was deleted`,
    {
      address,
      hint: 'Look which one is in use and delete the other in Tesouro; or keep one with `id:` at its key and name the other by its id under `removed`. Then plan again.',
    },
  );
}
