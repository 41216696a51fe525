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

interface Where {
  readonly origin: Origin;
  readonly address: Address;
}

/** Finds the one external object that an entry of `external` names. */
export function lookUpExternal(live: LiveIndex, entry: ExternalEntry): LookedUp {
  const all = findLive(live, entry.identity);
  const objects = all.filter((object) => object.external);
  const active = objects.filter((object) => object.status === 'Active');
  const [first] = objects;
  if (!first) return { object: null, problems: [nothing(live, entry.identity, entry, true, all)] };
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
  if (!object) return { object: null, problems: [nothing(live, identity, where, false, [])] };
  if (objects.length > 1) return { object: null, problems: [several(live, identity, where, objects)] };
  return { object, problems: archived(live, object, where) };
}

function nothing(
  live: LiveIndex,
  identity: Identity,
  where: Where,
  external: boolean,
  internal: readonly LiveObject[],
): Problem {
  const { noun, identity: code } = live.kind;
  const message = `No ${external ? 'external ' : ''}${noun.one} has ${identityText(live.kind, identity)}.`;
  return errorProblem('LOOKUP_NONE', message, { ...where, hint: hint() });

  function hint(): string {
    const [object] = internal;
    if (object)
      return `There is an internal one, ${objectText(live.kind, object)}: declare it under \`${live.kind.collection}\` instead.`;
    if ('id' in identity) return 'Correct the id, or look it up by its code.';
    const field = 'code' in identity ? code : 'name';
    const texts = new Set<string>();
    for (const each of live.byId.values()) {
      const text = each.external || !external ? fieldText(live.kind, each.fields, field) : null;
      if (text !== null) texts.add(text);
    }
    const near = nearest('code' in identity ? identity.code : identity.name, texts);
    if (near.length > 0)
      return `Near: ${listText(
        near.map((text) => JSON.stringify(text)),
        3,
      )}.`;
    const few = [...texts]
      .sort()
      .slice(0, 3)
      .map((text) => JSON.stringify(text));
    return few.length === 0
      ? `There are no ${external ? 'external ' : ''}${noun.many} at all.`
      : `There are ${texts.size}, among them ${listText(few, 3)}.`;
  }
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
  if (object.status !== 'Archived') return [];
  const message = `${objectText(live.kind, object)} is archived in the accounting system.`;
  const hint = 'What points to an archived object may not be pushed: look up an active one.';
  return [warningProblem('LOOKUP_ARCHIVED', message, { ...where, hint })];
}
