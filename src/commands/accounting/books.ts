import { connectionWarnings, isActive, noConnection } from '../../accounting/connection-state.ts';
import type { LiveConnection } from '../../model/live.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../../model/problem.ts';
import type { Provider } from '../../providers/contract.ts';
import type { Shell } from '../shell.ts';

/**
 * The connection through which documents are seen: of several the one that was pulled longest ago, for what it knows is the
 * least. Without one nobody knows what is there, whatever the service answers: exit 3. Warnings are told on stderr.
 */
export async function connectedBooks(provider: Provider, shell: Shell): Promise<LiveConnection> {
  const connections = await provider.connections();
  const [first, ...more] = connections.filter(isActive);
  if (!first) throw new Stop(3, [noConnection(connections)]);
  shell.warn(connectionWarnings(connections, shell.edge.now()));
  return more.reduce(
    (oldest, each) => ((each.last_pull ?? '') < (oldest.last_pull ?? '') ? each : oldest),
    first,
  );
}

/** Nothing was pulled yet: an empty list says nothing. */
export const neverPulled = (severity: Problem['severity'], { id }: LiveConnection): Problem =>
  (severity === 'error' ? errorProblem : warningProblem)(
    'CONNECTION_NOT_PULLED',
    `Nothing was pulled yet over connection ${id}, so nobody knows what is in the accounting system.`,
    { hint: 'ledgerform connection status --require pulled --wait ends when it was.' },
  );
