import type { Plan } from '../../model/plan.ts';
import type { OrganizationResult, Result } from '../../model/result.ts';
import { alike } from '../../plan/alike.ts';

/** The JSON document of a run over many organizations. A group is those whose plans make the same changes. */
export function fleetDocument({ command, exit_code, organizations }: Result) {
  const planned = organizations.flatMap((each) => (each.plan ? [{ plan: each.plan, path: each.path }] : []));
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

function organizationOf(result: OrganizationResult, command: Result['command']) {
  const { apply, exit_code, organization, path, plan, problems, skipped } = result;
  const found: { plan?: Plan; apply?: OrganizationResult['apply'] } = {};
  if (apply) found.apply = apply;
  // What was to be applied and was not: the plan says what is left.
  if (plan && (command !== 'apply' || !apply)) found.plan = plan;
  const silent = !('plan' in found) && !('apply' in found);
  return {
    path,
    organization,
    exit_code,
    ...found,
    ...(silent || problems.length > 0 ? { problems } : {}),
    ...(skipped === null ? {} : { skipped }),
  };
}
