import type { Live } from '../model/live.ts';
import type { Plan } from '../model/plan.ts';
import { Stop } from '../model/problem.ts';
import { observeUses } from '../observe/uses.ts';
import { guard } from '../plan/guard.ts';
import { idsToSearch } from '../plan/in-use.ts';
import type { Provider } from '../providers/contract.ts';
import type { Revised } from './revise.ts';

/** Stops (exit 4) at a plan that a guard refused when it was made. Uses are asked again, so they do not count here. */
export function refuseRefused({ warnings }: Plan): void {
  const refused = warnings.filter(({ severity, code }) => severity === 'error' && code !== 'IN_USE');
  if (refused.length > 0) throw new Stop(4, refused);
}

/** Asks the guards again right before the first write, with freshly read uses of all that is still to be deleted. */
export async function refuse(
  { plan, production }: { readonly plan: Plan; readonly production: { readonly dirty: boolean } | null },
  { verdicts }: Revised,
  live: Live,
  provider: Provider,
): Promise<void> {
  const { kinds } = provider;
  const { allowed } = plan.config;
  // A delete that is done needs no guard; what is overtaken frees nothing.
  const changes = verdicts
    .filter(
      ({ change, status }) => status !== 'overtaken' && (status === 'run' || change.action !== 'delete'),
    )
    .map(({ change }) => change);
  const { uses } = await observeUses(idsToSearch(changes, allowed, kinds), provider, live);
  const proposal = { changes, references: plan.observed.references, managed: new Map<string, string>() };
  const refusals = guard({ proposal, uses, live, kinds, allowed, desired: null, production });
  if (refusals.length > 0) throw new Stop(4, refusals);
}
