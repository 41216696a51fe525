import { activeConnection } from '../../accounting/choose-connection.ts';
import { hasPulledSince, inactiveConnection, isActive } from '../../accounting/connection-state.ts';
import type { LiveConnection } from '../../model/live.ts';
import { errorProblem, type Problem, Stop, warningProblem } from '../../model/problem.ts';
import type { ConnectedProvider } from '../../providers/accounting-contract.ts';
import { connectionText, lastPullText } from '../../render/connection-text.ts';
import { header } from '../../render/header.ts';
import { printable } from '../../render/printable.ts';
import type { CommonOptions } from '../common-options.ts';
import { readConfiguration } from '../configuration.ts';
import { withProvider } from '../connect.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Shell } from '../shell.ts';
import { nobodyKnows, tellRefused } from './not-done.ts';
import { documentOf } from './told-document.ts';
import { type WaitedOut, waitAfterWrite } from './wait-for.ts';

export interface ConnectionSyncOptions extends CommonOptions {
  readonly wait?: number;
}

/** What asking for a pull has come to. */
interface Asked {
  /** `running`: another pull was going on already, and counts as well. */
  readonly outcome: 'started' | 'running' | 'unknown';
  readonly message: string | null;
  /** Why nobody knows. */
  readonly problem: Problem | null;
}

/** Asks for a pull now; with `--wait` it ends when `last_pull` has moved. */
export async function connectionSync(
  id: string | undefined,
  options: ConnectionSyncOptions,
  shell: Shell,
): Promise<ExitCode> {
  const { desired, root } = await readConfiguration(options, shell);
  return withProvider<ExitCode>(desired, root, options, shell, async (provider) => {
    shell.say(header(provider.account, shell.paint));
    const before = activeConnection(await provider.connections(), id);
    shell.interrupt.writing();
    const written = await provider.accounting.sync(before.id);
    if (written.status === 'refused') {
      const running = written.error.status === 409 && options.wait !== undefined;
      if (!running) return tellRefused(withHint(written.error.problem, written.error.status), shell);
      shell.note(`${printable(written.error.problem.message)}\nWaiting for the pull that goes on.\n`);
      return follow(before, { outcome: 'running', message: null, problem: null }, options, provider, shell);
    }
    if (written.status === 'lost') {
      const { error } = written;
      const problem = nobodyKnows(
        'a pull was begun',
        error,
        'Asking again does no harm: ledgerform connection sync --wait.',
      );
      const asked = { outcome: 'unknown' as const, message: null, problem };
      if (!error.endsRun) return follow(before, asked, options, provider, shell);
      tellerOf(before, asked, provider, shell)('unknown', null, 0, [problem]);
      throw new Stop(shell.interrupt.stop.aborted ? 130 : 5, [problem]);
    }
    const asked = { outcome: 'started' as const, message: written.stored, problem: null };
    return follow(before, asked, options, provider, shell);
  });
}

const withHint = (problem: Problem, status: number | null): Problem =>
  status === 409 && problem.hint === null
    ? { ...problem, hint: 'Perhaps a pull goes on: ledgerform connection sync --wait waits for that one.' }
    : problem;

async function follow(
  before: LiveConnection,
  asked: Asked,
  { wait }: ConnectionSyncOptions,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<ExitCode> {
  const tell = tellerOf(before, asked, provider, shell);
  if (wait === undefined && asked.problem === null) {
    tell(asked.outcome, null, 0, []);
    const words = asked.message === null ? '' : ` (${printable(asked.message)})`;
    shell.say(
      `\nA pull was begun${words}; it goes on over there. ledgerform connection status shows when it was done.\n`,
    );
    return 0;
  }
  // Without --wait a lost answer is looked for a moment.
  const waited = await waitForPull(before, { seconds: wait ?? 2, asked, tell }, provider, shell);
  return conclude(before, waited, asked.problem ?? ranOut(before, wait ?? 0), tell, shell);
}

/** Prints the document. */
type Tell = (
  outcome: Asked['outcome'] | 'pulled' | 'failed' | 'timed_out',
  now: LiveConnection | null,
  waited: number,
  problems: readonly Problem[],
) => void;

const tellerOf =
  (before: LiveConnection, { message }: Asked, provider: ConnectedProvider, shell: Shell): Tell =>
  (outcome, now, waited, problems) =>
    shell.sayJson(
      documentOf(provider, {
        connection: now ?? before,
        outcome,
        message,
        last_pull_before: before.last_pull,
        last_pull: (now ?? before).last_pull,
        waited_seconds: Math.round(waited * 10) / 10,
        problems: problems.map(shell.aim),
      }),
    );

interface Following {
  readonly seconds: number;
  readonly asked: Asked;
  readonly tell: Tell;
}

const waitForPull = (
  before: LiveConnection,
  { asked, seconds, tell }: Following,
  provider: ConnectedProvider,
  shell: Shell,
): Promise<WaitedOut<LiveConnection | null>> =>
  waitAfterWrite(
    {
      title: 'Waiting for the pull',
      told: (seen) => (seen === null ? 'the connection is gone' : `last pull ${seen.last_pull ?? 'never'}`),
      look: async () => (await provider.connections()).find((each) => each.id === before.id) ?? null,
      enough: (seen) => verdict(before, seen) !== null,
      seconds,
      goesOn:
        'A pull that was begun goes on over there: ledgerform connection status shows when it was done.',
    },
    provider,
    shell,
    (problems, waited) => tell(asked.outcome, null, waited, problems),
  );

/** Tells how the pull has ended. `open`: why that is not known, where it has not. */
function conclude(
  before: LiveConnection,
  { seconds, seen }: WaitedOut<LiveConnection | null>,
  open: Problem,
  tell: Tell,
  shell: Shell,
): ExitCode {
  const ended = verdict(before, seen);
  if (ended === 'pulled' && seen) {
    const errors = newErrors(before, seen);
    const problems = errors.length === 0 ? [] : [reported(before, errors, 'warning')];
    tell('pulled', seen, seconds, problems);
    shell.warn(problems);
    shell.say(`\nPulled: ${printable(lastPullText(seen.last_pull, shell.edge.now()))}.\n`);
    return 0;
  }
  const problem = ended === 'failed' ? failed(before, seen) : open;
  tell(ended ?? (open.code === 'WAIT_OVER' ? 'timed_out' : 'unknown'), seen, seconds, [problem]);
  if (seen) shell.say(`\n${connectionText(seen, shell.edge.now(), shell.paint)}`);
  throw new Stop(5, [problem]);
}

/** How a pull has ended; null while it goes on. */
function verdict(before: LiveConnection, seen: LiveConnection | null): 'pulled' | 'failed' | null {
  if (seen !== null && hasPulledSince(before.last_pull, seen.last_pull)) return 'pulled';
  return seen === null || !isActive(seen) || newErrors(before, seen).length > 0 ? 'failed' : null;
}

const newErrors = (before: LiveConnection, { errors }: LiveConnection): readonly string[] =>
  errors.filter((error) => !before.errors.includes(error));

function failed(before: LiveConnection, seen: LiveConnection | null): Problem {
  if (seen === null) return inactiveConnection({ ...before, status: 'gone' });
  const errors = newErrors(before, seen);
  return errors.length > 0 ? reported(before, errors, 'error') : inactiveConnection(seen);
}

function reported({ id }: LiveConnection, errors: readonly string[], severity: 'error' | 'warning'): Problem {
  const make = severity === 'error' ? errorProblem : warningProblem;
  return make('CONNECTION_ERRORS', `While connection ${id} pulled it reported: ${errors.join('; ')}`, {
    hint: 'ledgerform connection status shows what it says now.',
  });
}

const ranOut = ({ id, last_pull }: LiveConnection, seconds: number): Problem =>
  errorProblem(
    'WAIT_OVER',
    `After ${seconds} s the last pull over connection ${id} is still ${last_pull === null ? 'to come' : `that of ${last_pull}`}.`,
    {
      hint: 'The pull goes on over there. Wait longer with --wait SECONDS, or look later: ledgerform connection status.',
    },
  );
