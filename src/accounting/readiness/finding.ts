import type { CollectionKind, Kinds } from '../../model/kind.ts';
import type { LiveInvoice, LiveObject } from '../../model/live.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { GapSeverity, PushType } from '../../model/readiness.ts';
import type { Facts } from './facts.ts';
import type { Targets } from './targets.ts';
import type { Wishes } from './wishes.ts';

/** What the checks look at: what was read, and what it means. */
export interface Judging extends Facts {
  readonly targets: Targets;
  readonly wishes: Wishes;
  /** Those that can still be pushed. */
  readonly openInvoices: readonly LiveInvoice[];
  /** By type, the objects that are in the accounting system. */
  readonly pushed: Readonly<Record<PushType, ReadonlySet<string>>>;
}

/** One place where something is missing, as it concerns one object of one type. */
export interface Finding {
  readonly code: ProblemCode;
  readonly severity: GapSeverity;
  readonly type: PushType;
  /** The id of the object that is to be pushed; null where it concerns all of the type. */
  readonly object: string | null;
  /** The place: a product that several invoices name is one. */
  readonly id: string;
  readonly label: string;
  /** What is said once of all places with the same text. */
  readonly group: string;
  readonly hint: string | null;
  /** The next apply mends it. */
  readonly filled: boolean;
  /** What lines for the configuration are made from. */
  readonly about: About | null;
}

/** What is known of a place for the sake of its repair. */
export type About =
  | { readonly what: 'product'; readonly id: string; readonly name: string }
  | {
      readonly what: 'line';
      readonly payable: string;
      readonly id: string;
      /** Of what it points to, or should. */
      readonly kind: CollectionKind;
      readonly status: string;
      readonly counterpart: string | null;
      readonly name: string | null;
      readonly description: string | null;
    }
  | { readonly what: 'setting'; readonly address: string }
  | { readonly what: 'object'; readonly kind: CollectionKind; readonly object: LiveObject }
  | { readonly what: 'record'; readonly id: string; readonly objectType: string };

/** The setting below `accounting` with this name. */
export const slotNamed = ({ settings }: Kinds, name: 'payments' | 'products' | 'deductions') => {
  const slot = settings.find(({ wire }) => wire[1] === name);
  if (slot) return slot;
  throw new Error(`no setting ${name}`);
};
