import type { Environment, Organization } from '../model/desired.ts';
import { errorProblem, type Problem } from '../model/problem.ts';
import type { ConnectedProvider } from '../providers/accounting-contract.ts';
import type { OpenOrganization } from './client.ts';
import { reachOf } from './insides.ts';
import { rejection } from './ledgerform-error.ts';

/** What ends a call early. */
export interface RunOptions {
  /** Breaks the call off at once: requests under way are given up. */
  readonly signal?: AbortSignal | undefined;
  /** Of the whole call; a single request gets at most 30. Without it there is no limit. */
  readonly timeoutSeconds?: number | undefined;
}

/** Whom a configuration or a plan is about. */
export interface About {
  readonly organization: Organization;
  readonly environment: Environment;
}

/** Does something with the organization under limits of its own. What it rejects with for the service or the network is a LedgerformError. */
export async function runWith<T>(
  whose: Organization,
  open: OpenOrganization,
  { signal, timeoutSeconds }: RunOptions,
  work: (provider: ConnectedProvider) => Promise<T>,
): Promise<T> {
  const { connect } = reachOf(open);
  const provider = connect(whose, {
    abort: signal ?? new AbortController().signal,
    deadlineSeconds: timeoutSeconds ?? null,
  });
  try {
    return await work(provider);
  } catch (thrown) {
    throw rejection(thrown);
  } finally {
    await provider.close();
  }
}

/**
 * Why a configuration or a plan is not for the organization that was opened; null where it is. Whoever wrote it may not choose whose books
 * are read and changed, or where credentials go.
 */
export function meantElsewhere(
  what: 'configuration' | 'plan',
  { environment, organization }: About,
  open: OpenOrganization,
): Problem | null {
  reachOf(open);
  if (open.id.toLowerCase() !== organization.id.toLowerCase())
    return elsewhere(`The ${what} is for the organization ${organization.id}, but ${open.id} was opened.`);
  if (environment !== open.environment)
    return elsewhere(`The ${what} is for ${environment}, but the client leads to ${open.environment}.`);
  return null;
}

/** Says that something is meant for another place. */
export const elsewhere = (message: string): Problem =>
  errorProblem('PLAN_ELSEWHERE', message, {
    hint: 'Nothing was read or written. Open the one that it is for.',
  });
