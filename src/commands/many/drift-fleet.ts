import { errorProblem, Stop } from '../../model/problem.ts';
import { allowedBy } from '../allowances.ts';
import { type DriftOptions, driftIn, withoutBase } from '../drift.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { applyFleet } from './apply-fleet.ts';
import { configurations, loadFleet } from './fleet.ts';
import { resultOf } from './outcome.ts';
import { withPool } from './pool.ts';
import { surveyFleet, wasSurveyed } from './survey-fleet.ts';
import { fleetResult, tellFleet } from './tell-fleet.ts';

/** Shows what differs between the files of many organizations and what is live. */
export async function driftFleet(options: DriftOptions, shell: Shell): Promise<ExitCode> {
  const { repair } = options;
  if (options.accept !== undefined) throw onlyOne();
  if (repair) return applyFleet(options, shell, 'repair');
  const fleet = await loadFleet(options, shell, configurations(shell, { impliedBase: 'if recorded' }));
  return withPool(options, shell, async (pool) => {
    const look = { target: [], allowed: allowedBy({}), connections: false } as const;
    const surveyed = await surveyFleet(fleet, () => look, pool, shell);
    const organizations = surveyed.map((each) => {
      if (!wasSurveyed(each)) return each;
      const { plan } = each.found;
      const code = driftIn(plan).plan.changes.length > 0 ? 2 : 0;
      return resultOf(each.member, code, { api_url: plan.api_url, plan, problems: each.member.warnings });
    });
    const result = fleetResult('drift', organizations);
    const blind = organizations.some(
      ({ plan }) => plan?.config.base === null && driftIn(plan).plan.changes.length > 0,
    );
    if (blind) shell.note(withoutBase);
    return tellFleet(result, { ...options, partOf: driftIn }, shell);
  });
}

const onlyOne = (): Stop =>
  new Stop(3, [
    errorProblem('OPTION_INVALID', '--accept edits the files of one organization.', {
      hint: 'Name one configuration with -c.',
    }),
  ]);
