import type { Targets } from '../model/assignment.ts';
import type { Reference } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import { hintFor, lookUpInstead, type Names, referenceOf, unknownKey } from './references.ts';
import { isNull, type Mapping } from './tree.ts';

/** What items of one list may assign. */
export interface TargetReader {
  readonly kinds: readonly CollectionKind[];
  readonly read: (item: Mapping) => { readonly targets: Targets; readonly problems: readonly Problem[] };
}

/** Reads what items assign, references resolved like those of settings. */
export function targetReader(
  used: 'product' | 'line',
  kinds: Kinds,
  names: ReadonlyMap<string, Names>,
): TargetReader {
  const known = kinds.collections.filter((kind) => kind.usedIn[used] !== null);
  const hints = new Map<string, string>();
  const read = (item: Mapping) => {
    const targets: Record<string, Reference | null> = {};
    const problems: Problem[] = [];
    for (const kind of known) {
      const value = item.members.get(kind.name)?.value;
      if (!value) continue;
      const named = names.get(kind.collection);
      const reference = referenceOf(value, kind, named);
      if (reference && 'unknown' in reference) {
        const hint = knownHint(reference.unknown, kind, named, hints);
        problems.push(unknownKey(reference.unknown, null, value, kind, hint));
      } else if (reference || isNull(value)) targets[kind.name] = reference;
    }
    return { targets, problems };
  };
  return { kinds: known, read };
}

/** A hint takes as many comparisons as there are keys: it is made once for a key, and not for more keys than anybody reads. */
const maxHints = 20;

function knownHint(
  key: string,
  kind: CollectionKind,
  names: Names | undefined,
  hints: Map<string, string>,
): string {
  const word = `${kind.collection}.${key}`;
  const known = hints.get(word);
  if (known !== undefined) return known;
  if (hints.size >= maxHints) return lookUpInstead(key, kind);
  const hint = hintFor(key, kind, names);
  hints.set(word, hint);
  return hint;
}
