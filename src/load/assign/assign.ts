import type { Targets } from '../../model/assignment.ts';
import type { Reference } from '../../model/desired.ts';
import type { CollectionKind } from '../../model/kind.ts';
import type { Origin } from '../../model/problem.ts';
import type { Address } from '../../model/value.ts';
import { layerOf } from '../accept/accept.ts';
import { referenceWanted } from '../accept/wanted.ts';
import { type Facts, type Layer, NotAccepted, ownLayer } from '../accept/wish.ts';
import { edit } from '../edit/edit.ts';
import { isList, isMapping, obstacleText, type Written, type YamlEdit } from '../edit/edits.ts';
import type { LoadedFile } from '../load.ts';
import { originOf } from '../source-file.ts';
import { below, type Tree, treeAt } from '../tree.ts';
import { escapeVariables } from '../variables.ts';

/** An account for one thing, or by a new rule for many. */
export type Assigning = {
  /** The address of the account. */
  readonly account: Address;
} & (
  | { readonly type: 'setting'; readonly address: Address }
  | (ListItem & { readonly type: 'entry'; readonly selector: Written })
  | (ListItem & { readonly type: 'rule'; readonly name: string; readonly when: Written })
);

interface ListItem {
  readonly list: 'products' | 'line_items';
  /** Where the item stands that has the say over it now: an entry is added to, a rule is stood before. */
  readonly at: { readonly type: 'specific' | 'rule'; readonly origin: Origin } | null;
  /** What that rule assigns besides, and would assign no more. */
  readonly besides: Targets;
}

/** What is not written, and why, in words that follow a colon. */
export interface NotAssigned {
  readonly assigning: Assigning;
  readonly why: string;
}

/** The organization's own file with what can be written into it, and the rest. */
export interface AssignedText {
  readonly path: string;
  readonly before: string;
  readonly after: string;
  readonly refused: readonly NotAssigned[];
}

/**
 * Writes accounts into the organization's own file: settings, entries that name one thing, and rules. Entries stand before the first
 * rule, rules before the one that would win otherwise, else at the end: there nothing of the file has the say yet.
 */
export function assignInto(
  wanted: readonly Assigning[],
  { files, ...given }: Omit<Facts, 'layers' | 'where'> & { readonly files: readonly LoadedFile[] },
  kind: CollectionKind,
): AssignedText {
  const facts: Facts = { ...given, where: 'own', layers: files.map(layerOf) };
  const layer = ownLayer(facts);
  const refused: NotAssigned[] = [];
  const edits = new Map<YamlEdit, Assigning>();
  // Where both go to the end of a list, entries stand before rules.
  const sorted = [...wanted].sort((a, b) => Number(a.type === 'rule') - Number(b.type === 'rule'));
  for (const assigning of sorted)
    try {
      edits.set(editFor(assigning, layer, facts, kind), assigning);
    } catch (error) {
      if (!(error instanceof NotAccepted)) throw error;
      refused.push({ assigning, why: error.message });
    }
  const result = edit(layer.text, [...edits.keys()]);
  for (const { edit: each, why } of result.refused) {
    const assigning = edits.get(each);
    if (assigning) refused.push({ assigning, why: obstacleText(why) });
  }
  return { path: layer.path, before: layer.text, after: result.text, refused };
}

function editFor(assigning: Assigning, layer: Layer, facts: Facts, kind: CollectionKind): YamlEdit {
  const account = referenceWanted(assigning.account, kind, layer, facts);
  if (assigning.type === 'setting')
    return { type: 'set', path: assigning.address.split('.'), value: account };
  const { at, list } = assigning;
  const path = ['assignments', list];
  const items = itemsAt(layer, path);
  const index = at ? items.findIndex((item) => isAt(item, at.origin)) : -1;
  if (at?.type === 'specific') {
    if (index < 0) throw new NotAccepted('the entry that names it was not found');
    return { type: 'set', path: [...path, index, kind.name], value: account };
  }
  const targets = { [kind.name]: account, ...besidesOf(assigning, facts) };
  if (assigning.type === 'entry') {
    const firstRule = items.findIndex((item) => below(item, 'when') !== undefined);
    const place = firstRule < 0 ? items.length : firstRule;
    return { type: 'insert', path, at: place, value: { ...escaped(assigning.selector), ...targets } };
  }
  const value = { rule: escapeVariables(assigning.name), when: escapedAll(assigning.when), ...targets };
  return { type: 'insert', path, at: index < 0 ? items.length : index, value };
}

function itemsAt({ tree }: Layer, path: readonly string[]): readonly Tree[] {
  const list = tree ? treeAt(tree, path) : undefined;
  return list?.type === 'sequence' ? list.items : [];
}

function isAt(item: Tree, origin: Origin): boolean {
  const { column, file, line } = originOf(item);
  return file === origin.file && line === origin.line && column === origin.column;
}

/** What a rule assigns besides, as it is written. */
function besidesOf({ besides }: ListItem, facts: Facts): Readonly<Record<string, Written>> {
  return Object.fromEntries(
    Object.entries(besides).flatMap(([name, reference]) =>
      reference === null ? [] : [[name, writtenReference(reference, facts)]],
    ),
  );
}

function writtenReference(reference: Reference, { desired, kinds }: Facts): Written {
  if (reference.type === 'key') {
    const declared = [...desired.entries, ...desired.externals].find(
      ({ address }) => address === reference.address,
    );
    if (!declared) throw new NotAccepted(`${reference.address} is not declared`);
    return declared.key;
  }
  const { collection, identity } = reference;
  if ('id' in identity) return identity;
  if ('name' in identity) return { name: escapeVariables(identity.name) };
  const kind = kinds.collections.find((each) => each.collection === collection);
  return { [kind?.identity ?? 'code']: escapeVariables(identity.code) };
}

function escaped(value: Written): { readonly [key: string]: Written } {
  const written = escapedAll(value);
  return isMapping(written) ? written : {};
}

/** Texts of the service are no variables. */
function escapedAll(value: Written): Written {
  if (typeof value === 'string') return escapeVariables(value);
  if (isList(value)) return value.map(escapedAll);
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, escapedAll(each)]));
}
