import type { Spot } from './source-file.ts';

/** A parsed value that knows where it stands. Layers are merged as trees, so that every value keeps its origin. */
export type Tree = Mapping | Sequence | Scalar;

interface Node extends Spot {
  readonly end: number;
  /** False for an alias, which stands for a value elsewhere, and for a tagged value. */
  readonly editable: boolean;
  /** How many values it comes to with every alias written out. */
  readonly size: number;
}

export interface Mapping extends Node {
  readonly type: 'mapping';
  readonly members: ReadonlyMap<string, Member>;
}

export interface Member {
  readonly key: Spot;
  readonly value: Tree;
  /** What lower layers state here, from the highest of them down. */
  readonly hides?: readonly Member[];
}

export interface Sequence extends Node {
  readonly type: 'sequence';
  readonly items: readonly Tree[];
}

export interface Scalar extends Node {
  readonly type: 'scalar';
  /** Text in canonical form, with variables inserted. */
  readonly value: string | number | boolean | null;
  /** Holds a variable that is not set: its value is not known. */
  readonly hole: boolean;
  /** A variable is inserted into it. */
  readonly inserted?: true;
  /** This null took the place of an inherited entry. */
  readonly dropped?: true;
}

/** The value under a key of a mapping; undefined where there is none, or no mapping. */
export const below = (tree: Tree | undefined, key: string): Tree | undefined =>
  tree?.type === 'mapping' ? tree.members.get(key)?.value : undefined;

/** A mapping without one of its keys; anything else as it is. */
export function keysBut(tree: Tree, key: string): Tree {
  if (tree.type !== 'mapping' || !tree.members.has(key)) return tree;
  const members = new Map(tree.members);
  members.delete(key);
  return { ...tree, members };
}

/** The value at a path of keys and indexes. */
export function treeAt(tree: Tree, path: readonly string[]): Tree | undefined {
  let at: Tree | undefined = tree;
  for (const step of path) at = at?.type === 'sequence' ? at.items[Number(step)] : below(at, step);
  return at;
}

/** The member at a path of keys, with its key. */
export function memberAt(tree: Tree, path: readonly string[]): Member | undefined {
  const parent = treeAt(tree, path.slice(0, -1));
  return parent && memberOf(parent, path.at(-1) ?? '');
}

/** The member under a key of a mapping; undefined where there is none, or no mapping. */
export const memberOf = (tree: Tree, key: string): Member | undefined =>
  tree.type === 'mapping' ? tree.members.get(key) : undefined;

/** Where a key of a mapping stands. */
export const keyOf = (tree: Tree, key: string): Spot =>
  (tree.type === 'mapping' ? tree.members.get(key)?.key : undefined) ?? tree;

/** A null: it clears a value or drops an entry. */
export const isNull = (tree: Tree | undefined): tree is Scalar =>
  tree?.type === 'scalar' && tree.value === null;

/** The members of a mapping; none for anything else. */
export const membersOf = (tree: Tree | undefined): readonly (readonly [string, Member])[] =>
  tree?.type === 'mapping' ? [...tree.members] : [];

/** The text of a scalar; null for anything else, and for text that is not known. */
export const textOf = (tree: Tree | undefined): string | null =>
  tree?.type === 'scalar' && typeof tree.value === 'string' && !tree.hole ? tree.value : null;

/** Whether a variable is inserted anywhere inside. */
export function holdsVariable(tree: Tree): boolean {
  if (tree.type === 'scalar') return tree.inserted === true;
  if (tree.type === 'sequence') return tree.items.some(holdsVariable);
  return [...tree.members.values()].some(({ value }) => holdsVariable(value));
}

/** The text as it is written in the file. */
export const writtenText = (tree: Tree): string => tree.file.text.slice(tree.start, tree.end);

/** The tree as plain data, for the compiled check. */
export function plainOf(tree: Tree): unknown {
  if (tree.type === 'scalar') return tree.value;
  if (tree.type === 'sequence') return tree.items.map(plainOf);
  const plain: Record<string, unknown> = {};
  for (const [key, member] of tree.members) plain[key] = plainOf(member.value);
  return plain;
}
