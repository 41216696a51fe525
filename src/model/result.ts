import type { Environment, Organization } from './desired.ts';
import type { ApplyReport } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Problem } from './problem.ts';
import type { Readiness } from './readiness.ts';

/** The commands that come to a result which reports can show. */
export type Command = 'validate' | 'plan' | 'apply' | 'drift' | 'readiness';

/** What a command came to for one configuration. */
export interface OrganizationResult {
  /** The configuration (or saved plan) as problems name it. */
  readonly path: string;
  /** Null where it could not be read. */
  readonly organization: Organization | null;
  readonly environment: Environment | null;
  readonly api_url: string | null;
  readonly exit_code: 0 | 1 | 2 | 3 | 4 | 5 | 130;
  /** With its warnings and refusals inside. */
  readonly plan: Plan | null;
  readonly apply: ApplyReport | null;
  /** Of `readiness` alone. */
  readonly readiness?: Readiness | null;
  /** What stands neither in the plan nor in the apply: of validation, and what ended the run early. */
  readonly problems: readonly Problem[];
  /** A fragment in a folder or glob: why it was left out. */
  readonly skipped: string | null;
}

/** What a command came to. One shape for one configuration and for many. */
export interface Result {
  readonly command: Command;
  readonly organizations: readonly OrganizationResult[];
  /** Asked for several: JSON and texts differ. */
  readonly many: boolean;
  readonly exit_code: OrganizationResult['exit_code'];
}
