import { instantOf } from '../model/instant.ts';
import type { LiveConnection } from '../model/live.ts';
import { agoText } from './ago-text.ts';
import type { Paint } from './paint.ts';
import { printable } from './printable.ts';
import { counted } from './summary-text.ts';

/** Everything about the connections; those that are over are only counted, but for the last one where nothing else is left. */
export function connectionsText(connections: readonly LiveConnection[], now: Date, paint: Paint): string {
  const open = connections.filter(({ status }) => status !== 'disconnected');
  const ended = connections.length - open.length;
  if (connections.length === 0) return '\nNo accounting system is connected, and none ever was.\n';
  const none = open.length === 0 ? '\nNo accounting system is connected.\n' : '';
  const former = ended === 0 ? '' : `\n${counted(ended, 'former connection')}, disconnected.\n`;
  return `${none}${open.map((each) => `\n${connectionText(each, now, paint)}`).join('')}${former}`;
}

/** One connection, and where a person authorises it while that is still to be done. */
export function connectionText(connection: LiveConnection, now: Date, paint: Paint): string {
  const { business_name, connection_url, created_at, errors, id, last_pull, platform, status } = connection;
  const page = status === 'connected' ? null : connection_url;
  const rows: readonly (readonly [string, string | null])[] = [
    ['platform', platform ?? (status === 'connected' ? 'not told' : null)],
    ['business', business_name],
    ['last pull', lastPullText(last_pull, now)],
    ['begun', created_at],
    ['id', id],
    ['page', page],
    ...errors.map((error) => ['error', error] as const),
  ];
  const lines = rows.flatMap(([name, value]) =>
    value === null ? [] : [`  ${name.padEnd(9)}  ${printable(value)}`],
  );
  return `${coloured(status, paint)}\n${lines.join('\n')}\n`;
}

/** When the last pull was: `2026-11-28T09:12:00Z, 52 minutes ago`. */
export function lastPullText(lastPull: string | null, now: Date): string {
  if (lastPull === null) return 'never';
  const time = instantOf(lastPull);
  return Number.isNaN(time) ? lastPull : `${lastPull}, ${agoText(time, now.getTime())}`;
}

/** What the words of the service mean that do not speak for themselves. */
const meanings: Readonly<Record<string, string | undefined>> = {
  pending_auth: 'a person has to authorise it',
  deauthorized: 'refused, or no longer authorised',
};

function coloured(status: string | null, paint: Paint): string {
  const words = status === null ? undefined : meanings[status];
  const text = `${printable(status ?? 'status not told')}${words === undefined ? '' : ` (${words})`}`;
  if (status === 'connected') return paint.green(text);
  return status === 'pending_auth' ? paint.yellow(text) : paint.red(text);
}
