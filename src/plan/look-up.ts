import { isArchived } from '../model/archived.ts';
import type { ExternalEntry, Identity } from '../model/desired.ts';
import type { LiveObject } from '../model/live.ts';
import { errorProblem, type Origin, type Problem, warningProblem } from '../model/problem.ts';
import type { Address } from '../model/value.ts';
import { findLive, type LiveIndex } from './live-index.ts';
import { nearest } from './near.ts';
import { fieldText, identityText, listText, objectText } from './words.ts';

/** What a look-up found, and what is to be said about it. No object means that a problem says why. */
export interface LookedUp {
  readonly object: LiveObject | null;
  readonly problems: readonly Problem[];
}

/** Where a look-up stands. An assignment has no address before its object is found. */
export interface Where {
  readonly origin: Origin;
  readonly address: Address | null;
}

/** Finds the one external object that an entry of `external` names. Near codes are looked for only where `suggest` says so. */
export function lookUpExternal(live: LiveIndex, entry: ExternalEntry, suggest: boolean): LookedUp {
  const all = findLive(live, entry.identity);
  const objects = all.filter((object) => object.external);
  const active = objects.filter((object) => object.status === 'Active');
  const [first] = objects;
  if (!first) return { object: null, problems: [noneExternal(live, entry, all, suggest)] };
  if (objects.length === 1) return { object: first, problems: archived(live, first, entry) };
  const [only] = active;
  if (!only || active.length > 1)
    return { object: null, problems: [several(live, entry.identity, entry, objects)] };
  const message = `${several(live, entry.identity, entry, objects).message} Taken: the only active one, ${objectText(live.kind, only)}.`;
  const hint = `Pin it: \`{ id: ${only.id} }\`.`;
  return { object: only, problems: [warningProblem('LOOKUP_SEVERAL', message, { ...entry, hint })] };
}

/** Finds the one live object, internal or external, that a look-up in place of a key names. */
export function lookUpInPlace(live: LiveIndex, identity: Identity, where: Where): LookedUp {
  const objects = findLive(live, identity);
  const [object] = objects;
  if (!object) return { object: null, problems: [none(live, identity, where, near(live, identity, false))] };
  if (objects.length > 1) return { object: null, problems: [several(live, identity, where, objects)] };
  return { object, problems: archived(live, object, where) };
}

function noneExternal(
  live: LiveIndex,
  entry: ExternalEntry,
  [internal]: readonly LiveObject[],
  suggest: boolean,
): Problem {
  const { kind } = live;
  if (!internal) return none(live, entry.identity, entry, suggest ? near(live, entry.identity, true) : null);
  const hint = `There is an internal one, ${objectText(kind, internal)}: declare it under \`${kind.collection}\` instead.`;
  return none(live, entry.identity, entry, hint);
}

function none(live: LiveIndex, identity: Identity, where: Where, hint: string | null): Problem {
  const external = where.address?.startsWith('external.') ? 'external ' : '';
  const message = `No ${external}${live.kind.noun.one} has ${identityText(live.kind, identity)}.`;
  return errorProblem('LOOKUP_NONE', message, { ...where, hint: hint ?? 'Correct it, or remove it.' });
}

/** What there is instead: near codes or names, otherwise some of them. */
function near({ kind, byId }: LiveIndex, identity: Identity, externalOnly: boolean): string {
  if ('id' in identity) return 'Correct the id, or look it up by its code.';
  const [field, text] = 'code' in identity ? [kind.identity, identity.code] : ['name', identity.name];
  const texts = new Set<string>();
  for (const { external, fields } of byId.values()) {
    const each = external || !externalOnly ? fieldText(kind, fields, field) : null;
    if (each !== null) texts.add(each);
  }
  const quoted = (some: readonly string[]): string =>
    listText(
      some.map((each) => JSON.stringify(each)),
      3,
    );
  const alike = nearest(text, texts);
  if (alike.length > 0) return `Near: ${quoted(alike)}.`;
  if (texts.size === 0)
    return `There are no ${externalOnly ? 'external ' : ''}${kind.noun.many} with a ${field} at all.`;
  return `There are ${texts.size}, among them ${quoted([...texts].sort().slice(0, 3))}.`;
}

function several(live: LiveIndex, identity: Identity, where: Where, objects: readonly LiveObject[]): Problem {
  const which = listText(
    objects.map((object) => `${objectText(live.kind, object)}${object.status ? `, ${object.status}` : ''}`),
    20,
  );
  const message = `${objects.length} ${live.kind.noun.many} have ${identityText(live.kind, identity)}: ${which}.`;
  return errorProblem('LOOKUP_SEVERAL', message, {
    ...where,
    hint: `Pin the right one: \`{ id: ${objects[0]?.id} }\`.`,
  });
}

function archived(live: LiveIndex, object: LiveObject, where: Where): readonly Problem[] {
  if (!isArchived(object)) return [];
  const message = `${objectText(live.kind, object)} is archived in the accounting system.`;
  const hint = 'What points to an archived object may not be pushed: look up an active one.';
  return [warningProblem('LOOKUP_ARCHIVED', message, { ...where, hint })];
}
