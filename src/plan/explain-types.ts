import type { Hidden } from '../model/desired.ts';
import type { Change, ReferenceTarget } from '../model/plan.ts';
import type { Origin, Problem } from '../model/problem.ts';
import type { Address, Value } from '../model/value.ts';

/** A field or a reference: what the file says and where, and what is live. References are addresses. */
export interface ExplainedField {
  readonly name: string;
  /** The file states it. What it does not state is not managed. */
  readonly managed: boolean;
  readonly desired: Value;
  /** Where the value stands: the layer that won. */
  readonly origin: Origin | null;
  /** What lower layers state and the winner hides, from the highest of them down; a look-up that finds nothing as it is written. */
  readonly hidden: readonly Hidden<Value>[];
  readonly live: Value;
  /** What the base stated; absent where it stated nothing of it, or there is no base. */
  readonly base?: Value;
}

/** The live object behind an address. */
export interface ExplainedObject {
  readonly id: string;
  /** `4010 Consulting income` */
  readonly label: string;
  /** Null for products and lines, which are neither. */
  readonly external: boolean | null;
  readonly status: string | null;
}

/** An item of `assignments` as far as one product or line is concerned. */
export interface ExplainedItem {
  readonly type: 'specific' | 'rule';
  /** The rule's name. */
  readonly rule: string | null;
  readonly origin: Origin;
  readonly overwrite: boolean;
  /** `beaten`: it matches, but an earlier or a specific item won. */
  readonly verdict: 'won' | 'beaten' | 'unmet';
  /** The conditions that the object does not meet, as the file calls them; those of a specific item are its selectors. */
  readonly unmet: readonly string[];
  /** What it would assign: kind of target (`ledger_account`) to an address or null; a look-up that finds nothing is absent. */
  readonly targets: Readonly<Record<string, Value>>;
}

/** Where everything at one address comes from: `explain --json` prints it. */
export interface Explanation {
  readonly address: Address;
  readonly type: 'entry' | 'external' | 'setting' | 'product_assignment' | 'line_item_assignment' | 'unkeyed';
  readonly label: string;
  /** Where the entry, the setting or the winning item stands; null where the file says nothing of it. */
  readonly origin: Origin | null;
  /** Of an external entry, by what it is looked up. */
  readonly look_up: string | null;
  /** What lower layers state in place of the whole: look-ups of an external entry; null where one drops what is below. */
  readonly hidden: readonly Hidden<Value>[];
  readonly fields: readonly ExplainedField[];
  readonly live: ExplainedObject | null;
  /** By what the live object was found: `nominal_code: "4010"`, `id: 7`, `was nominal_code: "4000"`. */
  readonly found_by: string | null;
  /** Of an assignment: every item of its list, in order of precedence. Otherwise empty. */
  readonly items: readonly ExplainedItem[];
  readonly references: Readonly<Record<Address, ReferenceTarget>>;
  /** What a plan would do here now. */
  readonly change: Change | null;
  /** What is wrong or worth knowing at this address. */
  readonly problems: readonly Problem[];
}
