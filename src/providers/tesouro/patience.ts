import { setMaxListeners } from 'node:events';
import type { CallFailed } from './call-failed.ts';
import { callFailed } from './call-failed.ts';
import { type Clock, sleep } from './clock.ts';

/** The run is over: no time is left, or the user broke it off. */
export class Ended extends Error {
  readonly code: 'DEADLINE' | 'INTERRUPTED';
  constructor(code: Ended['code']) {
    super(code);
    this.name = 'Ended';
    this.code = code;
  }
}

/** How long the run may still take. */
export interface Patience {
  /** Milliseconds that are left; infinite without a deadline. */
  remaining(): number;
  /** Does something under a signal that aborts, with Ended as its reason, when the run is over. */
  within<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T>;
  /** Waits, until the run is over at most. */
  wait(milliseconds: number): Promise<void>;
  /** Ends what is under way, as an abort would, and all that comes after. */
  close(): void;
}

/** The deadline counts from now, without the milliseconds in which somebody is waited for. */
export function createPatience(
  deadlineSeconds: number | null,
  abort: AbortSignal,
  clock: Clock,
  attended: () => number = () => 0,
): Patience {
  const before = attended();
  const end = deadlineSeconds === null ? Number.POSITIVE_INFINITY : clock.now() + deadlineSeconds * 1000;
  const remaining = (): number => end + attended() - before - clock.now();
  // One listener for all calls: thousands may wait at once.
  const open = new Set<AbortController>();
  let closed = false;
  const interrupt = (): void => {
    for (const each of open) each.abort(new Ended('INTERRUPTED'));
  };
  // Many organizations may share one signal.
  setMaxListeners(0, abort);
  abort.addEventListener('abort', interrupt);
  const within: Patience['within'] = async (work) => {
    const controller = new AbortController();
    if (closed || abort.aborted) controller.abort(new Ended('INTERRUPTED'));
    if (remaining() <= 0) controller.abort(new Ended('DEADLINE'));
    const cancel =
      end === Number.POSITIVE_INFINITY
        ? () => {}
        : clock.after(Math.max(0, remaining()), () => controller.abort(new Ended('DEADLINE')));
    open.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      open.delete(controller);
      cancel();
    }
  };
  return {
    remaining,
    within,
    wait: (milliseconds) =>
      within((signal) => sleep(clock, milliseconds, signal)).catch((error: unknown) => {
        if (!(error instanceof Ended)) throw error;
      }),
    close: () => {
      closed = true;
      abort.removeEventListener('abort', interrupt);
      interrupt();
    },
  };
}

/** The failure of a call that the end of the run cut short. */
export function endedCall(ended: Ended, operation: string, certainty: CallFailed['certainty']): CallFailed {
  return ended.code === 'DEADLINE'
    ? callFailed('DEADLINE', `The time for the whole run was over before ${operation} was answered.`, {
        certainty,
        hint: 'Allow more seconds with --timeout.',
      })
    : callFailed('INTERRUPTED', `${operation} was broken off.`, { certainty });
}
