import type { Desired } from '../model/desired.ts';
import type { LiveObject } from '../model/live.ts';
import { type Problem, warningProblem } from '../model/problem.ts';
import type { Fields } from '../model/value.ts';
import type { CollectionPart } from './collection-part.ts';
import { findLive, type LiveIndex } from './live-index.ts';
import { countText, fieldText, labelOf, listText } from './words.ts';

/** Objects that are named; of more, who reads a plan asks readiness. */
const namedObjects = 3;

/**
 * What the file declares and the accounting system has no counterpart of. It is true only where one is connected and has
 * been pulled. Told once with a count: a chart of a thousand internal accounts is one thing to know, not a thousand.
 */
export function externalMissing(desired: Desired, parts: readonly CollectionPart[]): readonly Problem[] {
  const counts = parts.flatMap(({ live, identified }) => {
    const missing = desired.entries.filter(
      ({ address, collection, fields }) =>
        collection === live.kind.collection &&
        counterparts(live, { ...identified.objectOf.get(address)?.fields, ...fields }).length === 0,
    );
    if (missing.length === 0) return [];
    const names = missing.map(({ address, fields }) => labelOf(live.kind, fields, address));
    return [`${countText(missing.length, live.kind.noun)} (${listText(names, namedObjects)})`];
  });
  if (counts.length === 0) return [];
  const message = `The accounting system has no counterpart by code or name of ${listText(counts, counts.length)} that this file declares.`;
  const hint = 'What is to be pushed with them must be created there by hand.';
  return [warningProblem('EXTERNAL_MISSING', message, { hint })];
}

/** What the accounting system has with the same code, or else with the same name. */
export function counterparts(live: LiveIndex, fields: Fields): readonly LiveObject[] {
  const code = fieldText(live.kind, fields, live.kind.identity);
  const name = fieldText(live.kind, fields, 'name');
  const found = [
    ...(code === null ? [] : findLive(live, { code })),
    ...(name === null ? [] : findLive(live, { name })),
  ];
  return found.filter(({ external }) => external);
}
