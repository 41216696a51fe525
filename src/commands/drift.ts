import type { Plan } from '../model/plan.ts';
import { differencesOf } from '../plan/differences.ts';
import { summarize } from '../plan/seal.ts';
import { header } from '../render/header.ts';
import { type Apart, planText } from '../render/plan-text.ts';
import { type AllowOptions, allowedBy } from './allowances.ts';
import type { BaseOptions } from './base.ts';
import type { WritingOptions } from './carry-out.ts';
import { readConfiguration, subjectOf } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import type { ManyOptions } from './many/fleet.ts';
import { isMany } from './many/is-many.ts';
import { noBase } from './no-base.ts';
import { oneResult } from './one-result.ts';
import { planView } from './plan-view.ts';
import { repair } from './repair.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

export interface DriftOptions extends WritingOptions, ManyOptions, AllowOptions, BaseOptions {
  readonly repair?: true;
  readonly accept?: 'base' | true;
  readonly autoApprove?: true;
  readonly showAll?: true;
}

/** What drift says where it has nothing to compare with. */
export const withoutBase =
  'There is no base revision to compare with, so this cannot tell drift from configuration that was not yet applied: every difference is shown. Name the revision that was last applied (--base), or let ledgerform apply --record keep it.\n';

/**
 * Shows what is live otherwise than it was last applied; exit 2 when something is. Without a base that is every difference.
 * A gap that only a rule would fill is none.
 */
export async function drift(options: DriftOptions, shell: Shell): Promise<ExitCode> {
  if (isMany(options, shell.edge.cwd))
    return (await import('./many/drift-fleet.ts')).driftFleet(options, shell);
  const configuration = await readConfiguration(options, shell, { impliedBase: 'if recorded' });
  shell.concerning(subjectOf(configuration));
  const hasBase = configuration.base.base !== null;
  if (options.repair && !hasBase) throw noBase('--repair');
  if (options.accept !== undefined && !hasBase) throw noBase('--accept');
  if (options.repair) return repair(configuration, options, shell);
  if (options.accept !== undefined)
    return (await import('./accept.ts')).accept(configuration, options, shell);
  return withProvider(configuration.desired, configuration.root, options, shell, async (provider) => {
    const subject = subjectOf(configuration, provider.account.apiUrl);
    shell.concerning(subject);
    shell.say(header(provider.account, shell.paint));
    const { plan } = await surveyOrganization(
      configuration,
      { target: [], allowed: allowedBy({}), connections: false },
      provider,
      shell,
    );
    const { apart, plan: drifted } = driftIn(plan);
    if (!hasBase && drifted.changes.length > 0) shell.say(`\n${shell.paint.yellow('Note')}: ${withoutBase}`);
    const shown = { limitPerSecond: null, ...(options.showAll ? { showAll: true as const } : {}) };
    await shell.show(planText(drifted, planView(shell, shown, shell.paint), apart));
    shell.sayJson(plan);
    const exitCode = drifted.changes.length > 0 ? 2 : 0;
    await shell.tell(oneResult('drift', subject, exitCode, { plan, problems: configuration.warnings }));
    return exitCode;
  });
}

/** A plan as drift shows it. */
export interface Drifted {
  /** Only what has drifted. */
  readonly plan: Plan;
  /** What has not: gaps that only rules would fill, and with a base what the file says and was not applied yet. */
  readonly apart: Apart;
}

/** What of a plan is drift. Without a base nobody can tell what was not applied yet. Guards judge an apply; drift only looks. */
export function driftIn(plan: Plan): Drifted {
  const { drifted: changes, gaps, pending } = differencesOf(plan);
  const warnings = plan.warnings.filter(({ severity }) => severity === 'warning');
  return { plan: { ...plan, changes, summary: summarize(changes), warnings }, apart: { gaps, pending } };
}
