import type { Assignments } from './assignment.ts';
import type { Origin } from './problem.ts';
import type { Address, Fields, Value } from './value.ts';

export type Environment = 'local' | 'sandbox' | 'production';

export interface Organization {
  readonly id: string;
  /** A label, for output only. */
  readonly name: string | null;
}

/** How an object is found by what it is: exactly one of these three. */
export type Identity = { readonly id: string } | { readonly code: string } | { readonly name: string };

/** What a lower layer states and a higher one hides, and where it stands. */
export interface Hidden<T> {
  readonly value: T;
  readonly origin: Origin;
}

/** An inherited entry that null has dropped, and that nothing declares anew. */
export interface Dropped {
  readonly address: Address;
  /** Where it is dropped. */
  readonly origin: Origin;
  /** Where it was stated: the highest such layer. */
  readonly stated: Origin;
}

/** One entry of `tax_rates` or `ledger_accounts`: an internal object that must exist. */
export interface DesiredEntry {
  readonly address: Address;
  readonly collection: string;
  readonly key: string;
  /** Pins the live object. Where given it alone decides. */
  readonly id: string | null;
  /** Only what the file states, each in canonical form (trimmed, NFC, `\n`; `7.5%`). Null clears. */
  readonly fields: Fields;
  /** A former identity, in words of code or name. */
  readonly was: Exclude<Identity, { readonly id: string }> | null;
  readonly origin: Origin;
  /** Where each stated field's value stands. */
  readonly fieldOrigins: Readonly<Record<string, Origin>>;
  /** Stated fields, and `id`, into whose values a variable is inserted. */
  readonly fromVariables?: readonly string[];
  /** By field (and `id`), what lower layers state and nobody sees, from the highest of them down. */
  readonly hidden?: Readonly<Record<string, readonly Hidden<Value>[]>>;
  /** Where layers below have dropped a still lower entry of this key. */
  readonly drops?: readonly Origin[];
}

/** An item of `removed`: an internal object that must not exist. */
export interface RemovedEntry {
  readonly collection: string;
  readonly identity: Identity;
  readonly origin: Origin;
}

/** An entry of `external`: an object pulled from the accounting system, looked up and never changed. */
export interface ExternalEntry {
  readonly address: Address;
  readonly collection: string;
  readonly key: string;
  readonly identity: Identity;
  readonly origin: Origin;
  /** A variable is inserted into it. */
  readonly fromVariable?: true;
  /** The look-ups of lower layers, from the highest of them down; null where one drops what is below. */
  readonly hidden?: readonly Hidden<Identity | null>[];
}

/** What a setting or an assignment points to. A key is already checked to exist; a look-up is resolved against live objects. */
export type Reference =
  | { readonly type: 'key'; readonly address: Address }
  | { readonly type: 'lookup'; readonly collection: string; readonly identity: Identity };

export interface DesiredSetting {
  readonly address: Address;
  /** Null clears the setting. */
  readonly reference: Reference | null;
  readonly origin: Origin;
  /** A variable is inserted into it. */
  readonly fromVariable?: true;
  /** What lower layers state, from the highest of them down; their keys need not be declared. */
  readonly hidden?: readonly Hidden<Reference | null>[];
}

export interface Policy {
  readonly prune: 'never' | 'removed' | 'all';
  readonly maxDeletes: number;
  readonly maxOverwrites: number;
  readonly protect: readonly Address[];
}

/** What the file, its layers and its variables come to: every key checked, every value in canonical form. */
export interface Desired {
  readonly organization: Organization;
  readonly environment: Environment;
  /** Collections that have a section in the file, empty ones too: the ones that `prune` may touch. */
  readonly declared: ReadonlySet<string>;
  readonly entries: readonly DesiredEntry[];
  readonly removed: readonly RemovedEntry[];
  readonly externals: readonly ExternalEntry[];
  readonly settings: readonly DesiredSetting[];
  readonly assignments: Assignments;
  readonly policy: Policy;
  /** For those who ask what became of an address. */
  readonly dropped?: readonly Dropped[];
}
