import type { DesiredEntry, RemovedEntry } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import { errorProblem, type Origin, type Problem } from '../model/problem.ts';

/** Words under which an entry is found, and the field that says them. */
interface Own {
  readonly word: string;
  readonly field: string;
  readonly shown: string;
}

/** Entries of one kind that claim the same object: the same id, the same code, or the same name where there is no code. */
export function duplicatesOf(entries: readonly DesiredEntry[], kind: CollectionKind): readonly Problem[] {
  const first = new Map<string, DesiredEntry>();
  const problems: Problem[] = [];
  for (const entry of entries) {
    for (const own of ownWords(entry, kind)) {
      const earlier = first.get(own.word);
      if (!earlier) first.set(own.word, entry);
      else problems.push(duplicate(earlier, entry, own));
    }
  }
  return problems;
}

function duplicate(earlier: DesiredEntry, entry: DesiredEntry, { field, shown }: Own): Problem {
  const there = placeOf(earlier, field);
  const message = `\`${entry.address}\` has the ${field} \`${shown}\` of \`${earlier.address}\` (${there.file}:${there.line}:${there.column}): two entries cannot be the same object.`;
  const hint = 'Remove one of them, or correct the one that is wrong.';
  return errorProblem('DUPLICATE_IDENTITY', message, {
    // What an alias repeats stands at one place only: the entry is where the two differ.
    origin: isSame(there, placeOf(entry, field)) ? entry.origin : placeOf(entry, field),
    address: entry.address,
    hint,
  });
}

const isSame = (a: Origin, b: Origin): boolean =>
  a.file === b.file && a.line === b.line && a.column === b.column;

const placeOf = (entry: DesiredEntry, field: string): Origin => entry.fieldOrigins[field] ?? entry.origin;

/** Items of `removed` that name what an entry declares. */
export function removedAndDeclared(
  removed: readonly RemovedEntry[],
  entries: readonly DesiredEntry[],
  kind: CollectionKind,
): readonly Problem[] {
  const declared = new Map<string, DesiredEntry>();
  for (const entry of entries) for (const { word } of ownWords(entry, kind)) declared.set(word, entry);
  return removed.flatMap(({ collection, identity, origin }) => {
    const entry = declared.get(wordOf(identity, kind));
    if (collection !== kind.collection || !entry) return [];
    const at = `${entry.origin.file}:${entry.origin.line}:${entry.origin.column}`;
    const message = `This ${kind.noun.one} must not exist according to \`removed\`, and must exist according to \`${entry.address}\` (${at}).`;
    const hint = 'Remove one of the two.';
    return [errorProblem('REMOVED_AND_DECLARED', message, { origin, address: entry.address, hint })];
  });
}

/** A code that is stated and unusable has a problem of its own; the name does not stand in for it. */
function ownWords(entry: DesiredEntry, kind: CollectionKind): readonly Own[] {
  const code = entry.fields[kind.identity] ?? null;
  const name = entry.fields.name ?? null;
  const words: Own[] = [];
  if (entry.id !== null) words.push({ word: wordOf({ id: entry.id }, kind), field: 'id', shown: entry.id });
  if (code !== null) words.push({ word: wordOf({ code }, kind), field: kind.identity, shown: code });
  else if (name !== null && entry.id === null && !(kind.identity in entry.fields))
    words.push({ word: wordOf({ name }, kind), field: 'name', shown: name });
  return words;
}

function wordOf(identity: RemovedEntry['identity'], kind: CollectionKind): string {
  if ('id' in identity) return `id ${identity.id.toLowerCase()}`;
  if ('name' in identity) return `name ${identity.name}`;
  const field = kind.fields[kind.identity];
  const folds = field?.type === 'text' && field.foldCase === true;
  return `code ${folds ? identity.code.toLowerCase() : identity.code}`;
}
