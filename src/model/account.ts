import type { Environment, Organization } from './desired.ts';

/** Whose books these are and where: every human output starts with it. */
export interface Account {
  readonly organization: Organization;
  readonly environment: Environment;
  /** Base URL with path prefix, without a trailing slash; `local` for the in-process local environment. */
  readonly apiUrl: string;
}

/** Counters of one run. */
export interface Traffic {
  /** Requests sent, retries and token calls included. */
  readonly requests: number;
  readonly byOperation: Readonly<Record<string, number>>;
  readonly throttled: number;
  readonly retried: number;
  /** Requests a second that the service allows now. */
  readonly limitPerSecond: number;
}
