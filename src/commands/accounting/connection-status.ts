import {
  connectionWarnings,
  isActive,
  isInVain,
  isMet,
  isPending,
  noConnection,
  type Requirement,
} from '../../accounting/connection-state.ts';
import type { LiveConnection } from '../../model/live.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../../model/problem.ts';
import type { Provider } from '../../providers/contract.ts';
import { connectionsText } from '../../render/connection-text.ts';
import { header } from '../../render/header.ts';
import { problemsText } from '../../render/problem-text.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { documentOf } from './told-document.ts';
import { waitFor } from './wait-for.ts';

export interface ConnectionStatusOptions extends CommonOptions {
  readonly require?: Requirement;
  readonly wait?: number;
}

/** Says whether an accounting system is connected and healthy; with `--require` exit 2 where it is not as demanded. */
export async function connectionStatus(options: ConnectionStatusOptions, shell: Shell): Promise<ExitCode> {
  const { require: requirement, wait } = options;
  if (wait !== undefined && requirement === undefined)
    throw new Stop(3, [
      errorProblem('OPTION_INVALID', '--wait needs --require: otherwise there is nothing to wait for.', {
        hint: 'For example: ledgerform connection status --require pulled --wait.',
      }),
    ]);
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const connections = await look(requirement, wait ?? 0, provider, shell);
    const now = shell.edge.now();
    const problems = [...connectionWarnings(connections, now), ...unmet(requirement, connections)];
    shell.sayJson(
      documentOf(provider, {
        connections: connections.map((each) => ({ ...each, active: isActive(each) })),
        ...(requirement === undefined ? {} : { require: requirement, met: isMet(requirement, connections) }),
        problems: problems.map(shell.aim),
      }),
    );
    shell.say(connectionsText(connections, now, shell.paint));
    shell.say(toldProblems([...problems, ...advice(requirement, connections)], shell));
    return requirement === undefined || isMet(requirement, connections) ? 0 : 2;
  });
}

async function look(
  requirement: Requirement | undefined,
  seconds: number,
  provider: Provider,
  shell: Shell,
): Promise<readonly LiveConnection[]> {
  if (requirement === undefined || seconds === 0) return provider.connections();
  const { seen } = await waitFor(
    {
      title: `Waiting until ${until[requirement]}`,
      told: (connections) => openWords(connections),
      look: () => provider.connections(),
      enough: (connections) =>
        isMet(requirement, connections) || (requirement !== 'none' && isInVain(connections)),
      seconds,
      goesOn: 'Nothing was written.',
    },
    provider,
    shell,
  );
  return seen;
}

/** How the connections stand that are not over, in a few words. */
function openWords(connections: readonly LiveConnection[]): string {
  if (connections.some(isActive)) return 'connected';
  return connections.some(isPending) ? 'a person has to authorise it' : 'no connection is active';
}

const until: Readonly<Record<Requirement, string>> = {
  none: 'no connection is active',
  active: 'a connection is active',
  pulled: 'something was pulled',
};

/** Why the connections are not as demanded. */
function unmet(
  requirement: Requirement | undefined,
  connections: readonly LiveConnection[],
): readonly Problem[] {
  if (requirement === undefined || isMet(requirement, connections)) return [];
  const [active] = connections.filter(isActive);
  if (requirement === 'none')
    return [
      errorProblem('REQUIREMENT_UNMET', `Connection ${active?.id ?? ''} is active, and none is to be.`, {
        hint: 'ledgerform connection disconnect ends it.',
      }),
    ];
  if (active)
    return [
      errorProblem('REQUIREMENT_UNMET', `Nothing was pulled yet over connection ${active.id}.`, {
        hint: 'ledgerform connection sync --wait pulls now.',
      }),
    ];
  const { hint, message } = noConnection(connections);
  return [errorProblem('REQUIREMENT_UNMET', message, { hint })];
}

/** What to do next where nobody demanded anything. */
function advice(
  requirement: Requirement | undefined,
  connections: readonly LiveConnection[],
): readonly Problem[] {
  if (requirement !== undefined) return [];
  const [active] = connections.filter(isActive);
  if (active && active.last_pull !== null) return [];
  if (!active) {
    const { code, hint, message } = noConnection(connections);
    return [warningProblem(code, message, { hint })];
  }
  return [
    warningProblem('CONNECTION_NOT_PULLED', `Nothing was pulled yet over connection ${active.id}.`, {
      hint: 'The first pull comes by itself, or now: ledgerform connection sync --wait.',
    }),
  ];
}

const toldProblems = (problems: readonly Problem[], shell: Shell): string =>
  problems.length === 0
    ? ''
    : `\n${problems.map((each) => problemsText([each], shell.paint, shell.linesOf, () => '')).join('\n')}`;
