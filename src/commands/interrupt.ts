import { setTimeout as pause } from 'node:timers/promises';

/** What Ctrl-C and SIGTERM mean to a run. */
export interface Interrupt {
  /** The first signal: what is in flight is finished, nothing more starts. */
  readonly stop: AbortSignal;
  /** The second signal, or the first while nothing is being written: calls are broken off. */
  readonly abort: AbortSignal;
  /** From now on writes are under way: the first signal no longer breaks off calls. */
  readonly writing: () => void;
  /** Whether `writing` was called. */
  readonly wrote: () => boolean;
  readonly dispose: () => void;
}

/** Time that a broken-off run has to say what it knows. */
const lastWords = 1500;

/** Listens for signals until disposed. */
export function listenForInterrupts(note: (text: string) => void): Interrupt {
  const stop = new AbortController();
  const abort = new AbortController();
  let writes = false;
  const onSignal = () => {
    if (stop.signal.aborted) return breakOff(abort);
    stop.abort();
    if (!writes) return abort.abort();
    note(
      '\nStopping: what is in flight is finished, nothing more starts. Press Ctrl-C again to stop at once.\n',
    );
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  return {
    stop: stop.signal,
    abort: abort.signal,
    writing: () => {
      writes = true;
    },
    wrote: () => writes,
    dispose: () => {
      process.off('SIGINT', onSignal);
      process.off('SIGTERM', onSignal);
    },
  };
}

function breakOff(abort: AbortController): void {
  if (abort.signal.aborted) process.exit(130);
  abort.abort();
  void pause(lastWords, undefined, { ref: false }).then(() => process.exit(130));
}
