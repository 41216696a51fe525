import { connectionLabel, isActive, isPending } from '../../accounting/connection-state.ts';
import type { LiveConnection } from '../../model/live.ts';
import { errorProblem, type Problem, Stop } from '../../model/problem.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { ReadFailed } from '../../providers/contract.ts';
import { connectionText } from '../../render/connection-text.ts';
import { header } from '../../render/header.ts';
import { printable } from '../../render/printable.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { findBegun } from './find-begun.ts';
import { tellRefused } from './not-done.ts';
import { documentOf } from './told-document.ts';
import { waitAfterWrite } from './wait-for.ts';

export interface ConnectionConnectOptions extends CommonOptions {
  readonly new?: true;
  readonly wait?: number;
}

/** A connection that a person has to authorise. */
interface Waiting {
  /** `found`: it was there already, and nothing was written. */
  readonly outcome: 'begun' | 'found';
  readonly connection: LiveConnection;
}

/**
 * Begins a connection and says at which page a person authorises it. One that waits for that already is told instead of a
 * second one; while one is active it is refused (exit 4).
 */
export async function connectionConnect(options: ConnectionConnectOptions, shell: Shell): Promise<ExitCode> {
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const before = await provider.connections();
    const active = before.filter(isActive);
    if (active.length > 0) throw new Stop(4, active.map(isActiveAlready));
    const waiting = options.new === true ? null : lastPending(before);
    if (waiting) return told({ outcome: 'found', connection: waiting }, options, provider, shell);
    shell.interrupt.writing();
    const written = await provider.accounting.connect();
    if (written.status === 'refused' && written.error.status === 409)
      throw new Stop(4, [written.error.problem, ...(await beginners(provider))]);
    if (written.status === 'refused') return tellRefused(written.error.problem, shell);
    const connection =
      written.status === 'stored' ? written.stored : await findBegun(before, written.error, provider, shell);
    return told({ outcome: 'begun', connection }, options, provider, shell);
  });
}

const isActiveAlready = (connection: LiveConnection): Problem =>
  errorProblem(
    'CONNECTION_ACTIVE',
    `Connection ${connection.id} (${connectionLabel(connection)}) is active, and an organization has one at a time.`,
    { hint: 'If it is to be another: ledgerform connection disconnect first.' },
  );

/** Who was faster than this run, after a refusal that says so; nothing where that cannot be read. */
async function beginners(provider: ConnectedProvider): Promise<readonly Problem[]> {
  try {
    return (await provider.connections()).filter(isActive).map(isActiveAlready);
  } catch (thrown) {
    if (thrown instanceof ReadFailed) return [];
    throw thrown;
  }
}

/** The one that was begun last, among those that a person can still authorise. */
const lastPending = (connections: readonly LiveConnection[]): LiveConnection | null =>
  connections
    .filter((each) => isPending(each) && each.connection_url !== null)
    .sort((a, b) => ((a.created_at ?? '') < (b.created_at ?? '') ? 1 : -1))[0] ?? null;

async function told(
  waiting: Waiting,
  { wait }: ConnectionConnectOptions,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<ExitCode> {
  sayPage(waiting, provider, shell);
  if (wait === undefined) {
    shell.say('Wait for it with ledgerform connection status --require pulled --wait.\n');
    tell(waiting, waiting.connection, 0, [], provider, shell);
    return 0;
  }
  const { connection_url: page, id } = waiting.connection;
  // Whoever reads the document gets it at the end alone, and somebody has to open the page before.
  if (shell.json && page !== null) shell.note(`Authorise it at ${printable(page)}\n`);
  const { met, seconds, seen } = await waitAfterWrite(
    {
      title: 'Waiting until it is authorised and something was pulled',
      told: (now) => now?.status ?? 'gone',
      look: async () => (await provider.connections()).find((each) => each.id === id) ?? null,
      enough: (now) => now === null || isUsable(now) || isOver(now),
      seconds: wait,
      goesOn:
        'A person can still authorise it. ledgerform connection status --require pulled --wait waits again.',
    },
    provider,
    shell,
    (problems, waited) => tell(waiting, waiting.connection, waited, problems, provider, shell),
  );
  if (seen) shell.say(`\n${connectionText(seen, shell.edge.now(), shell.paint)}`);
  if (seen && isUsable(seen)) {
    tell(waiting, seen, seconds, [], provider, shell);
    return 0;
  }
  const problem = met ? declined(seen ?? waiting.connection) : ranOut(seen ?? waiting.connection, wait);
  tell(waiting, seen ?? waiting.connection, seconds, [problem], provider, shell);
  shell.warn([problem]);
  return 2;
}

const isUsable = (connection: LiveConnection): boolean =>
  isActive(connection) && connection.last_pull !== null;

const isOver = ({ status }: LiveConnection): boolean =>
  status === 'disconnected' || status === 'deauthorized';

function sayPage({ connection, outcome }: Waiting, provider: ConnectedProvider, shell: Shell): void {
  const { connection_url, id } = connection;
  const begun =
    outcome === 'begun'
      ? `Connection ${id} was begun.`
      : `Connection ${id} waits for this already; --new begins another.`;
  const page =
    connection_url === null
      ? 'The service names no page where a person authorises it; ledgerform connection status may show one later.'
      : `A person authorises the accounting system at this page:\n\n  ${printable(connection_url)}`;
  const alone =
    provider.account.apiUrl === 'local'
      ? 'In the local environment it is authorised by itself in a moment.\n'
      : '';
  shell.say(`\n${printable(begun)}\n${page}\n\n${alone}`);
}

function tell(
  { outcome }: Waiting,
  connection: LiveConnection,
  waited: number,
  problems: readonly Problem[],
  provider: ConnectedProvider,
  shell: Shell,
): void {
  const waited_seconds = Math.round(waited * 10) / 10;
  shell.sayJson(
    documentOf(provider, { outcome, connection, waited_seconds, problems: problems.map(shell.aim) }),
  );
}

const declined = ({ errors, id, status }: LiveConnection): Problem =>
  errorProblem(
    'CONNECTION_INACTIVE',
    `Connection ${id} was not authorised: its status is ${status ?? 'not told'}.${errors.length === 0 ? '' : ` ${errors.join('; ')}`}`,
    { hint: 'Begin another: ledgerform connection connect --new --wait.' },
  );

const ranOut = ({ id, status }: LiveConnection, seconds: number): Problem =>
  errorProblem(
    'WAIT_OVER',
    isActive({ status })
      ? `After ${seconds} s nothing was pulled yet over connection ${id}.`
      : `After ${seconds} s connection ${id} is not authorised yet.`,
    { hint: 'It can still happen. Wait again: ledgerform connection status --require pulled --wait.' },
  );
