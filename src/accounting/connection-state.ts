import { instantOf } from '../model/instant.ts';
import type { LiveConnection } from '../model/live.ts';
import { errorProblem, type Problem, warningProblem } from '../model/problem.ts';

/** What can be demanded of an organization’s connections. */
export const requirements = ['none', 'active', 'pulled'] as const;
export type Requirement = (typeof requirements)[number];

/** Pulls come by themselves every hour, as documented; one may be late. In milliseconds. */
export const lateAfter = 2 * 60 * 60 * 1000;

/** Data goes through it, both ways. */
export const isActive = ({ status }: Pick<LiveConnection, 'status'>): boolean => status === 'connected';

/** It is over, and stays so. */
export const isEnded = ({ status }: Pick<LiveConnection, 'status'>): boolean => status === 'disconnected';

/** A person has not yet said on its page that the accounting system may be reached. */
export const isPending = ({ status }: Pick<LiveConnection, 'status'>): boolean => status === 'pending_auth';

/** Whether the connections are as demanded. `none`: no active one, though one may wait for a person. */
export function isMet(requirement: Requirement, connections: readonly LiveConnection[]): boolean {
  const active = connections.filter(isActive);
  if (requirement === 'none') return active.length === 0;
  if (requirement === 'active') return active.length > 0;
  return active.some(({ last_pull }) => last_pull !== null);
}

/** Whether waiting for a connection is in vain: a person has refused or withdrawn it, and none is active or waits for a person. */
export const isInVain = (connections: readonly LiveConnection[]): boolean =>
  connections.some(({ status }) => status === 'deauthorized') &&
  !connections.some((each) => isActive(each) || isPending(each));

/** Whether something was pulled after what was there before. Only the service’s own times are compared. */
export function hasPulledSince(before: string | null, now: string | null): boolean {
  if (now === null || now === before) return false;
  return before === null || instantOf(now) > instantOf(before);
}

/** What a controller calls a connection: `Xero, Acme Books`. */
export const connectionLabel = ({ business_name, id, platform }: LiveConnection): string =>
  [platform, business_name].filter((part) => part !== null && part !== '').join(', ') || id;

/** What is wrong with the connections, or may be, each with what to do. */
export function connectionWarnings(connections: readonly LiveConnection[], now: Date): readonly Problem[] {
  const active = connections.filter(isActive);
  const warnings: Problem[] = [];
  if (active.length > 1)
    warnings.push(
      warningProblem(
        'CONNECTION_SEVERAL',
        `${active.length} connections are active at once, and an organization should have one: ${active.map(({ id }) => id).join(', ')}.`,
        { hint: 'End what should not be: ledgerform connection disconnect ID.' },
      ),
    );
  // What former attempts have reported concerns nobody once one is active.
  const told = active.length > 0 ? active : connections.filter((each) => !isEnded(each));
  for (const each of told.filter(({ errors }) => errors.length > 0)) warnings.push(erroneous(each));
  for (const { id, last_pull } of active)
    if (last_pull !== null && now.getTime() - instantOf(last_pull) > lateAfter)
      warnings.push(
        warningProblem(
          'PULL_OVERDUE',
          `The last pull over connection ${id} was at ${last_pull}, and one should come every hour.`,
          { hint: 'ledgerform connection sync --wait pulls now.' },
        ),
      );
  return warnings;
}

const erroneous = ({ errors, id }: LiveConnection): Problem =>
  warningProblem('CONNECTION_ERRORS', `Connection ${id} reports: ${errors.join('; ')}`, {
    hint: `If it does not pass, disconnect it and let a person authorise a new one: ledgerform connection disconnect ${id}, then ledgerform connection connect --wait.`,
  });

/** No active connection, and what to do about that. */
export function noConnection(connections: readonly LiveConnection[]): Problem {
  const [waiting] = connections.filter(isPending);
  const [withdrawn] = connections.filter(({ status }) => status === 'deauthorized');
  if (waiting)
    return errorProblem(
      'CONNECTION_UNAUTHORIZED',
      `Connection ${waiting.id} waits for a person to authorise it.`,
      {
        hint: `${pageWords(waiting)}Then: ledgerform connection status --require pulled --wait.`,
      },
    );
  if (withdrawn)
    return errorProblem(
      'CONNECTION_UNAUTHORIZED',
      `Connection ${withdrawn.id} is not authorised: a person has refused it, or the accounting system no longer lets Tesouro in.`,
      {
        hint: `End it and begin another: ledgerform connection disconnect ${withdrawn.id}, then ledgerform connection connect --wait.`,
      },
    );
  return errorProblem('CONNECTION_NONE', 'No accounting system is connected.', {
    hint: 'ledgerform connection connect --wait begins a connection.',
  });
}

const pageWords = ({ connection_url }: LiveConnection): string =>
  connection_url === null ? '' : `It is done at ${connection_url}. `;

/** A connection that is named and cannot be used. */
export const inactiveConnection = ({ id, status }: LiveConnection): Problem =>
  errorProblem(
    'CONNECTION_INACTIVE',
    `Connection ${id} is not active: its status is ${status ?? 'not told'}.`,
    {
      hint: 'ledgerform connection status shows all of them, and what to do.',
    },
  );
