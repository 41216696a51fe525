import { refusedReport } from '../apply/report.ts';
import type { Change } from '../model/plan.ts';
import { isDrift } from '../plan/three-way.ts';
import { header } from '../render/header.ts';
import { labelText } from '../render/label-text.ts';
import { planText } from '../render/plan-text.ts';
import { printable } from '../render/printable.ts';
import { counted } from '../render/summary-text.ts';
import { allowedBy } from './allowances.ts';
import { askApproval, demandTerminal } from './approval.ts';
import { carryOut, letSettle, questionOf, requestsOf, sayOrShow, tellCarried } from './carry-out.ts';
import { type Configuration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { DriftOptions } from './drift.ts';
import type { ExitCode } from './exit-code.ts';
import { oneResult } from './one-result.ts';
import { planView } from './plan-view.ts';
import { orRefused } from './refused.ts';
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
    if (refused) {
      const reasons = plan.warnings.filter(({ severity }) => severity === 'error');
      const report = refusedReport(plan, reasons, provider.traffic().requests);
      shell.sayJson(report);
      await shell.tell(oneResult('drift', subject, 4, { plan, apply: report, problems: warnings }));
      return 4;
    }
    return orRefused(plan, requestsOf(provider), 'drift', subject, shell, async () => {
      if (asks && plan.changes.length > 0)
        await askApproval(shell.edge, questionOf(provider, plan.changes.length), shell.interrupt.stop);
      // Proven is what was repaired: configuration that is not applied yet is none of it.
      const input = { plan, desired: null, production };
      const carried = await carryOut({ input, root, gitCommit, recorder: null }, options, provider, shell);
      const done = tellCarried(plan, carried, shell);
      const exitCode = done === 0 && left.length > 0 ? 2 : done;
      const found = { plan, apply: carried.report, problems: warnings };
      await shell.tell(oneResult('drift', subject, exitCode, found));
      return exitCode;
    });
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
