import type { LiveConnection } from '../model/live.ts';
import { errorProblem, Stop } from '../model/problem.ts';
import { connectionLabel, inactiveConnection, isActive, isEnded, noConnection } from './connection-state.ts';

/** The active connection: the named one, or the only one. Stop (exit 3) where there is none or several. */
export function activeConnection(
  connections: readonly LiveConnection[],
  id: string | undefined,
): LiveConnection {
  if (id !== undefined) {
    const named = namedConnection(connections, id);
    if (isActive(named)) return named;
    throw new Stop(3, [inactiveConnection(named)]);
  }
  const [only, ...more] = connections.filter(isActive);
  if (!only) throw new Stop(3, [noConnection(connections)]);
  if (more.length > 0) throw several([only, ...more]);
  return only;
}

/** The connection to end: the named one, or the active one, or the only one that is not ended. Null where nothing is left to end. */
export function connectionToEnd(
  connections: readonly LiveConnection[],
  id: string | undefined,
): LiveConnection | null {
  if (id !== undefined) return namedConnection(connections, id);
  const open = connections.filter((each) => !isEnded(each));
  const active = open.filter(isActive);
  const candidates = active.length > 0 ? active : open;
  if (candidates.length > 1) throw several(candidates);
  return candidates[0] ?? null;
}

function namedConnection(connections: readonly LiveConnection[], id: string): LiveConnection {
  const found = connections.find((each) => each.id.toLowerCase() === id.toLowerCase());
  if (found) return found;
  throw new Stop(3, [
    errorProblem('ID_NOT_FOUND', `There is no connection with the id ${id}.`, {
      hint: 'ledgerform connection status shows those that there are.',
    }),
  ]);
}

const several = (connections: readonly LiveConnection[]): Stop =>
  new Stop(3, [
    errorProblem(
      'CONNECTION_SEVERAL',
      `There are ${connections.length} connections that could be meant: ${connections.map((each) => `${each.id} (${connectionLabel(each)}, ${each.status ?? 'no status'})`).join('; ')}.`,
      { hint: 'Name one by its id.' },
    ),
  ]);
