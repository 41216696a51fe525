import type { Change, Plan } from '../model/plan.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { summarize } from '../plan/seal.ts';
import { header } from '../render/header.ts';
import { planText } from '../render/plan-text.ts';
import { allowedBy } from './allowances.ts';
import type { CommonOptions } from './common-options.ts';
import { readConfiguration } from './configuration.ts';
import { withProvider } from './connect.ts';
import type { ExitCode } from './exit-code.ts';
import { planView } from './plan-view.ts';
import type { Shell } from './shell.ts';
import { surveyOrganization } from './survey-organization.ts';

export interface DriftOptions extends CommonOptions {
  readonly repair?: true;
  readonly accept?: string | true;
  readonly showAll?: true;
}

const withoutBase =
  'There is no base revision to compare with, so this cannot tell drift from configuration that was not yet applied: every difference is shown.\n';

/** Shows every difference between the file and what is live; exit 2 when there is one. A gap that only a rule would fill is none. */
export async function drift(options: DriftOptions, shell: Shell): Promise<ExitCode> {
  if (options.repair !== undefined) throw noBase('--repair');
  if (options.accept !== undefined) throw noBase('--accept');
  const configuration = await readConfiguration(options, shell);
  return withProvider(configuration.desired, configuration.root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const { plan } = await surveyOrganization(
      configuration,
      { target: [], allowed: allowedBy({}) },
      provider,
      shell,
    );
    const gaps = plan.changes.filter((change) => onlyFillsGaps(change, plan));
    const drifted = plan.changes.filter((change) => !onlyFillsGaps(change, plan));
    if (drifted.length > 0) shell.say(`\n${shell.paint.yellow('Note')}: ${withoutBase}`);
    // Guards judge an apply; drift only looks.
    const warnings = plan.warnings.filter(({ severity }) => severity === 'warning');
    const shown = { limitPerSecond: null, ...(options.showAll ? { showAll: true as const } : {}) };
    const differing = { ...plan, changes: drifted, summary: summarize(drifted), warnings };
    shell.say(planText(differing, planView(shell, shown, shell.paint), gaps));
    shell.sayJson(plan);
    return drifted.length > 0 ? 2 : 0;
  });
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
      hint:
        option === '--repair'
          ? 'Without a base nobody can tell what drifted. To make everything as the file says: ledgerform apply.'
          : 'Without a base nobody can tell what drifted. Change the file by hand, then run ledgerform plan.',
    }),
  ]);
