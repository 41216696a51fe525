import type { Change, Plan } from '../model/plan.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { summarize } from '../plan/seal.ts';
import { isDrift } from '../plan/three-way.ts';
import { header } from '../render/header.ts';
import { planText } from '../render/plan-text.ts';
import { type AllowOptions, allowedBy } from './allowances.ts';
import type { BaseOptions } from './base.ts';
import type { WritingOptions } from './carry-out.ts';
import { readConfiguration } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import { planView } from './plan-view.ts';
import { repair } from './repair.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

export interface DriftOptions extends WritingOptions, AllowOptions, BaseOptions {
  readonly repair?: true;
  readonly accept?: string | true;
  readonly autoApprove?: true;
  readonly showAll?: true;
}

const withoutBase =
  'There is no base revision to compare with, so this cannot tell drift from configuration that was not yet applied: every difference is shown.\n';

/**
 * Shows what is live otherwise than it was last applied; exit 2 when something is. Without a base that is every difference.
 * A gap that only a rule would fill is none.
 */
export async function drift(options: DriftOptions, shell: Shell): Promise<ExitCode> {
  const configuration = await readConfiguration(options, shell, true);
  const hasBase = configuration.base.base !== null;
  if (options.repair && !hasBase) throw noBase('--repair');
  if (options.accept !== undefined && !hasBase) throw noBase('--accept');
  if (options.repair) return repair(configuration, options, shell);
  return withProvider(configuration.desired, configuration.root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const { plan } = await surveyOrganization(
      configuration,
      { target: [], allowed: allowedBy({}) },
      provider,
      shell,
    );
    const { drifted, ...apart } = sortDrift(plan, hasBase);
    if (!hasBase && drifted.length > 0) shell.say(`\n${shell.paint.yellow('Note')}: ${withoutBase}`);
    // Guards judge an apply; drift only looks.
    const warnings = plan.warnings.filter(({ severity }) => severity === 'warning');
    const shown = { limitPerSecond: null, ...(options.showAll ? { showAll: true as const } : {}) };
    const differing = { ...plan, changes: drifted, summary: summarize(drifted), warnings };
    shell.say(planText(differing, planView(shell, shown, shell.paint), apart));
    shell.sayJson(plan);
    return drifted.length > 0 ? 2 : 0;
  });
}

/** The changes of a plan as drift sees them. */
export interface SortedDrift {
  readonly drifted: readonly Change[];
  /** What only rules would fill. */
  readonly gaps: readonly Change[];
  /** What the file says now and was not applied yet; without a base nobody can tell. */
  readonly pending: readonly Change[];
}

/** Tells drift from what is none. */
export function sortDrift(plan: Plan, hasBase: boolean): SortedDrift {
  const gaps = plan.changes.filter((change) => onlyFillsGaps(change, plan));
  const others = plan.changes.filter((change) => !onlyFillsGaps(change, plan));
  if (!hasBase) return { drifted: others, gaps, pending: [] };
  return {
    drifted: others.filter(isDrift),
    gaps,
    pending: others.filter((change) => !isDrift(change)),
  };
}

/** Nothing that was assigned is replaced: every field that a rule fills is empty, or points to nothing. */
const onlyFillsGaps = ({ before, reason }: Change, { observed }: Plan): boolean =>
  reason === 'rule' &&
  Object.values(before ?? {}).every(
    (address) => address === null || observed.references[address]?.external === null,
  );

const noBase = (option: string): Stop =>
  new Stop(3, [
    errorProblem('NO_BASE', `${option} needs a base revision, and there is none.`, {
      hint: `Without a base nobody can tell what drifted. Name the revision that was last applied (--base), or let ledgerform apply --record keep it.`,
    }),
  ]);
