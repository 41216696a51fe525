import { leftToPerson } from '../plan/left-to-person.ts';
import { isDrift } from '../plan/three-way.ts';
import { approvalText } from '../render/approval-text.ts';
import { header } from '../render/header.ts';
import { planText } from '../render/plan-text.ts';
import { allowedBy } from './allowances.ts';
import { demandTerminal } from './approval.ts';
import { letSettle, sayOrShow } from './carry-out.ts';
import { carrySurveyed } from './carry-surveyed.ts';
import { type Configuration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { DriftOptions } from './drift.ts';
import type { ExitCode } from './exit-code.ts';
import { planView } from './plan-view.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

/** Undoes what somebody else did, and nothing else: exit 2 when drift or a conflict is left that a person must decide. */
export async function repair(
  configuration: Configuration,
  options: DriftOptions,
  shell: Shell,
): Promise<ExitCode> {
  const asks = options.autoApprove !== true;
  if (asks) demandTerminal(shell.edge);
  const { desired, dirty, git_commit: gitCommit, root, warnings } = configuration;
  return withProvider(desired, root, options, shell, async (provider) => {
    const subject = subjectOf(configuration, provider.account.apiUrl);
    shell.concerning(subject);
    const show = sayOrShow(asks, shell);
    await show(header(provider.account, shell.paint));
    await letSettle(root, options, provider, shell);
    const production = desired.environment === 'production' ? { dirty } : null;
    const look = { target: [], allowed: allowedBy(options), only: 'drift', production } as const;
    const { others, plan, refused } = await surveyOrganization(configuration, look, provider, shell);
    const shown = {
      limitPerSecond: provider.traffic().limitPerSecond,
      ...(options.showAll ? { showAll: true as const } : {}),
    };
    const left = others.filter(isDrift);
    const isRead = await show(
      planText(plan, planView(shell, shown, shell.paint), {
        gaps: [],
        pending: others.filter((each) => !isDrift(each) && each.reason !== 'rule'),
        left,
      }),
    );
    // Proven is what was repaired: configuration that is not applied yet is none of it.
    const input = { plan, desired: null, production };
    const approved = { input, root, gitCommit, recorder: null };
    const toCarry = {
      command: 'drift',
      subject,
      approved,
      refused,
      asks,
      again: isRead ? approvalText(plan, planView(shell, shown, shell.notePaint)) : null,
      warnings,
      left: leftToPerson(others),
    } as const;
    return carrySurveyed(toCarry, options, provider, shell);
  });
}
