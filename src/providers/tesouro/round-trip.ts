const enough = 30;
const inexact = 2;
const most = 500;
const idle = 2000;

/** The smallest round trip seen, as time that the limiter may save. */
export interface RoundTrip {
  /** `others`: how many requests were under way when this one was sent. */
  learn(sentAt: number, answeredAt: number, others: number): void;
  /** Milliseconds by which a slot may be free earlier than a second after its answer; negative until enough is known. */
  saved(): number;
}

/**
 * Nothing is saved until 30 round trips on connections that were open are known. The smallest of them is still above the
 * smallest possible one; by how much depends on how far they spread, so a quarter of that is left out, and a tenth more.
 */
export function createRoundTrip(): RoundTrip {
  let smallest = Number.POSITIVE_INFINITY;
  let total = 0;
  let count = 0;
  let open = 0;
  let lastAnswer = Number.NEGATIVE_INFINITY;
  return {
    learn(sentAt, answeredAt, others) {
      // A request that has been answered beside `others` leaves others + 1 connections; one that finds fewer under way than
      // there are connections takes an open one, unless they have been idle for so long that the server closed them.
      if (others < open && sentAt - lastAnswer < idle) {
        smallest = Math.min(smallest, answeredAt - sentAt);
        total += answeredAt - sentAt;
        count += 1;
      }
      open = Math.max(open, others + 1);
      lastAnswer = answeredAt;
    },
    saved() {
      if (count < enough) return -inexact;
      const spread = total / count - smallest;
      return Math.min(most, Math.max(0, smallest * 0.9 - spread / 4)) - inexact;
    },
  };
}
