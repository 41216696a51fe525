import type { Desired, DesiredEntry } from '../model/desired.ts';
import type { LiveObject } from '../model/live.ts';
import { errorProblem, type Problem, warningProblem } from '../model/problem.ts';
import { type BaseEntries, keysThatLeft, objectsOfBase } from './base-keys.ts';
import { sameValue } from './canonical.ts';
import type { Identified } from './identify.ts';
import { findInternal, type LiveIndex } from './live-index.ts';
import { fieldText, listText, objectText } from './words.ts';

/** What `prune: removed` deletes, and what it would have deleted were it sure. */
export interface PrunedRemoved {
  readonly objects: readonly LiveObject[];
  /** Each refuses the plan. */
  readonly conflicts: readonly Problem[];
  /** What may be one of them under another code. */
  readonly warnings: readonly Problem[];
}

/**
 * The objects of keys that the base declared and the file no longer has. Never one that another key finds, or that a
 * former identity left alone, or that `removed` has named already; and one that is no longer what the base declared is a
 * conflict: somebody else has made it theirs.
 */
export function pruneRemoved(
  live: LiveIndex,
  desired: Desired,
  base: BaseEntries,
  { leftAlone, managed }: Identified,
  named: ReadonlySet<string>,
): PrunedRemoved {
  const { collection } = live.kind;
  if (desired.policy.prune !== 'removed' || !desired.declared.has(collection))
    return { objects: [], conflicts: [], warnings: [] };
  const left = new Set([...named, ...leftAlone.map(({ object }) => object.id)]);
  const objects: LiveObject[] = [];
  const conflicts: Problem[] = [];
  const warnings: Problem[] = [];
  for (const entry of keysThatLeft(base, desired, collection)) {
    const found = objectsOfBase(live, entry).filter(({ id }) => !managed.has(id) && !left.has(id));
    const [object] = found;
    if (!object) {
      warnings.push(...renamed(live, entry, (id) => managed.has(id) || left.has(id)));
      continue;
    }
    const problem = found.length > 1 ? several(live, entry, found) : changed(live, entry, object);
    if (problem) conflicts.push(problem);
    else objects.push(object);
  }
  return { objects, conflicts, warnings };
}

/** By its code it is gone already, which is fine; but somebody may have given it another one. */
function renamed(live: LiveIndex, entry: DesiredEntry, isTaken: (id: string) => boolean): readonly Problem[] {
  const { kind } = live;
  const name = fieldText(kind, entry.fields, 'name');
  if (entry.id !== null || name === null || fieldText(kind, entry.fields, kind.identity) === null) return [];
  const [object, ...others] = findInternal(live, { name }).filter(({ id }) => !isTaken(id));
  if (!object || others.length > 0) return [];
  const message = `${entry.address} has left the file, and nothing has its code any more; ${objectText(kind, object)}, which no key declares, has its name and is left alone.`;
  const hint = `If it is the same and shall go: \`removed.${entry.collection}: [{ id: ${object.id} }]\`.`;
  return [warningProblem('PRUNE_RENAMED', message, { address: entry.address, hint })];
}

function several(live: LiveIndex, entry: DesiredEntry, objects: readonly LiveObject[]): Problem {
  const which = listText(
    objects.map((object) => objectText(live.kind, object)),
    20,
  );
  const message = `${entry.address} has left the file, and ${objects.length} ${live.kind.noun.many} are what it declared: ${which}.`;
  const hint = `Name the one to delete by its id under \`removed.${entry.collection}\`.`;
  return errorProblem('PRUNE_CONFLICT', message, { address: entry.address, hint });
}

/** The code and the name must be what the base declared, as far as it did. */
function changed(live: LiveIndex, entry: DesiredEntry, object: LiveObject): Problem | null {
  const { kind } = live;
  const differing = [kind.identity, 'name'].filter((name) => {
    const field = kind.fields[name];
    if (!field || !Object.hasOwn(entry.fields, name)) return false;
    return !sameValue(field, entry.fields[name] ?? null, object.fields[name] ?? null);
  });
  if (differing.length === 0) return null;
  const was = listText(
    differing.map((name) => `${name} ${JSON.stringify(entry.fields[name] ?? null)}`),
    2,
  );
  const message = `${entry.address} has left the file, but its ${kind.noun.one} is no longer what the base declared (${was}): it is ${objectText(kind, object)} now.`;
  const hint = `To delete it all the same: \`removed.${entry.collection}: [{ id: ${object.id} }]\`; to keep it, \`prune: never\` or a key for it.`;
  return errorProblem('PRUNE_CONFLICT', message, { address: entry.address, hint });
}
