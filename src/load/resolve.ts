import type {
  Desired,
  DesiredEntry,
  Dropped,
  Environment,
  ExternalEntry,
  RemovedEntry,
} from '../model/desired.ts';
import type { Kinds } from '../model/kind.ts';
import type { Problem } from '../model/problem.ts';
import { assignmentsOf } from './assignments.ts';
import { duplicatesOf, removedAndDeclared } from './duplicates.ts';
import { entriesOf } from './entries.ts';
import { externalsOf, removedOf } from './lookups.ts';
import { environmentOf, organizationOf } from './organization.ts';
import { policyOf } from './policy.ts';
import { type Names, namesOf, settingsOf } from './references.ts';
import { below, type Tree } from './tree.ts';

/** What the merged layers come to. With problems of severity error it is of no use but to find more of them. */
export function resolve(
  tree: Tree,
  kinds: Kinds,
  given: Environment | null,
): { readonly desired: Desired; readonly problems: readonly Problem[] } {
  const entries: (readonly DesiredEntry[])[] = [];
  const externals: (readonly ExternalEntry[])[] = [];
  const removed: (readonly RemovedEntry[])[] = [];
  const dropped: (readonly Dropped[])[] = [];
  const names = new Map<string, Names>();
  const problems: (readonly Problem[])[] = [];
  for (const kind of kinds.collections) {
    const internal = entriesOf(tree, kind);
    const external = externalsOf(tree, kind);
    const gone = removedOf(tree, kind);
    const named = namesOf(internal.entries, external.externals);
    names.set(kind.collection, named);
    entries.push(internal.entries);
    externals.push(external.externals);
    removed.push(gone);
    dropped.push(internal.dropped, external.dropped);
    problems.push(internal.problems, external.problems, named.problems);
    problems.push(duplicatesOf(internal.entries, kind), removedAndDeclared(gone, internal.entries, kind));
  }
  const { settings, problems: unknown } = settingsOf(tree, kinds, names);
  const { assignments, problems: unassignable } = assignmentsOf(tree, kinds, names);
  const slots = kinds.settings.map((slot) => slot.address);
  const addresses = new Set(
    [...entries.flat(), ...externals.flat()].map((each) => each.address).concat(slots),
  );
  const { policy, problems: unprotected } = policyOf(tree, addresses);
  const { organization, problems: missing } = organizationOf(tree);
  const { environment, problems: conflicts } = environmentOf(tree, given);
  problems.push(unknown, unassignable, unprotected, missing, conflicts);
  const sections = kinds.collections.map((kind) => kind.collection).filter((each) => below(tree, each));
  const declared = new Set(sections);
  const desired: Desired = {
    organization,
    environment,
    declared,
    entries: entries.flat(),
    removed: removed.flat(),
    externals: externals.flat(),
    settings,
    assignments,
    policy,
    dropped: dropped.flat(),
  };
  return { desired, problems: problems.flat() };
}
