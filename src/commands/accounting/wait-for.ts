import { awaitChange } from '../../accounting/await-change.ts';
import { errorProblem, type Problem, Stop } from '../../model/problem.ts';
import type { Provider } from '../../providers/contract.ts';
import { ReadFailed } from '../../providers/contract.ts';
import { showTitle } from '../progress.ts';
import type { Shell } from '../shell.ts';

/** What is waited for, as the one who waits is told. */
export interface WaitedFor<T> {
  /** `Waiting for the pull` */
  readonly title: string;
  /** What the last look saw, in a few words; empty where there is nothing to tell. */
  readonly told?: (seen: T) => string;
  readonly look: () => Promise<T>;
  readonly enough: (seen: T) => boolean;
  readonly seconds: number;
  /** What goes on over there when nobody waits any more: told to who breaks it off. */
  readonly goesOn: string;
  readonly longestPause?: number;
}

/** What the last look brought, and whether that was enough. */
export interface WaitedOut<T> {
  readonly met: boolean;
  readonly seen: T;
  readonly seconds: number;
}

/**
 * Waits while a line says what for, how long already, and what was seen last. Who breaks it off (exit 130), and whom a
 * failure stops, is told what goes on all the same.
 */
export async function waitFor<T>(
  { goesOn, look, title, told = () => '', ...rest }: WaitedFor<T>,
  provider: Pick<Provider, 'wait'>,
  shell: Shell,
): Promise<WaitedOut<T>> {
  const { edge, interrupt } = shell;
  const now = (): number => edge.now().getTime();
  const begun = now();
  const passed = (): number => Math.max(0, (now() - begun) / 1000);
  let last = '';
  const line = (): string =>
    `${title} · ${Math.floor(passed())} of ${Math.ceil(rest.seconds)} s${last === '' ? '' : ` · ${last}`}`;
  const noticed = async (): Promise<T> => {
    const seen = await look();
    last = told(seen);
    return seen;
  };
  let met = false;
  const waiting = async () => {
    const waited = await awaitChange({
      ...rest,
      look: noticed,
      now,
      wait: (milliseconds) => provider.wait(milliseconds),
      stop: interrupt.stop,
    });
    met = waited.status === 'enough';
    return waited;
  };
  const waited = await showTitle(shell, line, waiting, () => !met).catch((thrown: unknown) => {
    throw thrown instanceof ReadFailed ? brokenOff(thrown, interrupt.stop.aborted, goesOn) : thrown;
  });
  if (waited.status === 'stopped') throw interrupted(goesOn);
  return { met, seen: waited.seen, seconds: passed() };
}

/**
 * Waits for what a write has begun. Whatever breaks that off, `broken` tells what was sent before it is thrown: a document of a
 * write is never lost.
 */
export async function waitAfterWrite<T>(
  waited: WaitedFor<T>,
  provider: Pick<Provider, 'wait'>,
  shell: Shell,
  broken: (problems: readonly Problem[], seconds: number) => void,
): Promise<WaitedOut<T>> {
  const begun = shell.edge.now().getTime();
  try {
    return await waitFor(waited, provider, shell);
  } catch (thrown) {
    if (thrown instanceof Stop) broken(thrown.problems, (shell.edge.now().getTime() - begun) / 1000);
    throw thrown;
  }
}

const interrupted = (goesOn: string): Stop =>
  new Stop(130, [errorProblem('INTERRUPTED', 'Interrupted while waiting.', { hint: goesOn })]);

function brokenOff({ error }: ReadFailed, stopped: boolean, goesOn: string): Stop {
  if (stopped) return interrupted(goesOn);
  const { hint } = error.problem;
  return new Stop(1, [{ ...error.problem, hint: hint === null ? goesOn : `${hint}\n${goesOn}` }]);
}
