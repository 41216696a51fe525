import { instantOf } from '../../model/instant.ts';
import type { LiveConnection } from '../../model/live.ts';
import type { ProblemCode } from '../../model/problem-codes.ts';
import type { Fix, Gap, GapSeverity } from '../../model/readiness.ts';
import { isActive, isPending, noConnection } from '../connection-state.ts';
import type { Facts } from './facts.ts';
import { lastPulled } from './targets.ts';

type Told = Pick<Facts, 'connections' | 'maxAgeMinutes' | 'now' | 'types'>;

/** The connection that pushes go through, or the one that comes nearest to it; null where there is none. */
export function mainConnection(connections: readonly LiveConnection[]): LiveConnection | null {
  const active = connections.filter(isActive);
  if (active.length > 0) return lastPulled(active);
  return connections.find(isPending) ?? newest(connections);
}

/** What is wrong with the connection; it concerns every type. Its own errors only warn: its status says whether it works. */
export function connectionGaps(told: Told): readonly Gap[] {
  const { connections } = told;
  const active = connections.filter(isActive);
  const main = mainConnection(connections);
  if (active.length === 0 || !main) return [inactive(told, main)];
  return [
    ...(active.length > 1 ? [several(told, active)] : []),
    ...pullGaps(told, main),
    ...active.filter(({ errors }) => errors.length > 0).map((each) => erring(told, each)),
  ];
}

function newest(connections: readonly LiveConnection[]): LiveConnection | null {
  const sorted = [...connections].sort((a, b) => ((a.created_at ?? '') < (b.created_at ?? '') ? 1 : -1));
  return sorted[0] ?? null;
}

function inactive(told: Told, main: LiveConnection | null): Gap {
  const { code, message } = noConnection(told.connections);
  const connect = command('ledgerform connection connect --wait');
  const page = main?.connection_url ?? 'the page that ledgerform connection status prints';
  const fix: Fix =
    main && isPending(main) ? { type: 'by_hand', text: `a person authorises it at ${page}` } : connect;
  return gap(told, code, 'blocks', message, main ? [main] : [], [fix]);
}

function several(told: Told, active: readonly LiveConnection[]): Gap {
  const message = `${active.length} connections are active, and the accounting system knows one at a time: nobody can say which of them gets what is pushed.`;
  const fix = command('ledgerform connection disconnect ID');
  return gap(told, 'CONNECTION_SEVERAL', 'warns', message, active, [fix]);
}

function pullGaps(told: Told, main: LiveConnection): readonly Gap[] {
  const { maxAgeMinutes, now } = told;
  const sync = [command('ledgerform connection sync --wait')];
  if (main.last_pull === null) {
    const message =
      'The connection has never pulled: accounts and tax rates of the accounting system are not known yet.';
    return [gap(told, 'CONNECTION_NOT_PULLED', 'blocks', message, [], sync)];
  }
  const minutes = (now.getTime() - instantOf(main.last_pull)) / 60_000;
  // A time that cannot be read is not known to be young.
  if (minutes <= maxAgeMinutes) return [];
  const message = `The last pull, at ${main.last_pull}, is more than ${maxAgeMinutes} minutes ago, and there should be one every hour: what is judged here may be outdated.`;
  return [gap(told, 'PULL_OVERDUE', 'warns', message, [], sync)];
}

function erring(told: Told, connection: LiveConnection): Gap {
  const message = 'The connection is active, and reports errors.';
  const status = command('ledgerform connection status');
  const groups = connection.errors.map((label) => ({
    label,
    hint: null,
    filled_by_apply: 0,
    places: [placeOf(connection)],
  }));
  return { ...gap(told, 'CONNECTION_ERRORS', 'warns', message, [], [status]), count: groups.length, groups };
}

const labelOf = ({ id, platform, status }: LiveConnection): string =>
  `${platform ?? 'unknown platform'}, ${status ?? 'unknown status'}, id ${id}`;

const placeOf = (connection: LiveConnection) => ({ id: connection.id, label: labelOf(connection) });

const command = (text: string): Fix => ({ type: 'command', text });

function gap(
  { types }: Told,
  code: ProblemCode,
  severity: GapSeverity,
  message: string,
  connections: readonly LiveConnection[],
  fixes: readonly Fix[],
): Gap {
  const groups = connections.map((each) => ({
    label: labelOf(each),
    hint: null,
    filled_by_apply: 0,
    places: [placeOf(each)],
  }));
  return { code, severity, types, message, count: connections.length, filled_by_apply: 0, groups, fixes };
}
