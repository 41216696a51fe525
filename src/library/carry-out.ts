import { type ApplyEvent, apply } from '../apply/apply.ts';
import { refusedReport } from '../apply/report.ts';
import { unsettledFor } from '../apply/unsettled.ts';
import type { Desired } from '../model/desired.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { checkedPlan } from '../plan/parse-plan.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import type { OpenOrganization } from './channel.ts';
import { call, checkOptions, object, seconds, signal } from './check-options.ts';
import type { Configuration } from './configuration.ts';
import { hear } from './hear.ts';
import { insideOf } from './inside.ts';
import { type RecordOptions, recordOf } from './record.ts';
import { elsewhere, type RunOptions, runWith } from './run.ts';

export interface CarryOutOptions extends RunOptions {
  /**
   * The configuration as it is now. One that is not what the plan was made from refuses it, and the end check covers all that it
   * declares instead of the plan alone. Not for a plan of drift alone.
   */
  readonly configuration?: Configuration | undefined;
  /** Where every write is put down before it is sent. Without it nobody can tell later what a run did that was killed. */
  readonly record?: RecordOptions | undefined;
  /** How long a lost write is looked for, and how long lists may lag; 2. */
  readonly settleSeconds?: number | undefined;
  /** Stops in good order: what is under way is finished, nothing more is started, and the report says what is left. */
  readonly stop?: AbortSignal | undefined;
  /** Told of each change when it is started and when it is finished. */
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
}

const rules = {
  configuration: object,
  record: object,
  settleSeconds: seconds,
  stop: signal,
  onEvent: call,
  signal,
  timeoutSeconds: seconds,
};

/**
 * Carries out exactly this plan, if nothing that it approves has moved since, and proves by a last look that everything is as planned.
 * The only function that writes to the service.
 */
export async function carryOut(
  plan: Plan,
  organization: OpenOrganization,
  options: CarryOutOptions = {},
): Promise<ApplyReport> {
  checkOptions('carryOut', options, rules);
  const checked = checkedPlan(plan);
  if (checked.plan === null) throw new Stop(3, checked.problems);
  const { environment, organization: whose } = checked.plan;
  const record = recordOf(options.record, options.configuration?.commit ?? null);
  const { concurrency } = insideOf(organization, 'the organization function of a channel');
  return runWith(
    { what: 'plan', organization: whose, environment },
    organization,
    options,
    async (provider) => {
      // A plan never decides where credentials go.
      if (plan.api_url !== provider.account.apiUrl)
        throw elsewhere(
          `The plan is for ${plan.api_url}, but the channel leads to ${provider.account.apiUrl}.`,
        );
      try {
        const desired = desiredFor(plan, options.configuration);
        const { settleSeconds = 2, stop } = options;
        await letSettle(options.record, settleSeconds, provider);
        const production = environment === 'production' ? { dirty: false } : null;
        return await apply(
          { plan, desired, production },
          {
            provider,
            now: () => new Date(),
            sleep: (milliseconds) => provider.wait(milliseconds),
            settleSeconds,
            concurrency,
            stop: stop ?? new AbortController().signal,
            record,
            notify: hear(options.onEvent),
          },
        );
      } catch (thrown) {
        if (!(thrown instanceof Stop) || thrown.exitCode !== 4) throw thrown;
        return refusedReport(plan, thrown.problems, provider.traffic().requests);
      }
    },
  );
}

/** What the end check covers besides the plan. */
function desiredFor({ config }: Plan, configuration: Configuration | undefined): Desired | null {
  if (configuration === undefined) return null;
  const desired = insideOf(configuration, 'loadConfiguration');
  if (configuration.sha256 === config.sha256) return desired;
  throw new Stop(4, [
    errorProblem('PLAN_OUTDATED', `${config.path} has changed since the plan was made.`, {
      hint: 'Plan again, and have the new plan approved.',
    }),
  ]);
}

/** Waits after a run that could not prove what it wrote, as far as its record is at hand. */
async function letSettle(
  record: RecordOptions | undefined,
  settleSeconds: number,
  provider: ConnectedProvider,
): Promise<void> {
  const { apiUrl, organization } = provider.account;
  if (record === undefined || !('folder' in record) || apiUrl === 'local') return;
  await provider.wait(
    unsettledFor(record.folder, { organization, api_url: apiUrl }, settleSeconds, new Date()),
  );
}
