/** Who sits in front of the terminal: the time in which they read and answer is theirs, and not the run's. */
export interface Person {
  /** Does what waits for them. */
  readonly attend: <T>(work: () => Promise<T>) => Promise<T>;
  /** Milliseconds that were theirs so far. */
  readonly attended: () => number;
}

/** Nobody has been waited for yet. */
export function openPerson(now: () => Date): Person {
  let [total, since, open] = [0, 0, 0];
  const running = (): number => (open === 0 ? 0 : now().getTime() - since);
  return {
    attend: async (work) => {
      if (open === 0) since = now().getTime();
      open += 1;
      try {
        return await work();
      } finally {
        open -= 1;
        if (open === 0) total += now().getTime() - since;
      }
    },
    attended: () => total + running(),
  };
}
