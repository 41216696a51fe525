import type { Change } from '../model/plan.ts';
import { isDrift } from '../plan/three-way.ts';
import { header } from '../render/header.ts';
import { labelText } from '../render/label-text.ts';
import { planText } from '../render/plan-text.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
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
    show(header(provider.account, shell.paint));
    await letSettle(root, options, provider, shell);
    const production = desired.environment === 'production' ? { dirty } : null;
    const look = { target: [], allowed: allowedBy(options), only: 'drift', production } as const;
    const { others, plan, refused } = await surveyOrganization(configuration, look, provider, shell);
    const shown = {
      limitPerSecond: provider.traffic().limitPerSecond,
      ...(options.showAll ? { showAll: true as const } : {}),
    };
    const left = others.filter(isDrift);
    show(
      planText(plan, planView(shell, shown, shell.paint), {
        gaps: [],
        pending: others.filter((each) => !isDrift(each) && each.reason !== 'rule'),
        left,
      }),
    );
    show(leftText(left));
    // Proven is what was repaired: configuration that is not applied yet is none of it.
    const input = { plan, desired: null, production };
    const approved = { input, root, gitCommit, recorder: null };
    const codeWhenDone = left.length > 0 ? 2 : 0;
    const toCarry = { command: 'drift', subject, approved, refused, asks, warnings, codeWhenDone } as const;
    return carrySurveyed(toCarry, options, provider, shell);
  });
}

/** What differs and is not repaired. */
function leftText(left: readonly Change[]): string {
  if (left.length === 0) return '';
  const lines = left.map(
    ({ address, label, reason }) => `  ${labelText(label)}  ${printable(address)}  ${why[reason] ?? ''}\n`,
  );
  return `\n${counted(left.length, 'difference')} left for a person to decide:\n${lines.join('')}`;
}

const why: Readonly<Partial<Record<Change['reason'], string>>> = {
  conflict: 'the file and what is live have both changed',
  drift: 'it hangs on what is not applied yet, or may be a rename or another value of a variable',
};
