import type { Allowed } from '../model/plan.ts';
import type { Address } from '../model/value.ts';
import { type Survey, survey } from '../pipeline.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import type { Configuration } from './configuration.ts';
import { showReading } from './progress.ts';
import type { Shell } from './shell.ts';

/** What of an organization is looked at, and what for. */
export interface Look {
  readonly target: readonly Address[];
  readonly allowed: Allowed;
  /** Only what undoes drift. */
  readonly only?: 'drift';
  /** Given when an apply to production follows. */
  readonly production?: { readonly dirty: boolean } | null;
  /** Count everything that uses what changes, whatever that takes to read. */
  readonly impact?: boolean;
  /** False where nothing is going to be written to the service. */
  readonly connections?: false;
}

/** Looks at the organization for a configuration, while progress is shown. */
export function surveyOrganization(
  configuration: Configuration,
  look: Look,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<Survey> {
  const { desired, path, sha256, git_commit, dirty, base } = configuration;
  const options = { ...look, configuration: { path, sha256, git_commit, dirty }, ...base };
  const { now, version } = shell.edge;
  return showReading(
    shell,
    () => provider.traffic(),
    (notify) => survey(desired, options, { provider, accounting: provider.accounting, now, version, notify }),
  );
}
