import { type ApplyEvent, apply } from '../apply/apply.ts';
import { letSettle } from '../apply/let-settle.ts';
import { refusedReport } from '../apply/report.ts';
import type { Patience } from '../apply/sink-record.ts';
import type { ApplyReport } from '../model/outcome.ts';
import type { Plan } from '../model/plan.ts';
import { errorProblem, type Problem, Stop } from '../model/problem.ts';
import { checkedPlan } from '../plan/parse-plan.ts';
import { anything, call, checkOptions, object, seconds, signal } from './check-options.ts';
import type { OpenOrganization } from './client.ts';
import type { Configuration } from './configuration.ts';
import { hear } from './hear.ts';
import { desiredOf, reachOf } from './insides.ts';
import { type RecordOptions, recordOf } from './record.ts';
import { elsewhere, meantElsewhere, type RunOptions, runWith } from './run.ts';

export interface CarryOutOptions extends RunOptions {
  /**
   * The configuration as it is now. One that is not what the plan was made from refuses it, and the end check covers all that it
   * declares instead of the plan alone. Not for a plan of drift alone.
   */
  readonly configuration?: Configuration | undefined;
  /** Where every write is put down before it is sent. */
  readonly record: RecordOptions;
  /** How long a lost write is looked for, and how long lists may lag; 2. */
  readonly settleSeconds?: number | undefined;
  /** Stops in good order: what is under way is finished, nothing more is started, and the report says what is left. */
  readonly stop?: AbortSignal | undefined;
  /** Told of each change when it is started and when it is finished. */
  readonly onEvent?: ((event: ApplyEvent) => void) | undefined;
}

const rules = {
  configuration: object,
  record: anything,
  settleSeconds: seconds,
  stop: signal,
  onEvent: call,
  signal,
  timeoutSeconds: seconds,
};

/**
 * Carries out exactly this plan, if nothing that it approves has moved since, and proves by a last look that everything is as planned.
 * The only function that writes to the service. Its report says `refused` where nothing was written because nothing may be.
 */
export async function carryOut(
  plan: Plan,
  organization: OpenOrganization,
  options: CarryOutOptions,
): Promise<ApplyReport> {
  checkOptions('carryOut', options, rules, ['record']);
  const { configuration, onEvent, record, settleSeconds = 2, stop } = options;
  const open = recordOf(record, configuration?.commit ?? null, patienceOf(options));
  const { concurrency } = reachOf(organization);
  const refusal = refusalOf(plan, organization, configuration);
  if (refusal) return refusal;
  const { environment } = plan;
  return runWith(plan.organization, organization, options, async (provider) => {
    try {
      if (typeof record === 'object' && 'folder' in record)
        await letSettle(record.folder, settleSeconds, new Date(), provider);
      return await apply(
        {
          plan,
          desired: configuration ? desiredOf(configuration) : null,
          production: environment === 'production' ? { dirty: false } : null,
        },
        {
          provider,
          now: () => new Date(),
          sleep: (milliseconds) => provider.wait(milliseconds),
          settleSeconds,
          concurrency,
          stop: stop ?? new AbortController().signal,
          record: open,
          notify: hear(onEvent),
        },
      );
    } catch (thrown) {
      if (!(thrown instanceof Stop)) throw thrown;
      return refusedReport(plan, thrown.problems, provider.traffic().requests);
    }
  });
}

/** Lines of a record are waited for no longer than the call may last. */
const patienceOf = ({ signal, timeoutSeconds }: RunOptions): Patience => ({
  signal,
  deadline: timeoutSeconds === undefined ? null : Date.now() + timeoutSeconds * 1000,
});

/** Why a plan is not even begun with. It need not come from `readPlan`, so it is held against its digest again. */
function refusalOf(
  plan: Plan,
  organization: OpenOrganization,
  configuration: Configuration | undefined,
): ApplyReport | null {
  const checked = checkedPlan(plan);
  if (checked.plan === null) return refusedReport({ ...plan, changes: [] }, checked.problems, 0);
  const { api_url: url, config } = plan;
  const wrong =
    meantElsewhere('plan', plan, organization) ??
    (url === organization.url
      ? null
      : elsewhere(`The plan is for ${url}, but the client leads to ${organization.url}.`)) ??
    (configuration === undefined || configuration.sha256 === config.sha256 ? null : outdated(config.path));
  return wrong ? refusedReport(plan, [wrong], 0) : null;
}

const outdated = (path: string): Problem =>
  errorProblem('PLAN_OUTDATED', `${path} has changed since the plan was made.`, {
    hint: 'Plan again, and have the new plan approved.',
  });
