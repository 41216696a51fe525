import type { LiveConnection } from '../../model/live.ts';
import { type Problem, Stop } from '../../model/problem.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import type { ApiError } from '../../providers/contract.ts';
import type { Shell } from '../shell.ts';
import { nobodyKnows } from './not-done.ts';
import { waitFor } from './wait-for.ts';

/** Seconds for which a connection is looked for whose begin was not answered. */
const settleSeconds = 3;

/**
 * Looks in the list for the connection whose begin was not answered. Stop where it is not there, and where several are new, any
 * of which another run may have begun: nobody knows.
 */
export async function findBegun(
  before: readonly LiveConnection[],
  error: ApiError,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<LiveConnection> {
  const problem = nobodyKnows(
    'a connection was begun',
    error,
    'ledgerform connection status shows it, if it was; otherwise connect again.',
  );
  if (error.endsRun) throw new Stop(shell.interrupt.stop.aborted ? 130 : 5, [problem]);
  const known = new Set(before.map(({ id }) => id));
  const { seen } = await waitFor(
    {
      title: 'The answer was lost: looking for the connection',
      look: async () => (await provider.connections()).filter(({ id }) => !known.has(id)),
      enough: (fresh) => fresh.length > 0,
      seconds: settleSeconds,
      goesOn: problem.hint ?? '',
    },
    provider,
    shell,
  );
  const [connection, ...others] = seen;
  if (connection === undefined) throw new Stop(5, [problem]);
  if (others.length > 0) throw new Stop(5, [severalNew(seen, problem)]);
  shell.note('The answer was lost, but the connection was begun.\n');
  return connection;
}

const severalNew = (seen: readonly LiveConnection[], problem: Problem): Problem => ({
  ...problem,
  message: `${problem.message} Several are new, and others may have begun them: ${seen.map(({ id }) => id).join(', ')}.`,
});
