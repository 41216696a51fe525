import type { DesiredEntry, Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { identityText, listText, objectText } from './words.ts';

/** A pinned id that no object has, or that an external one has. */
export function pinnedProblem(
  kind: CollectionKind,
  entry: DesiredEntry,
  id: string,
  object: LiveObject | null,
): Problem {
  const details = { origin: entry.fieldOrigins.id ?? entry.origin, address: entry.address };
  const { one } = kind.noun;
  if (!object) {
    const hint = 'Correct the id, or leave it out and the code or name decides.';
    return errorProblem('ID_NOT_FOUND', `There is no ${one} with the id ${id}.`, { ...details, hint });
  }
  const message = `${objectText(kind, object)} is an external ${one} and cannot be managed.`;
  const hint = `The accounting system owns it: look it up under \`external.${entry.collection}\` instead.`;
  return errorProblem('ID_EXTERNAL', message, { ...details, hint });
}

/** Several objects that one identity finds. */
export function ambiguousProblem(
  kind: CollectionKind,
  { origin, address }: DesiredEntry,
  identity: Identity | null,
  objects: readonly LiveObject[],
): Problem {
  const which = listText(
    objects.map((object) => objectText(kind, object)),
    20,
  );
  const what = identity ? identityText(kind, identity) : 'the same identity';
  const message = `${objects.length} ${kind.noun.many} have ${what}: ${which}.`;
  const hint = `Pin the right one, for example \`id: ${objects[0]?.id}\`, and remove or rename the others.`;
  return errorProblem('IDENTITY_AMBIGUOUS', message, { origin, address, hint });
}

/** One object that two keys mean. */
export function sharedProblem(
  kind: CollectionKind,
  { origin, address }: DesiredEntry,
  first: Address,
  object: LiveObject,
): Problem {
  const message = `${first} and ${address} both mean the ${kind.noun.one} ${objectText(kind, object)}.`;
  const hint = 'Keep one of the two keys, or pin each to its own object with `id`.';
  return errorProblem('IDENTITY_SHARED', message, { origin, address, hint });
}
