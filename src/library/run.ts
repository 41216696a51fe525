import type { Environment, Organization } from '../model/desired.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import type { OpenOrganization } from './channel.ts';
import { insideOf } from './inside.ts';
import { stopOf } from './stop-of.ts';

/** What ends a call early. */
export interface RunOptions {
  /** Breaks the call off at once: requests under way are given up. */
  readonly signal?: AbortSignal | undefined;
  /** Of the whole call; a single request gets at most 30. Without it there is no limit. */
  readonly timeoutSeconds?: number | undefined;
}

/** Whom a configuration or a plan is about. */
export interface About {
  readonly what: 'configuration' | 'plan';
  readonly organization: Organization;
  readonly environment: Environment;
}

/** Does something with the organization under limits of its own. What it rejects with for the service or the network is a Stop. */
export async function runWith<T>(
  about: About,
  organization: OpenOrganization,
  { signal, timeoutSeconds }: RunOptions,
  work: (provider: ConnectedProvider) => Promise<T>,
): Promise<T> {
  const { connect } = insideOf(organization, 'the organization function of a channel');
  refuseOther(about, organization);
  const provider = connect(about.organization, {
    abort: signal ?? new AbortController().signal,
    deadlineSeconds: timeoutSeconds ?? null,
  });
  try {
    return await work(provider);
  } catch (thrown) {
    throw stopOf(thrown);
  } finally {
    await provider.close();
  }
}

/** Whoever wrote the configuration or the plan may not choose whose books are changed, or where. */
function refuseOther({ environment, organization, what }: About, open: OpenOrganization): void {
  const [here, there] = [open.id, organization.id];
  if (here.toLowerCase() !== there.toLowerCase())
    throw elsewhere(`The ${what} is for the organization ${there}, but ${here} was opened.`);
  if (environment !== open.environment)
    throw elsewhere(`The ${what} is for ${environment}, but the channel leads to ${open.environment}.`);
}

/** Says that something is meant for another place. */
export const elsewhere = (message: string): Stop =>
  new Stop(3, [
    errorProblem('PLAN_ELSEWHERE', message, {
      hint: 'Nothing was read or written. Open the one that it is for.',
    }),
  ]);
