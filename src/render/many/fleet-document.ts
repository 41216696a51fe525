import type { OrganizationResult, Result } from '../../model/result.ts';
import { alike } from '../../plan/alike.ts';
import { differencesOf } from '../../plan/differences.ts';
import { endedEarly } from '../verdict.ts';

/** The JSON document of a run over many organizations. A group is those whose plans make the same changes; of drift those that have drifted alike. */
export function fleetDocument({ command, exit_code, organizations }: Result) {
  const planned = organizations.flatMap((each) => {
    const { path, plan } = each;
    if (plan === null || endedEarly(command, each)) return [];
    const changes = command === 'drift' ? differencesOf(plan).drifted : plan.changes;
    return [{ plan: { ...plan, changes }, path }];
  });
  return {
    format_version: '1' as const,
    organizations: organizations.map((each) => organizationOf(each, command)),
    groups: alike(planned).map(({ addresses, members }) => ({
      addresses,
      organizations: members.map(({ path }) => path),
    })),
    exit_code,
  };
}

/** A report where something was done or refused, else the plan where there is one, else what is wrong. */
function organizationOf(result: OrganizationResult, command: Result['command']) {
  const { apply, exit_code, organization, path, plan, problems, skipped } = result;
  const found = apply ? { apply } : plan && !endedEarly(command, result) ? { plan } : null;
  return {
    path,
    organization,
    exit_code,
    ...found,
    ...(found === null || problems.length > 0 ? { problems } : {}),
    ...(skipped === null ? {} : { skipped }),
  };
}
