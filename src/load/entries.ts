import type { DesiredEntry, Dropped, Identity } from '../model/desired.ts';
import type { CollectionKind } from '../model/kind.ts';
import type { Origin, Problem } from '../model/problem.ts';
import { errorProblem } from '../model/problem.ts';
import { keyedAddress, type Value } from '../model/value.ts';
import { fieldValue } from './field-value.ts';
import { droppedOf, dropsOf, hiddenFields } from './hidden.ts';
import { originOf, type Spot } from './source-file.ts';
import { below, holdsVariable, isNull, type Member, membersOf, type Tree, textOf } from './tree.ts';

/** The entries of a kind's section, dropped ones left out; an entry that nothing can be found by is a problem. */
export function entriesOf(
  tree: Tree,
  kind: CollectionKind,
): {
  readonly entries: readonly DesiredEntry[];
  readonly dropped: readonly Dropped[];
  readonly problems: readonly Problem[];
} {
  const entries: DesiredEntry[] = [];
  const dropped: Dropped[] = [];
  const problems: Problem[] = [];
  for (const [key, member] of membersOf(below(tree, kind.collection))) {
    const address = keyedAddress(kind.collection, key);
    if (isNull(member.value) && member.value.dropped) dropped.push(...droppedOf(address, member));
    else if (isNull(member.value)) problems.push(nothingToDrop(address, member.key));
    else if (member.value.type === 'mapping') {
      if (!hasIdentity(member.value, kind)) problems.push(noIdentity(address, kind, member.key));
      entries.push(entryOf(key, member, kind));
    }
  }
  return { entries, dropped, problems };
}

function entryOf(key: string, member: Member, kind: CollectionKind): DesiredEntry {
  const { key: spot, value } = member;
  const fields: Record<string, Value> = {};
  const fieldOrigins: Record<string, Origin> = {};
  const fromVariables: string[] = [];
  for (const [name, field] of Object.entries(kind.fields)) {
    const stated = below(value, name);
    if (stated?.type !== 'scalar') continue;
    fields[name] = fieldValue(stated, field);
    fieldOrigins[name] = originOf(stated);
    if (holdsVariable(stated)) fromVariables.push(name);
  }
  const pin = below(value, 'id');
  if (pin) fieldOrigins.id = originOf(pin);
  if (pin && holdsVariable(pin)) fromVariables.push('id');
  const was = identityOf(below(value, 'was'), kind);
  return {
    address: keyedAddress(kind.collection, key),
    collection: kind.collection,
    key,
    id: idOf(value),
    fields,
    was: was && !('id' in was) ? was : null,
    origin: originOf(spot),
    fieldOrigins,
    ...(fromVariables.length === 0 ? {} : { fromVariables }),
    ...hiddenFields(member, kind),
    ...dropsOf(member),
  };
}

/** An id as the service writes it: UUIDs differ by nothing but letters’ case for those who copy them. */
export const idOf = (tree: Tree | undefined): string | null =>
  textOf(below(tree, 'id'))?.toLowerCase() ?? null;

/** The one identity that a look-up names; null for anything else. */
export function identityOf(tree: Tree | undefined, kind: CollectionKind): Identity | null {
  const id = idOf(tree);
  if (id !== null) return { id };
  const code = textOf(below(tree, kind.identity));
  if (code !== null) return { code };
  const name = textOf(below(tree, 'name'));
  return name === null ? null : { name };
}

/** A value of a wrong type counts too, and so does an unknown key, which may be a misspelt code: they are problems of their own. */
const hasIdentity = (entry: Tree, kind: CollectionKind): boolean =>
  membersOf(entry).some(
    ([name]) =>
      ['id', kind.identity, 'name'].includes(name) || !(name === 'was' || Object.hasOwn(kind.fields, name)),
  );

function noIdentity(address: string, kind: CollectionKind, spot: Spot): Problem {
  const message = `\`${address}\` has no \`${kind.identity}\`, no \`name\` and no \`id\`, so no ${kind.noun.one} can be found for it.`;
  const hint = `Give it a \`${kind.identity}\`.`;
  return errorProblem('NO_IDENTITY', message, { origin: originOf(spot), address, hint });
}

function nothingToDrop(address: string, spot: Spot): Problem {
  const message = `\`${address}\` is empty, and there is no inherited entry of that name to drop.`;
  const hint = 'Give it fields, or remove the key.';
  return errorProblem('NO_IDENTITY', message, { origin: originOf(spot), address, hint });
}
