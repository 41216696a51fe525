import type { DesiredEntry } from '../model/desired.ts';
import { foldCase } from '../model/fold-case.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { LiveObject } from '../model/live.ts';
import { errorProblem, type Problem, warningProblem } from '../model/problem.ts';
import { type BaseEntries, objectsOfBase } from './base-keys.ts';
import type { Identified } from './identify.ts';
import type { LiveIndex } from './live-index.ts';
import { withoutSpace } from './near.ts';
import { fieldText, identityText, objectText } from './words.ts';

/**
 * Refuses to create an object whose code an unmanaged one has but for case or inner white space. A service that changes
 * codes when it stores them would otherwise get a twin from every run.
 */
export function nearIdentities(
  live: LiveIndex,
  entries: readonly DesiredEntry[],
  { objectOf, managed, unclear }: Identified,
  removed: ReadonlySet<string>,
): readonly Problem[] {
  const { kind } = live;
  const created = entries.filter(({ address }) => !objectOf.has(address) && !unclear.has(address));
  if (created.length === 0) return [];
  const near = new Map<string, LiveObject>();
  for (const object of live.byId.values()) {
    const code = fieldText(kind, object.fields, kind.identity);
    if (code === null || object.external || managed.has(object.id) || removed.has(object.id)) continue;
    if (!near.has(nearForm(code))) near.set(nearForm(code), object);
  }
  return created.flatMap((entry) => {
    const code = fieldText(kind, entry.fields, kind.identity);
    const object = code === null ? undefined : near.get(nearForm(code));
    return object && code !== null ? [tooNear(kind, entry, code, object)] : [];
  });
}

/** Says what a former identity still finds beside the object that its key has found: it is left alone. */
export function formerIdentityWarnings(
  kind: CollectionKind,
  { leftAlone }: Identified,
  removed: ReadonlySet<string>,
): readonly Problem[] {
  return leftAlone
    .filter(({ object }) => !removed.has(object.id))
    .map(({ entry, former, object }) => {
      const message = `${entry.address} has its ${kind.noun.one} already; ${objectText(kind, object)}, which its former ${identityText(kind, former)} finds, is left alone.`;
      const obsolete = `If it is obsolete, name it under \`removed.${kind.collection}\``;
      const hint =
        former === entry.was ? `${obsolete}; if the rename is done, remove \`was\`.` : `${obsolete}.`;
      return warningProblem('FORMER_IDENTITY_LEFT', message, {
        origin: entry.origin,
        address: entry.address,
        hint,
      });
    });
}

/**
 * Says where a key means another object than at the base although that one is still there: codes that are swapped between
 * keys go to the other object, because a key's own code is asked first.
 */
export function movedKeys(
  live: LiveIndex,
  entries: readonly DesiredEntry[],
  { managed, objectOf }: Identified,
  base: BaseEntries,
): readonly Problem[] {
  if (base.size === 0) return [];
  return entries.flatMap((entry) => {
    const before = base.get(entry.address);
    const now = objectOf.get(entry.address);
    const [then, ...others] = before ? objectsOfBase(live, before) : [];
    if (!now || !then || others.length > 0 || then.id === now.id || !managed.has(then.id)) return [];
    const { kind } = live;
    const message = `${entry.address} was ${objectText(kind, then)} at the base and means ${objectText(kind, now)} now, which has its new ${kind.identity}; the former one goes to ${managed.get(then.id)}.`;
    const hint = `If the objects were to be renumbered and not exchanged: pin it with \`id: ${then.id}\`.`;
    const origin = entry.fieldOrigins[kind.identity] ?? entry.origin;
    return [warningProblem('KEY_MOVED', message, { origin, address: entry.address, hint })];
  });
}

function tooNear(kind: CollectionKind, entry: DesiredEntry, code: string, object: LiveObject): Problem {
  const live = fieldText(kind, object.fields, kind.identity) ?? '';
  const message = `No ${kind.noun.one} has ${kind.identity} ${JSON.stringify(code)}, but ${objectText(kind, object)} differs from it only by case or white space.`;
  const hint = `Write \`${kind.identity}: ${JSON.stringify(live)}\` or pin it with \`id: ${object.id}\`; or name it under \`removed.${kind.collection}\`.`;
  const origin = entry.fieldOrigins[kind.identity] ?? entry.origin;
  return errorProblem('IDENTITY_NEAR', message, { origin, address: entry.address, hint });
}

function nearForm(code: string): string {
  return withoutSpace(foldCase(code));
}
