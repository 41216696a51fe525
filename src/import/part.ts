import type { Written } from '../load/edit/edits.ts';
import type { Address } from '../model/value.ts';

/** One thing that a configuration says: an entry, a look-up, a setting, or an item of a list of assignments. */
export interface Part {
  /** Its own name among all parts; that of a rule is made up. */
  readonly address: Address;
  /** What a controller calls it. */
  readonly label: string;
  /** The mapping or list that it stands in: `['external', 'ledger_accounts']`, `['assignments', 'products']`. */
  readonly path: readonly string[];
  /** Null for an item of a list. */
  readonly key: string | null;
  readonly value: Written;
  /** Said beside its first line; null for nothing. */
  readonly remark: string | null;
  /** Said above it, a line each. */
  readonly notes: readonly string[];
}

/** Something live, or a field of it, that the configuration does not say. */
export interface LeftOut {
  readonly address: Address;
  readonly label: string;
  /** In words that follow a colon. */
  readonly why: string;
}

/** What is live as parts of a configuration, in the order in which they are written. */
export interface Composed {
  readonly parts: readonly Part[];
  readonly leftOut: readonly LeftOut[];
}
