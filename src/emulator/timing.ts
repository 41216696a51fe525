/** Runs something so many milliseconds later; the result cancels it. */
export type After = (milliseconds: number, run: () => void) => () => void;

/** What is still to come, on a clock of one's own or the machine's. */
export interface Waiting {
  later(milliseconds: number, run: () => void): void;
  /** Does at once what would come later. */
  settle(): void;
}

/** By the machine's clock. */
export const usualAfter: After = (milliseconds, run) => {
  const timer = setTimeout(run, milliseconds);
  return () => clearTimeout(timer);
};

/** Nothing to come yet. */
export function createWaiting(after: After): Waiting {
  const runs = new Map<object, { readonly run: () => void; readonly cancel: () => void }>();
  const finish = (key: object): void => {
    const due = runs.get(key);
    runs.delete(key);
    due?.cancel();
    due?.run();
  };
  return {
    later: (milliseconds, run) => {
      const key = {};
      runs.set(key, { run, cancel: after(milliseconds, () => finish(key)) });
    },
    settle: () => {
      for (const key of [...runs.keys()]) finish(key);
    },
  };
}
