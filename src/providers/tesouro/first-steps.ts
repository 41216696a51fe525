/** Whether a process that has not seen answers lately may send more. */
export interface FirstSteps {
  /** When the next request may start: now, or when something is forgotten. */
  nextStart(now: number): number;
  sent(now: number): void;
  /** An answer, or the end of waiting for one. */
  settled(now: number): void;
}

const memory = 2000;
const blind = 2;
const seen = { first: 4, each: 5 };

/**
 * Who knows nothing of others sends two requests; each answer that shows nobody lets five more go. A process that is alone
 * has the whole budget after two round trips, and eight that start together do not send eight times the budget. What was
 * learned more than two seconds ago is forgotten.
 */
export function createFirstSteps(): FirstSteps {
  let sends: number[] = [];
  let ends: number[] = [];
  const recent = (times: readonly number[], now: number): number[] => times.filter((at) => now - at < memory);
  return {
    nextStart(now) {
      [sends, ends] = [recent(sends, now), recent(ends, now)];
      const most = ends.length === 0 ? blind : seen.first + seen.each * ends.length;
      const [first] = sends;
      return first === undefined || sends.length < most ? now : first + memory;
    },
    sent: (now) => void sends.push(now),
    settled: (now) => void ends.push(now),
  };
}
