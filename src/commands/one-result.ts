import type { Command, OrganizationResult, Result } from '../model/result.ts';
import type { ExitCode } from './exit-code.ts';
import type { Subject } from './tell.ts';

/** What a command found or did, besides whom it is about. */
type Found = Partial<Pick<OrganizationResult, 'plan' | 'apply' | 'readiness' | 'problems'>>;

/** The result of a command that was asked for one configuration. */
export const oneResult = (command: Command, subject: Subject, exitCode: ExitCode, found: Found): Result => ({
  command,
  organizations: [
    {
      path: subject.path,
      organization: subject.organization,
      environment: subject.environment,
      api_url: subject.api_url,
      exit_code: exitCode,
      plan: found.plan ?? null,
      apply: found.apply ?? null,
      ...(found.readiness && { readiness: found.readiness }),
      problems: found.problems ?? [],
      skipped: null,
    },
  ],
  many: false,
  exit_code: exitCode,
});
