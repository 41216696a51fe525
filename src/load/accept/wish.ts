import type { Desired } from '../../model/desired.ts';
import type { CollectionKind, Kinds } from '../../model/kind.ts';
import type { Live } from '../../model/live.ts';
import type { Change, ReferenceTarget } from '../../model/plan.ts';
import type { Origin } from '../../model/problem.ts';
import type { Address } from '../../model/value.ts';
import type { YamlEdit } from '../edit/edits.ts';
import type { Tree } from '../tree.ts';

/** A file of the configuration, read once more as a tree of its own. */
export interface Layer {
  /** Relative to the root. */
  readonly path: string;
  readonly text: string;
  readonly tree: Tree | null;
}

/** What accepting is decided by. */
export interface Facts {
  readonly desired: Desired;
  readonly live: Live;
  readonly kinds: Kinds;
  /** Live objects behind the addresses of the plan. */
  readonly references: Readonly<Record<Address, ReferenceTarget>>;
  /** The organization's own file first. */
  readonly layers: readonly Layer[];
  /** `own`: what an extended file states is overridden in the own file. `base`: it is changed where it stands. */
  readonly where: 'own' | 'base';
}

/** One edit of one of the files. */
export interface FileEdit {
  readonly path: string;
  readonly edit: YamlEdit;
}

/** What accepting one change takes. */
export interface Wish {
  readonly change: Change;
  readonly edits: readonly FileEdit[];
}

/** A change that is left to a person, and why in words that follow a colon. */
export interface Left {
  readonly change: Change;
  readonly why: string;
  /** Where a person has to look. */
  readonly origin: Origin | null;
}

/** Ends the work on one change. */
export class NotAccepted extends Error {
  readonly origin: Origin | null;
  constructor(why: string, origin: Origin | null = null) {
    super(why);
    this.name = 'NotAccepted';
    this.origin = origin;
  }
}

/** The organization's own file. */
export function ownLayer({ layers }: Facts): Layer {
  const [own] = layers;
  if (!own) throw new Error('no file of the configuration');
  return own;
}

/** The file in which something that stands at a place is to be changed. */
export function layerFor(origin: Origin, facts: Facts): Layer {
  const stated = facts.layers.find(({ path }) => path === origin.file);
  return facts.where === 'base' && stated ? stated : ownLayer(facts);
}

/** The kind with a name. */
export const kindNamed = (name: string, { kinds }: Facts): CollectionKind | undefined =>
  kinds.collections.find((kind) => kind.name === name);
