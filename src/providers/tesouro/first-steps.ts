/** Whether a process that has not seen answers lately may send more. */
export interface FirstSteps {
  /** When the next request may start: now, or when something is forgotten. */
  nextStart(now: number): number;
  sent(now: number): void;
  /** An answer, or the end of waiting for one. */
  settled(now: number): void;
}

/** More than the second after which a process that is alone sends again. */
const memory = 1250;
const blind = 2;
const enough = 2;

/**
 * Who knows nothing of others sends two requests. Once two answers have shown nobody, each lets eight go. A process that
 * is alone has the whole budget after two round trips, and eight that start together do not send eight times the budget.
 * What was learned more than a second ago is forgotten: one answer now and then does not show who else is there.
 */
export function createFirstSteps(): FirstSteps {
  let sends: number[] = [];
  let ends: number[] = [];
  const recent = (times: readonly number[], now: number): number[] => times.filter((at) => now - at < memory);
  return {
    nextStart(now) {
      [sends, ends] = [recent(sends, now), recent(ends, now)];
      const most = ends.length < enough ? blind + ends.length : 8 * ends.length;
      const [first] = sends;
      return first === undefined || sends.length < most ? now : first + memory;
    },
    sent: (now) => void sends.push(now),
    settled: (now) => void ends.push(now),
  };
}
