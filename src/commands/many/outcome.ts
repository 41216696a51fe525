import type { Environment, Organization } from '../../model/desired.ts';
import { errorProblem, type Problem } from '../../model/problem.ts';
import type { OrganizationResult } from '../../model/result.ts';
import type { ExitCode } from '../exit-code.ts';
import { failureOf } from '../fail.ts';
import type { Shell } from '../shell.ts';
import { type ShowFile, showIn } from './shown-files.ts';

/** Of which configuration or saved plan something is said. */
export interface Whereof {
  readonly path: string;
  readonly organization: Organization | null;
  readonly environment: Environment | null;
  /** How the files that its problems name are shown, where that is not as they name them. */
  readonly show?: ShowFile;
}

/** A result of one organization: what is not given is nothing. Its problems name files as they are shown. */
export const resultOf = (
  whereof: Whereof,
  exitCode: ExitCode,
  found: Partial<Pick<OrganizationResult, 'api_url' | 'plan' | 'apply' | 'problems' | 'skipped'>> = {},
): OrganizationResult => ({
  path: whereof.path,
  organization: whereof.organization,
  environment: whereof.environment,
  api_url: found.api_url ?? null,
  exit_code: exitCode,
  plan: found.plan ?? null,
  apply: found.apply ?? null,
  problems: showIn(found.problems ?? [], whereof.show ?? ((path) => path)),
  skipped: found.skipped ?? null,
});

/** What an error on the way of one organization means; the others go on. */
export function failed(
  whereof: Whereof,
  thrown: unknown,
  shell: Shell,
  found: Parameters<typeof resultOf>[2] = {},
): OrganizationResult {
  const { interrupt } = shell;
  const { exitCode, problems, stack } = failureOf(thrown, interrupt.stop.aborted, interrupt.wrote());
  if (stack !== null) shell.log(stack);
  return resultOf(whereof, exitCode, { ...found, problems });
}

/** Why nothing more is started. */
export interface Halt {
  readonly because: string;
  readonly exitCode: ExitCode;
}

/** Why an organization is not started now; null where nothing is against it. */
export function haltOf(shell: Shell, ended: Problem | null): Halt | null {
  if (shell.interrupt.stop.aborted) return { because: 'The run was interrupted.', exitCode: 130 };
  if (ended === null) return null;
  return { because: ended.message, exitCode: ended.code === 'INTERRUPTED' ? 130 : 1 };
}

/** The result of an organization that the run did not come to: as bad as what kept it from that. */
export const notStarted = (
  whereof: Whereof,
  { because, exitCode }: Halt,
  found: Parameters<typeof resultOf>[2] = {},
): OrganizationResult =>
  resultOf(whereof, exitCode, {
    ...found,
    problems: [
      errorProblem('NOT_STARTED', `Not started, and nothing was written. ${because}`, {
        hint: 'Run it again: what is done already is not done twice.',
      }),
    ],
  });
