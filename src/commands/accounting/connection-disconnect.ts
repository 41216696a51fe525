import { connectionToEnd } from '../../accounting/choose-connection.ts';
import { connectionLabel, isEnded } from '../../accounting/connection-state.ts';
import { readRecords, recordFilters } from '../../accounting/read-records.ts';
import { type WhatStops, whatStops } from '../../accounting/what-stops.ts';
import type { LiveConnection } from '../../model/live.ts';
import { errorProblem, type Problem, Stop } from '../../model/problem.ts';
import type { SyncedRecord } from '../../model/synced-record.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { ReadFailed } from '../../providers/contract.ts';
import { header } from '../../render/header.ts';
import { printable } from '../../render/printable.ts';
import { whatStopsText } from '../../render/what-stops-text.ts';
import { askApproval } from '../approval.ts';
import { sayOrShow } from '../carry-out.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { nobodyKnows, tellRefused } from './not-done.ts';
import { showRecords } from './show-records.ts';
import { documentOf } from './told-document.ts';
import { waitAfterWrite } from './wait-for.ts';

export interface ConnectionDisconnectOptions extends CommonOptions {
  readonly autoApprove?: true;
}

/** Seconds for which it is looked whether a connection has ended. */
const settleSeconds = 3;

/** Ends a connection after it has said what will stop working, and after a yes. What is over already is a success. */
export async function connectionDisconnect(
  id: string | undefined,
  options: ConnectionDisconnectOptions,
  shell: Shell,
): Promise<ExitCode> {
  const asks = options.autoApprove !== true;
  if (asks) demandTerminal(shell);
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    const show = sayOrShow(asks, shell);
    await show(header(provider.account, shell.paint));
    const connection = connectionToEnd(await provider.connections(), id);
    if (connection === null || isEnded(connection)) return nothingToEnd(connection, provider, shell);
    const stops = whatStops(desired, await recordsOf(provider, shell));
    await show(whatStopsText(connection, countsOf(stops, provider)));
    const { environment, organization } = provider.account;
    const whose = printable(organization.name ?? organization.id);
    if (asks)
      await askApproval(
        shell,
        `Disconnect ${printable(connectionLabel(connection))} from ${whose} (${environment})?`,
      );
    return end(connection, stops, provider, shell);
  });
}

function demandTerminal({ edge }: Shell): void {
  if (edge.stdin.isTTY === true) return;
  throw new Stop(3, [
    errorProblem('APPROVAL_NEEDED', 'Nobody can approve this: there is no terminal to ask in.', {
      hint: 'Add --auto-approve.',
    }),
  ]);
}

function nothingToEnd(
  connection: LiveConnection | null,
  provider: ConnectedProvider,
  shell: Shell,
): ExitCode {
  shell.sayJson(documentOf(provider, { outcome: 'nothing', connection, stops: null, problems: [] }));
  shell.say(
    connection === null
      ? '\nNo accounting system is connected. Nothing was done.\n'
      : `\nConnection ${printable(connection.id)} is disconnected already. Nothing was done.\n`,
  );
  return 0;
}

/** All records, to count what is on its way; null where they cannot be read, which is no reason to stay connected. */
async function recordsOf(provider: ConnectedProvider, shell: Shell): Promise<readonly SyncedRecord[] | null> {
  try {
    return await showRecords(shell, provider, recordFilters({}), (seen) =>
      readRecords(recordFilters({}), provider.accounting, seen),
    );
  } catch (thrown) {
    if (thrown instanceof ReadFailed && !thrown.error.endsRun) return null;
    throw thrown;
  }
}

const countsOf = ({ externals, ...rest }: WhatStops, { kinds }: ConnectedProvider) => ({
  ...rest,
  externals: kinds.collections.flatMap(({ collection, noun }) => {
    const count = externals[collection] ?? 0;
    return count === 0 ? [] : [{ noun: noun.one, count }];
  }),
});

async function end(
  connection: LiveConnection,
  stops: WhatStops,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<ExitCode> {
  shell.interrupt.writing();
  const written = await provider.accounting.disconnect(connection.id);
  const hint = 'ledgerform connection status shows how it stands; disconnecting again does no harm.';
  const problem =
    written.status === 'stored' ? notEnded(connection) : nobodyKnows('it was ended', written.error, hint);
  const unknown = (problems: readonly Problem[]): void =>
    shell.sayJson(
      documentOf(provider, { outcome: 'unknown', connection, stops, problems: problems.map(shell.aim) }),
    );
  if (written.status === 'lost' && written.error.endsRun) {
    unknown([problem]);
    throw new Stop(shell.interrupt.stop.aborted ? 130 : 5, [problem]);
  }
  const told = written.status === 'stored' && isEnded(written.stored) ? written.stored : null;
  if (written.status === 'refused' && written.error.endsRun) return tellRefused(written.error.problem, shell);
  const looked = { goesOn: hint, status: written.status, broken: unknown };
  const now = told ?? (await lookUntilEnded(connection, looked, provider, shell));
  const ended = now === null || isEnded(now);
  if (!ended && written.status === 'refused') return tellRefused(written.error.problem, shell);
  const document = { connection: now ?? connection, stops, problems: ended ? [] : [problem] };
  shell.sayJson(documentOf(provider, { outcome: ended ? 'disconnected' : 'unknown', ...document }));
  if (!ended) throw new Stop(5, [problem]);
  shell.say(
    `\nDisconnected ${printable(connectionLabel(connection))}. What was pulled stays, and grows old.\nThe next one begins with ledgerform connection connect.\n`,
  );
  return 0;
}

/** How it is looked whether a connection has ended. */
interface Looking {
  readonly goesOn: string;
  readonly status: 'stored' | 'refused' | 'lost';
  /** What is told where that is broken off. */
  readonly broken: (problems: readonly Problem[]) => void;
}

/** The connection as the list has it; null where the list has it no more. A refusal needs one look alone. */
async function lookUntilEnded(
  { id }: LiveConnection,
  { broken, goesOn, status }: Looking,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<LiveConnection | null> {
  const { seen } = await waitAfterWrite(
    {
      title: 'Looking whether it has ended',
      look: async () => (await provider.connections()).find((each) => each.id === id) ?? null,
      enough: (now) => now === null || isEnded(now),
      seconds: status === 'refused' ? 0 : settleSeconds,
      goesOn,
    },
    provider,
    shell,
    status === 'refused' ? () => {} : broken,
  );
  return seen;
}

const notEnded = ({ id }: LiveConnection): Problem =>
  errorProblem('LOST_ANSWER', `The service accepted to end connection ${id}, but it is not ended yet.`, {
    hint: 'ledgerform connection status --require none --wait waits for it.',
  });
