import type { DesiredEntry, DesiredSetting, ExternalEntry, Hidden, Reference } from '../model/desired.ts';
import type { CollectionKind, Kinds } from '../model/kind.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import { type Address, externalAddress, keyedAddress } from '../model/value.ts';
import { identityOf } from './entries.ts';
import { hiddenAt } from './hidden.ts';
import { originOf } from './source-file.ts';
import { didYouMean } from './suggest.ts';
import { holdsVariable, isNull, type Member, memberAt, type Tree, textOf, treeAt } from './tree.ts';

type Declared = DesiredEntry | ExternalEntry;

/** What keys of one collection mean: internal and external entries share one namespace. */
export interface Names {
  readonly byKey: ReadonlyMap<string, Declared>;
  readonly problems: readonly Problem[];
}

/** One namespace of a collection's keys; a key that is declared twice is a problem at the external one. */
export function namesOf(entries: readonly DesiredEntry[], externals: readonly ExternalEntry[]): Names {
  const byKey = new Map<string, Declared>(entries.map((entry) => [entry.key, entry]));
  const problems: Problem[] = [];
  for (const external of externals) {
    const entry = byKey.get(external.key);
    if (entry) problems.push(clash(external, entry));
    else byKey.set(external.key, external);
  }
  return { byKey, problems };
}

function clash(external: ExternalEntry, entry: Declared): Problem {
  const at = `${entry.origin.file}:${entry.origin.line}:${entry.origin.column}`;
  const message = `\`${external.key}\` is both \`${external.address}\` and \`${entry.address}\` (${at}), so nobody can tell what a reference to it means.`;
  const { origin, address } = external;
  return errorProblem('REFERENCE_CLASH', message, {
    origin,
    address,
    hint: 'Give one of the two another key.',
  });
}

/** The stated settings; a reference to a key that nothing declares is a problem. */
export function settingsOf(
  tree: Tree,
  kinds: Kinds,
  names: ReadonlyMap<string, Names>,
): { readonly settings: readonly DesiredSetting[]; readonly problems: readonly Problem[] } {
  const settings: DesiredSetting[] = [];
  const problems: Problem[] = [];
  for (const slot of kinds.settings) {
    const member = memberAt(tree, slot.address.split('.'));
    const kind = kinds.collections.find((each) => each.collection === slot.collection);
    if (!member || !kind) continue;
    const origin = originOf(member.key);
    const named = names.get(slot.collection);
    const reference = referenceOf(member.value, kind, named);
    if (reference && 'unknown' in reference) {
      const hint = hintFor(reference.unknown, kind, named);
      problems.push(unknownKey(reference.unknown, slot.address, member.value, kind, hint));
    } else if (reference || isNull(member.value)) {
      const hidden = hiddenReferences(member, kind, named, tree);
      const inserted = holdsVariable(member.value) ? { fromVariable: true as const } : {};
      settings.push({ address: slot.address, reference, origin, ...hidden, ...inserted });
    }
  }
  return { settings, problems };
}

function hiddenReferences(
  { hides = [] }: Member,
  kind: CollectionKind,
  names: Names | undefined,
  tree: Tree,
): Pick<DesiredSetting, 'hidden'> {
  const hidden = hides.map(({ key, value }): Hidden<Reference | null> => {
    const reference = referenceOf(value, kind, names);
    if (!reference || !('unknown' in reference)) return hiddenAt(key, reference);
    // Nothing is wrong with it: what it points to may have been dropped together with it.
    const { unknown } = reference;
    const outside = treeAt(tree, ['external', kind.collection, unknown]);
    const address = (outside ? externalAddress : keyedAddress)(kind.collection, unknown);
    return hiddenAt(key, { type: 'key', address });
  });
  return hidden.length === 0 ? {} : { hidden };
}

/** What a key or a look-up in place refers to; `unknown` for a key that nothing declares, null for anything else. */
export function referenceOf(
  value: Tree,
  kind: CollectionKind,
  names: Names | undefined,
): Reference | { unknown: string } | null {
  const key = textOf(value);
  // An empty text has a problem of its own.
  if (key === '') return null;
  if (key !== null) {
    const declared = names?.byKey.get(key);
    return declared ? { type: 'key', address: declared.address } : { unknown: key };
  }
  const identity = identityOf(value, kind);
  return identity ? { type: 'lookup', collection: kind.collection, identity } : null;
}

/** A key that nothing declares. */
export function unknownKey(
  key: string,
  address: Address | null,
  value: Tree,
  { collection, noun }: CollectionKind,
  hint: string,
): Problem {
  const message = `There is no ${noun.one} with the key \`${key}\` in \`${collection}\` or \`external.${collection}\`.`;
  return errorProblem('REFERENCE_UNKNOWN', message, { origin: originOf(value), address, hint });
}

/** What was probably meant by an unknown key: it is compared with every key that there is. */
export function hintFor(key: string, kind: CollectionKind, names: Names | undefined): string {
  const { collection, identity } = kind;
  const declared = names?.byKey ?? new Map<string, Declared>();
  const prefix = [`external.${collection}.`, `${collection}.`].find((each) => key.startsWith(each));
  const bare = prefix ? key.slice(prefix.length) : key;
  if (declared.has(bare)) return `Write the key alone: \`${bare}\`.`;
  const coded = [...declared.values()].find((each) => codeOf(each, identity) === key);
  if (coded) return `\`${key}\` is the ${identity} of \`${coded.key}\`: write that key.`;
  return didYouMean(key, declared.keys()) ?? lookUpInstead(key, kind);
}

/** What always helps against an unknown key. */
export const lookUpInstead = (key: string, { identity }: CollectionKind): string =>
  `Declare it, or look it up in place: \`{ ${identity}: "${key.slice(0, 40)}" }\`.`;

const codeOf = (declared: Declared, identity: string): string | null => {
  if ('fields' in declared) return declared.fields[identity] ?? null;
  return 'code' in declared.identity ? declared.identity.code : null;
};
