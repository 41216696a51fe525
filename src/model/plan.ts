import type { LineConditions, ProductConditions } from './assignment.ts';
import type { Environment, Organization } from './desired.ts';
import type { Problem } from './problem.ts';
import type { Address, Fields } from './value.ts';

export type Action = 'create' | 'update' | 'delete' | 'assign' | 'unassign' | 'set';
export type Reason = 'config' | 'drift' | 'conflict' | 'prune' | 'rule';

/** Where in the files a change comes from. */
export interface Source {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly rule: string | null;
}

/**
 * One difference and the one write that ends it. `before` and `after` hold the managed fields only, in the file's
 * language, references as addresses; null is the missing side of a create or delete. For an update both hold every field
 * that the file states, and only those that differ are sent; for a delete `before` holds every field of the object.
 */
export interface Change {
  readonly address: Address;
  /** `tax_rate`, `ledger_account`, `setting`. */
  readonly kind: string;
  readonly action: Action;
  readonly reason: Reason;
  /** What a controller calls it: `4010 Consulting income`. */
  readonly label: string;
  /** The live object's id; null for a create. For a setting, the organization's id. */
  readonly id: string | null;
  readonly before: Fields | null;
  readonly after: Fields | null;
  readonly source: Source | null;
  /** Addresses of changes of this plan that must be done first. */
  readonly depends_on: readonly Address[];
  readonly warnings: readonly Problem[];
}

/** A live object behind an address that a change mentions. */
export interface ReferenceTarget {
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
  /** Null where the id points to nothing that was found. */
  readonly external: boolean | null;
}

export interface Unmanaged {
  readonly address: Address;
  readonly id: string;
  readonly code: string | null;
  readonly name: string | null;
}

/** What `--allow-...` options let pass, kept in a saved plan. */
export interface Allowed {
  /** Addresses that may be deleted although something uses them. */
  readonly in_use: readonly Address[];
  readonly deletes: number | null;
  readonly overwrites: number | null;
  readonly dirty: boolean;
}

export interface Summary {
  readonly create: number;
  readonly update: number;
  readonly delete: number;
  readonly assign: number;
  readonly unassign: number;
  readonly set: number;
  /** Changes whose reason is drift or conflict. */
  readonly drift: number;
}

/** The plan document, as printed with `--json` and saved with `--out`. Changes are in execution order. */
export interface Plan {
  readonly format_version: '1';
  readonly ledgerform_version: string;
  /** UTC, ISO 8601. */
  readonly created_at: string;
  readonly organization: Organization;
  readonly environment: Environment;
  /** `local` for the in-process local environment. */
  readonly api_url: string;
  readonly config: {
    /** Relative to the repository (without Git: to the working directory). */
    readonly path: string;
    /** Hex; see load/fingerprint.ts. */
    readonly sha256: string;
    readonly git_commit: string | null;
    readonly base: string | null;
    readonly allowed: Allowed;
    /** Only in a plan that `--target` limited. */
    readonly targets?: readonly Address[];
  };
  readonly summary: Summary;
  readonly changes: readonly Change[];
  readonly unmanaged: readonly Unmanaged[];
  /** Warnings, and with severity `error` what a guard refused. */
  readonly warnings: readonly Problem[];
  readonly observed: {
    readonly at: string;
    /** Requests sent for this plan, token included. */
    readonly requests: number;
    readonly references: Readonly<Record<Address, ReferenceTarget>>;
    /** The rules behind changes with reason `rule`, by `file:line:column`, so that apply can tell what no longer matches. Absent without such changes. */
    readonly rules?: Readonly<Record<string, ProductConditions | LineConditions>>;
  };
  /** `sha256:` and hex over everything else in canonical JSON. */
  readonly digest: string;
}
