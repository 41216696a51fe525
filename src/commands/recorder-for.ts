import type { Plan } from '../model/plan.ts';
import type { ApplyOptions } from './apply.ts';
import type { Configuration } from './configuration.ts';
import { openRecorder, type Recorder } from './record-applied.ts';
import type { Shell } from './shell.ts';

/** The recorder of an apply of a configuration as it is now. */
export const recorderOf = (
  { desired, files, path, root, sha256 }: Configuration,
  options: ApplyOptions,
  shell: Shell,
): Promise<Recorder> =>
  openRecorder(
    {
      root,
      path,
      files,
      sha256,
      organization: desired.organization.id,
      environment: desired.environment,
      limited: (options.target ?? []).length > 0,
      plannedAt: null,
    },
    options,
    shell,
  );

/** The recorder of an apply of a saved plan; `files` are the configuration that it was made from, where that is at hand. */
export const recorderOfPlan = (
  { config, environment, organization }: Plan,
  root: string,
  files: readonly string[],
  options: ApplyOptions,
  shell: Shell,
): Promise<Recorder> =>
  openRecorder(
    {
      root,
      path: config.path,
      files,
      sha256: config.sha256,
      organization: organization.id,
      environment,
      limited: config.targets !== undefined,
      plannedAt: config.git_commit ?? '',
    },
    options,
    shell,
  );
