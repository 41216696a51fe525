import { setTimeout as pause } from 'node:timers/promises';

/** What Ctrl-C and SIGTERM mean to a run. */
export interface Interrupt {
  /** The first signal: what is in flight is finished, nothing more starts. */
  readonly stop: AbortSignal;
  /** The second signal, or the first while nothing is being written: calls are broken off. A third ends the process. */
  readonly abort: AbortSignal;
  /** From now on writes are under way: the first signal no longer breaks off calls. */
  readonly writing: () => void;
  /** Whether `writing` was called. */
  readonly wrote: () => boolean;
  /** Does something while another program has the terminal: Ctrl-C is meant for that one. */
  readonly lend: <T>(work: () => Promise<T>) => Promise<T>;
  /** The run has come to its end and said so: what is still heard changes nothing. */
  readonly over: () => void;
}

/** Milliseconds that a broken-off run has to say what it knows. */
const lastWords = 1500;

/** Listens for signals to the very end of the process: without a listener the last one would end it. */
export function listenForInterrupts(note: (text: string) => void): Interrupt {
  const stop = new AbortController();
  const abort = new AbortController();
  let writes = false;
  let heard = 0;
  let over = false;
  let lent = 0;
  const exit = () => {
    if (!over) process.exit(130);
  };
  const onSignal = (signal: NodeJS.Signals) => {
    // A terminal sends it to all that are in front of it.
    if (over || (lent > 0 && signal === 'SIGINT')) return;
    heard += 1;
    // Nobody has to wait for a run that does not come to its end.
    if (heard > 2) exit();
    stop.abort();
    if (heard === 2 || !writes) abort.abort();
    else
      note(
        '\nStopping: what is in flight is finished, nothing more starts.\nPress Ctrl-C again to stop at once.\n',
      );
    if (heard === 2) void pause(lastWords, undefined, { ref: false }).then(exit);
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
    lend: async (work) => {
      lent += 1;
      try {
        return await work();
      } finally {
        lent -= 1;
      }
    },
    over: () => {
      over = true;
    },
  };
}
