import type { Environment, Organization } from './desired.ts';
import type { ProblemCode } from './problem-codes.ts';

/** What is pushed to an accounting system, as `readiness` tells it apart. */
export const pushTypes = ['bills', 'invoices', 'payments', 'products'] as const;
export type PushType = (typeof pushTypes)[number];

/** `blocks`: something cannot be pushed before this is mended. `warns`: it may go well. `covered`: nothing is to be done. */
export type GapSeverity = 'blocks' | 'warns' | 'covered';

/** One place with a gap: a product, a line, a setting, a record. */
export interface GapPlace {
  /** Its address, or the id that the service has for it. */
  readonly id: string;
  readonly label: string;
}

/** Places of which the same is to be said. */
export interface GapGroup {
  readonly label: string;
  /** What usually helps, where more is known of this group than of all. */
  readonly hint: string | null;
  readonly filled_by_apply: number;
  readonly places: readonly GapPlace[];
}

/** What mends a gap: a command, lines for the configuration, or work of a person somewhere else. */
export interface Fix {
  readonly type: 'command' | 'yaml' | 'by_hand';
  readonly text: string;
}

/** Everything of one kind that is missing. */
export interface Gap {
  readonly code: ProblemCode;
  readonly severity: GapSeverity;
  readonly types: readonly PushType[];
  readonly message: string;
  /** Places in all groups together. */
  readonly count: number;
  /** Of these, how many the next apply of the configuration mends. */
  readonly filled_by_apply: number;
  readonly groups: readonly GapGroup[];
  readonly fixes: readonly Fix[];
}

/** How far one type of objects is. */
export interface TypeReadiness {
  readonly type: PushType;
  /** Nothing blocks it, the connection included. */
  readonly ready: boolean;
  /** Of what is to be pushed, how much has no gap of its own, rounded down; null of payments, of which nobody can list all. */
  readonly percent: number | null;
  /** Objects that are not pushed yet and may be one day. */
  readonly to_push: number;
  readonly can_push: number;
  readonly pushed: number;
  /** Of the pushed ones, how many were changed after the state that was pushed. */
  readonly changed: number;
  /** Older than the connection and without a record: they are not pushed by themselves, and count nowhere else. */
  readonly past: number;
}

/** Whether an organization can push its documents to the accounting system, and what is missing. */
export interface Readiness {
  readonly format_version: '1';
  readonly organization: Organization;
  readonly environment: Environment;
  readonly api_url: string;
  /** UTC, ISO 8601. */
  readonly checked_at: string;
  readonly ready: boolean;
  readonly connection: {
    readonly id: string;
    readonly platform: string | null;
    readonly status: string | null;
    readonly last_pull: string | null;
  } | null;
  readonly max_age_minutes: number;
  readonly types: readonly TypeReadiness[];
  /** What blocks first. */
  readonly gaps: readonly Gap[];
  readonly requests: number;
}
