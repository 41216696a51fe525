import { errorProblem, Stop } from '../../model/problem.ts';
import { printable } from '../../render/printable.ts';
import { allowedBy } from '../allowances.ts';
import { type ExitCode, exitCodeOfPlan } from '../exit-code.ts';
import type { PlanOptions } from '../plan.ts';
import type { Shell } from '../shell.ts';
import { loadFleet } from './fleet.ts';
import { resultOf } from './outcome.ts';
import { emptiedFolder, savePlans } from './plan-folder.ts';
import { withPool } from './pool.ts';
import { surveyFleet, wasSurveyed } from './survey-fleet.ts';
import { fleetResult, tellFleet } from './tell-fleet.ts';

/** Shows what an apply of many organizations would do and writes nothing but the folder of plans that `--out` names. */
export async function planFleet(options: PlanOptions, shell: Shell): Promise<ExitCode> {
  const { out } = options;
  if (options.showUnchanged) throw onlyOne();
  const fleet = await loadFleet(options, shell);
  if (out !== undefined) await emptiedFolder(out, shell, 'look');
  return withPool(options, shell, async (pool) => {
    const impact = options.impact === true;
    const look = { target: options.target ?? [], allowed: allowedBy(options), impact };
    const surveyed = await surveyFleet(fleet, () => look, pool, shell);
    const organizations = surveyed.map((each) => {
      if (!wasSurveyed(each)) return each;
      const { plan, refused } = each.found;
      const code = exitCodeOfPlan(plan, refused, options.detailedExitcode === true);
      return resultOf(each.member, code, { api_url: plan.api_url, plan, problems: each.member.warnings });
    });
    const stopped = shell.interrupt.stop.aborted || pool.ended() !== null;
    if (out !== undefined && stopped) shell.note(nothingSaved(out));
    else if (out !== undefined)
      await savePlans(
        out,
        organizations.flatMap(({ plan }) => plan ?? []),
        shell,
      );
    const { limitPerSecond } = pool.traffic();
    return tellFleet(fleetResult('plan', organizations), { ...options, limitPerSecond }, shell);
  });
}

/** A part of the plans would be applied as if it were all of them. */
const nothingSaved = (out: string): string =>
  `Nothing was saved to ${printable(out)}, because the run was stopped; what was there is still there.\n`;

const onlyOne = (): Stop =>
  new Stop(3, [
    errorProblem('OPTION_INVALID', '--show-unchanged is for one organization.', {
      hint: 'Name one configuration with -c.',
    }),
  ]);
